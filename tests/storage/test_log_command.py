"""`python -m bot log …` as the operator runs it, beside a database that is in use."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.inbox import Inbox
from bot.outcome import Status
from bot.query_log import LogEntry, QueryLog
from bot.storage.database import Database

# `log` as the command line mounts it, with the exit codes of `bot/__main__.py`.
PROGRAM = """
import argparse, sys
from bot.errors import BriefingBotError
from bot.log_command import add_log_parser
parser = argparse.ArgumentParser(prog="giaoban")
add_log_parser(parser.add_subparsers(required=True))
options = parser.parse_args()
try:
    sys.exit(options.run(options))
except BriefingBotError as error:
    sys.stderr.write(f"{error}\\n")
    sys.exit(2)
"""


def log_command(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", PROGRAM, "log", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def good(url: str, *arguments: str) -> str:
    finished = log_command(url, *arguments)
    assert (finished.returncode, finished.stderr) == (0, ""), finished.stderr
    return finished.stdout


QUESTIONS: tuple[tuple[int, Status, str], ...] = (
    (7, "found", "Thu ngân sách quý 2?"),
    (7, "none", "[bold]giá vàng[/bold] \x1b[31mđỏ\x1b[0m"),
    (8, "unsure", "=HYPERLINK(1)"),
)


def filled_with_questions(url: str) -> str:
    async def fill() -> None:
        database = await Database.open(url)
        log = await QueryLog.open(database)
        now = dt.datetime.now(dt.UTC)
        for number, (user_id, status, text) in enumerate(QUESTIONS):
            asked_at = now - dt.timedelta(days=10 * (2 - number))
            await log.add(LogEntry(user_id, user_id, asked_at, text, status, "v1", 1.5, ("giao-ban/thu",), (0.5,)))
        await database.close()

    asyncio.run(fill())
    return url


@pytest.fixture
def filled(sqlite_url: str) -> str:
    return filled_with_questions(sqlite_url)


def test_list_reads_a_server_too(postgresql_url: str) -> None:
    """The same command on PostgreSQL shows the same questions."""
    assert len(good(filled_with_questions(postgresql_url), "list", "--json", "--who", "7").splitlines()) == 2


def test_list_shows_questions_newest_first(filled: str) -> None:
    """Every question is a line, as typed but unable to colour or command the terminal."""
    shown = good(filled, "list")
    assert shown.index("=HYPERLINK(1)") < shown.index("giá vàng") < shown.index("Thu ngân sách")
    assert "[bold]giá vàng[/bold]" in shown
    assert "\x1b" not in shown
    assert "Trang 1/1 · 3 câu" in shown


def test_it_works_while_the_bot_writes(sqlite_url: str) -> None:
    """Beside a bot that has the file open and keeps writing, reading and purging succeed and the bot loses nothing."""

    filled_with_questions(sqlite_url)

    async def bot_and_operator() -> tuple[str, str, int]:
        database = await Database.open(sqlite_url)
        inbox = await Inbox.open(database, await QueryLog.open(database))
        listing = asyncio.create_task(asyncio.to_thread(good, sqlite_url, "list"))
        purging = asyncio.create_task(asyncio.to_thread(good, sqlite_url, "purge", "--who", "7", "--yes"))
        put = 0
        while not (listing.done() and purging.done()):
            assert await inbox.put(put, put, "{}")
            put += 1
        assert await inbox.depth() == put
        await inbox.close()
        await database.close()
        return await listing, await purging, put

    listed, purged, put = asyncio.run(bot_and_operator())
    assert "Trang 1/1" in listed
    assert "2" in purged
    assert put > 10


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--status", "none"], 1),
        (["--contains", "ngan sach"], 1),
        (["--since", "15d"], 2),
        (["--until", "5d"], 2),
        (["--since", "2020-01-01"], 3),
        (["--until", "01/01/2020"], 0),
        (["--who", "7"], 2),
        (["--who", "CB-000000"], 0),
        (["--feedback", "up"], 0),
        (["--limit", "2", "--page", "2"], 1),
    ],
)
def test_list_filters_and_pages(filled: str, options: list[str], found: int) -> None:
    """Each option leaves the rows it names; --json gives one object a line."""
    lines = good(filled, "list", "--json", *options).splitlines()
    assert len([json.loads(line) for line in lines]) == found


def test_show_tells_everything_or_that_there_is_nothing(filled: str) -> None:
    """A question in full with exit 0, an unknown number with one line and exit 1."""
    assert "giao-ban/thu" in good(filled, "show", "1")
    missing = log_command(filled, "show", "999")
    assert missing.returncode == 1
    assert "999" in missing.stderr


def test_export_to_a_file_opens_in_a_spreadsheet(filled: str, tmp_path: Path) -> None:
    """CSV with a byte order mark, readable by its owner only, formulas defused; an existing file is not overwritten."""
    target = tmp_path / "nhật ký.csv"
    assert "3" in log_command(filled, "export", "-o", str(target)).stderr
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert rows[0]["text"] == "Thu ngân sách quý 2?"
    assert rows[2]["text"] == "'=HYPERLINK(1)"
    assert log_command(filled, "export", "-o", str(target)).returncode == 2


def test_export_to_the_screen_is_one_object_a_line(filled: str) -> None:
    """JSONL on standard output has every field of every row, oldest first."""
    rows = [json.loads(line) for line in good(filled, "export", "--format", "jsonl").splitlines()]
    assert [row["status"] for row in rows] == ["found", "none", "unsure"]
    assert rows[0]["entries"] == ["giao-ban/thu"]
    assert rows[1]["text"] == QUESTIONS[1][2]


def test_purge_counts_until_it_is_told_to_delete(filled: str) -> None:
    """Without --yes nothing is deleted; with it exactly the old rows; without any choice nothing at all."""
    assert "1" in good(filled, "purge", "--older-than", "15")
    assert len(good(filled, "list", "--json").splitlines()) == 3
    assert "1" in good(filled, "purge", "--older-than", "15", "--yes")
    assert len(good(filled, "list", "--json").splitlines()) == 2
    name = json.loads(good(filled, "list", "--json", "--who", "7"))["pseudonym"]
    assert "1" in good(filled, "purge", "--who", name.lower(), "--yes")
    assert len(good(filled, "list", "--json").splitlines()) == 1
    assert log_command(filled, "purge", "--yes").returncode == 2


def test_stats_count_by_status(filled: str) -> None:
    """The figures agree with the rows, as a table and as JSON."""
    stats = json.loads(good(filled, "stats", "--json"))
    assert (stats["questions"], stats["people"]) == (3, 2)
    assert stats["by_status"] == {"found": 1, "none": 1, "unsure": 1}
    assert "Số câu hỏi" in good(filled, "stats")


@pytest.mark.parametrize(
    "wrong",
    [["list", "--since", "hôm qua"], ["list", "--limit", "0"], ["show", "x"], ["list", "--status", "maybe"], []],
)
def test_a_wrong_option_is_exit_2(sqlite_url: str, wrong: list[str]) -> None:
    """Bad usage is explained on standard error with exit code 2, and makes no file."""
    finished = log_command(sqlite_url, *wrong)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_without_data_it_says_so(sqlite_url: str) -> None:
    """A log that does not exist yet is one clear line and exit code 2, and no file is made."""
    finished = log_command(sqlite_url, "list")
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert "Traceback" not in finished.stderr
    assert not Path(sqlite_url.removeprefix("sqlite+aiosqlite:///")).exists()


def test_help_teaches_by_example(sqlite_url: str) -> None:
    """The help of the command and of each of its parts is Vietnamese and has an example."""
    assert "ví dụ" in good(sqlite_url, "--help")
    for part in ("list", "show", "export", "purge", "stats"):
        assert f"giaoban log {part}" in good(sqlite_url, part, "--help")
