"""Which of several good matches answers: closest in words, of the asked time, the latest, none too close to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.figures import matches_number
from bot.index import Index, series_key
from bot.item import Item, Role
from bot.match import FIGURE_ASKS, Match, Matcher
from bot.model import Ask, Aspect, Group
from bot.reading import Reading
from bot.time_mention import TimeMention

_WORDS = 0.6  # strength: how much more a subject counts whose name has all the words of the question
_BROADER = 0.5  # strength: how much less a subject counts that holds more than what is named
_TOLD = 1.0  # strength: how much less a subject counts that is told in words where a figure is asked for
_NUMBER = 1.5  # strength: how much more a subject counts that has the number named
NAMED_ENOUGH = 0.5  # coverage from which a question has named its subject
_IN_WORDS = frozenset({Role.DIRECTIVE, Role.DIFFICULTY})
_OF_WORDS = frozenset({Ask.DIRECTIVE, Ask.DIFFICULTY, Ask.CAUSE, Ask.SPEECH, Ask.SOLUTION, Ask.STATUS})
_AMOUNTS = FIGURE_ASKS - {Ask.PLAN}
_NEEDED = frozenset({"can", "phai", "must", "needed"})  # cần đạt, phải đạt
_DOUBTFUL = 3  # how many times the margin a rival must be behind when it has not


class Choice:
    """Orders and narrows matches that can all answer."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._matcher = matcher

    def ordered(self, reading: Reading, able: Sequence[Match]) -> list[Match]:
        """Matches without those that are a part of another which explains the question just as well."""
        matched = {m.subject: m for m in able if m.score > 0}

        def yields(match: Match) -> bool:
            for item in match.subject.parts:
                subject = self._index.subject_of.get(item.whole_id)
                whole = matched.get(subject) if subject else None
                if not whole or not whole.items or whole is match:
                    continue
                if whole.fit >= match.fit and len(whole.explanation.unknown) <= len(match.explanation.unknown):
                    return True
            return False

        kept = sorted((m for m in able if not yields(m)), key=partial(self._order, reading))
        return self._open_first(reading, kept)

    @staticmethod
    def _needed_for(reading: Reading, shut: Match, match: Match) -> bool:
        """`9 tháng còn thiếu bao nhiêu`: what is yet needed of something can be worked out from the thing itself."""
        asked = reading.asks & {Ask.REMAINING, Ask.PLAN_SHARE, Ask.PLAN, Ask.PERCENT}
        unplanned = Ask.PLAN not in reading.asks and only_planned(shut.subject.items[0])
        inside = match.subject.views[0].core_set < shut.subject.views[0].core_set
        return bool(asked or unplanned) and match.score > 0 and inside

    def _open_first(self, reading: Reading, ordered: list[Match]) -> list[Match]:
        """A subject that is not of the asked time gives way to the same thing under another name that is."""
        if _is_present(reading) and ordered and only_planned(ordered[0].subject.items[0]):
            # `công nghiệp`: how things are, and not what is yet to be reached.
            there = [
                m
                for m in ordered
                if m.score >= self._matcher.weights.found and _is_result(m) and not self._is_broader(reading, m)
            ]
            return [*there, *(m for m in ordered if m not in there)]
        if ordered and ordered[0].items and only_planned(ordered[0].items[0]):
            # `kế hoạch cả năm … phải tăng bao nhiêu`: the plan of that year before that of its last quarter.
            planned = [m for m in ordered if m.items and only_planned(m.items[0])]
            exact = next((m for m in planned if _of_whole_year(m.items[0], reading.subject_times)), None)
            return [exact, *(m for m in ordered if m not in planned)] if exact else ordered
        if not ordered or ordered[0].items:
            return ordered
        shut = ordered[0]
        key = series_key(self._index, shut.subject.items[0])
        for match in ordered[1:]:
            alike = match.subject.series == key or self._needed_for(reading, shut, match)
            if match.subject.role is shut.subject.role and alike and match.items:
                return [match, *(m for m in ordered if m is not match)]
        return ordered

    @staticmethod
    def _is_broader(reading: Reading, match: Match) -> bool:
        """Whether a subject is a neighbour of what is named, or holds one: of industry, industry and construction."""
        return not match.subject.neighbours.isdisjoint(reading.content_concepts)

    def _order(self, reading: Reading, match: Match) -> tuple[float, float, float, float]:
        """By strength in steps of the margin; within a step the question's own words decide, then the first name."""
        signals = match.explanation.signals
        lacking = _lacks_figure(reading, match)
        spelled = 0.0 if lacking else signals.letters
        told = lacking or (match.subject.role in _IN_WORDS and reading.asks & _AMOUNTS and not reading.asks & _OF_WORDS)
        strength = match.strength - _TOLD * bool(told) + _WORDS * spelled - _BROADER * self._is_broader(reading, match)
        if signals.number == 1 and Ask.CHECK not in reading.asks:
            strength += _NUMBER  # `85,7% là mấy xã`
        step = round(strength / self._matcher.weights.margin) if match.score > 0 else -1e9
        return (-step, -spelled, -signals.primary, -match.strength)

    def latest(self, reading: Reading, peers: Sequence[Match]) -> Item:
        """The latest item of the best match's series; before that, one whose meeting or figure the question names."""
        best = peers[0]
        key = series_key(self._index, best.items[0])
        same = [i for m in peers if m.subject.role is best.subject.role and m.subject.series == key for i in m.items]
        return min(
            same,
            key=lambda i: (
                -self._index.named_meeting(reading, i),
                -_numbers_met(reading, i),
                -i.latest.last.toordinal(),
                i.latest.as_of,
                self._index.order[i.id],
            ),
        )

    def rivals(self, reading: Reading, item: Item, peers: Sequence[Match]) -> list[Item]:
        """Entries of the same kind about something else that explain the question just as well."""
        key = series_key(self._index, item)
        top, signals = peers[0].strength, peers[0].explanation.signals
        # A question that names only part of the best name may as well mean another: more must then stand between.
        margin = self._matcher.weights.margin * (1 if signals.coverage >= NAMED_ENOUGH else _DOUBTFUL)
        return [
            m.items[0]
            for m in peers
            if m.subject.role is item.role
            and m.subject.series != key
            and top - m.strength < margin
            and m.explanation.signals.letters >= signals.letters
            and not self._is_broader(reading, m)
            and not (_lacks_figure(reading, m) and not _lacks_figure(reading, peers[0]))
            and not (Ask.REMAINING in reading.asks and only_planned(m.items[0]))
        ][:2]


def _lacks_figure(reading: Reading, match: Match) -> bool:
    """Whether a figure is asked for and the entry is in words, or of a group nobody counted."""
    item = match.subject.items[0]
    uncounted = isinstance(item.entry, Group) and item.entry.count is None
    return bool(reading.asks & FIGURE_ASKS) and (uncounted or (item.fact is not None and not item.fact.figures))


def _is_present(reading: Reading) -> bool:
    """Whether neither a time, a plan nor a need is named."""
    planned = reading.asks & {Ask.PLAN, Ask.PLAN_SHARE, Ask.REMAINING, Ask.CHECK} or reading.numbers
    return not (planned or reading.subject_times) and _NEEDED.isdisjoint(w.folded for w in reading.words)


def _is_result(match: Match) -> bool:
    """Whether an entry has figures of what has come about."""
    fact = match.items[0].fact if match.items else None
    return fact is not None and bool(fact.figures) and not only_planned(match.items[0])


def only_planned(item: Item) -> bool:
    """Whether an entry only says what is planned: what remains is worked out from the thing itself."""
    return item.fact is not None and all(f.aspect is Aspect.PLAN for f in item.fact.figures)


def _of_whole_year(item: Item, asked: Sequence[TimeMention]) -> bool:
    """Whether one year is asked about and nothing within it, and the item is of just that."""
    year = asked[0] if len(asked) == 1 and asked[0].loose and not asked[0].first_month else None
    return year is not None and year.period(item.latest.year) in item.periods


def _numbers_met(reading: Reading, item: Item) -> int:
    """How many numbers of the question are figures of the item."""
    figures = item.fact.figures if item.fact else ()
    return sum(any(matches_number(number, figure) for figure in figures) for number in reading.numbers)
