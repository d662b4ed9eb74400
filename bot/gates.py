"""Time and place: an item of another time or place cannot answer, however well its words fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.item import ENTRY_ROLES, Item, Role
from bot.model import Briefing
from bot.period import Period
from bot.places import PlaceMention
from bot.text import phrase
from bot.time_mention import TimeMention

# A state reported a few days after a period closes is still that period's: 97.052 on 5 July closes June.
_REPORTING_LAG = dt.timedelta(days=35)
_OF_THE_DAY = frozenset({Role.FACT, Role.DATE, Role.VENUE})  # what the day a report came out says nothing of
_YEAR = 12  # months
_ALREADY_CLOSED = dt.timedelta(days=5)


def place_fits(mention: PlaceMention, item: Item) -> bool:
    """Whether the named place can be the item's own."""
    return phrase(item.place) in mention.provinces


def time_fits(mention: TimeMention, item: Item) -> bool:
    """Whether the item speaks of the named time."""
    asked = mention.period(_year_for(mention, item))
    own = item.periods
    if mention.day:
        told = item.role not in _OF_THE_DAY and _came_out(item.briefing) == asked.last
        return told or item.briefing.date == asked.last or any(p.as_of and p.last == asked.last for p in own)
    if mention.loose:
        return any(p.year == asked.year for p in own)
    if asked in own:
        return True
    held_then = asked.month_count == 1 and any(p.as_of and asked.first <= p.last <= asked.last for p in own)
    if item.role not in ENTRY_ROLES and held_then:
        return True
    if item.role in ENTRY_ROLES and any(p.as_of and _closes(asked, p) for p in own):
        return True
    if item.role not in ENTRY_ROLES:
        return asked in item.briefing.covers or (asked.month_count >= _YEAR and any(asked.contains(p) for p in own))
    if item.role is Role.FACT and item.fact and item.fact.figures:
        return False
    if item.role is Role.FACT and not _tells_of(asked, own):
        return False
    covered = (
        *own,
        item.briefing.period,
        *item.briefing.covers,
        *(item.briefing.looks_ahead if item.role is Role.DIRECTIVE else ()),
    )
    held = item.briefing.date
    if held and asked.month_count == 1 and asked.first <= held <= asked.last:
        return True  # what is said is also of the month it was said in
    return any(asked.contains(p) or p.contains(asked) for p in covered)


def _tells_of(asked: Period, own: Iterable[Period]) -> bool:
    """Whether words about a stretch say anything about the asked one: its last part, or a year it lies in."""
    return any(
        (p.contains(asked) and p.last == asked.last) or (asked.contains(p) and asked.month_count >= _YEAR) for p in own
    )


def time_fits_briefing(mention: TimeMention, briefing: Briefing, *, ahead: bool) -> bool:
    """Whether a whole briefing is of the named time: held that day, about that stretch, or (`ahead`) planning it."""
    asked = mention.period(mention.year or (briefing.date or briefing.period.last).year)
    if mention.day:
        return briefing.date == asked.last
    return mention.loose or any(
        asked == p or (asked.month_count >= 12 and asked.contains(p))
        for p in (briefing.period, *briefing.covers, *(briefing.looks_ahead if ahead else ()))
    )


def held_then(mention: TimeMention, briefing: Briefing) -> bool:
    """Whether a briefing was held, or came out if nothing says when it was held, in the named month or on that day."""
    held = _came_out(briefing)
    if held is None:
        return False
    asked = mention.period(mention.year or held.year)
    return asked.month_count == 1 and asked.first <= held <= asked.last


def is_meeting_of(mention: TimeMention, briefing: Briefing) -> bool:
    """Whether a meeting's name may give the time: the quarter it is of, or a stretch it looks back on."""
    asked = mention.period(mention.year or briefing.period.year)
    return asked == briefing.period or asked in briefing.covers


def _came_out(briefing: Briefing) -> dt.date | None:
    """When a briefing was held, or published if nothing says when it was held."""
    return briefing.date or briefing.source.published


def _closes(asked: Period, on: Period) -> bool:
    """Whether a state on one day is the state at the end of the asked stretch."""
    if asked.as_of:
        return abs(asked.last - on.last) <= _REPORTING_LAG
    if asked.month_count == 1 and asked.first <= on.last <= asked.last:
        return True
    if (asked.first.month, asked.first.day) == (1, 1) and asked.last.replace(day=1) <= on.last <= asked.last:
        return True  # `đến tháng 7 có bao nhiêu`: a state of that month
    inside = asked.first <= on.last <= asked.last + _REPORTING_LAG
    return inside and (asked.last <= on.last + _ALREADY_CLOSED or asked.month_count >= 12)


def _year_for(mention: TimeMention, item: Item) -> int:
    """The item's own year when the question names months only."""
    return mention.year or item.latest.year


def in_year_of(mention: TimeMention, item: Item) -> TimeMention:
    """The mention with its year filled in from the item."""
    return mention._replace(year=_year_for(mention, item))
