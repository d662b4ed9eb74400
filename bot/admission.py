"""The places, the meeting and the times one question names, held against any number of items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.gates import held_then, is_meeting_of, place_fits, time_fits
from bot.index import Index
from bot.item import ENTRY_ROLES, Item, Role
from bot.model import Ask, Aspect
from bot.period import Period
from bot.places import places_meant
from bot.reading import Reading
from bot.subject import Subject
from bot.time_mention import TimeMention

_SAID = frozenset({Role.DIRECTIVE, Role.DIFFICULTY})


class Admission:
    """Lets items pass that are of the places, the meeting and a time of one question; remembers what it worked out."""

    def __init__(self, index: Index, reading: Reading) -> None:
        self._index = index
        self._reading = reading
        self._places = places_meant(reading.places)
        self._names_meeting = bool(reading.meetings or reading.ordinals)
        self._times = reading.subject_times
        # The time in a meeting's name is no time of figures when another one is named too.
        self._of_figures = tuple(m for m in self._times if m not in reading.meeting_times) or self._times
        # Then of facts with figures the periods alone decide, and thousands of items share a few periods.
        self._by_period_alone = not (
            reading.asks & {Ask.PLAN, Ask.REMAINING} or reading.meeting_times or any(m.day for m in self._times)
        )
        self._of_time: dict[tuple[Period, ...], bool] = {}

    def passes(self, item: Item) -> bool:
        """Whether the item is of the place, the meeting and one of the times that the question names."""
        return all(place_fits(place, item) for place in self._reading.places) and self._is_of_meeting_and_time(item)

    def of_subject(self, subject: Subject) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """(what passes, what does not) of a subject, latest first, of the named place when it is known there."""
        items = subject.at(self._places) if self._reading.places else subject.latest_first
        if not items:
            return (), subject.latest_first
        return _parted(items, self._is_of_meeting_and_time)

    def of_items(self, items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """The same of any items, in their order."""
        return _parted(items, self.passes)

    def _is_of_meeting_and_time(self, item: Item) -> bool:
        if self._names_meeting:
            names = self._index.subject_of[item.id].named if item.role in ENTRY_ROLES else frozenset()
            if not self._index.meeting_fits(self._reading, item.briefing, names):
                return False
        if not self._times or (item.role is Role.DATE and not self._reading.asks - {Ask.CHECK}):
            return True
        if not (self._by_period_alone and item.fact and item.fact.figures):
            return self._is_of_time(item)
        known = self._of_time.get(item.periods)
        if known is None:
            known = self._of_time[item.periods] = self._is_of_time(item)
        return known

    def _is_of_time(self, item: Item) -> bool:
        figures = item.fact and item.fact.figures
        return any(self._fits(mention, item) for mention in (self._of_figures if figures else self._times))

    def _fits(self, mention: TimeMention, item: Item) -> bool:
        named = mention in self._reading.meeting_times
        if named and item.role in _SAID and mention.first_month and not mention.day:
            # `giao ban quý IV chỉ đạo gì`: what another meeting said of that quarter is not what was said there.
            return held_then(mention, item.briefing) or is_meeting_of(mention, item.briefing)
        return (
            time_fits(mention, item)
            or _plans_for(self._reading, mention, item)
            or _rest_of_year(self._reading, mention, item)
            # Who somebody was is told of the days of the meeting.
            or ((named or item.role is Role.PERSON) and held_then(mention, item.briefing))
            or (named and is_meeting_of(mention, item.briefing))
        )


def _parted(items: Sequence[Item], passes: Callable[[Item], bool]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    passed: list[Item] = []
    barred: list[Item] = []
    for item in items:
        (passed if passes(item) else barred).append(item)
    return tuple(passed), tuple(barred)


def _rest_of_year(reading: Reading, mention: TimeMention, item: Item) -> bool:
    """What is left of a plan is left to the rest of the year, so that a question may name that time instead."""
    if Ask.REMAINING not in reading.asks or not mention.first_month or item.fact is None:
        return False
    if mention.year not in (None, item.latest.year) or not any(
        f.aspect is Aspect.PLAN_SHARE for f in item.fact.figures
    ):
        return False
    asked = mention.period(item.latest.year)
    return item.latest.last < asked.first and (asked.last.month, asked.last.day) == (12, 31)


def _plans_for(reading: Reading, mention: TimeMention, item: Item) -> bool:
    """A plan is of the whole year, whichever part of it the fact reports on: the plan itself, or what it is part of."""
    if Ask.PLAN not in reading.asks or mention.first_month or mention.year != item.latest.year or item.fact is None:
        return False
    aspects = {f.aspect for f in item.fact.figures}
    if aspects == {Aspect.PLAN}:
        return False  # what is planned for a quarter is no plan of the year
    computed = Aspect.PLAN_SHARE in aspects and not reading.asks & {Ask.PLAN_SHARE, Ask.PERCENT, Ask.CHANGE}
    return Aspect.PLAN in aspects or (computed and Aspect.VALUE in aspects)
