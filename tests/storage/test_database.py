"""Opening, upgrading and surviving: the database itself, on both kinds."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import stat
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import Connection, inspect, make_url, text

from bot.errors import StorageError
from bot.inbox import Inbox
from bot.query_log import LogFilter, QueryLog
from bot.storage.database import Database
from bot.storage.migrations import NEWEST
from bot.storage.schema import METADATA

pytestmark = pytest.mark.anyio

# What the first version of the program wrote, typed here by hand: the test must not change when the steps do.
FIRST_VERSION = """
CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY, applied_at VARCHAR(27) NOT NULL);
INSERT INTO schema_versions VALUES (1, '2026-01-01T00:00:00.000000Z');
CREATE TABLE marks (name VARCHAR(60) PRIMARY KEY, value TEXT NOT NULL, set_at VARCHAR(27) NOT NULL);
INSERT INTO marks VALUES ('pseudonym_salt', 'aabbccdd', '2026-01-01T00:00:00.000000Z');
CREATE TABLE query_log (id INTEGER PRIMARY KEY AUTOINCREMENT, asked_at VARCHAR(27) NOT NULL, user_id BIGINT NOT NULL,
  pseudonym VARCHAR(20) NOT NULL, chat_id BIGINT NOT NULL, text TEXT NOT NULL, status VARCHAR(10) NOT NULL,
  entries TEXT NOT NULL, scores TEXT NOT NULL, reason TEXT NOT NULL, milliseconds FLOAT NOT NULL,
  knowledge VARCHAR(100) NOT NULL);
CREATE INDEX query_log_asked_at ON query_log (asked_at);
"""


def first_version(path: Path, rows: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_VERSION)
    connection.executemany(
        "INSERT INTO query_log VALUES (?, '2026-01-02T03:04:05.000006Z', ?, 'CB-AAAAAA', ?, ?, 'found',"
        """ '["a/b"]', '[0.5]', '[{"x": 1}]', 1.5, 'v0')""",
        [(number + 1, number, number, f"Đảng viên số {number}") for number in range(rows)],
    )
    connection.commit()
    connection.close()


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


async def test_a_first_version_file_is_upgraded_without_losing_a_row(sqlite_url: str) -> None:
    """Every old row is there with its content, is found by its words, and new things work on it."""
    first_version(file_of(sqlite_url), 700)
    database = await Database.open(sqlite_url)
    log = await QueryLog.open(database)
    assert await log.count() == 700
    rows = [row async for row in log.export()]
    assert [row.text for row in rows] == [f"Đảng viên số {number}" for number in range(700)]
    assert (rows[5].entries, rows[5].scores, rows[5].reason, rows[5].milliseconds) == (
        ("a/b",),
        (0.5,),
        ({"x": 1},),
        1.5,
    )
    assert await log.count(LogFilter(contains="dang vien so 699")) == 1
    inbox = await Inbox.open(database, log)
    assert await inbox.put(1, 1, "{}")
    await inbox.close()
    await database.close()


async def test_an_upgrade_that_fails_leaves_the_file_as_it_was(sqlite_url: str) -> None:
    """When the last step cannot run, the earlier ones are undone too."""
    path = file_of(sqlite_url)
    first_version(path, 3)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE audit (something_else TEXT)")
    connection.commit()
    before = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StorageError):
        await Database.open(sqlite_url)
    assert connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert connection.execute("SELECT max(version) FROM schema_versions").fetchone() == (1,)
    connection.close()


async def test_newer_data_are_refused_and_untouched(url: str) -> None:
    """Data of a newer program are not opened; the message names both versions."""
    database = await Database.open(url)

    def from_the_future(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO schema_versions (version, applied_at) SELECT 99, max(applied_at) FROM schema_versions")
        )

    await database.write(from_the_future)
    await database.close()
    with pytest.raises(StorageError, match=rf"99.*{NEWEST}"):
        await Database.open(url)


async def test_tables_of_another_program_are_not_touched(url: str, postgresql_server: Any) -> None:
    """A database that has a table of one of our names, but not our versions, is refused."""
    if url.startswith("sqlite"):
        file_of(url).parent.mkdir(parents=True)
        connection = sqlite3.connect(file_of(url))
        connection.execute("CREATE TABLE people (name TEXT)")
        connection.close()
    else:
        server = await asyncpg.connect(postgresql_server.get_uri(make_url(url).database))
        await server.execute("CREATE TABLE people (name TEXT)")
        await server.close()
    with pytest.raises(StorageError, match="chương trình khác"):
        await Database.open(url)


async def test_replicas_that_start_together_upgrade_once(url: str) -> None:
    """Six openings of an empty database at once all succeed, and every step has run exactly once."""
    databases = await asyncio.gather(*(Database.open(url) for _ in range(6)))

    def versions(connection: Connection) -> list[int]:
        return list(connection.execute(text("SELECT version FROM schema_versions ORDER BY version")).scalars())

    assert await databases[0].read(versions) == list(range(1, NEWEST + 1))
    logs = [await QueryLog.open(database) for database in databases]
    assert len({log.pseudonym(1) for log in logs}) == 1
    for database in databases:
        await database.close()


async def test_the_steps_make_the_tables_the_program_uses(database: Database) -> None:
    """The upgraded database has exactly the tables and columns of the schema, with the same nullability."""

    def found(connection: Connection) -> dict[str, dict[str, bool]]:
        look = inspect(connection)
        return {
            name: {column["name"]: bool(column["nullable"]) for column in look.get_columns(name)}
            for name in look.get_table_names()
            if not name.startswith("sqlite_")
        }

    def nullable(column: Any, is_null: bool) -> bool:
        # SQLite calls a textual primary key nullable when nobody said otherwise.
        return is_null and not column.primary_key

    actual = await database.read(found)
    assert set(actual) == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert {c.name: bool(c.nullable) for c in table.columns} == {
            column: nullable(table.c[column], is_null) for column, is_null in actual[name].items()
        }


async def test_a_new_file_is_its_owners_alone(sqlite_url: str) -> None:
    """File, write-ahead log and directory can be read by nobody else."""
    database = await Database.open(sqlite_url)
    path = file_of(sqlite_url)
    for part in (path, path.with_name("bot.db-wal"), path.with_name("bot.db-shm")):
        assert stat.S_IMODE(part.stat().st_mode) == 0o600, part.name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await database.close()


async def test_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    """A path that leads to another program's file is refused; who may read that file does not change."""
    theirs = tmp_path / "passwords"
    theirs.write_text("root:x:0:0\n", encoding="utf-8")
    theirs.chmod(0o644)
    with pytest.raises(StorageError):
        await Database.open(f"sqlite+aiosqlite:///{theirs}")
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644
    assert theirs.read_text(encoding="utf-8") == "root:x:0:0\n"



async def test_purged_words_leave_the_disk(sqlite_url: str) -> None:
    """After a purge no file of the database holds the words any more, while the database is still open."""
    first_version(file_of(sqlite_url), 50)
    database = await Database.open(sqlite_url)
    log = await QueryLog.open(database)
    assert await log.purge(LogFilter(pseudonym="CB-AAAAAA", until=None, user_id=7)) == 1
    assert await log.purge(LogFilter(contains="viên")) == 49
    held = b"".join(part.read_bytes() for part in file_of(sqlite_url).parent.iterdir())
    assert "viên số".encode() not in held
    assert b"dang vien so" not in held
    await database.close()


@pytest.mark.parametrize(
    "wrong",
    [
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite://",
        "sqlite:///x.db",
        "mysql://u:hunter2@h/d",
        "hunter2",
        "postgresql+asyncpg://u:hunter2@h:port/d",
    ],
)
async def test_a_wrong_url_is_named_and_not_repeated(wrong: str) -> None:
    """The message says which setting is wrong, and no part of the error holds the password."""
    with pytest.raises(StorageError, match="DATABASE_URL") as caught:
        await Database.open(wrong)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


async def test_a_server_that_is_not_there_is_given_up_without_its_password() -> None:
    """An unreachable server is tried until the patience ends; neither error nor cause nor repr shows the password."""
    url = "postgresql+asyncpg://u:hunter2@127.0.0.1:9/d"
    started = time.monotonic()
    with pytest.raises(StorageError) as caught:
        await Database.open(url, patience=1.0)
    # Pauses double and are cut by chance to half: at least 0.375 s pass before the next would outlast the patience.
    assert 0.35 < time.monotonic() - started < 10
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


async def test_an_unknown_database_is_refused_at_once(postgresql_server: Any) -> None:
    """A mistake in the URL is reported at once, waiting would not help."""
    url = make_url(postgresql_server.get_uri()).set(drivername="postgresql+asyncpg", database="nowhere")
    started = time.monotonic()
    with pytest.raises(StorageError, match="tên cơ sở dữ liệu"):
        await Database.open(url.render_as_string(hide_password=False))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("content", [b"\x00" * 5000, b"this is no database, whatever its name says" * 200])
async def test_a_file_that_is_no_database_is_refused(sqlite_url: str, content: bytes) -> None:
    """A file of something else is reported and left as it is."""
    path = file_of(sqlite_url)
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError, match="SQLite"):
        await Database.open(sqlite_url, patience=0.5)
    assert path.read_bytes() == content


async def test_reading_commands_make_no_file(sqlite_url: str) -> None:
    """Without `create` a missing file is reported, not made."""
    with pytest.raises(StorageError, match="Chưa có"):
        await Database.open(sqlite_url, create=False)
    assert not file_of(sqlite_url).exists()


async def test_a_place_nobody_can_write_to_is_reported(tmp_path: Path) -> None:
    """A path through a file is no directory; the message speaks of the right to write."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="quyền ghi"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/file/bot.db")


def lock(path: Path, seconds: float) -> Thread:
    """Another program that holds the file's write lock for so long."""

    def hold() -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        ready.append(True)
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()

    ready: list[bool] = []
    thread = Thread(target=hold)
    thread.start()
    while not ready:
        time.sleep(0.01)
    return thread


async def test_a_locked_file_is_waited_for(sqlite_url: str) -> None:
    """While another program holds the lock for some seconds, a write waits and then succeeds; reads go on."""
    database = await Database.open(sqlite_url)
    log = await QueryLog.open(database)
    inbox = await Inbox.open(database, log)
    holder = lock(file_of(sqlite_url), 4.0)
    started = time.monotonic()
    assert await log.count() == 0
    assert time.monotonic() - started < 1.0
    assert await inbox.put(1, 1, "{}")
    assert time.monotonic() - started > 3.0
    holder.join()
    await inbox.close()
    await database.close()


async def test_a_file_locked_for_too_long_is_an_error(sqlite_url: str) -> None:
    """After the patience a write gives up with a clear error, and works again once the lock is gone."""
    database = await Database.open(sqlite_url, patience=1.0)
    inbox = await Inbox.open(database, await QueryLog.open(database))
    holder = lock(file_of(sqlite_url), 5.0)
    with pytest.raises(StorageError, match="không dùng được lúc này"):
        await inbox.put(1, 1, "{}")
    holder.join()
    assert await inbox.put(1, 1, "{}")
    await inbox.close()
    await database.close()


async def test_an_answer_given_while_the_database_is_away_is_not_given_again(sqlite_url: str) -> None:
    """`done` remembers the end it cannot write, writes it when the database is back, and the row never comes again."""
    database = await Database.open(sqlite_url, patience=0.5)
    inbox = await Inbox.open(database, await QueryLog.open(database))
    await inbox.put(1, 1, "{}")
    row = await inbox.claim()
    assert row is not None
    holder = lock(file_of(sqlite_url), 4.0)
    assert await inbox.done(row)
    holder.join()
    assert await inbox.claim() is None
    assert await inbox.depth() == 0
    await inbox.close()
    await database.close()


async def test_a_full_disk_loses_nothing(sqlite_url: str) -> None:
    """While no byte more can be written, putting is an error and what was put before is safe; with room it goes on."""
    database = await Database.open(sqlite_url, patience=0.5)
    log = await QueryLog.open(database)
    inbox = await Inbox.open(database, log)
    assert await inbox.put(1, 1, "{}")
    wal = file_of(sqlite_url).with_name("bot.db-wal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size, before[1]))
    try:
        with pytest.raises(StorageError, match="đầy đĩa"):
            await inbox.put(2, 2, "{}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert await inbox.put(2, 2, "{}")
    assert await inbox.depth() == 2
    await inbox.close()
    await database.close()


async def test_closing_does_not_wait_for_a_locked_file(sqlite_url: str) -> None:
    """With writes under way and the file locked, closing takes seconds, not the whole patience."""
    database = await Database.open(sqlite_url)
    inbox = await Inbox.open(database, await QueryLog.open(database))
    holder = lock(file_of(sqlite_url), 9.0)
    put = asyncio.create_task(inbox.put(1, 1, "{}"))
    await asyncio.sleep(0.1)
    started = time.monotonic()
    await inbox.close()
    await database.close()
    assert time.monotonic() - started < 7.0
    with pytest.raises(StorageError):
        await put
    holder.join()


async def test_a_server_that_restarts_is_waited_for(own_server: Any) -> None:
    """The server stops under an open pool and comes back seconds later: what was asked meanwhile is done."""
    url = make_url(own_server.get_uri()).set(drivername="postgresql+asyncpg")
    database = await Database.open(url.render_as_string(hide_password=False))
    inbox = await Inbox.open(database, await QueryLog.open(database))
    await asyncio.gather(*(inbox.put(number, number, "{}") for number in range(5)))
    await in_thread(own_server.stop)
    waiting = [asyncio.create_task(inbox.put(number, number, "{}")) for number in range(5, 10)]
    counting = asyncio.create_task(inbox.depth())
    await asyncio.sleep(3)
    assert not any(task.done() for task in (*waiting, counting))
    await in_thread(own_server.start)
    assert all(await asyncio.gather(*waiting))
    assert await counting >= 5
    assert await inbox.depth() == 10
    await inbox.close()
    await database.close()


async def in_thread(work: Callable[[], None]) -> None:
    await asyncio.get_running_loop().run_in_executor(None, work)
