"""What an item is about, in concepts: its views cut by the same lexicon that cuts questions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.item import Item, Role, grouped
from bot.lexicon import Hit, Lexicon
from bot.model import ConceptKind, Directive, Fact, Group
from bot.once import once
from bot.phrases import meeting as phrases
from bot.reading import CONTENT
from bot.text import phrase, tokenize
from bot.view import View, words_of

_NUMBER = re.compile(r"\d+(?:[.,/\-]\d+)*%?")
_SAYING = 3  # the latest items whose texts are looked through for abbreviations
_SHORT_WORD = 4  # letters: USD, FDI
_SHORTEST, _LONGEST = 2, 7  # syllables a phrase must have for its initials to mean it
CORE = CONTENT | {ConceptKind.MEASURE}


@dataclass(eq=False)
class Subject:
    """All items that go by the same names. The three concept sets explain a question with falling certainty."""

    role: Role
    views: tuple[View, ...]
    named: frozenset[str]  # concepts of the views and everything they contain
    core: frozenset[str]  # concepts of the views themselves
    neighbours: frozenset[str]  # what the concepts of the views must not be taken for
    told: frozenset[str]  # concepts of the statement, the speaker, the kind of entry
    words: frozenset[str]  # folded words of views, statement and speaker
    items: list[Item]
    measured_against: tuple[View, ...]  # what its figures are compared with: kế hoạch vốn, dự toán tỉnh giao
    units: frozenset[str]  # first folded words of the units its items are counted in
    parts: tuple[Item, ...]  # the items that are a part of a broader fact

    @once
    def fact(self) -> Fact | None:
        """That of its first item, which stands for all of them where one is asked about."""
        return self.items[0].fact

    @once
    def kind(self) -> Hashable:
        """All that decides how well it suits what is asked: its role, and what its first item has figures of."""
        fact = self.fact
        return self.role, fact and tuple((f.aspect, f.unit == "%", bool(f.of)) for f in fact.figures)

    @once
    def series(self) -> frozenset[str]:
        """What makes two items points of one series: the concepts of their first name, or its words if it has none."""
        if not self.views:
            return frozenset()
        first = self.views[0]
        return frozenset(min(alternatives) for alternatives in first.core) or first.words

    @once
    def statements(self) -> tuple[View, ...]:
        """What difficulties and directives say: their own words are what they are asked for in."""
        if self.role not in (Role.DIFFICULTY, Role.DIRECTIVE):
            return ()
        return tuple(View(text, (), words_of(text)) for text in sorted({i.statement_text for i in self.items}))

    def may_be_short_for(self, name: str) -> bool:
        """Whether a short word, or initials of words that follow each other, in all its items say or are called."""
        spoken = any(name in words for words, _ in self._sayings) and len(name) <= _SHORT_WORD
        return spoken or (_SHORTEST <= len(name) <= _LONGEST and any(name in initials for _, initials in self._sayings))

    @once
    def _sayings(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """What its latest items say, each text as folded words and as their initials."""
        texts = {text for item in self.latest_first[:_SAYING] for text in _saying(item)}
        return tuple((words, "".join(word[0] for word in words)) for words in map(phrase, texts))

    @once
    def unit_phrases(self) -> frozenset[tuple[str, ...]]:
        """The folded words of each unit: người, đảng viên."""
        return frozenset(phrase(f.unit) for item in self.items if item.fact for f in item.fact.figures)

    @once
    def unit_words(self) -> frozenset[str]:
        """All folded words of its units."""
        units = (f.unit for item in self.items if item.fact for f in item.fact.figures)
        return self.units | {word for unit in units for word in phrase(unit)}

    @once
    def by_place(self) -> dict[tuple[str, ...], tuple[Item, ...]]:
        """The items of each place (folded words), latest first."""
        return grouped(self.latest_first, lambda item: phrase(item.place))

    def at(self, places: frozenset[tuple[str, ...]]) -> tuple[Item, ...]:
        """The items of these places (folded words), latest first."""
        found = [items for place in places if (items := self.by_place.get(place))]
        return found[0] if len(found) == 1 else tuple(sorted((i for items in found for i in items), key=recency))

    @once
    def latest_first(self) -> tuple[Item, ...]:
        return tuple(sorted(self.items, key=recency))


def recency(item: Item) -> tuple[int, str]:
    """Orders items latest first."""
    return (-item.latest.last.toordinal(), item.id)


_Telling = tuple[frozenset[str], frozenset[str]]  # concepts and words of what is told beside the names
_Key = tuple[Role, tuple[str, ...], frozenset[str], frozenset[str]]


class SubjectMaker:
    """Cuts names and statements into subjects, once for all items that share them.

    What `before` cut with the same lexicon is not cut again, and its subjects whose items are the same are kept.
    """

    def __init__(self, lexicon: Lexicon, before: SubjectMaker | None = None) -> None:
        self._lexicon = lexicon
        kept = before if before and before._lexicon is lexicon else None
        self._cuts: dict[str, tuple[tuple[Hit, ...], frozenset[str]]] = kept._cuts if kept else {}
        self._told: dict[tuple[str, ...], _Telling] = kept._told if kept else {}
        self._sets: dict[frozenset[str], frozenset[str]] = kept._sets if kept else {}
        self._views: dict[str, View] = kept._views if kept else {}  # the names of subjects
        self._bases: dict[str, View] = kept._bases if kept else {}  # what figures are measured against
        self._keys: dict[int, _Key] = {}  # by the item's identity: an item in a subject stays alive
        self._made: dict[_Key, Subject] = {}

    def make(self, items: Iterable[Item], before: SubjectMaker | None) -> tuple[Subject, ...]:
        """The subjects of the items, in the order of their first items."""
        kept = before if before and before._lexicon is self._lexicon else None
        groups: dict[_Key, list[Item]] = {}
        known = kept._keys if kept else {}
        for item in items:
            key = known.get(id(item))
            if key is None:
                key = (item.role, item.views, *self._telling(_told(item)))
            self._keys[id(item)] = key
            groups.setdefault(key, []).append(item)
        made = kept._made if kept else {}
        for key, group in groups.items():
            subject = made.get(key)
            same = subject is not None and subject.items == group
            self._made[key] = subject if subject and same else self._make(group, key[2], key[3])
        return tuple(self._made.values())

    def _make(self, items: list[Item], told: frozenset[str], told_words: frozenset[str]) -> Subject:
        views = tuple(self._view(text) for text in items[0].views)
        hits, words = self.cut_all(items[0].views)
        core, known = frozenset(c for h in hits for c in h.concepts), self._lexicon.concepts
        units: set[str] = set()
        bases: set[str] = set()
        for item in items:
            if isinstance(item.entry, Fact):
                units |= {figure.unit for figure in item.entry.figures}
                bases |= {figure.against for figure in item.entry.figures if figure.against}
            elif isinstance(item.entry, Group) and item.entry.unit:
                units.add(item.entry.unit)
        return Subject(
            role=items[0].role,
            views=views,
            named=self.closure(hits),
            core=core,
            neighbours=frozenset(other for c in core if c in known for other in known[c].contrasts),
            told=told,
            words=words | told_words,
            items=items,
            measured_against=tuple(self._base(text) for text in sorted(bases)),
            units=frozenset(spoken[0] for unit in units if (spoken := phrase(unit))),
            parts=tuple(item for item in items if item.whole_id),
        )

    def _view(self, text: str) -> View:
        found = self._views.get(text)
        if found is None:
            hits, _ = self.cut(text)
            core = (h.concepts for h in hits if not CORE.isdisjoint(self._lexicon.kinds(h)))
            found = self._views[text] = View(text, tuple(core), words_of(text))
        return found

    def _base(self, text: str) -> View:
        found = self._bases.get(text)
        if found is None:
            found = self._bases[text] = View(text, (), words_of(text))
        return found

    def _telling(self, texts: tuple[str, ...]) -> _Telling:
        """(concepts, words) of what is told. Its numbers say nothing about what it is about, and are left out."""
        texts = tuple(_NUMBER.sub(self._number, text) for text in texts)
        found = self._told.get(texts)
        if found is None:
            hits, folded = self.cut_all(texts)
            told = self.closure(hits)
            words = frozenset(w for w in folded if not w[0].isdecimal())
            found = self._told[texts] = (self._sets.setdefault(told, told), self._sets.setdefault(words, words))
        return found

    def _number(self, match: re.Match[str]) -> str:
        """A number as typed when it can be part of a name, as in `Đề án 06`; else one that stands for all."""
        return match[0] if match[0] in self._lexicon.book.vietnamese else "0"

    def expansions(self) -> dict[str, str]:
        """Initials of the knowledge's own phrases and the one phrase each stands for: TSĐV → tổng số đảng viên."""
        spans: dict[str, set[str]] = {}
        for text in dict.fromkeys(view.text for subject in self._made.values() for view in subject.views):
            words = [t for t in tokenize(text) if not t.is_mark]
            hits, _ = self.cut(text)
            for first in range(len(hits)):
                for last in range(first, len(hits)):
                    span = words[hits[first].start : hits[last].end]
                    if _SHORTEST <= len(span) <= _LONGEST:
                        initials = "".join(w.folded[0] for w in span)
                        spans.setdefault(initials, set()).add(" ".join(w.text.lower() for w in span))
        return {initials: next(iter(found)) for initials, found in spans.items() if len(found) == 1}

    def cut_all(self, texts: Iterable[str]) -> tuple[tuple[Hit, ...], frozenset[str]]:
        """Texts cut one by one, so that no phrase is read across two of them."""
        pieces = [self.cut(text) for text in texts]
        return tuple(h for hits, _ in pieces for h in hits), frozenset(w for _, words in pieces for w in words)

    def cut(self, text: str) -> tuple[tuple[Hit, ...], frozenset[str]]:
        found = self._cuts.get(text)
        if found is None:
            words = tuple(t for t in tokenize(text) if not t.is_mark)
            found = self._cuts[text] = (self._lexicon.cut_exactly(words), frozenset(w.folded for w in words))
        return found

    def closure(self, hits: Sequence[Hit]) -> frozenset[str]:
        return frozenset(other for h in hits for c in (*h.concepts, *h.also) for other in self._lexicon.implied(c))


def _saying(item: Item) -> Iterator[str]:
    """Every text of an item and of the meeting it comes from that an abbreviation may stand for."""
    yield from (*item.views, item.statement_text, item.place, item.briefing.title, *item.briefing.aliases)
    yield from (*_told(item), phrases.ABBREVIATED)
    for figure in item.fact.figures if item.fact else ():
        yield from (figure.unit, figure.against or "", figure.qualifier or "")


def _told(item: Item) -> tuple[str, ...]:
    """Words that belong to the item without naming it: its statement, who said it, what kind of entry it is."""
    parts = [item.statement]
    if isinstance(item.entry, Directive):
        speaker = next(p for p in item.briefing.people if p.id == item.entry.by)
        parts += [speaker.name, *speaker.titles, item.entry.to or "", phrases.DIRECTIVE]
    elif item.role is Role.DIFFICULTY:
        parts.append(phrases.DIFFICULTY)
    elif item.role is not Role.FACT:
        parts += (*phrases.PEOPLE_CONTEXT, item.briefing.title, *item.briefing.aliases)
    return tuple(part for part in parts if part)
