"""Lists: the difficulties, directives, results or participants of a briefing, or all entries on one topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import cards, declining
from bot.figures import first
from bot.gates import place_fits, time_fits_briefing
from bot.index import Index
from bot.item import Item, Role
from bot.match import Match, Matcher
from bot.model import Ask, Aspect, ConceptKind, Directive
from bot.outcome import Found, Part, Reason
from bot.phrases import answers as phrases
from bot.phrases import meeting
from bot.reading import Reading
from bot.subject import Subject
from bot.time_mention import TimeRole

_LISTING = frozenset({Ask.LIST, Ask.COUNT, Ask.NAMES})
_NAMES = {Role.DIFFICULTY: phrases.DIFFICULTIES, Role.DIRECTIVE: phrases.DIRECTIVES, Role.FACT: phrases.RESULTS}
_TOLD = frozenset({Ask.DIFFICULTY, Ask.DIRECTIVE, Ask.CAUSE})
_FEWEST_PARTS = 2
_LINES_AS_STATEMENTS = 1100  # characters a list of statements may take; a longer one shows subjects


_LOW = frozenset({"low", "decrease", "below_plan"})  # what a difficulty without a figure says fell


class Lister:
    """Answers questions for many entries at once."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._matcher = matcher
        texts = [*meeting.CONTEXT, *meeting.PEOPLE_CONTEXT, meeting.DIRECTIVE, meeting.DIFFICULTY]
        texts += [view for item in index.of_role(Role.PERSON) for view in item.views]
        texts += [i.entry.to for i in index.of_role(Role.DIRECTIVE) if isinstance(i.entry, Directive) and i.entry.to]
        texts += [name for briefing in index.briefings for name in (briefing.title, *briefing.aliases)]
        self._generic = frozenset(
            other
            for text in dict.fromkeys(texts)
            for hit in index.maker.cut(text)[0]
            for concept in hit.concepts
            for other in index.lexicon.implied(concept)
        )

    def whole(self, reading: Reading, reason: Reason) -> Part | None:
        """A list of everything of one kind in a briefing; None when the question is not for one."""
        role = self._role(reading)
        if (
            role is None
            or reading.asks >= {Ask.CAUSE, Ask.DIRECTIVE}  # `ai phải phân tích nguyên nhân`: one task, and no list
            or any(not set(h.concepts) & self._generic for h in reading.content)
            or strangers(reading, self._index)
        ):
            return None
        if role is Role.FACT and any(
            not set(h.concepts) <= self._index.context for h in (*reading.content, *reading.of_kind(ConceptKind.EFFORT))
        ):
            return None  # `kiến nghị những gì` asks for no results
        if not (reading.asks & _LISTING or self._broad(reading, role)):
            return None
        items = self._explaining(role, reading)
        if not items:
            return None
        passed, barred = self._matcher.gate(reading, self._of_asked_briefings(reading, items))
        passed = (*passed, *barred)
        if not passed:
            _, barred = self._matcher.gate(reading, items)
            if barred and (reading.places or reading.subject_times):
                return declining.barred(reading, barred, reason)
            return None
        briefings = dict.fromkeys(i.briefing.slug for i in passed)
        widely = role is Role.DIFFICULTY or (role is Role.FACT and reading.direction)
        if not widely or not reading.subject_times:
            briefings = dict.fromkeys((passed[0].briefing.slug,))
        chosen = [i for slug in briefings for i in items if i.briefing.slug == slug]
        if role is Role.FACT and reading.direction < 0 and not any(went(reading, i) for i in chosen):
            lows = [i for i in self._index.of_role(Role.DIFFICULTY) if i.briefing is passed[0].briefing]
            lows = [i for i in lows if not _LOW.isdisjoint(self._index.subject_of[i.id].told)]
            return self._listed(lows, phrases.DIFFICULTIES, reason) if lows else None
        if role is Role.FACT:
            chosen = of_direction(reading, [i for i in chosen if i.fact and i.fact.figures]) or chosen
        return self._listed(chosen, _NAMES[role], reason)

    def on_topic(self, reading: Reading, ranked: Sequence[Match], reason: Reason) -> Part | None:
        """Every entry that the question's concepts explain, when a list of a topic is asked for."""
        if not reading.asks & {Ask.LIST, Ask.NAMES} or reading.counted in self._index.units:
            return None
        role = self._role(reading) if reading.asks & {Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.RESULT, Ask.SPEECH} else None
        wanted = [m for m in ranked if m.score > 0 and m.items and (role is None or m.subject.role is role)]
        if role is Role.FACT or (role is None and wanted and wanted[0].subject.role is Role.FACT):
            facts = [m for m in wanted if m.items[0].fact and m.items[0].fact.figures]
            wanted = facts or wanted
        if Ask.LIST not in reading.asks and not (wanted and wanted[0].subject.role is Role.DIRECTIVE):
            return None
        if wanted:
            wanted = [m for m in wanted if m.subject.role is wanted[0].subject.role]
        briefing = next((m.items[0].briefing for m in wanted), None)
        chosen = list(dict.fromkeys(i for m in wanted for i in m.items[:1] if i.briefing is briefing))
        if wanted and wanted[0].subject.role is Role.DIRECTIVE:
            chosen = self._with_topic(chosen)
        if len(chosen) < 2:
            return None
        chosen = of_direction(reading, chosen)
        return self._listed(chosen, phrases.ITEMS, reason)

    def difficulties_beside(self, item: Item, reason: Reason) -> Found | None:
        """The difficulties its briefing files under the same topics: `xây dựng cơ bản có vướng gì`."""
        every = (i for i in self._index.of_role(Role.DIFFICULTY) if i.briefing is item.briefing)
        found = [i for i in every if not set(i.topics).isdisjoint(item.topics)]
        if not found:
            return None
        return self._listed(found, phrases.DIFFICULTIES, reason)

    def together(self, items: Sequence[Item], reason: Reason) -> Found:
        """Several people, or things one of them required, that fit the question equally well; there may be others."""
        return self._listed(items, phrases.ITEMS, reason)

    def parts(self, reading: Reading, item: Item, reason: Reason) -> Part | None:
        """A fact and what it is made of, when its kinds or sectors are asked for one by one."""
        if not reading.asks & {Ask.LIST, Ask.NAMES} or reading.counted in self._index.units or reading.asks & _TOLD:
            return None
        return self.made_of(item, reading.asks, reason)

    def of_all(self, parts: Sequence[Part], reason: Reason) -> Part | None:
        """One list of what several parts found; None when any found nothing."""
        if not all(isinstance(part, Found) for part in parts):
            return None
        items = [self._index.by_id[entry] for part in parts for entry in part.entries]
        return self._listed(items, phrases.ITEMS, reason)

    def siblings(self, reading: Reading, item: Item, reason: Reason) -> Part | None:
        """All parts of one whole, when the question names nothing that tells this part from the others."""
        if reading.asks & _TOLD or not item.fact:
            return None
        whole = self._index.by_id.get(item.whole_id)
        parts = self._parts_of(whole) if whole else []
        if whole is None or len(parts) < _FEWEST_PARTS:
            return None
        shared = frozenset.intersection(*(self._index.subject_of[i.id].named for i in parts))
        special = self._index.subject_of[item.id].named - shared
        asked = {other for c in reading.concepts for other in self._index.lexicon.implied(c)}
        return None if special & asked else self.made_of(whole, reading.asks, reason)

    def _listed(self, items: Sequence[Item], name: str, reason: Reason) -> Found:
        """One card with a line for each item; `name` is what they are called in its lead."""
        lead = phrases.list_lead(len(items), name)
        return Found((cards.list_card(lead, items, self._lines(items)),), tuple(i.id for i in items), reason)

    def _parts_of(self, whole: Item) -> list[Item]:
        slug = whole.briefing.slug
        parts = (self._index.by_id[f"{slug}/{f.id}"] for f in whole.briefing.facts if f"{slug}/{f.part_of}" == whole.id)
        return [part for part in parts if part.latest == whole.latest]

    def made_of(self, item: Item, asks: frozenset[Ask], reason: Reason) -> Part | None:
        """A fact with all its parts; None when it has too few or not all have what is asked for."""
        parts = self._parts_of(item)
        if len(parts) < _FEWEST_PARTS or (
            Ask.CHANGE in asks and not all(first(i.fact, Aspect.CHANGE) for i in parts if i.fact)
        ):
            return None
        lead = phrases.list_lead(len(parts), phrases.PARTS)
        lines = [cards.item_line(i, short=False) for i in (item, *parts)]
        return Found((cards.list_card(lead, parts, lines),), tuple(i.id for i in parts), reason)

    def _of_asked_briefings(self, reading: Reading, items: Sequence[Item]) -> list[Item]:
        """Those of the meeting, the place and a time asked, as far as whole briefings are."""
        fits: dict[tuple[str, str], bool] = {}
        for item in items:
            key = item.briefing.slug, item.place
            if key not in fits:
                fits[key] = self._of_asked_briefing(reading, item)
        return [item for item in items if fits[item.briefing.slug, item.place]]

    def _of_asked_briefing(self, reading: Reading, item: Item) -> bool:
        """A list is of a whole briefing: its own period counts, though single figures may be of another."""
        return (
            self._index.meeting_fits(reading, item.briefing)
            and all(place_fits(p, item) for p in reading.places)
            and (
                not reading.subject_times
                or any(
                    time_fits_briefing(m, item.briefing, ahead=item.role is Role.DIRECTIVE)
                    for m in reading.subject_times
                )
            )
        )

    def _with_topic(self, chosen: list[Item]) -> list[Item]:
        """Tasks of one person on one leading topic belong in one list, however each is worded."""
        lead = chosen[0]
        same = (
            [i for i in self._index.of_role(lead.role) if i.briefing is lead.briefing and lead.topics[0] in i.topics]
            if lead.topics
            else []
        )
        return list(dict.fromkeys((*chosen, *same)))

    def _role(self, reading: Reading) -> Role | None:
        asks = reading.asks
        if Ask.DIFFICULTY in asks or Ask.CAUSE in asks:
            return Role.DIFFICULTY
        if asks & {Ask.DIRECTIVE, Ask.SPEECH, Ask.SOLUTION} or self._future_work(reading):
            return Role.DIRECTIVE
        fell_or_rose = Ask.NAMES in asks and bool(reading.direction)
        return Role.FACT if fell_or_rose or asks & {Ask.RESULT, Ask.LIST, Ask.VALUE} else None

    @staticmethod
    def _future_work(reading: Reading) -> bool:
        return any(m.role is TimeRole.FUTURE for _, _, m in reading.times)

    def _broad(self, reading: Reading, role: Role) -> bool:
        """Whether the kind alone is asked for: `tỉnh gặp khó ở những mặt nào`, `Bí thư chỉ đạo những gì`."""
        if role is Role.FACT:
            return Ask.RESULT in reading.asks
        return not reading.asks & {Ask.PERSON, Ask.DATE, Ask.TITLE, Ask.PERIOD}

    def _explaining(self, role: Role, reading: Reading) -> list[Item]:
        """The items to which everything named belongs, or to their speaker: another person speaks for themselves."""
        content = [set(h.concepts) for h in reading.content if not set(h.concepts) & self._index.context]
        open_hits: dict[Subject, list[set[str]]] = {}  # what is left to the meeting's own names, by subject
        found: list[Item] = []
        for item in self._index.of_role(role):
            subject = self._index.subject_of[item.id]
            left = open_hits.get(subject)
            if left is None:
                left = open_hits[subject] = [c for c in content if not c & subject.named and not c & subject.told]
            if not left or all(c & self._index.meeting_concepts(item.briefing) for c in left):
                found.append(item)
        return found

    @staticmethod
    def _lines(items: Iterable[Item]) -> list[str]:
        chosen = list(items)
        full = [cards.item_line(i, short=False) for i in chosen]
        return full if sum(map(len, full)) <= _LINES_AS_STATEMENTS else [cards.item_line(i, short=True) for i in chosen]


def strangers(reading: Reading, index: Index) -> list[str]:
    """The folded words that neither a concept nor any briefing explains."""
    return [w.folded for w in reading.leftovers if len(w.folded) > 1 and w.folded not in index.context_words]


def of_direction(reading: Reading, items: list[Item]) -> list[Item]:
    """`ngành nào giảm`: the items that went the asked way, all of them when none is known to have."""
    if not reading.direction:
        return items
    return [item for item in items if went(reading, item)] or items


def went(reading: Reading, item: Item) -> bool:
    """Whether an item went up or down as is asked."""
    change = first(item.fact, Aspect.CHANGE) if item.fact else None
    return change is not None and change.number * reading.direction > 0
