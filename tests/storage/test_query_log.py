"""The query log on both databases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.log_text import as_json
from bot.outcome import Status
from bot.query_log import LogEntry, LogFilter, QueryLog
from bot.storage.database import Database

pytestmark = pytest.mark.anyio
NOON = dt.datetime(2026, 3, 1, 5, 0, tzinfo=dt.UTC)


def entry(
    text: str = "thu ngân sách",
    *,
    user_id: int = 7,
    status: Status = "found",
    asked_at: dt.datetime = NOON,
    update_id: int | None = None,
    milliseconds: float = 2.0,
    reason: Sequence[Mapping[str, object]] = (),
) -> LogEntry:
    return LogEntry(
        user_id=user_id,
        chat_id=user_id,
        asked_at=asked_at,
        text=text,
        status=status,
        knowledge="v1",
        milliseconds=milliseconds,
        entries=("giao-ban/thu",),
        scores=(0.93,),
        reason=as_json(reason),
        update_id=update_id,
    )


async def test_a_row_comes_back_as_it_was_written(log: QueryLog) -> None:
    """Everything written about a question is read back, to the microsecond."""
    asked_at = NOON.replace(microsecond=123456)
    reason = ({"gate": "kỳ", "điểm": 0.5},)
    written = entry("Thu ngân sách “quý 2”?", asked_at=asked_at, update_id=2**40, reason=reason)
    await log.add(written)
    (row,) = await log.rows()
    assert (row.text, row.asked_at, row.update_id) == (written.text, asked_at, 2**40)
    assert (row.entries, row.scores, row.reason) == (written.entries, written.scores, reason)
    assert (row.user_id, row.pseudonym, row.feedback) == (7, log.pseudonym(7), None)
    assert await log.row(row.id) == row == await log.of_update(2**40)
    assert await log.of_update(1) is None


async def test_one_update_is_logged_once(log: QueryLog) -> None:
    """A second row of the same update changes nothing; rows outside Telegram are all kept."""
    await log.add(entry("lần một", update_id=5))
    await log.add(entry("lần hai", update_id=5))
    await log.add(entry("ngoài", update_id=None))
    await log.add(entry("ngoài", update_id=None))
    assert [row.text for row in await log.rows()] == ["ngoài", "ngoài", "lần một"]


async def test_text_no_database_can_hold_is_kept_as_far_as_possible(log: QueryLog) -> None:
    """NUL and lone surrogates, which a message may contain, neither fail nor lose the row."""
    await log.add(entry("a\x00b\ud800c", reason=({"thừa": "\x00\udfff"},)))
    (row,) = await log.rows()
    assert row.text == "a\ufffdb?c"
    assert "\x00" not in str(row.reason)


async def test_the_pseudonym_is_stable_here_and_different_elsewhere(
    database: Database, log: QueryLog, tmp_path: Path
) -> None:
    """One person has one name in a database, another person another, and another database names them anew."""
    again = await QueryLog.open(database)
    assert re.fullmatch(r"CB-[0-9A-HJKMNP-TV-Z]{6}", log.pseudonym(7))
    assert again.pseudonym(7) == log.pseudonym(7) != log.pseudonym(8)
    other = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/other.db")
    try:
        assert (await QueryLog.open(other)).pseudonym(7) != log.pseudonym(7)
    finally:
        await other.close()


@pytest.mark.parametrize(
    ("where", "texts"),
    [
        (LogFilter(), ["GRDP tăng 100%?", "Thu ngân sách", "hộ nghèo"]),
        (LogFilter(status="none"), ["GRDP tăng 100%?"]),
        (LogFilter(since=NOON), ["GRDP tăng 100%?", "Thu ngân sách"]),
        (LogFilter(until=NOON), ["hộ nghèo"]),
        (LogFilter(contains="THU NGAN  sach"), ["Thu ngân sách"]),
        (LogFilter(contains="100%"), ["GRDP tăng 100%?"]),
        (LogFilter(contains="%"), ["GRDP tăng 100%?"]),
        (LogFilter(contains="_"), []),
        (LogFilter(contains="'; DROP TABLE query_log; --"), []),
        (LogFilter(contains="\x00"), []),
        (LogFilter(user_id=8), ["hộ nghèo"]),
        (LogFilter(feedback=1), ["Thu ngân sách"]),
    ],
)
async def test_each_filter_leaves_its_rows(log: QueryLog, where: LogFilter, texts: list[str]) -> None:
    """A filter narrows by exactly what it names, and what is typed in it is no pattern and no SQL."""
    await log.add(entry("hộ nghèo", user_id=8, asked_at=NOON - dt.timedelta(seconds=1)))
    await log.add(entry("Thu ngân sách", update_id=1))
    await log.add(entry("GRDP tăng 100%?", status="none"))
    assert await log.rate(1, 7, helpful=True)
    assert [row.text for row in await log.rows(where)] == texts
    assert await log.count(where) == len(texts)


async def test_a_pseudonym_filters_however_it_is_typed(log: QueryLog) -> None:
    """The name may be typed in small letters and with spaces around it."""
    await log.add(entry())
    await log.add(entry(user_id=8))
    assert await log.count(LogFilter(pseudonym=f" {log.pseudonym(8).lower()} ")) == 1


async def test_pages_follow_each_other(log: QueryLog) -> None:
    """Pages are newest first and meet without overlap."""
    for number in range(5):
        await log.add(entry(f"câu {number}"))
    pages = [[row.text for row in await log.rows(limit=2, offset=offset)] for offset in (0, 2, 4)]
    assert pages == [["câu 4", "câu 3"], ["câu 2", "câu 1"], ["câu 0"]]


async def test_only_the_asker_rates_an_answer(log: QueryLog) -> None:
    """The asker's last word counts; nobody else's does, nor one on an unknown update."""
    await log.add(entry(update_id=1))
    assert not await log.rate(1, 8, helpful=False)
    assert not await log.rate(2, 7, helpful=False)
    assert await log.rate(1, 7, helpful=True)
    assert await log.rate(1, 7, helpful=False)
    assert (await log.rows())[0].feedback == -1


async def test_export_reads_every_row_once(database: Database, log: QueryLog) -> None:
    """An export longer than a portion has every row once, oldest first."""
    texts = [f"câu {number}" for number in range(1203)]
    await database.write(lambda connection: log.write_in(connection, [entry(text) for text in texts]))
    assert [row.text async for row in log.export()] == texts


async def test_purge_counts_first_and_deletes_then(log: QueryLog) -> None:
    """A dry run counts without deleting; the real one deletes exactly those rows."""
    await log.add(entry("cũ", asked_at=NOON - dt.timedelta(days=40)))
    await log.add(entry("mới"))
    old = LogFilter(until=NOON - dt.timedelta(days=30))
    assert await log.purge(old, dry_run=True) == 1
    assert await log.count() == 2
    assert await log.purge(old) == 1
    assert [row.text for row in await log.rows()] == ["mới"]


async def test_a_person_can_be_forgotten(log: QueryLog) -> None:
    """All rows of one person go, by name or by id; everybody else's stay."""
    for user_id in (7, 7, 8, 9):
        await log.add(entry(user_id=user_id))
    assert await log.purge(LogFilter(pseudonym=log.pseudonym(7))) == 2
    assert await log.purge(LogFilter(user_id=8)) == 1
    assert [row.user_id for row in await log.rows()] == [9]


async def test_purging_everything_is_refused(log: QueryLog) -> None:
    """A purge that narrows nothing is a mistake, not a wish."""
    await log.add(entry())
    with pytest.raises(UsageError):
        await log.purge(LogFilter())
    assert await log.count() == 1


async def test_retention_deletes_what_is_too_old(log: QueryLog) -> None:
    """Rows older than the days of retention go, younger ones stay."""
    now = dt.datetime.now(dt.UTC)
    await log.add(entry("cũ", asked_at=now - dt.timedelta(days=31)))
    await log.add(entry("mới", asked_at=now - dt.timedelta(days=29)))
    assert await log.retain(30) == 1
    assert [row.text for row in await log.rows()] == ["mới"]


async def test_stats_add_up(log: QueryLog) -> None:
    """Counts by status, by person, by thumb and by day in Vietnam, and the latencies in the middle and near the top."""
    late = dt.datetime(2026, 3, 1, 18, 0, tzinfo=dt.UTC)  # already the 2nd in Vietnam
    statuses: tuple[Status, ...] = ("found", "found", "none", "unsure")
    for number, status in enumerate(statuses):
        await log.add(entry(status=status, user_id=number % 3, milliseconds=float(number + 1), update_id=number))
    await log.add(entry(user_id=0, asked_at=late, milliseconds=100.0, update_id=9))
    await log.rate(0, 0, helpful=True)
    await log.rate(1, 1, helpful=False)
    stats = await log.stats()
    assert (stats.questions, stats.people) == (5, 3)
    assert stats.by_status == {"found": 3, "none": 1, "unsure": 1}
    assert (stats.helpful, stats.unhelpful) == (1, 1)
    assert (stats.median_ms, stats.p95_ms) == (3.0, 100.0)
    assert stats.by_day == ((dt.date(2026, 3, 1), 4), (dt.date(2026, 3, 2), 1))


async def test_stats_of_nothing_are_zero(log: QueryLog) -> None:
    """An empty log has no latencies and fails nowhere."""
    stats = await log.stats()
    assert (stats.questions, stats.median_ms, stats.by_day) == (0, None, ())
