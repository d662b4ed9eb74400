"""From a message read to the parts of its answer: each thing asked is found, unsure or not found on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import declining, enumeration, series, sums
from bot.aside import without_asides, without_title
from bot.by_number import NumberDesk
from bot.checked_name import only_checked_name, without_checked_name
from bot.choice import Choice, only_planned
from bot.clauses import ClauseCutter, about
from bot.explanation import reason_of
from bot.index import Index
from bot.item import ENTRY_ROLES, Item, Role
from bot.lexicon import Hit
from bot.lists import Lister
from bot.match import FIGURE_ASKS, Match, Matcher, is_named, role_answers
from bot.meeting import MeetingDesk
from bot.model import Ask, ConceptKind, Directive
from bot.outcome import Found, NotFound, Part
from bot.parts import answers_more, distinct
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.reply import Replier
from bot.succession import with_newer
from bot.topical import TopicLister

_PEERS = 1.0  # strength: how far behind the best a subject may be and still be another period's or source's form of it
_ANY_UNIT = frozenset({"don", "dau"})  # `… và … có bao nhiêu đơn vị`: units of any kind, so all of them together


class Answerer:
    """Answers readings from one index."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._matcher = matcher
        self._choice = Choice(index, matcher)
        self._replier = Replier(index, matcher)
        self._numbers = NumberDesk(index, matcher, self._replier)
        self._lister = Lister(index, matcher)
        self._topics = TopicLister(index, matcher)
        self._cutter = ClauseCutter(index)
        self._meetings = MeetingDesk(index, matcher, self._replier)

    def answer(self, reading: Reading) -> tuple[Part, ...]:
        """One part for each thing asked. What stands beside the question is set aside when the whole finds nothing."""
        parts = self._parts(reading)
        if any(isinstance(part, NotFound) for part in parts):
            for other in self._otherwise(reading):
                found = self._parts(other)
                if answers_more(found, parts):
                    return found
        return parts

    def _otherwise(self, reading: Reading) -> Iterator[Reading]:
        """What else the message may ask when, taken at its word, it finds nothing."""
        yield from without_asides(reading, self._index.lexicon)
        if of_plan := reading.of_plan_year():
            yield of_plan
        if untitled := without_title(reading, self._index.is_title):
            yield untitled

    def _parts(self, reading: Reading) -> tuple[Part, ...]:
        """A message is cut only where both sides name something of their own."""
        whole = self._part(reading)
        if isinstance(whole, Found) and series.wanted(reading) and len(whole.entries) > 1:
            return (whole,)
        added = Ask.SUM in reading.asks or reading.counted in _ANY_UNIT or " + " in reading.text
        if not isinstance(whole, Found) or added or Ask.LIST in reading.asks or enumeration.is_long(reading):
            listed = self._enumerated(reading)
            if listed:
                return (listed,)
        clauses = self._cutter.cut(reading)
        if len(clauses) < 2:
            return (whole,)
        if not isinstance(whole, Found) and "part_of_whole" in reading.concepts:
            clauses = [replace(clause, asks=frozenset({Ask.VALUE})) for clause in clauses]
        parts = [self._part(clause) for clause in clauses]
        parts = self._completed(clauses, parts)
        entries = {p.entries for p in parts if isinstance(p, Found)}
        apart = all(c.start in reading.hard_breaks and c.content for c in clauses[1:])
        if isinstance(whole, Found) and len(entries) < 2 and not apart:
            return (whole,)
        if Ask.LIST in clauses[0].asks and isinstance(parts[0], Found) and len(parts[0].entries) > 2:
            return (parts[0],)  # what follows only spells out what the list is of
        together = sums.combined(self._index, reading, distinct(parts))
        if together:
            return (together,)
        compared = reading.asks & {Ask.COMPARE, Ask.DIFFERENCE, Ask.SUM}
        if compared and not isinstance(whole, Found) and not all(isinstance(p, Found) for p in parts):
            return (whole,)  # one side alone is no comparison
        leaning = [c for c in clauses if not c.asking_itself]
        if not isinstance(whole, Found) and leaning and not all(isinstance(p, Found) for p in parts):
            return (whole,)
        if not entries:
            return (whole,) if not all(p.entries for p in parts) else tuple(distinct(parts))
        return tuple(distinct(parts))

    def _enumerated(self, reading: Reading) -> Part | None:
        """One list of what each of several named things has; None when one of them has nothing of its own."""
        parts = [self._part(term) for term in enumeration.terms(reading)]
        alone = {part.entries for part in parts if isinstance(part, Found) and len(part.entries) == 1}
        if not parts or len(alone) < len(parts):
            return None
        whole_sum = replace(reading, asks=reading.asks | {Ask.SUM}) if reading.counted in _ANY_UNIT else reading
        together = sums.combined(self._index, whole_sum, parts)
        if together:
            return together
        wholes = {self._index.by_id[entry].whole_id for entries in alone for entry in entries}
        unsaid = reading.leftovers or enumeration.goes_on(reading)
        whole = self._index.by_id.get(wholes.pop()) if len(wholes) == 1 and unsaid else None
        made_of = self._lister.made_of(whole, reading.asks, reason_of(reading)) if whole else None
        return made_of or self._lister.of_all(parts, reason_of(reading))

    def _completed(self, clauses: Sequence[Reading], parts: Sequence[Part]) -> list[Part]:
        """A clause with no answer of its own may leave out what the first names: `khách …, doanh thu bao nhiêu`."""
        done = list(parts)
        seen = {p.entries for p in parts if isinstance(p, Found)}
        for at, clause in enumerate(clauses[1:], 1):
            if isinstance(done[at], NotFound) and not done[at].entries and clause.content:
                fuller = self._part(about(clauses[0], clause))
                if isinstance(fuller, Found) and fuller.entries not in seen:
                    seen.add(fuller.entries)
                    done[at] = fuller
        return done

    def considered(self, reading: Reading, most: int = 6) -> Iterator[tuple[dict[str, float], Part]]:
        """The signals of each candidate that may answer, and its answer: what the weights are fitted on."""
        asked = without_checked_name(reading)
        ranked = self._matcher.rank(asked)
        able = [m for m in ranked if m.score > 0 and m.items and role_answers(asked, m.subject)]
        for match in able[:most]:
            signals = {**match.explanation.signals.as_dict(), "fit": match.fit}
            yield signals, self._replier.reply(reading, match.items[0], ranked, {})

    def open(self, item: Item) -> Part:
        """One item as its button shows it, with nothing asked in particular."""
        return with_newer(self._replier.plain(item), item, self._index)

    def _part(self, reading: Reading) -> Part:
        reason = reason_of(reading)
        if not (reading.focus or reading.asks or reading.numbers or reading.subject_times):
            return (
                declining.small_talk(reason)
                if reading.of_kind(ConceptKind.SMALLTALK) or not reading.leftovers
                else declining.unexplained(reading, [], reason)
            )
        if self._is_talk(reading):
            return declining.small_talk(reason)
        if reading.ordinals and not any(self._index.meeting_fits(reading, b) for b in self._index.briefings):
            return declining.plain(phrases.no_such_meeting(reading.ordinals[0].text), reason)
        by_number = self._numbers.answer(reading)
        if by_number:
            return by_number
        meeting = self._meetings.answer(reading)
        if meeting:
            return meeting
        listed = self._lister.whole(reading, reason) or self._topics.answer(reading, reason)
        if listed:
            return listed
        part = sums.over_time(self._index, reading, self._matched) or self._matched(reading)
        named = only_checked_name(reading) if isinstance(part, NotFound) else None
        if named:
            return self._meetings.answer(named) or self._matched(named)
        if isinstance(part, NotFound) and reading.affirmed:
            rest = self._matched(reading.affirmed)
            return rest if isinstance(rest, Found) else part
        return (self._composed(reading) if isinstance(part, NotFound) else None) or part

    def _composed(self, reading: Reading) -> Part | None:
        """A concept that is the sum or the difference of what it contains: `xuất siêu` is exports less imports."""
        for hit in reading.content:
            known = self._index.lexicon.concepts.get(hit.concepts[0])
            if known and len(known.implies) > 1 and {Ask.SUM, Ask.DIFFERENCE} & set(known.asks):
                terms = (reading.naming(hit, part) for part in known.implies)
                parts = [self._matched(term) for term in terms]
                if Ask.LIST in reading.asks:
                    return self._lister.of_all(parts, reason_of(reading))
                return sums.combined(self._index, reading, parts)
        return None

    def _is_place(self, hit: Hit) -> bool:
        """Whether a hit only says where or of whom, in words that fit any briefing: `toàn tỉnh`, `người dân`."""
        kinds = {self._index.lexicon.kind(c) for c in hit.concepts}
        return kinds <= {ConceptKind.PLACE, ConceptKind.GROUP} and set(hit.concepts) <= self._index.context

    @staticmethod
    def _is_talk(reading: Reading) -> bool:
        """Chat or an attack, with nothing asked that a briefing could answer."""
        talk = any(kinds == {ConceptKind.SMALLTALK} for kinds in reading.kinds)
        return talk and not reading.asks & (
            FIGURE_ASKS | {Ask.PERSON, Ask.DATE, Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.LIST}
        )

    def _matched(self, reading: Reading) -> Part:
        somewhere = all(self._is_place(h) for h in reading.content)
        figure = bool(reading.asks & FIGURE_ASKS) and not reading.asks & {Ask.PERSON, Ask.DIRECTIVE}
        if somewhere and (reading.content or figure) and not reading.places:
            return declining.plain(phrases.NO_SUBJECT, reason_of(reading))
        asked = without_checked_name(reading)
        ranked = self._matcher.rank(asked)
        reason = reason_of(reading, ranked)
        if not ranked or ranked[0].score < self._matcher.weights.unsure:
            if reading.of_kind(ConceptKind.SMALLTALK) and not ranked:
                return declining.small_talk(reason)
            return declining.unexplained(asked, ranked, reason)
        able = [m for m in ranked if role_answers(asked, m.subject) and is_named(m)]
        if not able or able[0].score < self._matcher.weights.unsure:
            return declining.wrong_kind(asked, ranked, reason)
        ranked = self._choice.ordered(asked, able)
        best = ranked[0]
        weights = self._matcher.weights
        peers = [m for m in ranked if m.score > 0 and (m.strength >= best.strength - _PEERS or _same_series(m, best))]
        open_peers = [m for m in peers if m.items]
        if not open_peers and best.subject.items[0].fact and asked.subject_times and not asked.places:
            # The same words may name something else that is of the asked time.
            open_peers = [m for m in ranked if m.score >= weights.found and m.items and m.subject.role is Role.FACT]
            open_peers = [m for m in open_peers if Ask.PLAN in asked.asks or not only_planned(m.items[0])]
        told = asked.asks & {Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.STATUS, Ask.CAUSE}
        if not best.items and not told and best.subject.items[0].fact:
            open_peers = [
                m
                for m in open_peers
                if m.subject.role is Role.FACT and m.subject.items[0].fact and m.subject.items[0].fact.figures
            ]
        if not best.items and not told and best.subject.role not in ENTRY_ROLES:
            open_peers = [m for m in open_peers if m.subject.role not in ENTRY_ROLES]
        if series.wanted(asked) and best.score >= weights.found:
            tried = (best,) if best.items else (best, *open_peers)
            for subject in dict.fromkeys(m.subject for m in tried):
                shown = series.answer(self._index, asked, subject.items[0], (*peers, *open_peers), reason)
                if shown:
                    return shown
        if not open_peers:
            return declining.barred(asked, best.barred, reason)
        if best.score < weights.found:
            return declining.unsure([m.items[0] for m in open_peers], reason)
        listed = self._lister.on_topic(asked, able, reason)
        if listed:
            return listed
        item = self._choice.latest(asked, open_peers)
        made_of = self._lister.parts(asked, item, reason) or self._lister.siblings(asked, item, reason)
        if made_of:
            return made_of
        rivals = self._choice.rivals(asked, item, open_peers)
        if rivals and not (Ask.PERSON in asked.asks and len({_speaker(i) for i in (item, *rivals)}) == 1):
            return declining.unsure([item, *rivals], reason)
        return with_newer(self._replier.reply(reading, item, ranked, reason), item, self._index)


def _speaker(item: Item) -> str:
    """Who an item names: the one who gave a task, else the item itself."""
    return f"{item.briefing.slug}/{item.entry.by}" if isinstance(item.entry, Directive) else item.id


def _same_series(one: Match, other: Match) -> bool:
    return one.subject.role is other.subject.role and one.subject.series == other.subject.series
