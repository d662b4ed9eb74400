"""What the query log holds, as data, and its way into and out of the table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, and_, true

from bot.log_text import as_json, searchable, storable
from bot.outcome import Status
from bot.storage.schema import QUERY_LOG

VIETNAM = dt.timezone(dt.timedelta(hours=7))  # one zone, no summer time: days are counted and shown in it


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One answered message, ready to be written.

    `asked_at` is UTC; `milliseconds` is how long the answer took; `scores` go with `entries` one to one where the match
    gave them; `reason` is a JSON array with one object per part. `update_id` is None outside Telegram.
    """

    user_id: int
    chat_id: int
    asked_at: dt.datetime
    text: str
    status: Status
    knowledge: str
    milliseconds: float
    entries: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    reason: str = "[]"
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row as read back. `feedback` is 1 (helpful), -1 (not) or None."""

    id: int
    pseudonym: str
    user_id: int
    chat_id: int
    asked_at: dt.datetime
    text: str
    status: str
    knowledge: str
    milliseconds: float
    entries: tuple[str, ...]
    scores: tuple[float, ...]
    reason: tuple[Mapping[str, object], ...]
    update_id: int | None
    feedback: int | None


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which rows are meant; what is None does not narrow. `contains` ignores case and Vietnamese marks."""

    status: Status | None = None
    since: dt.datetime | None = None  # this moment and later
    until: dt.datetime | None = None  # before this moment
    contains: str | None = None
    pseudonym: str | None = None
    user_id: int | None = None
    feedback: int | None = None


EVERYTHING = LogFilter()


@dataclass(frozen=True, slots=True)
class LogStats:
    """Counts over a filter; latencies in milliseconds, None when there are no rows."""

    questions: int
    people: int
    by_status: Mapping[str, int]
    helpful: int
    unhelpful: int
    median_ms: float | None
    p95_ms: float | None
    by_day: tuple[tuple[dt.date, int], ...]  # days in Vietnam, oldest first


def to_values(entry: LogEntry, pseudonym: str) -> dict[str, object]:
    """The columns of one new row."""
    words = storable(entry.text)
    return {
        "update_id": entry.update_id,
        "asked_at": entry.asked_at,
        "user_id": entry.user_id,
        "pseudonym": pseudonym,
        "chat_id": entry.chat_id,
        "text": words,
        "folded": searchable(words),
        "status": entry.status,
        "entries": as_json(entry.entries),
        "scores": as_json(entry.scores),
        "reason": entry.reason,
        "milliseconds": entry.milliseconds,
        "knowledge": entry.knowledge[:100],
    }


def from_row(row: Row[tuple[object, ...]]) -> LogRow:
    """One row of the table as data."""
    return LogRow(
        id=row.id,
        pseudonym=row.pseudonym,
        user_id=row.user_id,
        chat_id=row.chat_id,
        asked_at=row.asked_at,
        text=row.text,
        status=row.status,
        knowledge=row.knowledge,
        milliseconds=row.milliseconds,
        entries=tuple(json.loads(row.entries)),
        scores=tuple(json.loads(row.scores)),
        reason=tuple(json.loads(row.reason)),
        update_id=row.update_id,
        feedback=row.feedback,
    )


def condition(where: LogFilter) -> ColumnElement[bool]:
    """The filter as SQL; what a person typed is bound, never part of the text."""
    column = QUERY_LOG.c
    parts: list[ColumnElement[bool]] = [true()]
    if where.status is not None:
        parts.append(column.status == where.status)
    if where.since is not None:
        parts.append(column.asked_at >= where.since)
    if where.until is not None:
        parts.append(column.asked_at < where.until)
    if where.contains is not None:
        parts.append(column.folded.contains(searchable(storable(where.contains)), autoescape=True))
    if where.pseudonym is not None:
        parts.append(column.pseudonym == where.pseudonym.strip().upper())
    if where.user_id is not None:
        parts.append(column.user_id == where.user_id)
    if where.feedback is not None:
        parts.append(column.feedback == where.feedback)
    return and_(*parts)
