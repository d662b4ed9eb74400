"""The inbox on both databases: nothing put is lost, answered twice or out of order."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Connection

from bot.errors import StorageError
from bot.inbox import Arrival, Backoff, Inbox, InboxRow
from bot.query_log import LogEntry, LogFilter, QueryLog
from bot.storage.database import Database
from bot.storage.inbox_rows import InboxRows
from tests.storage.worker import entry

pytestmark = pytest.mark.anyio
QUICK = Backoff(first=0.05, longest=0.2, tries=3, give_up_after=0.5, losses=2)


@asynccontextmanager
async def opened(database: Database, *, lease: float = 30.0, backoff: Backoff = QUICK) -> AsyncIterator[Inbox]:
    inbox = await Inbox.open(database, await QueryLog.open(database), lease=lease, backoff=backoff)
    try:
        yield inbox
    finally:
        await inbox.close()


async def claimed(inbox: Inbox) -> InboxRow:
    row = await inbox.claim()
    assert row is not None
    return row


async def test_an_update_is_kept_once(inbox: Inbox) -> None:
    """The same update_id, from whichever call, is one row; a smaller one that comes later is as good as any."""
    assert await inbox.put(10, 1, "{}")
    assert not await inbox.put(10, 1, '{"other": 1}')
    assert await inbox.put_many([Arrival(10, 1, "{}"), Arrival(3, 1, "{}"), Arrival(3, 1, "{}")]) == 1
    assert sorted(await asyncio.gather(*(inbox.put(11, 2, "{}") for _ in range(20)))) == [False] * 19 + [True]
    assert await inbox.depth() == 3


async def test_an_update_comes_out_as_it_went_in(inbox: Inbox) -> None:
    """The raw text is handed out byte for byte, with its ids."""
    raw = '{"text": "hộ nghèo \\u0000 😀 \u202e"}'
    await inbox.put(2**52, -(2**52), raw)
    row = await claimed(inbox)
    assert (row.update_id, row.chat_id, row.raw, row.tries) == (2**52, -(2**52), raw, 0)


async def test_a_chat_keeps_its_order_and_holds_nobody_else(inbox: Inbox) -> None:
    """The second message of a chat waits for the first; another chat's does not; no chat means no order."""
    for update_id, chat_id in ((1, 1), (2, 1), (3, 2), (4, None), (5, None)):
        await inbox.put(update_id, chat_id, "{}")
    rows = [await claimed(inbox) for _ in range(4)]
    assert [row.update_id for row in rows] == [1, 3, 4, 5]
    assert await inbox.claim() is None
    await inbox.done(rows[0])
    assert (await claimed(inbox)).update_id == 2


async def test_done_and_logged_are_one(inbox: Inbox, log: QueryLog) -> None:
    """A finished row is gone from the queue, its words are forgotten, and its log row is there; twice done is once."""
    await inbox.put(1, 1, "secret words")
    row = await claimed(inbox)
    assert await inbox.done(row, entry(row))
    assert not await inbox.done(row, entry(row))
    assert await inbox.depth() == 0
    assert await log.count() == 1
    assert not await inbox.put(1, 1, "{}")


async def test_a_failure_holds_its_chat_until_its_next_try(database: Database) -> None:
    """A failed row comes again after a pause, before the later rows of its chat, and other chats go on meanwhile."""
    async with opened(database) as inbox:
        await inbox.put(1, 1, "{}")
        await inbox.put(2, 1, "{}")
        row = await claimed(inbox)
        assert await inbox.failed(row, "TimedOut", retry_after=0.3) == "retry"
        await inbox.put(3, 2, "{}")
        assert (await claimed(inbox)).update_id == 3
        assert await inbox.claim() is None
        again = await inbox.take(5)
        assert again is not None
        assert (again.update_id, again.tries, again.waits) == (1, 0, 1)


async def test_the_last_try_leaves_a_dead_row_and_frees_the_chat(database: Database) -> None:
    """After the last try the row is kept with its words and the kind of failure, and the chat's next row comes."""
    async with opened(database) as inbox:
        await inbox.put(1, 1, "words")
        await inbox.put(2, 1, "{}")
        fates = []
        for _ in range(QUICK.tries):
            row = await inbox.take(5)
            assert row is not None
            fates.append(await inbox.failed(row, "KeyError"))
        assert fates == ["retry", "retry", "dead"]
        (dead,) = await inbox.dead()
        assert (dead.update_id, dead.raw, dead.error) == (1, "words", "KeyError")
        assert (await inbox.dead_count(), await inbox.depth()) == (1, 1)
        assert (await claimed(inbox)).update_id == 2


async def test_a_dead_row_can_be_revived(database: Database) -> None:
    """A revived row is tried from the start again, once."""
    async with opened(database, backoff=Backoff(tries=1)) as inbox:
        await inbox.put(1, 1, "{}")
        assert await inbox.failed(await claimed(inbox), "KeyError") == "dead"
        (dead,) = await inbox.dead()
        assert await inbox.revive(dead.id)
        assert not await inbox.revive(dead.id)
        assert (await claimed(inbox)).tries == 0
        assert await inbox.dead_count() == 0


async def test_telegram_being_away_counts_by_time_not_by_tries(database: Database) -> None:
    """Failures of Telegram do not use up the tries, but an update too old to matter is given up."""
    async with opened(database) as inbox:
        await inbox.put(1, 1, "{}")
        fates: list[str] = []
        while "dead" not in fates and len(fates) < 50:
            row = await inbox.take(5)
            assert row is not None
            fates.append(await inbox.failed(row, "NetworkError", counts=False))
        assert QUICK.tries < len(fates) < 50


async def test_take_waits_for_what_is_put(inbox: Inbox) -> None:
    """A waiting worker gets a new row at once, and none when none comes in time."""
    assert await inbox.take(0.05) is None
    waiting = asyncio.create_task(inbox.take(10))
    await asyncio.sleep(0.05)
    started = asyncio.get_running_loop().time()
    await inbox.put(1, 1, "{}")
    row = await waiting
    assert row is not None
    assert asyncio.get_running_loop().time() - started < 1.0


async def test_who_waits_beside_busy_workers_is_served_soon(inbox: Inbox) -> None:
    """While all others are at work, the one who waits gets what comes in, and need not wait for their end."""
    await inbox.put_many([Arrival(number, number, "{}") for number in range(1, 5)])
    assert None not in await asyncio.gather(*(inbox.take(5) for _ in range(4)))
    waiting = asyncio.create_task(inbox.take(5))
    await asyncio.sleep(0.05)
    await inbox.put(9, 9, "{}")
    row = await asyncio.wait_for(waiting, 1)
    assert row is not None
    assert row.update_id == 9


async def test_a_worker_that_leaves_takes_nothing_with_it(inbox: Inbox) -> None:
    """Cancelling a waiting worker at any moment loses no row."""
    for update_id in range(20):
        leaving = asyncio.create_task(inbox.take(10))
        await asyncio.sleep(0.001 * (update_id % 4))
        put = asyncio.create_task(inbox.put(update_id, update_id, "{}"))
        await asyncio.sleep(0.001 * (update_id % 5))
        leaving.cancel()
        await asyncio.wait((leaving, put))
        if not leaving.cancelled():
            row = leaving.result()
            assert row is not None
            await inbox.done(row)
    while (row := await inbox.take(0.3)) is not None:
        await inbox.done(row)
    assert await inbox.depth() == 0


async def test_many_workers_answer_everything_once_and_in_order(inbox: Inbox, log: QueryLog) -> None:
    """Sixteen workers over thirty chats: each update once, each chat in order, each in the log once."""
    answered: list[tuple[int | None, int]] = []

    async def worker() -> None:
        while (row := await inbox.take(0.5)) is not None:
            await asyncio.sleep(0)
            answered.append((row.chat_id, row.update_id))
            assert await inbox.done(row, entry(row))

    await asyncio.gather(*(inbox.put(number, number % 30, "{}") for number in range(600)))
    await asyncio.gather(*(worker() for _ in range(16)))
    assert sorted(update_id for _, update_id in answered) == list(range(600))
    for chat in range(30):
        of_chat = [update_id for chat_id, update_id in answered if chat_id == chat]
        assert of_chat == sorted(of_chat)
    assert await log.count() == 600


async def test_close_gives_back_what_was_not_answered(database: Database) -> None:
    """A row still in work at the end is another process's at once, without counting as its failure."""
    async with opened(database) as first:
        await first.put(1, 1, "{}")
        await claimed(first)
    async with opened(database) as second:
        row = await claimed(second)
        assert (row.update_id, row.tries) == (1, 0)


async def test_an_expired_lease_is_taken_over_and_a_held_one_is_not(database: Database) -> None:
    """Leases of a living process are renewed for as long as it works; a forgotten row comes again."""
    async with opened(database, lease=0.6) as inbox:
        await inbox.put(1, 1, "{}")
        row = await claimed(inbox)
        await asyncio.sleep(1.0)
        assert await inbox.claim() is None
        inbox._held.clear()  # as if the process no longer knew of it
        again = await inbox.take(5)
        assert again is not None
        assert again.id == row.id


async def test_the_offset_survives_with_its_updates(database: Database) -> None:
    """What one getUpdates brought and its offset are kept together, and read back by the next process."""
    async with opened(database) as inbox:
        assert await inbox.offset() is None
        assert await inbox.put_many([Arrival(7, 1, "{}"), Arrival(8, 1, "{}")], offset=9) == 2
        assert await inbox.put_many([], offset=10) == 0
    async with opened(database) as inbox:
        assert await inbox.offset() == 10


async def test_done_rows_are_forgotten_after_a_while(inbox: Inbox) -> None:
    """Only done rows older than asked for go."""
    for update_id in (1, 2):
        await inbox.put(update_id, update_id, "{}")
    await inbox.done(await claimed(inbox))
    assert await inbox.purge_done(dt.timedelta(hours=1)) == 0
    assert await inbox.purge_done(dt.timedelta(seconds=-1)) == 1
    assert await inbox.depth() == 1


async def test_age_tells_how_late_we_are(inbox: Inbox) -> None:
    """The age of the oldest unfinished update grows while it waits and is nothing when all is done."""
    assert await inbox.oldest_age() == 0.0
    await inbox.put(1, 1, "{}")
    await asyncio.sleep(0.05)
    assert 0.04 < await inbox.oldest_age() < 30
    await inbox.done(await claimed(inbox))
    assert await inbox.oldest_age() == 0.0


async def test_forgetting_a_person_empties_their_dead_rows(database: Database, log: QueryLog) -> None:
    """A person's purge takes the words of their given-up updates too, and nobody else's."""
    async with opened(database, backoff=Backoff(tries=1)) as inbox:
        for chat_id in (1, 2):
            await inbox.put(chat_id, chat_id, "{}")
            await inbox.failed(await claimed(inbox), "KeyError")
        await log.purge(LogFilter(user_id=1))
        assert [row.chat_id for row in await inbox.dead()] == [2]


async def test_one_bad_log_row_harms_no_other(inbox: Inbox, log: QueryLog) -> None:
    """A log row the database refuses makes its own update dead; those that end beside it are done and logged."""
    for update_id in range(6):
        await inbox.put(update_id, update_id, "{}")
    rows = [await claimed(inbox) for _ in range(6)]
    entries = [entry(row) for row in rows]
    entries[3] = LogEntry(**{name: getattr(entries[3], name) for name in LogEntry.__slots__} | {"user_id": 2**70})
    ends = await asyncio.gather(
        *(inbox.done(row, log_entry) for row, log_entry in zip(rows, entries, strict=True)), return_exceptions=True
    )
    assert isinstance(ends[3], StorageError)
    assert [end for number, end in enumerate(ends) if number != 3] == [True] * 5
    assert (await log.count(), await inbox.depth(), await inbox.dead_count()) == (5, 0, 1)


async def test_a_long_history_does_not_slow_claims(database: Database) -> None:
    """Claims look at the unfinished rows only, and stop at the last one wanted, even in a table without statistics."""

    def plan(connection: Connection) -> str:
        compiled = InboxRows(database)._claim.compile(dialect=connection.dialect)
        moments = {"now": dt.timedelta(0), "lease": dt.timedelta(30)}
        values = compiled.construct_params({"owner": "x", "count": 1, **moments})
        in_order = [values[name] for name in compiled.positiontup or ()]
        if connection.dialect.name == "sqlite":
            in_order = [str(value) for value in in_order]
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", tuple(in_order)).all())
        return str(connection.exec_driver_sql(f"EXPLAIN {compiled}", tuple(in_order)).all())

    for _ in range(3):  # a connection stays as it is from one use to the next
        shown = await database.write(plan)
        assert "inbox_arrival" in shown or "inbox_open" in shown
        assert "Seq Scan" not in shown
        assert "Sort" not in shown


async def test_a_hopeless_row_is_given_up_at_once(inbox: Inbox) -> None:
    """What would fail the same way for ever is not tried again."""
    await inbox.put(1, 1, "{}")
    assert await inbox.failed(await claimed(inbox), "unparsable", hopeless=True) == "dead"
    assert (await inbox.depth(), await inbox.dead_count()) == (0, 1)


async def test_who_lost_a_row_cannot_spoil_it(postgresql_url: str) -> None:
    """A process that slept through its lease neither kills, delays nor ends the row another one has taken over."""
    database = await Database.open(postgresql_url)
    async with opened(database, lease=0.3) as heir:
        sleeper = await Inbox.open(database, await QueryLog.open(database), lease=0.3)
        await sleeper.put(1, 1, "{}")
        lost = await claimed(sleeper)
        sleeper._held.clear()  # it sleeps: nothing renews the lease
        row = await heir.take(5)
        assert row is not None
        await sleeper.failed(lost, "late", hopeless=True)
        await sleeper.failed(lost, "late", retry_after=0)
        assert not await sleeper.done(lost, entry(lost))
        assert await heir.claim() is None
        assert await heir.done(row, entry(row))
        await sleeper.failed(lost, "late", hopeless=True)
        assert (await heir.depth(), await heir.dead_count()) == (0, 0)
        assert [kept.update_id for kept in await (await QueryLog.open(database)).rows()] == [1]
        await sleeper.close()
    await database.close()
