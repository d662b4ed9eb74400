"""The durable inbox between receiving and answering: what is put here survives kill -9 and is answered in order.

Within a chat the order is kept: a row is handed out only when every earlier row of its chat is done or dead, so a row
that waits for its next try holds its chat (and only its chat) until it succeeds or is given up.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection

from bot.errors import StorageError
from bot.query_log import LogEntry, QueryLog
from bot.storage import inbox_rows, marks
from bot.storage.backoff import USUAL_BACKOFF, Backoff
from bot.storage.batch import Batch
from bot.storage.database import Database
from bot.storage.dispatch import Dispatcher
from bot.storage.endings import Endings
from bot.storage.ends import End
from bot.storage.inbox_rows import Arrival, DeadRow, InboxRow, InboxRows
from bot.storage.journal import Journal
from bot.storage.sole import SoleUse

__all__ = ["Arrival", "Backoff", "DeadRow", "Fate", "Inbox", "InboxRow"]

Fate = Literal["retry", "dead"]
_CLOSE_SECONDS = 3.0
_OFFSET = "polling_offset"
# Telegram forgets an update after 24 hours, so an older offset tells nothing; and after an idle week ids start anew.
_OFFSET_LIFE = dt.timedelta(hours=24)


class Inbox:
    """The inbox over one database. Make it with `Inbox.open`, `close` it at the end.

    A worker loops over `take`, then calls exactly one of `done` and `failed` for the row it got. On PostgreSQL any
    number of processes share the inbox; a SQLite file serves one process, which `open` makes sure of.
    Unless said otherwise every method may raise StorageError after the database's patience.
    """

    def __init__(
        self,
        database: Database,
        log: QueryLog,
        sole: SoleUse | None,
        journal: Journal | None,
        lease: float,
        backoff: Backoff,
    ) -> None:
        self._database = database
        self._log = log
        self._sole = sole
        self._lease = lease
        self._backoff = backoff
        self._rows = InboxRows(database)
        self._owner = secrets.token_hex(8)
        self._held: dict[int, InboxRow] = {}
        self._puts: Batch[Arrival, bool] = Batch(database, self._put, single=True)
        self._endings = Endings(database, self._rows, self._owner, journal, self._ended)
        poll = 2.0 if database.path is not None else 0.25
        self._dispatcher = Dispatcher(self._claim, poll)
        self._keeper: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        database: Database,
        log: QueryLog,
        *,
        lease: float = 30.0,
        backoff: Backoff = USUAL_BACKOFF,
        patience: float = 10.0,
        journal: Path | None = None,
    ) -> Inbox:
        """The inbox of `database`. A row stays a dead process's for `lease` seconds; on SQLite, not at all.

        `journal` is the directory where ends are kept until they are committed: that of this process, and of those
        whose ends nobody has written yet. Without one, every end waits for its commit.
        Raises StorageError when another process still has the SQLite file's inbox after `patience` seconds.
        """
        sole = await SoleUse.of(database.path, patience) if database.path is not None else None
        own = Journal(journal, log.mark) if journal is not None else None
        inbox = cls(database, log, sole, own, lease, backoff)
        try:
            await inbox._endings.replay()
            if sole is not None:
                await database.write(lambda c: inbox._rows.recover(c, backoff.losses))
        except BaseException:
            inbox._let_go()
            raise
        inbox._keeper = asyncio.create_task(inbox._keep())
        return inbox

    async def close(self) -> None:
        """Stop handing out rows, finish running writes, give back rows that nobody answered. Never raises.

        Stop the workers first: a row still in work is given back and will be answered a second time. A database that
        is away does not keep the program from ending: what it should have been told waits for the next start.
        """
        await self._dispatcher.stop()
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait((self._keeper,))
        with suppress(StorageError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._puts.drain()
                await self._endings.drain()
                await self._database.write(lambda c: self._rows.release(c, self._owner, self._endings.open))
        self._let_go()

    # Receiving

    async def put(self, update_id: int, chat_id: int | None, raw: str) -> bool:
        """Keep one raw update (JSON text) for good; False when that update_id is here already."""
        is_new = await self._puts.submit(Arrival(update_id, chat_id, raw))
        self._dispatcher.poke()
        return is_new

    async def put_many(self, arrivals: Sequence[Arrival], *, offset: int | None = None) -> int:
        """Keep what one getUpdates call brought and the offset that confirms it, in one commit; how many are new."""

        def work(connection: Connection) -> int:
            new = sum(self._put(connection, arrivals))
            if offset is not None:
                marks.keep(connection, _OFFSET, str(offset))
            return new

        new = await self._database.write(work)
        self._dispatcher.poke()
        return new

    async def offset(self) -> int | None:
        """The offset kept last, None when there is none or it is too old to be of use."""
        mark = await self._database.read(lambda c: marks.find(c, _OFFSET))
        if mark is None or dt.datetime.now(dt.UTC) - mark.set_at > _OFFSET_LIFE:
            return None
        return int(mark.value)

    # Answering

    async def take(self, wait: float | None = None) -> InboxRow | None:
        """The next row to answer, waiting up to `wait` seconds for one (for ever when None); None when none came.

        Raises StorageError when the database is away: catch it, and call again.
        """
        row = await self._dispatcher.take(wait)
        if row is not None:
            self._held[row.id] = row
        return row

    async def claim(self) -> InboxRow | None:
        """The next row to answer, None when there is nothing to do at this moment. Workers better use `take`."""
        rows = await self._claim(1)
        for row in rows:
            self._held[row.id] = row
        return rows[0] if rows else None

    async def done(self, row: InboxRow, entry: LogEntry | None = None) -> bool:
        """Have a row done and its log row written, both or neither. False when another process had taken the row over.

        With a journal this is back as soon as the end is in it; the database is told a moment later.
        Never raises for a database that is away: the end is remembered, and written when it is back, because the
        question has been answered and must not be answered again.
        Raises StorageError when there is no journal and the database refuses the log row itself; either way the row
        is then dead, not tried again.
        """
        logged = self._log.columns(entry) if entry is not None else None
        return await self._endings.end(End(row.id, row.update_id, self._owner, logged))

    async def failed(
        self,
        row: InboxRow,
        kind: str,
        *,
        retry_after: float | None = None,
        counts: bool | None = None,
        hopeless: bool = False,
    ) -> Fate:
        """Give a row back for a later try, or give it up; `kind` is a short name of the failure, never its text.

        A failure counts (see Backoff.tries) unless `retry_after` is given, the seconds Telegram asks to wait, or
        `counts` is False: Telegram or the network failed, which is tried for Backoff.give_up_after. A `hopeless`
        row is given up at once: it would fail the same way for ever.
        """
        self._held.pop(row.id, None)
        if counts is None:
            counts = retry_after is None
        age = (dt.datetime.now(dt.UTC) - row.received_at).total_seconds()
        spent = row.tries + 1 >= self._backoff.tries if counts else age > self._backoff.give_up_after
        if hopeless or spent:
            await self._database.write(lambda c: self._rows.bury(c, self._owner, [row.id], kind))
            self._dispatcher.poke()
            return "dead"
        pause = self._backoff.pause(row.tries if counts else row.waits) if retry_after is None else retry_after
        await self._database.write(lambda c: self._rows.postpone(c, self._owner, row.id, kind, pause, counts))
        self._dispatcher.poke_later(pause)
        return "retry"

    # Watching

    @property
    def journal_trouble(self) -> str:
        """Why ends wait for their commit although there should be a journal; empty when they do not."""
        return self._endings.trouble

    async def depth(self) -> int:
        """How many updates wait, are in work, or wait for their next try."""
        return await self._database.read(inbox_rows.count_open)

    async def oldest_age(self) -> float:
        """Seconds since the oldest unfinished update arrived, 0 when there is none."""
        oldest = await self._database.read(inbox_rows.oldest_open)
        return 0.0 if oldest is None else max(0.0, (dt.datetime.now(dt.UTC) - oldest).total_seconds())

    async def dead(self, *, limit: int = 20, offset: int = 0) -> tuple[DeadRow, ...]:
        """A page of the updates that were given up, latest first."""
        return await self._database.read(lambda c: inbox_rows.dead(c, limit, offset))

    async def dead_count(self) -> int:
        """How many updates were given up."""
        return await self._database.read(inbox_rows.count_dead)

    async def revive(self, row_id: int) -> bool:
        """Try a dead row again from the start; False when there is no dead row of that id."""
        revived = await self._database.write(lambda c: self._rows.revive(c, row_id))
        self._dispatcher.poke()
        return revived

    async def purge_done(self, older_than: dt.timedelta = dt.timedelta(days=7)) -> int:
        """Forget rows done longer ago than `older_than`; how many. Keep it over 24 hours: Telegram may resend."""
        return await self._database.write(lambda c: self._rows.purge_done(c, older_than.total_seconds()))

    # Inside

    def _put(self, connection: Connection, arrivals: Sequence[Arrival]) -> list[bool]:
        return self._rows.put(connection, arrivals)

    async def _claim(self, count: int) -> list[InboxRow]:
        await self._endings.settle()
        return await self._database.write(
            lambda c: self._rows.claim(c, self._owner, count, self._lease, self._backoff.losses), single=True
        )

    def _ended(self, row_id: int) -> None:
        self._held.pop(row_id, None)
        self._dispatcher.poke()

    def _let_go(self) -> None:
        self._endings.close()
        if self._sole is not None:
            self._sole.drop()

    async def _keep(self) -> None:
        """Write the ends that are still owed, and keep rows in work from being taken over."""
        while True:
            await asyncio.sleep(self._lease / 3)
            with suppress(StorageError):
                await self._endings.settle()
                await self._renew(tuple(self._held))
                await self._endings.replay()

    async def _renew(self, held: Sequence[int]) -> None:
        if held:
            await self._database.write(lambda c: self._rows.renew(c, self._owner, held, self._lease))
