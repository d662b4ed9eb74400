"""An inverted index from concepts to subjects: which subjects could explain a question at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest

from bot.item import ENTRY_ROLES, MEETING_ROLES, Item, Role, grouped, items_of
from bot.lexicon import Hit, Lexicon
from bot.model import Briefing, Concept, ConceptKind
from bot.once import once
from bot.phrasebook import Phrasebook
from bot.phrases import meeting as phrases
from bot.places import Gazetteer, PlaceMention, places_meant
from bot.reading import Reading
from bot.subject import Subject, SubjectMaker
from bot.text import phrase, tokenize

_MONEY_WORDS = frozenset({"ty", "trieu", "nghin", "dong", "usd", "%"})
_MOST = 400  # subjects looked at closely for one question
_MOST_ELSEWHERE = 40  # of them, those unknown in the named place: they can only be hinted at
_MOST_REACHED = 256  # concepts of which it is remembered what they reach


class Index:
    """The knowledge ready to be asked. Built once per version of the knowledge; never changed.

    What is the same as in the index `before` is taken from it: one changed file costs one file.
    """

    def __init__(self, briefings: Iterable[Briefing], concepts: Iterable[Concept], before: Index | None = None) -> None:
        self.briefings, self._concepts = tuple(briefings), tuple(concepts)
        known = before._pieces if before else {}
        self._pieces: dict[int, tuple[Briefing, tuple[Item, ...]]] = {
            id(b): known.get(id(b)) or (b, tuple(items_of(b))) for b in self.briefings
        }
        self.items: tuple[Item, ...] = tuple(item for b in self.briefings for item in self._pieces[id(b)][1])
        own = before._own if before and before._concepts == self._concepts else OwnWords(self._concepts)
        found = own.of(self.items)
        if before and before._own is own and before._found == found:
            self.lexicon: Lexicon = before.lexicon
        else:
            book = Phrasebook(self._concepts)
            for name, (kind, phrasings) in found.items():
                book.add(name, kind, phrasings)
            self.lexicon = Lexicon(book)
        self._own: OwnWords = own
        self._found: dict[str, tuple[ConceptKind, list[str]]] = found
        places = frozenset({item.place for item in self.items})
        self.gazetteer: Gazetteer = before.gazetteer if before and before._home == places else Gazetteer(places)
        self._home: frozenset[str] = places
        self.meeting_items = tuple(i for i in self.items if i.role in MEETING_ROLES)
        self._of_role = grouped(self.items, lambda item: item.role)
        maker = SubjectMaker(self.lexicon, before.maker if before else None)
        self.maker: SubjectMaker = maker
        self.subjects: tuple[Subject, ...] = maker.make(self.items, before.maker if before else None)
        self.by_id = {item.id: item for item in self.items}
        self.subject_of = {item.id: subject for subject in self.subjects for item in subject.items}
        context_hits, context_words = maker.cut_all((*phrases.CONTEXT, *_organisers(self.briefings)))
        self.context = maker.closure(context_hits)
        self.context_words = context_words
        self.expansions = maker.expansions()
        facts = (subject.units for subject in self.subjects if subject.role is Role.FACT)
        self.units = frozenset(unit for units in facts for unit in units) - _MONEY_WORDS
        self._meetings: dict[str, frozenset[str]] = {}
        self._named: dict[str, set[int]] = {}
        self._told: dict[str, set[int]] = {}
        for at, subject in enumerate(self.subjects):
            for concept in subject.named:
                self._named.setdefault(concept, set()).add(at)
            for concept in subject.told:
                self._told.setdefault(concept, set()).add(at)
        self._places = [frozenset(subject.by_place) for subject in self.subjects]
        self.order = {item.id: at for at, item in enumerate(self.items)}
        self._series: dict[frozenset[str], list[Subject]] = {}
        for subject in self.subjects:
            if subject.role is Role.FACT:
                self._series.setdefault(subject.series, []).append(subject)
        count = max(len(self.subjects), 2)
        self.rarity = {
            concept: 0.5 + 0.5 * math.log(count / len(found)) / math.log(count)
            for concept, found in self._named.items()
        }
        self._reached_by = lru_cache(maxsize=_MOST_REACHED)(self._reached)

    def of_role(self, role: Role) -> tuple[Item, ...]:
        """All items of one kind, in the order of all."""
        return self._of_role.get(role, ())

    def candidates(self, content: Iterable[Hit], places: Sequence[PlaceMention] = ()) -> list[Subject]:
        """Subjects that share the rarest concepts of the question, most shared first; those of the places lead."""
        found: dict[int, float] = {}
        for hit in content:
            for at, weight in self._reached_by(hit.concepts).items():
                found[at] = found.get(at, 0.0) + weight
        wanted = places_meant(places)
        here = [at for at in found if not self._places[at].isdisjoint(wanted)] if wanted else []
        shares = [(here, _MOST), (found.keys() - here, _MOST_ELSEWHERE)] if here else [(found, _MOST)]
        best = [at for some, most in shares for at in nsmallest(most, some, key=lambda at: (-found[at], at))]
        return [self.subjects[at] for at in best[:_MOST]]

    def _reached(self, concepts: tuple[str, ...]) -> Mapping[int, float]:
        """The subjects that share one of these concepts or a part of it, each with the weight of what is shared."""
        reached: dict[int, float] = {}
        for concept in concepts:
            weight = self.rarity.get(concept, 1.0)
            for at in self._named.get(concept, ()):
                reached[at] = max(reached.get(at, 0.0), weight)
            for at in self._told.get(concept, ()):
                reached[at] = max(reached.get(at, 0.0), 0.8 * weight)
            for part in self._parts(concept):
                for at in self._named.get(part, ()):
                    reached[at] = max(reached.get(at, 0.0), 0.4 * weight)
        return reached

    def names_figure(self, concept: str) -> bool:
        """Whether some figure, or somebody who is counted, goes by a name with this concept."""
        subjects = [self.subjects[at] for at in self._named.get(concept, ())]
        facts = (subject.fact for subject in subjects)
        return any(s.role is Role.GROUP for s in subjects) or any(fact and fact.figures for fact in facts)

    def _parts(self, concept: str) -> tuple[str, ...]:
        known = self.lexicon.concepts.get(concept)
        return known.implies if known else ()

    def meeting_concepts(self, briefing: Briefing) -> frozenset[str]:
        """The concepts of a briefing's own names: its title, aliases and organiser."""
        found = self._meetings.get(briefing.slug)
        if found is None:
            text = ". ".join((briefing.kind, briefing.title, *briefing.aliases, briefing.organiser or ""))
            words = tuple(t for t in tokenize(text) if not t.is_mark)
            hits = self.lexicon.cut_exactly(words)
            found = frozenset(o for h in hits for c in h.concepts for o in self.lexicon.implied(c))
            self._meetings[briefing.slug] = found
        return found

    def is_title(self, hit: Hit) -> bool:
        """Whether the words may be part of the name of some briefing."""
        return any(self.meeting_concepts(briefing).intersection(hit.concepts) for briefing in self.briefings)

    def meeting_fits(self, reading: Reading, briefing: Briefing, own_names: frozenset[str] = frozenset()) -> bool:
        """Whether a briefing can be the meeting named: of that kind, and of that number if one is given.

        `own_names` are concepts an entry itself is about: preparing a congress is no matter of that congress's minutes.
        """
        known = self.context | own_names
        named = [h for h in reading.meetings if not set(h.concepts) & known]
        own = self.meeting_concepts(briefing)
        if any(not set(h.concepts) & own for h in named):
            return False
        return not reading.ordinals or briefing.number in {n.value for n in reading.ordinals}

    def named_meeting(self, reading: Reading, item: Item) -> int:
        """How many of the question's meeting and body words are this item's meeting's."""
        hits = reading.of_kind(ConceptKind.MEETING, ConceptKind.BODY)
        if not hits:
            return 0
        names = self.meeting_concepts(item.briefing)
        return sum(bool(set(h.concepts) & names) for h in hits)

    def twins(self, item: Item) -> list[Item]:
        """Other items of the same series, place and period: what another source says of the same thing."""
        subjects = self._series.get(series_key(self, item), ())
        near = (i for s in subjects for i in s.by_place.get(phrase(item.place), ()))
        return sorted((i for i in near if i.latest == item.latest and i is not item), key=lambda i: self.order[i.id])


def _organisers(briefings: Iterable[Briefing]) -> list[str]:
    return list(dict.fromkeys(briefing.organiser or "" for briefing in briefings))


class OwnWords:
    """Names of people, and the runs of words in subjects that no concept covers: the knowledge's own vocabulary."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = tuple(concepts)
        self._runs: dict[str, tuple[str, ...]] = {}

    def of(self, items: Iterable[Item]) -> dict[str, tuple[ConceptKind, list[str]]]:
        """Phrasings by concept, in the order in which the items bring them."""
        own: dict[str, tuple[ConceptKind, list[str]]] = {}
        seen: set[str] = set()
        for item in items:
            if item.role is Role.PERSON:
                words = item.subject.split()
                own[person_concept(item.subject)] = (
                    ConceptKind.OFFICE,
                    [
                        *(" ".join(words[i:]) for i in range(max(1, len(words) - 1))),
                        *(f"{form} {words[-1]}" for form in phrases.ADDRESS),
                        " ".join((*(word[0] for word in words[:-1]), words[-1])),  # P.H. Sơn
                    ],
                )
                continue
            for view in item.views if item.role in (*ENTRY_ROLES, Role.GROUP) else ():
                if view in seen:
                    continue
                seen.add(view)
                for text in self._runs_of(view):
                    own["=" + "_".join(phrase(text))] = (ConceptKind.TOPIC, [text])
        return own

    @once
    def _lexicon(self) -> Lexicon:
        return Lexicon(Phrasebook(self._concepts))

    def _runs_of(self, view: str) -> tuple[str, ...]:
        """The runs of words in a name that the thesaurus does not know."""
        found = self._runs.get(view)
        if found is None:
            tokens = tuple(t for t in tokenize(view) if not t.is_mark)
            covered = {i for hit in self._lexicon.cut_exactly(tokens) for i in range(hit.start, hit.end)}
            runs: list[str] = []
            run: list[str] = []
            for i, token in enumerate((*tokens, None)):
                if token is not None and i not in covered and token.is_word:
                    run.append(token.text)
                    continue
                if run and sum(map(len, run)) > 2:
                    runs.append(" ".join(run))
                run = []
            found = self._runs[view] = tuple(runs)
        return found


def person_concept(name: str) -> str:
    """The concept that stands for one named person."""
    return "person:" + "_".join(phrase(name))


def series_key(index: Index, item: Item) -> frozenset[str]:
    """What makes two items points of one series: the concepts of their subject and their scope."""
    return index.subject_of[item.id].series
