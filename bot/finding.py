"""One thing asked, answered: from numbers, from a meeting's own data, from lists, or from the entry that fits best."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot import declining, series, sums
from bot.by_number import NumberDesk
from bot.checked_name import only_checked_name, without_checked_name
from bot.choice import NAMED_ENOUGH, Choice, only_planned
from bot.explanation import reason_of
from bot.index import Index, person_concept
from bot.item import ENTRY_ROLES, Item, Role
from bot.lexicon import Hit
from bot.lists import Lister
from bot.match import FIGURE_ASKS, Match, Matcher, is_named, is_plan, role_answers
from bot.meeting import MeetingDesk
from bot.model import Ask, ConceptKind, Directive, Group
from bot.outcome import Found, NotFound, Part, Reason
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.reply import Replier
from bot.succession import with_newer
from bot.text import fold
from bot.topical import TopicLister

_DATE = re.compile(r"\d+[/-]\d+|\b(?:thang|nam) \d|\bquy (?:\d|[iv]+\b)")  # in folded text
_TALK = frozenset({ConceptKind.SMALLTALK})
_HELPING = frozenset({"support", "guide"})
_PAIR = 2
_PEERS = 1.0  # strength: how far behind the best a subject may be and still be another period's or source's form of it


class Finder:
    """Finds what one reading asks in one index, as if it asked one thing."""

    def __init__(self, index: Index, matcher: Matcher, lister: Lister) -> None:
        self._index = index
        self._matcher = matcher
        self._choice = Choice(index, matcher)
        self._replier = Replier(index, matcher)
        self._numbers = NumberDesk(index, matcher, self._replier)
        self._lister = lister
        self._topics = TopicLister(index, matcher)
        self._meetings = MeetingDesk(index, matcher, self._replier)

    def find(self, reading: Reading) -> Part:
        """The part of an answer for the reading: found, unsure, or not found with what comes nearest."""
        reason = reason_of(reading)
        if not (reading.focus or reading.asks or reading.numbers or reading.subject_times):
            return (
                declining.small_talk(reason, thanked="thanks" in reading.concepts)
                if reading.of_kind(ConceptKind.SMALLTALK) or not reading.leftovers
                else declining.unexplained(reading, [], reason)
            )
        if self._is_talk(reading):
            return declining.small_talk(reason)
        if Ask.DEADLINE in reading.asks:
            return self._by_when(reading, reason)
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

    def _by_when(self, reading: Reading, reason: Reason) -> Part:
        """By when: what an entry says only where it says a date; what is to be done has none of its own."""
        rest = reading.asks - {Ask.DEADLINE, Ask.DATE, Ask.CHECK}
        part = self.find(reading._replace(asks=rest or frozenset({Ask.DIRECTIVE})))
        items = [self._index.by_id[entry] for entry in part.entries if entry in self._index.by_id]
        dated = [i for i in items if _DATE.search(fold(i.statement_text or ""))]
        return part if dated and len(items) == 1 else declining.no_deadline(items, reason)

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
        kinds = self._index.lexicon.kinds(hit)
        return kinds <= {ConceptKind.PLACE, ConceptKind.GROUP} and set(hit.concepts) <= self._index.context

    @staticmethod
    def _is_talk(reading: Reading) -> bool:
        """Chat or an attack, with nothing asked that a briefing could answer."""
        talk = _TALK in reading.kinds
        if not (reading.content or reading.asks or reading.leftovers or reading.numbers or reading.subject_times):
            talk = talk or not _HELPING.isdisjoint(reading.concepts)  # `help`, `giúp tôi`, `hướng dẫn`
        return talk and not reading.asks & (
            FIGURE_ASKS | {Ask.PERSON, Ask.DATE, Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.LIST}
        )

    def _matched(self, reading: Reading) -> Part:
        somewhere = all(self._is_place(h) for h in reading.content)
        figure = bool(reading.asks & FIGURE_ASKS) and not reading.asks & {Ask.PERSON, Ask.DIRECTIVE}
        if somewhere and (reading.content or figure) and not reading.places:
            return declining.plain(phrases.NO_SUBJECT, reason_of(reading))
        asked = without_checked_name(reading)
        found = ranked = self._matcher.rank(asked)
        reason = reason_of(reading, ranked)
        if asked.condition:
            return declining.conditional(asked, asked.condition, ranked, reason)
        if not ranked or ranked[0].score < self._matcher.weights.unsure:
            if reading.of_kind(ConceptKind.SMALLTALK) and not ranked:
                return declining.small_talk(reason)
            return declining.unexplained(asked, ranked, reason)
        able = [m for m in ranked if role_answers(asked, m.subject) and is_named(m)]
        able = [m for m in able if m.subject.role is not Role.PERSON or asked.excepted.isdisjoint(m.subject.named)]
        checked = asked.asks == {Ask.CHECK} and ranked[0].subject.role is Role.PERSON and ranked[0] not in able
        if checked or not able or able[0].score < self._matcher.weights.unsure:
            declined = declining.unexplained if checked else declining.wrong_kind
            return declined(asked, ranked, reason)
        if asked is not reading:  # `… là Bí thư đúng không`: one person's office is no group's
            able = [m for m in able if m.subject.role is not Role.GROUP] or able
        ranked = self._choice.ordered(asked, able)
        best = ranked[0]
        weights = self._matcher.weights
        peers = [m for m in ranked if m.score > 0 and (m.strength >= best.strength - _PEERS or _same_series(m, best))]
        open_peers = [m for m in peers if m.items]
        named = asked.subject_times or asked.ordinals
        if not open_peers and best.subject.fact and named and not asked.places:
            # The same words may name something else that is of the asked time or meeting.
            open_peers = [m for m in ranked if m.score >= weights.found and m.items and m.subject.role is Role.FACT]
            open_peers = [m for m in open_peers if Ask.PLAN in asked.asks or not only_planned(m.items[0])]
        if not open_peers and best.subject.role is Role.PERSON and "chair_meeting" in asked.concepts:
            # Somebody of the meeting that is named, of whom the source may not say that he was in the chair.
            open_peers = [m for m in found if m.score > 0 and m.items and m.subject.role is Role.PERSON][:1]
        told = asked.asks & {Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.STATUS, Ask.CAUSE}
        if not best.items and not told and best.subject.fact:
            open_peers = [
                m for m in open_peers if m.subject.role is Role.FACT and m.subject.fact and m.subject.fact.figures
            ]
        if not best.items and not told and best.subject.role not in ENTRY_ROLES:
            open_peers = [m for m in open_peers if m.subject.role not in ENTRY_ROLES]
        if series.wanted(asked) and best.score >= weights.found:
            tried = (best,) if best.items else (best, *open_peers)
            for subject in dict.fromkeys(m.subject for m in tried):
                shown = series.answer(self._index, asked, subject.items[0], (*peers, *open_peers), reason)
                if shown:
                    return shown
        if Ask.DATE in asked.asks:
            open_peers = [m for m in open_peers if not is_plan(m.items[0].fact)]
        if not open_peers:
            alike = dict.fromkeys(i for m in (best, *peers) if _same_series(m, best) for i in m.barred)
            return declining.barred(asked, tuple(alike), reason, self._called(asked, best))
        counted = bool(asked.asks & {Ask.MONEY, Ask.COUNT, Ask.AVERAGE})
        if best.score < weights.found and counted and not any(_has_figures(m.items[0]) for m in open_peers):
            return declining.unexplained(asked, [m for m in ranked if m.score <= 0] or ranked, reason)
        if _is_narrowed(asked, best):
            return declining.unexplained(asked, ranked, reason)
        if best.score < weights.found:
            return declining.unsure([m.items[0] for m in open_peers], reason)
        listed = self._lister.on_topic(asked, able, reason)
        if listed:
            return listed
        item = self._choice.latest(asked, open_peers)
        if Ask.DIFFICULTY in asked.asks and item.fact and not item.fact.figures:
            beside = self._lister.difficulties_beside(item, reason)
            if beside:
                return beside
        made_of = self._lister.parts(asked, item, reason) or self._lister.siblings(asked, item, reason)
        if made_of:
            return made_of
        rivals = self._choice.rivals(asked, item, open_peers)
        several = self._several(reading, [item, *rivals], ranked, reason) if rivals else None
        if several:
            return several
        known = [i for m in peers if _same_series(m, best) for i in (*m.items, *m.barred)]
        part = series.with_gaps(self._replier.reply(reading, item, ranked, reason), asked, item, known)
        return with_newer(part, item, self._index)

    def _called(self, reading: Reading, best: Match) -> str:
        """What is asked about, where the best match holds more than is named: `công nghiệp`; else empty."""
        hits, concepts = reading.content, self._index.lexicon.concepts
        known = concepts.get(hits[0].concepts[0]) if len(hits) == 1 else None
        return known.label if known and best.explanation.signals.primary < NAMED_ENOUGH else ""

    def _several(self, reading: Reading, alike: Sequence[Item], ranked: Sequence[Match], reason: Reason) -> Part | None:
        """Entries that fit about as well: told together, offered, or None when the first of them answers for all."""
        if all(i.role is Role.PERSON for i in alike) and not (reading.subject_times or reading.ordinals):
            latest = max(alike, key=lambda i: i.briefing.date or i.latest.last)  # no meeting named: the latest
            alike = [i for i in alike if i.briefing is latest.briefing]
        if all(i.role is Role.PERSON and i.briefing is alike[0].briefing for i in alike):
            named = [i for i in alike if person_concept(i.subject) in reading.concepts]
            if not named and Ask.CHECK in reading.asks and reading.leftovers:
                return declining.unexplained(reading, ranked, reason)  # somebody no source names
            if len(named) != 1:
                return self._lister.together(alike, reason)
            return self._replier.reply(reading, named[0], ranked, reason)
        causes = Ask.CAUSE in reading.asks and Ask.DIRECTIVE not in reading.asks
        if causes or len({_speaker(i) for i in alike}) > 1:
            return declining.unsure(alike, reason)
        return None if Ask.PERSON in reading.asks else self._lister.together(alike, reason)

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


def _is_narrowed(reading: Reading, best: Match) -> bool:
    """`số đảng viên kêt nạo`: whether two words nobody knows stand right behind what is counted, and narrow it."""
    unknown = set(best.explanation.unknown)
    behind = [reading.words[h.end : h.end + _PAIR] for h in reading.content if h.end not in reading.breaks]
    narrowed = any(len(pair) == _PAIR and unknown.issuperset(w.folded for w in pair) for pair in behind)
    return narrowed and _has_figures(best.subject.items[0])


def _has_figures(item: Item) -> bool:
    return bool(item.fact and item.fact.figures) or isinstance(item.entry, Group)


def _speaker(item: Item) -> str:
    """Who an item names: the one who gave a task, else the item itself."""
    return f"{item.briefing.slug}/{item.entry.by}" if isinstance(item.entry, Directive) else item.id


def _same_series(one: Match, other: Match) -> bool:
    return one.subject.role is other.subject.role and one.subject.series == other.subject.series
