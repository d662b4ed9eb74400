"""The query log as an operator sees it: a table, one question in full, figures, or a file."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import sys
import unicodedata
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Literal, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import UsageError
from bot.log_rows import VIETNAM, LogRow, LogStats
from bot.phrases import log as phrases
from bot.text import clean

_WIDTH_IN_A_PIPE = 160
# A spreadsheet takes a cell that starts so for a formula and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Format = Literal["csv", "jsonl"]


def print_table(rows: Sequence[LogRow], page: int, limit: int, total: int) -> None:
    """A page of questions, a line each."""
    console = _console()
    if not rows:
        console.print(phrases.EMPTY)
        return
    table = Table(*phrases.COLUMNS)
    for row in rows:
        cells = (
            str(row.id),
            row.asked_at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M"),
            row.pseudonym,
            row.text,
            phrases.STATUSES.get(row.status, row.status),
            ", ".join(row.entries),
            f"{row.milliseconds:.0f}",
        )
        table.add_row(*(_shown(cell) for cell in cells))
    console.print(table)
    console.print(phrases.page_line(page, -(-total // limit), total))


def print_row(row: LogRow) -> None:
    """Everything about one question."""
    table = Table(show_header=False)
    for name, label in phrases.FIELDS.items():
        table.add_row(_shown(label), _shown(_detail(row, name)))
    _console().print(table)


def print_stats(stats: LogStats, *, as_json: bool) -> None:
    """The figures over a filter."""
    if as_json:
        _line(sys.stdout, {**dataclasses.asdict(stats), "by_day": {str(day): n for day, n in stats.by_day}})
        return
    table = Table(show_header=False)
    for name, label in phrases.STATS.items():
        value = getattr(stats, name)
        table.add_row(label, "–" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value))
    for status, label in phrases.STATUSES.items():
        table.add_row(label, str(stats.by_status.get(status, 0)))
    for day, questions in stats.by_day:
        table.add_row(day.strftime("%d/%m/%Y"), str(questions))
    _console().print(table)


def print_json_lines(rows: Sequence[LogRow]) -> None:
    """One object a line."""
    for row in rows:
        _line(sys.stdout, _plain(row))


async def write_rows(stream: TextIO, rows: AsyncIterator[LogRow], form: Format) -> int:
    """Write every row to `stream`; how many."""
    written = 0
    names = [field.name for field in dataclasses.fields(LogRow)]
    table = csv.writer(stream, lineterminator="\n")
    if form == "csv":
        table.writerow(names)
    async for row in rows:
        written += 1
        if form == "csv":
            table.writerow([_cell(value) for value in _plain(row).values()])
        else:
            _line(stream, _plain(row))
    return written


async def write_file(name: str, rows: AsyncIterator[LogRow], form: Format) -> int:
    """Write every row to a new file that only its owner may read; how many rows.

    Raises UsageError when the file is there already or cannot be made. A failure leaves no half of a file.
    """
    try:
        handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except (OSError, ValueError) as error:
        raise UsageError(phrases.UNWRITABLE) from error
    # Excel reads UTF-8 only behind a byte order mark.
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as stream:
            return await write_rows(stream, rows, form)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 (made by its name above)
        raise


def _plain(row: LogRow) -> dict[str, object]:
    return {**{field.name: getattr(row, field.name) for field in dataclasses.fields(row)}, "asked_at": _time(row)}


def _time(row: LogRow) -> str:
    return row.asked_at.isoformat()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return "'" + _visible(value) if value.startswith(_FORMULA_STARTS) else _visible(value)
    return value


def _detail(row: LogRow, name: str) -> str:
    value = getattr(row, name)
    if name == "asked_at":
        return row.asked_at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
    if name == "status":
        return phrases.STATUSES.get(row.status, row.status)
    if name == "feedback":
        return phrases.FEEDBACK[row.feedback]
    if name == "reason":
        return json.dumps(value, ensure_ascii=False, indent=2)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _line(stream: TextIO, value: object) -> None:
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def _shown(text: str) -> Text:
    return Text(_visible(text), overflow="fold")  # a Text, because a plain string would be read as markup


def _visible(text: str) -> str:
    """Without control characters: a question must not command the terminal that shows it."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in clean(text))


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE)
