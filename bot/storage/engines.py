"""The two ways a transaction runs. `work` is the same plain function on both: it gets a SQLAlchemy connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import create_async_engine

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

_BUSY_SECONDS = 2.0
_CONNECT_SECONDS = 5
_STATEMENT_SECONDS = 10
_NO_INDEX = ("seqscan", "bitmapscan", "sort")  # still taken where no index will do
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class SqliteHand:
    """One connection to a SQLite file in aiosqlite's thread. A whole transaction is one trip to that thread.

    The usual asynchronous dialect makes four trips for each statement; measured, a question costs four times as much.
    """

    def __init__(self, driver: aiosqlite.Connection, connection: sqlite3.Connection, begin: str) -> None:
        self._driver = driver
        self._begin = begin
        self._engine: Engine = create_engine(
            "sqlite://",
            creator=lambda: connection,
            poolclass=StaticPool,
            pool_reset_on_return=None,  # every transaction here ends by commit or rollback
            hide_parameters=True,
        )

    @classmethod
    async def open(cls, path: Path, *, read_only: bool) -> SqliteHand:
        """A connection for writers, which queue for the file's lock at once, or for readers, which never wait."""
        # isolation_level None: transactions are begun below, not guessed by the driver.
        opening = aiosqlite.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        opening._thread.daemon = True  # a program that stops on an error must not wait for this thread for ever
        driver = await opening
        try:
            for pragma in _PRAGMAS:
                await driver.execute_fetchall(f"PRAGMA {pragma}")
        except BaseException:
            await driver.close()
            raise
        return cls(driver, driver._conn, "BEGIN" if read_only else "BEGIN IMMEDIATE")

    async def run(self, work: Work[Result], *, single: bool) -> Result:  # noqa: ARG002 (a commit takes no trip here)
        """`work` in one transaction: committed when it returns, rolled back when it raises."""
        return await self._driver._execute(self._transaction, work)  # type: ignore[no-any-return, no-untyped-call]

    async def shed(self) -> None:
        """Write the write-ahead log back and empty it; when somebody reads at this moment, the next time."""
        with suppress(sqlite3.Error):
            await self._driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._driver.close()

    def _transaction(self, work: Work[Result]) -> Result:
        with self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(self._begin)
            return work(connection)


def _plan_by_index(connection: DBAPIConnection, _: object) -> None:
    """Have a new connection plan by our indexes, whatever the statistics say.

    A new table has none for a minute, and the claim of the next rows, planned for an empty one, looks at every pair of
    open rows as long as the connection lives: 12 ms with 300 of them, by the indexes 1.
    """
    cursor = connection.cursor()
    for method in _NO_INDEX:
        cursor.execute(f"SET enable_{method} = off")
    cursor.close()
    connection.commit()  # a rollback would take it back


class PostgresqlPool:
    """A pool of connections to PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=5,
            max_overflow=5,
            pool_timeout=_CONNECT_SECONDS,
            connect_args={"timeout": _CONNECT_SECONDS, "command_timeout": _STATEMENT_SECONDS},
        )
        event.listen(self._engine.sync_engine, "connect", _plan_by_index)
        self._singly = self._engine.execution_options(isolation_level="AUTOCOMMIT")  # the same connections

    async def run(self, work: Work[Result], *, single: bool) -> Result:
        """`work` in one transaction: committed when it returns, rolled back when it raises.

        With `single` each of its statements is a transaction by itself.
        """
        if single:
            async with self._singly.connect() as connection:
                return await connection.run_sync(work)
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        await self._engine.dispose()
