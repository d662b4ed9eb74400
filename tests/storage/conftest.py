"""Both databases for real: a SQLite file for each test, and one PostgreSQL server with a database for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.inbox import Inbox
from bot.query_log import QueryLog
from bot.storage.database import Database
from tests import databases


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    with databases.postgresql_server() as server:
        # The tests kill clients, never the machine: waiting for its disk would prove nothing.
        databases.execute_on(server, "ALTER SYSTEM SET fsync = off")
        databases.execute_on(server, "SELECT pg_reload_conf()")
        yield server


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL of one test's own, which it may stop."""
    with databases.postgresql_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> str:
    """The URL of a new empty database."""
    return databases.new_database(postgresql_server)


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
