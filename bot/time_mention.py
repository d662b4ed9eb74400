"""A time named in a message, before it is held against any period."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from bot.period import Period


class TimeRole(StrEnum):
    """What a named time does in the question."""

    SUBJECT = "subject"  # the time asked about
    AGAINST = "against"  # only what is compared with: so với cùng kỳ 2022
    NOW = "now"  # hiện nay, đến nay: the latest there is
    PAST = "past"  # vừa qua, hôm đó: names no time that could be checked
    FUTURE = "future"  # thời gian tới, sắp tới


class TimeMention(NamedTuple):
    """A time named in the text at `start`..`end`. Months without a year mean any year; a day means a date."""

    text: str
    start: int
    end: int
    role: TimeRole = TimeRole.SUBJECT
    year: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    day: int | None = None
    first_year: int | None = None  # only for a range of years
    loose: bool = False  # năm nay, từ đầu năm: a hint of the year, not a demand for the whole of it
    end_only: bool = False  # cuối năm 2020: the state at the end

    def period(self, year: int) -> Period:
        """The stretch meant, in `year` when the text named none."""
        chosen = self.year or year
        if self.day and self.first_month:
            on = dt.date(chosen, self.first_month, self.day)
            return Period(on, on, as_of=True)
        span = Period.months(chosen, self.first_month or 1, self.last_month or 12)
        if self.first_year:
            span = Period(dt.date(self.first_year, 1, 1), span.last)
        return Period(span.last, span.last, as_of=True) if self.end_only else span
