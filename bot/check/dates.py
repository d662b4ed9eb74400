"""Dates and periods that fit the briefing: nothing is reported of a time that had not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.check.table import Row
from bot.document import Document
from bot.model import Aspect, Briefing, Directive
from bot.period import Period
from bot.phrases import rules as words
from bot.problem import Problem
from bot.yaml_source import Steps


def spoken_on(briefing: Briefing) -> dt.date | None:
    """The day the briefing's figures were known: of the meeting, else of the publication."""
    return briefing.date or briefing.source.published


def period_begun(row: Row) -> Iterator[Problem]:
    """A result cannot be of a period that had not begun; a plan, a demand or a period looked ahead to can."""
    day = spoken_on(row.briefing)
    if day is None or isinstance(row.entry, Directive):
        return
    if row.figures and all(figure.aspect is Aspect.PLAN for figure in row.figures):
        return
    named: list[tuple[Steps, Period]] = [(("period",), row.entry.period)] if row.entry.period else []
    named += [(("also_periods", place), period) for place, period in enumerate(row.entry.also_periods)]
    for way, period in named:
        if period.first > day and not any(ahead.contains(period) for ahead in row.briefing.looks_ahead):
            rule, message = "period-not-begun", words.period_not_begun(period, day)
            if period.as_of:
                rule, message = "as-of-after-meeting", words.as_of_after_meeting(period, day)
            yield row.problem(way, rule, message)


def covered_begun(document: Document[Briefing]) -> Iterator[Problem]:
    """What a briefing reports on had begun when it was held."""
    day = spoken_on(document.model)
    for place, period in enumerate(document.model.covers):
        if day and period.first > day:
            yield document.problem(("covers", place), "period-not-begun", words.period_not_begun(period, day))


def year_of_briefing(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """An entry of another year than its briefing is most often a slip of the hand.

    It is none when the same subject stands there for the briefing's own year too, or when a note has been written.
    """
    own_year = {(row.briefing.slug, row.subject) for row in rows if not _years(row.period).isdisjoint(_around(row))}
    for row in rows:
        around = _around(row)
        if row.entry.note or not _years(row.period).isdisjoint(around):
            continue
        if (row.briefing.slug, row.subject) not in own_year:
            yield row.problem(("period",), "other-year", words.other_year(row.period, sorted(around)), "warning")


def _around(row: Row) -> set[int]:
    """The years a briefing speaks of."""
    briefing = row.briefing
    years = {briefing.date.year} if briefing.date else set()
    return years.union(*map(_years, (briefing.period, *briefing.covers, *briefing.looks_ahead)))


def _years(period: Period) -> set[int]:
    return set(range(period.first.year, period.last.year + 1))


def meeting_near_period(document: Document[Briefing]) -> Iterator[Problem]:
    """A meeting is held within its period or within the year after it."""
    briefing = document.model
    day = briefing.date
    if day is None:
        return
    if day > briefing.period.last + dt.timedelta(days=366) or day < briefing.period.first - dt.timedelta(days=92):
        yield document.problem(
            ("date",), "date-far-from-period", words.far_from_period(day, briefing.period), "warning"
        )


def published_after_meeting(document: Document[Briefing]) -> Iterator[Problem]:
    briefing = document.model
    for way, source in (
        (("source",), briefing.source),
        *((("extra_sources", place), extra) for place, extra in enumerate(briefing.extra_sources)),
    ):
        if briefing.date and source.published and source.published < briefing.date:
            message = words.published_before_meeting(source.published, briefing.date)
            yield document.problem((*way, "published"), "published-before-meeting", message, "warning")


def looks_ahead_forward(document: Document[Briefing]) -> Iterator[Problem]:
    """A period looked ahead to ends after the meeting."""
    day = spoken_on(document.model)
    for place, period in enumerate(document.model.looks_ahead):
        if day and period.last < day:
            message = words.looks_back(period, day)
            yield document.problem(("looks_ahead", place), "looks-back", message, "warning")


def not_in_the_future(document: Document[Briefing], today: dt.date) -> Iterator[Problem]:
    briefing = document.model
    if briefing.date and briefing.date > today:
        yield document.problem(("date",), "future-date", words.in_the_future(briefing.date), "warning")
    if briefing.source.published and briefing.source.published > today:
        message = words.in_the_future(briefing.source.published)
        yield document.problem(("source", "published"), "future-date", message, "warning")
