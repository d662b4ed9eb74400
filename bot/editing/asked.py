"""What people asked lately, each question once."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

from bot.log_rows import LogFilter, LogRow
from bot.log_text import searchable
from bot.phrases.chat import pressed
from bot.query_log import QueryLog

_PAGE = 500
_MOST_ROWS = 10_000  # of the log that are looked at: days of a busy province


async def lately(log: QueryLog, days: int) -> AsyncIterator[LogRow]:
    """Typed questions of the last `days`, newest first. Raises StorageError."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    button = pressed("").strip()
    for offset in range(0, _MOST_ROWS, _PAGE):
        page = await log.rows(LogFilter(since=since), limit=_PAGE, offset=offset)
        for row in page:
            if not row.text.startswith(button):
                yield row
        if len(page) < _PAGE:
            return


async def distinct_texts(log: QueryLog, days: int, most: int) -> tuple[str, ...]:
    """At most `most` different questions, newest first; spelling with or without marks makes no difference."""
    found: dict[str, str] = {}
    async for row in lately(log, days):
        found.setdefault(searchable(row.text), row.text)
        if len(found) >= most:
            break
    return tuple(found.values())
