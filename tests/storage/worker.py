"""A program that claims rows of an inbox and ends some of them, so that killing it leaves the others behind.

Usage: worker URL LEASE MODE [JOURNAL]. `answer` ends every row, `hold` every second one; `end` takes what there is,
waits for a line, ends all of it at once and stays.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from pathlib import Path

from bot.inbox import Inbox, InboxRow
from bot.query_log import LogEntry, QueryLog
from bot.storage.database import Database


async def main(url: str, lease: float, mode: str, journal: Path | None) -> None:
    database = await Database.open(url)
    log = await QueryLog.open(database)
    inbox = await Inbox.open(database, log, lease=lease, journal=journal)
    if mode == "end":
        await end(inbox)
    while (row := await inbox.take(None if mode == "hold" else 3.0)) is not None:
        tell(row)
        if mode == "hold" and row.update_id % 2:
            continue
        await inbox.done(row, entry(row))
    await inbox.close()
    await database.close()


async def end(inbox: Inbox) -> None:
    rows = []
    while (row := await inbox.take(0.5)) is not None:
        rows.append(row)
        tell(row)
    await asyncio.to_thread(sys.stdin.readline)
    for row in rows:
        await inbox.done(row, entry(row))
        tell(row)
    await asyncio.sleep(60)


def tell(row: InboxRow) -> None:
    print(row.update_id, flush=True)  # noqa: T201 (the test reads it)


def entry(row: InboxRow) -> LogEntry:
    return LogEntry(
        user_id=1,
        chat_id=row.chat_id or 0,
        asked_at=dt.datetime.now(dt.UTC),
        text=row.raw,
        status="found",
        knowledge="v1",
        milliseconds=1.0,
        update_id=row.update_id,
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), sys.argv[3], Path(sys.argv[4]) if sys.argv[4:] else None))
