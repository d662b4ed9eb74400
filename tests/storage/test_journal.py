"""The journal of ends: what is in it survives kill -9, is committed exactly once, and is forgotten then."""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
import sqlite3
import stat
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from bot.inbox import Arrival, Inbox, InboxRow
from bot.query_log import LogFilter, QueryLog
from bot.storage.database import Database
from bot.storage.ends import End
from bot.storage.journal import Journal, JournalFile
from tests.storage.worker import entry

pytestmark = pytest.mark.anyio
ROWS = 6


@asynccontextmanager
async def opened(database: Database, directory: Path, lease: float = 30.0) -> AsyncIterator[Inbox]:
    inbox = await Inbox.open(database, await QueryLog.open(database), lease=lease, journal=directory)
    try:
        yield inbox
    finally:
        await inbox.close()


@asynccontextmanager
async def held(url: str) -> AsyncIterator[None]:
    """Nobody can write to the inbox of the database."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.close()
        return
    server = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        await server.execute("BEGIN; LOCK TABLE inbox IN SHARE MODE")
        yield
    finally:
        await server.close()


async def killed_before_the_commit(url: str, directory: Path) -> None:
    """A process takes and ends all rows, and dies before the database has heard of it."""
    command = (sys.executable, "-m", "tests.storage.worker", url, "30", "end", str(directory))
    doomed = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    await numbers(doomed)
    async with held(url):
        assert doomed.stdin is not None
        doomed.stdin.write(b"\n")
        await numbers(doomed)
        doomed.kill()
        await doomed.wait()


async def numbers(process: Process) -> None:
    assert process.stdout is not None
    found = [int(await asyncio.wait_for(process.stdout.readline(), 20)) for _ in range(ROWS)]
    assert sorted(found) == list(range(ROWS))


async def fill(database: Database, directory: Path) -> None:
    async with opened(database, directory) as inbox:
        await inbox.put_many([Arrival(number, number, "{}") for number in range(ROWS)])


async def claimed(inbox: Inbox) -> InboxRow:
    row = await inbox.claim()
    assert row is not None
    return row


def sizes(directory: Path) -> list[int]:
    """The bytes in each journal."""
    return [path.stat().st_size for path in sorted(directory.glob("ends-*"))]


async def committed(inbox: Inbox, unfinished: int = 0) -> None:
    """Wait until no more than so many rows are unfinished."""
    for _ in range(500):
        if await inbox.depth() <= unfinished:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("not committed in ten seconds")


def modes(directory: Path) -> list[int]:
    return [stat.S_IMODE(path.stat().st_mode) for path in directory.glob("ends-*")]


def tear(directory: Path) -> None:
    """Take the end of the last record away."""
    (path,) = directory.glob("ends-*")
    path.write_bytes(path.read_bytes()[:-20])


async def test_what_died_between_journal_and_commit_is_committed_once(url: str, tmp_path: Path) -> None:
    """kill -9 after the end is journalled: the next process logs it once and hands out no row again."""
    database = await Database.open(url)
    await fill(database, tmp_path)
    await killed_before_the_commit(url, tmp_path)
    log = await QueryLog.open(database)
    assert await log.count() == 0
    assert sum(sizes(tmp_path)) > 0
    async with opened(database, tmp_path) as inbox:
        assert await inbox.claim() is None
        assert (await inbox.depth(), await inbox.dead_count()) == (0, 0)
        assert sorted(row.update_id or 0 for row in await log.rows()) == list(range(ROWS))
    assert sum(sizes(tmp_path)) == 0
    await database.close()


async def test_a_replica_commits_what_a_dead_one_left(postgresql_url: str, tmp_path: Path) -> None:
    """A replica that goes on running finds the journal of one that was killed, long before that one's lease ends."""
    database = await Database.open(postgresql_url)
    await fill(database, tmp_path)
    async with opened(database, tmp_path, lease=0.6) as survivor:
        await killed_before_the_commit(postgresql_url, tmp_path)
        await committed(survivor)
        assert await (await QueryLog.open(database)).count() == ROWS
        assert await survivor.claim() is None
    assert sum(sizes(tmp_path)) == 0
    await database.close()


async def test_living_replicas_have_files_of_their_own(postgresql_url: str, tmp_path: Path) -> None:
    """Two replicas in one directory journal into two files, and neither takes the other's for a dead one's."""
    database = await Database.open(postgresql_url)
    async with opened(database, tmp_path, lease=0.3) as one, opened(database, tmp_path, lease=0.3) as other:
        await one.put_many([Arrival(number, number, "{}") for number in range(ROWS)])
        rows = [(inbox, await claimed(inbox)) for inbox in (one, other)]
        async with held(postgresql_url):
            for inbox, row in rows:
                assert await inbox.done(row, entry(row))
            await asyncio.sleep(0.5)
            assert [size > 0 for size in sizes(tmp_path)] == [True, True]
    await database.close()


async def test_a_torn_record_is_passed_over(sqlite_url: str, tmp_path: Path) -> None:
    """The last record was not written whole: the others are committed, and its row is answered again."""
    database = await Database.open(sqlite_url)
    await fill(database, tmp_path)
    await killed_before_the_commit(sqlite_url, tmp_path)
    tear(tmp_path)
    async with opened(database, tmp_path) as inbox:
        assert (await claimed(inbox)).update_id == ROWS - 1
        assert await inbox.claim() is None
        assert await (await QueryLog.open(database)).count() == ROWS - 1
    await database.close()


def test_spoilt_records_spoil_no_others(tmp_path: Path) -> None:
    """Changed bytes, an empty line and half a record are no records; those around them are read."""
    file = JournalFile.lock(tmp_path / "ends")
    assert file is not None
    for record in ("one", "hai \u1ea5", "three"):
        file.append(record)
    path = tmp_path / "ends"
    path.write_bytes(path.read_bytes().replace(b"hai", b"ha1") + b"\n" + b"12345678 no")
    assert file.read() == (["one", "three"], 3)
    file.close()


async def test_a_finished_row_is_left_alone(database: Database, log: QueryLog, tmp_path: Path) -> None:
    """Records of rows that are done already, though purged from the log since, or unknown, write nothing."""
    async with opened(database, tmp_path) as inbox:
        await inbox.put_many([Arrival(1, 1, "{}"), Arrival(2, 2, "{}")])
        row, other = await claimed(inbox), await claimed(inbox)
        await inbox.done(row, entry(row))
        await committed(inbox, 1)
        await log.purge(LogFilter(user_id=1))
    mine = End(row.id, row.update_id, "gone", log.columns(entry(row)))
    wrong = replace(mine, row_id=other.id, update_id=77)
    unknown = replace(mine, row_id=other.id + 1000)
    file = JournalFile.lock(tmp_path / f"ends-{log.mark}-5")
    assert file is not None
    for end in (mine, wrong, unknown):
        file.append(end.to_record())
    file.append("of another version")
    file.close()
    async with opened(database, tmp_path) as inbox:
        assert sum(sizes(tmp_path)) == 0
        assert await log.count() == 0
        assert (await claimed(inbox)).update_id == 2


async def test_an_end_is_read_back_as_it_was(log: QueryLog) -> None:
    """Every column survives its way through the journal, odd characters included."""
    row = InboxRow(5, 6, 7, 'quote " \n \u2028 \ud800 \x00 ấ', dt.datetime.now(dt.UTC), 0, 0)
    end = End(row.id, row.update_id, "owner", log.columns(entry(row)))
    assert End.from_record(end.to_record()) == end
    assert End.from_record(replace(end, logged=None).to_record()).logged is None


async def test_without_a_place_to_write_ends_wait_for_their_commit(database: Database, tmp_path: Path) -> None:
    """A directory that cannot be is told, and every end is committed when `done` is back."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    log = await QueryLog.open(database)
    async with opened(database, tmp_path / "file" / "data") as inbox:
        assert inbox.journal_trouble
        await inbox.put(1, 1, "{}")
        row = await claimed(inbox)
        assert await inbox.done(row, entry(row))
        assert (await log.count(), await inbox.depth()) == (1, 0)


def test_a_full_disk_is_told_and_leaves_no_half_record(tmp_path: Path) -> None:
    """What does not fit is refused and not left in part; with room again the journal goes on."""
    journal = Journal(tmp_path, "x")
    assert journal.take() == []
    journal.clear()
    assert journal.append(1, "a" * 100)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, before[1]))
    try:
        assert not journal.append(2, "b" * 100)
        assert journal.trouble
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert journal.append(3, "c" * 100)
    assert not journal.trouble
    journal.close()
    assert Journal(tmp_path, "x").take() == ["a" * 100, "c" * 100]


def test_a_full_journal_begins_anew_once_all_is_committed(tmp_path: Path) -> None:
    """Its size is bounded: nothing more is taken until the last open record is settled, and then the file is empty."""
    journal = Journal(tmp_path, "x", most_bytes=1000)
    journal.take()
    journal.clear()
    taken = [number for number in range(100) if journal.append(number, "a" * 100)]
    assert 5 < len(taken) < 12
    assert sum(sizes(tmp_path)) < 1200
    for number in taken[:-1]:
        journal.settled(number)
    assert not journal.append(100, "a")
    journal.settled(taken[-1])
    assert sum(sizes(tmp_path)) == 0
    assert journal.append(100, "a")
    journal.close()


async def test_a_busy_inbox_leaves_an_empty_journal(url: str, tmp_path: Path) -> None:
    """Sixteen workers over thirty chats: each update once and in order, each logged once, and nothing stays behind."""
    database = await Database.open(url)
    answered: list[tuple[int | None, int]] = []
    async with opened(database, tmp_path) as inbox:

        async def worker() -> None:
            while (row := await inbox.take(1.0)) is not None:
                await asyncio.sleep(0)
                answered.append((row.chat_id, row.update_id))
                assert await inbox.done(row, entry(row))

        await inbox.put_many([Arrival(number, number % 30, "{}") for number in range(300)])
        await asyncio.gather(*(worker() for _ in range(16)))
        await committed(inbox)
        assert sum(sizes(tmp_path)) == 0
    assert sorted(update_id for _, update_id in answered) == list(range(300))
    for chat in range(30):
        of_chat = [update_id for chat_id, update_id in answered if chat_id == chat]
        assert of_chat == sorted(of_chat)
    assert await (await QueryLog.open(database)).count() == 300
    await database.close()


async def test_closing_commits_everything(url: str, tmp_path: Path) -> None:
    """After `close` nothing is owed: the rows are done and logged, the file is empty and its owner's alone."""
    database = await Database.open(url)
    await fill(database, tmp_path)
    async with opened(database, tmp_path) as inbox:
        for row in [await claimed(inbox) for _ in range(ROWS)]:
            assert await inbox.done(row, entry(row))
    assert await (await QueryLog.open(database)).count() == ROWS
    assert sizes(tmp_path) == [0]
    assert modes(tmp_path) == [0o600]
    await database.close()


async def test_ends_outlive_a_database_that_is_away(sqlite_url: str, tmp_path: Path) -> None:
    """While the database is away ends are taken at once, no row comes again, and all is committed when it is back."""
    database = await Database.open(sqlite_url, patience=0.5)
    await fill(database, tmp_path)
    async with opened(database, tmp_path) as inbox:
        rows = [await claimed(inbox) for _ in range(ROWS)]
        async with held(sqlite_url):
            async with asyncio.timeout(1):
                for row in rows:
                    assert await inbox.done(row, entry(row))
            await asyncio.sleep(4)
            assert sum(sizes(tmp_path)) > 0
        assert await inbox.claim() is None
        assert await inbox.depth() == 0
        assert await (await QueryLog.open(database)).count() == ROWS
        assert sum(sizes(tmp_path)) == 0
    await database.close()


async def test_what_the_database_refuses_is_given_up(url: str, tmp_path: Path) -> None:
    """A journalled end whose log row is refused makes its own row dead; the others are done, and nothing stays."""
    database = await Database.open(url)
    await fill(database, tmp_path)
    async with opened(database, tmp_path) as inbox:
        for row in [await claimed(inbox) for _ in range(ROWS)]:
            kept = entry(row)
            assert await inbox.done(row, replace(kept, user_id=2**70) if row.update_id == 3 else kept)
        await committed(inbox)
        assert [dead.update_id for dead in await inbox.dead()] == [3]
        assert await (await QueryLog.open(database)).count() == ROWS - 1
        assert sum(sizes(tmp_path)) == 0
    await database.close()
