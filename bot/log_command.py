"""`python -m bot log …`: what the operator may ask of the query log. The database is imported only when it runs."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.phrases import log as phrases

if TYPE_CHECKING:
    from bot.log_rows import LogFilter
    from bot.query_log import QueryLog

_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


def add_log_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `log` and its own commands. `options.run(options)` runs the chosen one and returns the exit code.

    Running one raises UsageError, SettingsError or StorageError.
    """
    log = commands.add_parser(
        "log",
        help=phrases.HELP["log"],
        description=phrases.DESCRIPTION,
        epilog=phrases.EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parts = log.add_subparsers(dest="log_command", required=True, metavar=phrases.TASK)
    add: dict[str, argparse.ArgumentParser] = {}
    for name in ("list", "show", "export", "purge", "stats"):
        add[name] = parts.add_parser(
            name,
            help=phrases.HELP[name],
            description=phrases.HELP[name],
            epilog=phrases.EXAMPLES[name],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add[name].set_defaults(run=run_log)
    for name in ("list", "export", "stats"):
        _add_filters(add[name])
    add["list"].add_argument("--page", type=_whole(1, 1_000_000), default=1, metavar="N", help=phrases.HELP["--page"])
    add["list"].add_argument("--limit", type=_whole(1, 500), default=20, metavar="N", help=phrases.HELP["--limit"])
    for name in ("list", "show", "stats"):
        add[name].add_argument("--json", action="store_true", help=phrases.HELP["--json"])
    add["show"].add_argument("id", type=_whole(1, 2**62), help=phrases.HELP["id"])
    add["export"].add_argument("--format", choices=("csv", "jsonl"), default="csv", help=phrases.HELP["--format"])
    add["export"].add_argument("-o", "--output", metavar=phrases.FILE, help=phrases.HELP["--output"])
    older = add["purge"].add_argument
    older("--older-than", type=_whole(1, 36500), metavar=phrases.DAYS, help=phrases.HELP["--older-than"])
    add["purge"].add_argument("--who", metavar=phrases.WHO, help=phrases.HELP["--who"])
    add["purge"].add_argument("--yes", action="store_true", help=phrases.HELP["--yes"])


def run_log(options: argparse.Namespace) -> int:
    """The exit code of one `log` command: 0, or 1 when `show` finds no such question."""
    from bot.settings import load_settings

    return asyncio.run(_with_log(load_settings().database_url.get_secret_value(), options))


async def _with_log(url: str, options: argparse.Namespace) -> int:
    from bot.query_log import QueryLog
    from bot.storage.database import Database

    database = await Database.open(url, create=False)
    try:
        return await _COMMANDS[options.log_command](await QueryLog.open(database), options)
    finally:
        await database.close()


async def _list(log: QueryLog, options: argparse.Namespace) -> int:
    from bot import log_report

    where = _filter(options)
    rows = await log.rows(where, limit=options.limit, offset=(options.page - 1) * options.limit)
    if options.json:
        log_report.print_json_lines(rows)
    else:
        log_report.print_table(rows, options.page, options.limit, await log.count(where))
    return 0


async def _show(log: QueryLog, options: argparse.Namespace) -> int:
    from bot import log_report

    row = await log.row(options.id)
    if row is None:
        sys.stderr.write(phrases.no_row(options.id) + "\n")
        return 1
    if options.json:
        log_report.print_json_lines((row,))
    else:
        log_report.print_row(row)
    return 0


async def _export(log: QueryLog, options: argparse.Namespace) -> int:
    from bot import log_report

    rows = log.export(_filter(options))
    if options.output is None:
        await log_report.write_rows(sys.stdout, rows, options.format)
        return 0
    written = await log_report.write_file(options.output, rows, options.format)
    sys.stderr.write(phrases.exported_line(written) + "\n")
    return 0


async def _purge(log: QueryLog, options: argparse.Namespace) -> int:
    from bot.log_rows import LogFilter

    if options.older_than is None and options.who is None:
        raise UsageError(phrases.PURGE_NEEDS_ONE)
    until = None
    if options.older_than is not None:
        until = dt.datetime.now(dt.UTC) - dt.timedelta(days=options.older_than)
    pseudonym, user_id = _who(options.who)
    where = LogFilter(until=until, pseudonym=pseudonym, user_id=user_id)
    rows = await log.purge(where, dry_run=not options.yes)
    sys.stdout.write(phrases.purge_line(rows, not options.yes) + "\n")
    return 0


async def _stats(log: QueryLog, options: argparse.Namespace) -> int:
    from bot import log_report

    log_report.print_stats(await log.stats(_filter(options)), as_json=options.json)
    return 0


_COMMANDS = {"list": _list, "show": _show, "export": _export, "purge": _purge, "stats": _stats}


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--status", choices=("found", "unsure", "none"), help=phrases.HELP["--status"])
    parser.add_argument("--since", type=_moment, metavar=phrases.DAY, help=phrases.HELP["--since"])
    parser.add_argument("--until", type=_moment, metavar=phrases.DAY, help=phrases.HELP["--until"])
    parser.add_argument("--contains", metavar=phrases.WORDS, help=phrases.HELP["--contains"])
    parser.add_argument("--who", metavar=phrases.WHO, help=phrases.HELP["--who"])
    parser.add_argument("--feedback", choices=("up", "down"), help=phrases.HELP["--feedback"])


def _filter(options: argparse.Namespace) -> LogFilter:
    from bot.log_rows import LogFilter

    pseudonym, user_id = _who(options.who)
    return LogFilter(
        status=options.status,
        since=options.since,
        until=options.until,
        contains=options.contains,
        feedback={"up": 1, "down": -1, None: None}[options.feedback],
        pseudonym=pseudonym,
        user_id=user_id,
    )


def _who(given: str | None) -> tuple[str | None, int | None]:
    """What was typed as (pseudonym, user id), at most one of them."""
    if given is not None and re.fullmatch(r"[0-9]{1,18}", given.strip(), re.ASCII):
        return None, int(given)
    return given, None


def _moment(given: str) -> dt.datetime:
    """The start of a day in Vietnam, or so many days ago."""
    from bot.log_rows import VIETNAM

    if days := re.fullmatch(r"([0-9]{1,5})d", given.strip(), re.ASCII):
        return dt.datetime.now(dt.UTC) - dt.timedelta(days=int(days[1]))
    for form in _DAY_FORMS:
        with suppress(ValueError):
            return dt.datetime.strptime(given.strip(), form).replace(tzinfo=VIETNAM)
    raise argparse.ArgumentTypeError(phrases.wrong_day(given))


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(given: str) -> int:
        if re.fullmatch(r"[0-9]{1,19}", given, re.ASCII) and lowest <= int(given) <= highest:
            return int(given)
        raise argparse.ArgumentTypeError(phrases.wrong_number(lowest, highest))

    return parse
