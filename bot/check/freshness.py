"""Entries that have had their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.check.table import Row
from bot.model import public_name
from bot.phrases import rules as words
from bot.problem import Problem


def review_due(row: Row, today: dt.date) -> Iterator[Problem]:
    due = row.entry.review_by
    if due and due <= today and row.entry.superseded_by is None:
        yield row.problem(("review_by",), "review-due", words.review_due(due), "warning")


def superseded_by_later(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """What stands in for an entry is of the same time or later."""
    by_id = {f"{row.briefing.slug}/{row.entry.id}": row for row in rows}
    for row in rows:
        if row.entry.superseded_by is None:
            continue
        later = public_name(row.entry.superseded_by, row.briefing.slug)
        following = by_id.get(later)
        if following and following.period.last < row.period.last:
            message = words.superseded_by_older(later, following.period, row.period)
            yield row.problem(("superseded_by",), "superseded-by-older", message, "warning")
