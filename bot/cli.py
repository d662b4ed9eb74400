"""The command line: which command, with which options, calls which room. Heavy rooms are imported by their command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.errors import UsageError
from bot.log_command import add_log_parser
from bot.phrases import commands as phrases


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of one command. Raises BriefingBotError for everything a person can put right."""
    options = build_parser().parse_args(arguments)
    result = options.run(options)
    return int(result)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="giaoban",
        description=phrases.DESCRIPTION,
        epilog=phrases.EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=phrases.COMMAND)
    add = {
        name: commands.add_parser(name, help=phrases.HELP[name], description=phrases.HELP[name]) for name in _COMMANDS
    }
    for name, command in add.items():
        command.set_defaults(run=_COMMANDS[name])
    for name in ("chat", "ask", "eval", "check", "verify", "run"):
        add[name].add_argument("--knowledge", type=Path, metavar="DIR", help=phrases.HELP["--knowledge"])
    for name in ("chat", "ask", "eval", "check", "run"):
        add[name].add_argument(
            "--briefing", action="append", default=[], metavar="SLUG", help=phrases.HELP["--briefing"]
        )
    add["ask"].add_argument("question", nargs="?", help=phrases.HELP["question"])
    add["ask"].add_argument("--json", action="store_true", help=phrases.HELP["--json"])
    add["ask"].add_argument("--jsonl", action="store_true", help=phrases.HELP["--jsonl"])
    add["eval"].add_argument("files", nargs="+", type=Path, help=phrases.HELP["files"])
    add["eval"].add_argument("--json", action="store_true", help=phrases.HELP["--json"])
    add["eval"].add_argument("-v", "--verbose", action="store_true", help=phrases.HELP["-v"])
    add["check"].add_argument("directory", nargs="?", type=Path, help=phrases.HELP["directory"])
    add["check"].add_argument(
        "--format", choices=("text", "github", "json"), default="text", help=phrases.HELP["--format"]
    )
    add["run"].add_argument("--or-chat", action="store_true", help=phrases.HELP["--or-chat"])
    add["draft"].add_argument("article", type=Path, help=phrases.HELP["article"])
    add["draft"].add_argument("-o", "--output", type=Path, metavar="FILE", help=phrases.HELP["-o"])
    add["verify"].add_argument("slug", metavar="SLUG", help=phrases.HELP["briefing"])
    add["verify"].add_argument("--source", type=Path, required=True, metavar="FILE", help=phrases.HELP["--source"])
    add_log_parser(commands)
    return parser


def _directory(options: argparse.Namespace) -> Path:
    given: Path | None = options.knowledge
    return given or Path(os.environ.get("KNOWLEDGE_DIR") or "knowledge")


def _ask(options: argparse.Namespace) -> int:
    from bot import console
    from bot.knowledge import load

    if not options.jsonl and not options.question:
        raise UsageError(phrases.NEED_QUESTION)
    knowledge = load(_directory(options), tuple(options.briefing))
    if options.jsonl:
        return console.ask_lines(knowledge, sys.stdin, sys.stdout)
    return console.ask(knowledge, options.question, as_object=options.json)


def _chat(options: argparse.Namespace) -> int:
    from bot import terminal
    from bot.knowledge import load

    return terminal.converse(load(_directory(options), tuple(options.briefing)), sys.stdin, sys.stdout)


def _eval(options: argparse.Namespace) -> int:
    from bot import console

    return console.evaluate(
        _directory(options), tuple(options.briefing), options.files, as_object=options.json, verbose=options.verbose
    )


def _check(options: argparse.Namespace) -> int:
    import datetime as dt

    from bot.check import run_checks
    from bot.desk import Desk
    from bot.knowledge import read
    from bot.outcome import Question
    from bot.problem import has_errors, render

    loaded = read(options.directory or _directory(options), tuple(options.briefing))
    now = dt.datetime.now(dt.UTC)
    desk = Desk(loaded.knowledge) if loaded.knowledge else None

    def ask(text: str) -> tuple[str, ...]:
        return desk.found(Question(text, "", now)) if desk else ()

    problems = run_checks(loaded, now.date(), ask)
    text = render(problems, options.format)
    if text:
        sys.stdout.write(text + "\n")
    if options.format == "text":
        count = Counter(p.severity for p in problems)
        closing = phrases.problem_count(count["error"], count["warning"], count["note"])
        closing = closing if problems else phrases.CHECK_CLEAN
        sys.stdout.write(closing + "\n")
    return 1 if has_errors(problems) else 0


def _schema(options: argparse.Namespace) -> int:  # noqa: ARG001 (every command has the same shape)
    from bot.schema import briefing_schema

    sys.stdout.write(json.dumps(briefing_schema(), ensure_ascii=False, indent=2) + "\n")
    return 0


def _run(options: argparse.Namespace) -> int:
    from bot.settings import load_settings

    settings = load_settings()
    if options.knowledge:
        settings = settings.model_copy(update={"knowledge_dir": options.knowledge})
    if settings.bot_token is None and options.or_chat:
        sys.stdout.write(phrases.how_to_connect() + "\n\n")
        from bot import terminal
        from bot.knowledge import load

        return terminal.converse(load(settings.knowledge_dir, tuple(options.briefing)), sys.stdin, sys.stdout)
    from bot.app import run

    return run(settings, tuple(options.briefing))


def _draft(options: argparse.Namespace) -> int:
    from bot.editing.commands import draft_command

    return draft_command(options.article, options.output)


def _verify(options: argparse.Namespace) -> int:
    from bot.editing.commands import verify_command

    return verify_command(_directory(options), options.slug, options.source)


_COMMANDS = {
    "run": _run,
    "chat": _chat,
    "ask": _ask,
    "eval": _eval,
    "check": _check,
    "schema": _schema,
    "draft": _draft,
    "verify": _verify,
}
