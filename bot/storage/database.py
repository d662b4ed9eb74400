"""One database, a SQLite file or PostgreSQL, used in whole transactions that survive short faults."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, exc, make_url

from bot.errors import StorageError
from bot.phrases.storage import CLOSED, NO_DIRECTORY, NO_FILE, WRONG_URL
from bot.storage.clock import Clock
from bot.storage.engines import PostgresqlPool, Result, SqliteHand, Work
from bot.storage.faults import DATABASE_FAULTS, is_passing, storage_error
from bot.storage.migrations import upgrade

_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


class Database:
    """The connections and their transactions. Make it with `Database.open`, and `close` it.

    `patience` is how many seconds a transaction is tried again while the database is locked or out of reach.
    """

    def __init__(self, place: Path | URL, patience: float) -> None:
        self.path = place if isinstance(place, Path) else None  # the SQLite file, None on PostgreSQL
        self._pool = PostgresqlPool(place) if isinstance(place, URL) else None
        self._writer: SqliteHand | None = None
        self._reader: SqliteHand | None = None
        self._opening = asyncio.Lock()
        self._patience = patience
        self._running: set[asyncio.Future[Any]] = set()
        self._closed = False
        self.clock = Clock(of_server=self._pool is not None)

    @classmethod
    async def open(cls, url: str, *, create: bool = True, patience: float = 15.0) -> Database:
        """Open the database at `url`, make it when missing (unless `create` is False) and upgrade its schema.

        Raises StorageError: wrong URL, no file, no right to write, refused, unreachable, or data newer than we are.
        """
        try:
            parsed = make_url(url)
        except (exc.ArgumentError, ValueError):
            parsed = None
        if parsed is None:  # raised outside the handler: the cause repeats the URL
            raise StorageError(WRONG_URL)
        if parsed.drivername == "sqlite+aiosqlite":
            database = cls(_prepare_file(parsed, create), patience)
        elif parsed.drivername == "postgresql+asyncpg":
            database = cls(parsed, patience)
        else:
            raise StorageError(WRONG_URL)
        try:
            await database.write(upgrade)
        except BaseException:
            await database.close()
            raise
        if database.path is not None:
            with suppress(PermissionError):
                database.path.chmod(0o600)  # not before: what turned out to be somebody else's stays as it was
        return database

    async def close(self) -> None:
        """Let running transactions end, then give back every connection. Safe to call twice."""
        self._closed = True
        if self._running:
            await asyncio.wait(set(self._running))
        for held in (self._reader, self._writer, self._pool):
            if held is not None:
                await held.close()

    async def write(self, work: Work[Result], *, single: bool = False) -> Result:
        """Run `work` in one transaction, again from its start when the database was busy or away for a moment.

        `work` must leave no trace outside the transaction and may run in another thread.
        Cancelling the caller does not tear the transaction. `single` says that `work` is one statement, or that each
        of its statements may stand without the others: PostgreSQL then needs no begin and no commit.
        Raises StorageError when the database stays away longer than the patience, or refuses for good.
        """
        return await self._whole(self._attempts(work, read_only=False, single=single))

    async def read(self, work: Work[Result]) -> Result:
        """Like `write`, for work that only reads: it never waits for a writer on SQLite."""
        return await self._whole(self._attempts(work, read_only=True))

    async def shed(self) -> None:
        """Let deleted rows leave the disk too: SQLite keeps them in its write-ahead log until a checkpoint."""
        if self._writer is not None:
            await self._writer.shed()

    async def _whole(self, attempts: Awaitable[Result]) -> Result:
        task = asyncio.ensure_future(attempts)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _attempts(self, work: Work[Result], *, read_only: bool, single: bool = False) -> Result:
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._patience
        pause = _FIRST_PAUSE
        while not self._closed:
            try:
                return await (await self._connections(read_only)).run(work, single=single)
            except DATABASE_FAULTS as error:
                if not is_passing(error) or clock() + pause > deadline:
                    raise storage_error(error) from error
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (jitter, not cryptography)
            pause = min(pause * 2, _LONGEST_PAUSE)
        raise StorageError(CLOSED)

    async def _connections(self, read_only: bool) -> SqliteHand | PostgresqlPool:
        if self._pool is not None:
            return self._pool
        assert self.path is not None  # noqa: S101 (one of the two is always there)
        async with self._opening:
            if self._writer is None:
                self._writer = await SqliteHand.open(self.path, read_only=False)
            if self._reader is None:
                self._reader = await SqliteHand.open(self.path, read_only=True)
        return self._reader if read_only else self._writer


def _prepare_file(url: URL, create: bool) -> Path:
    if not url.database or url.database.startswith((":memory:", "file:")):
        raise StorageError(WRONG_URL)
    path = Path(url.database)
    if not create and not path.is_file():
        raise StorageError(NO_FILE)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The file is made here because SQLite would make it readable for everybody.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StorageError(NO_DIRECTORY) from error
    return path
