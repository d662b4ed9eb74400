"""Stretches of time as briefings name them, compared as ranges of days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from bot.phrases import forms as phrases

_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{1,2})M|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`first` to `last` day, both included. `as_of` marks a state on one day, not a stretch."""

    first: dt.date
    last: dt.date
    as_of: bool = False

    @staticmethod
    @lru_cache(maxsize=4096)
    def months(year: int, first: int, last: int) -> Period:
        """The whole months `first`..`last` of `year`."""
        return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def year(self) -> int:
        return self.last.year

    @property
    def month_count(self) -> int:
        """Whole months covered; 0 for a single day."""
        if self.as_of:
            return 0
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def contains(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        """The YAML form: 2023-Q2, 2023-H1, 2023-9M, 2023-07, 2023 or 2023-07-05."""
        year, first, last = self.first.year, self.first.month, self.last.month
        if self.as_of or self.first == self.last:
            return self.last.isoformat()
        if first == 1 and last == 12:
            return f"{year}"
        if (first, last) in ((1, 6), (7, 12)):
            return f"{year}-H{1 if first == 1 else 2}"
        if first == last:
            return f"{year}-{first:02d}"
        if last - first == 2 and first % 3 == 1:
            return f"{year}-Q{last // 3}"
        return f"{year}-{last}M" if first == 1 else f"{self.first.isoformat()}/{self.last.isoformat()}"


def parse_period(value: object) -> object:
    """A `Period` from its YAML form. Raises ValueError naming the forms there are."""
    if not isinstance(value, str):
        return value
    found = _FORM.fullmatch(value.strip())
    if not found:
        raise ValueError(phrases.BAD_PERIOD)
    year = int(found[1])
    quarter, half, months, month, day = (int(g) if g else None for g in found.groups()[1:])
    if quarter:
        return Period.months(year, quarter * 3 - 2, quarter * 3)
    if half:
        return Period.months(year, half * 6 - 5, half * 6)
    if not 1900 <= year <= 2100:
        raise ValueError(phrases.bad_year(year))
    for last in (months, month):
        if last is not None and not 1 <= last <= 12:
            raise ValueError(phrases.bad_month(last))
    if months:
        return Period.months(year, 1, months)
    if month and day:
        try:
            on = dt.date(year, month, day)
        except ValueError:
            raise ValueError(phrases.bad_day(day, month, year)) from None
        return Period(on, on, as_of=True)
    if month:
        return Period.months(year, month, month)
    return Period.months(year, 1, 12)
