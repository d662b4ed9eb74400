"""A program that claims rows of an inbox and answers every second one, so that killing it leaves rows behind."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys

from bot.inbox import Inbox
from bot.query_log import LogEntry, QueryLog
from bot.storage.database import Database


async def main(url: str, lease: float, hold: bool) -> None:
    database = await Database.open(url)
    log = await QueryLog.open(database)
    inbox = await Inbox.open(database, log, lease=lease)
    while (row := await inbox.take(None if hold else 3.0)) is not None:
        print(row.update_id, flush=True)  # noqa: T201 (the test reads it)
        if hold and row.update_id % 2:
            continue
        entry = LogEntry(
            user_id=1,
            chat_id=row.chat_id or 0,
            asked_at=dt.datetime.now(dt.UTC),
            text=row.raw,
            status="found",
            knowledge="v1",
            milliseconds=1.0,
            update_id=row.update_id,
        )
        await inbox.done(row, entry)
    await inbox.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), sys.argv[3] == "hold"))
