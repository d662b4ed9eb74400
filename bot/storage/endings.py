"""Ends on their way into the database: journalled at once, committed by the dozen, and none forgotten in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.errors import StorageError
from bot.storage.batch import Batch
from bot.storage.database import Database
from bot.storage.ends import End, Ends
from bot.storage.faults import is_passing
from bot.storage.inbox_rows import InboxRows
from bot.storage.journal import Journal

_LOG = structlog.get_logger(__name__)
REFUSED = "log refused"
# While ends come in faster than they are committed, each commit waits this long for more of them. Only the next
# message of the same chat feels it.
_GATHER_SECONDS = 0.05


class Endings:
    """What one process of the inbox has ended. `over` hears of every row that is no longer this process's concern."""

    def __init__(
        self, database: Database, rows: InboxRows, owner: str, journal: Journal | None, over: Callable[[int], None]
    ) -> None:
        self._database = database
        self._rows = rows
        self._owner = owner
        self._journal = journal
        self._over = over
        self._ends = Ends(database, rows)
        self._batch: Batch[End, bool] = Batch(database, self._write, single=True, gather=_GATHER_SECONDS)
        self._late: Batch[End, bool] = Batch(database, self._write_late)
        self._open: dict[int, End] = {}  # ended and not committed
        self._owed: set[int] = set()  # of these, what could not be committed when it was tried
        self._burying: set[asyncio.Task[None]] = set()

    @property
    def open(self) -> tuple[int, ...]:
        """Rows that are ended and whose end is not committed."""
        return tuple(self._open)

    @property
    def trouble(self) -> str:
        """Why ends cannot be journalled at this moment; empty when they can or nobody wants them to be."""
        return self._journal.trouble if self._journal else ""

    async def end(self, end: End) -> bool:
        """Have a row end; back as soon as that survives this process. False when another process has taken it over.

        Never raises for a database that is away: the end is kept, and written when it is back.
        Raises StorageError when there is no journal and the database refuses the log row; the row is then dead.
        """
        self._open[end.row_id] = end
        if self._journal is not None and self._journal.append(end.row_id, end.to_record()):
            self._batch.put(end, patient=True).add_done_callback(partial(self._committed, end))
            return True
        try:
            ours = await self._batch.put(end)
        except StorageError as error:
            if _may_pass(error):
                self._owed.add(end.row_id)
                return True
            await self._bury(end)
            raise
        self._close(end)
        return ours

    async def settle(self) -> None:
        """Write the ends that are owed because the database was away. Raises StorageError when it still is."""
        for row_id in tuple(self._owed):
            end = self._open[row_id]
            try:
                await self._batch.put(end)
            except Exception as error:
                if _may_pass(error):
                    raise
                await self._bury(end)
            else:
                self._close(end)

    async def drain(self) -> None:
        """Write what has been ended so far, all of it. Raises StorageError when the database is away."""
        await self._batch.drain()
        if self._burying:
            await asyncio.wait(set(self._burying))
        await self.settle()

    async def replay(self) -> None:
        """Write what processes that are gone have left in their journals. Raises StorageError when that fails."""
        if self._journal is None:
            return
        if not self._journal.is_taken():
            try:
                await self._replay(self._journal.take())
            except BaseException:
                self._journal.close()
                raise
            self._journal.clear()
        with self._journal.left_by_others() as records:
            await self._replay(records)

    def close(self) -> None:
        """Let go of the journal; what is not committed stays in it."""
        if self._journal is not None:
            self._journal.close()

    def _committed(self, end: End, outcome: asyncio.Future[bool]) -> None:
        error = outcome.exception()
        if error is None:
            self._close(end)
        elif _may_pass(error):
            self._owed.add(end.row_id)
        else:
            _LOG.error("ending_failed", update_id=end.update_id, exc_info=error)
            burying = asyncio.create_task(self._bury_quietly(end))
            self._burying.add(burying)
            burying.add_done_callback(self._burying.discard)

    async def _bury_quietly(self, end: End) -> None:
        try:
            await self._bury(end)
        except StorageError:
            self._owed.add(end.row_id)

    async def _bury(self, end: End) -> None:
        """The database will never take the log row: the row is kept for the admins, and not answered again."""
        await self._database.write(lambda c: self._rows.bury(c, end.owner, [end.row_id], REFUSED))
        self._close(end)

    def _close(self, end: End) -> None:
        self._open.pop(end.row_id, None)
        self._owed.discard(end.row_id)
        if self._journal is not None:
            self._journal.settled(end.row_id)
        self._over(end.row_id)

    async def _replay(self, records: Sequence[str]) -> None:
        """Each record by itself may be refused or unreadable; then its row is answered, or given up, as any other."""
        ends = []
        for record in records:
            with suppress(ValueError, KeyError, TypeError):
                ends.append(End.from_record(record))
        if not records:
            return
        written = 0
        for outcome in await asyncio.gather(*(self._late.put(end) for end in ends), return_exceptions=True):
            if isinstance(outcome, BaseException) and _may_pass(outcome):
                raise outcome
            written += outcome is True
        _LOG.info("journal_replayed", records=len(records), unreadable=len(records) - len(ends), ended=written)

    def _write(self, connection: Connection, ends: Sequence[End]) -> list[bool]:
        mine = self._ends.write(connection, self._owner, ends)
        return [end.row_id in mine for end in ends]

    def _write_late(self, connection: Connection, ends: Sequence[End]) -> list[bool]:
        mine = self._ends.write_late(connection, ends)
        return [end.row_id in mine for end in ends]


def _may_pass(error: BaseException) -> bool:
    """Whether the database was away or has been closed, and has not refused."""
    return isinstance(error, StorageError) and (error.__cause__ is None or is_passing(error.__cause__))
