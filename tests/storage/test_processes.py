"""Several processes and a killed one on the same inbox."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process

import pytest

from bot.errors import StorageError
from bot.inbox import Arrival, Backoff, Inbox
from bot.query_log import QueryLog
from bot.storage.database import Database

pytestmark = pytest.mark.anyio
ROWS = 40


async def start(url: str, mode: str, lease: float = 1.5) -> Process:
    command = (sys.executable, "-m", "tests.storage.worker", url, str(lease), mode)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE)


async def printed(process: Process, lines: int) -> list[int]:
    assert process.stdout is not None
    return [int(await asyncio.wait_for(process.stdout.readline(), 20)) for _ in range(lines)]


async def fill(url: str) -> None:
    database = await Database.open(url)
    inbox = await Inbox.open(database, await QueryLog.open(database))
    await inbox.put_many([Arrival(number, number, "{}") for number in range(ROWS)])
    await inbox.close()
    await database.close()


async def test_a_killed_worker_is_taken_over(url: str) -> None:
    """SIGKILL while rows are held: the next process answers them all, and each is logged once."""
    await fill(url)
    doomed = await start(url, "hold")
    taken = await printed(doomed, 10)
    doomed.kill()
    await doomed.wait()
    heir = await start(url, "answer")
    output, _ = await asyncio.wait_for(heir.communicate(), 60)
    answered = [int(line) for line in output.split()]
    assert {number for number in taken if number % 2} <= set(answered)
    assert len(answered) == len(set(answered))
    database = await Database.open(url)
    log = await QueryLog.open(database)
    assert sorted(row.update_id or 0 for row in await log.rows(limit=100)) == list(range(ROWS))
    await database.close()


async def test_two_processes_share_a_server(postgresql_url: str) -> None:
    """Two processes on one PostgreSQL answer no row twice and together all of them."""
    await fill(postgresql_url)
    workers = [await start(postgresql_url, "answer", 30) for _ in range(2)]
    outputs = [await asyncio.wait_for(worker.communicate(), 60) for worker in workers]
    answered = [int(line) for output, _ in outputs for line in output.split()]
    assert sorted(answered) == list(range(ROWS))


async def test_two_inboxes_claim_disjoint_rows_in_order(postgresql_url: str) -> None:
    """Claims that run against each other never hand out a row twice, nor a chat to both sides at once."""
    databases = [await Database.open(postgresql_url) for _ in range(2)]
    inboxes = [await Inbox.open(database, await QueryLog.open(database)) for database in databases]
    await inboxes[0].put_many([Arrival(number, number % 10, "{}") for number in range(200)])
    in_work: set[int | None] = set()
    answered: dict[int | None, list[int]] = {}

    async def worker(inbox: Inbox) -> int:
        count = 0
        while (row := await inbox.take(1.0)) is not None:
            assert row.chat_id not in in_work
            in_work.add(row.chat_id)
            await asyncio.sleep(0.001)
            answered.setdefault(row.chat_id, []).append(row.update_id)
            in_work.remove(row.chat_id)
            assert await inbox.done(row)
            count += 1
        return count

    counts = await asyncio.gather(*(worker(inbox) for inbox in inboxes for _ in range(4)))
    assert sum(counts) == 200
    assert all(sum(counts[side * 4 : side * 4 + 4]) > 0 for side in range(2))
    assert all(updates == sorted(updates) for updates in answered.values())
    for inbox, database in zip(inboxes, databases, strict=True):
        await inbox.close()
        await database.close()


async def test_a_file_serves_one_process(sqlite_url: str) -> None:
    """A second inbox on the same SQLite file is refused while the first lives, and welcome after."""
    await fill(sqlite_url)
    holder = await start(sqlite_url, "hold")
    await printed(holder, 1)
    database = await Database.open(sqlite_url)
    log = await QueryLog.open(database)
    with pytest.raises(StorageError, match="tiến trình"):
        await Inbox.open(database, log, patience=0.2)
    holder.kill()
    await holder.wait()
    inbox = await Inbox.open(database, log, patience=0.2)
    await inbox.close()
    await database.close()


async def test_a_killer_row_is_given_up(sqlite_url: str) -> None:
    """An update whose workers die again and again is dead in the end instead of killing for ever."""
    database = await Database.open(sqlite_url)
    log = await QueryLog.open(database)
    inbox = await Inbox.open(database, log)
    await inbox.put(1, 1, "{}")
    await inbox.close()
    for _ in range(3):
        doomed = await start(sqlite_url, "hold")
        assert await printed(doomed, 1) == [1]
        doomed.kill()
        await doomed.wait()
    inbox = await Inbox.open(database, log, backoff=Backoff(losses=3))
    assert await inbox.claim() is None
    assert [row.error for row in await inbox.dead()] == ["worker lost"]
    await inbox.close()
    await database.close()
