"""Prints the benchmark tables and keeps them in data/bench.md. Run `make bench`, or `python -m tools.bench --help`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot.errors import BriefingBotError
from tools import accuracy, load, scale

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
QUESTIONS = ROOT / "tests" / "questions" / "quarter2.jsonl"
QUESTIONED = ("giao-ban-quy-2-2023",)  # the briefing those questions were written about


def main(arguments: list[str]) -> int:
    """0 when the tables were printed, 2 when the knowledge or the question file cannot be used."""
    options = _options().parse_args(arguments)
    tables = [f"# Benchmark\n\nPython {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.\n"]
    try:
        with Progress(console=Console(stderr=True), auto_refresh=False) as progress:
            shipped = ""
            if not options.skip_accuracy:
                # Before the country is in memory: a bot holds the knowledge it answers from and nothing else.
                only = tuple(options.briefing or (() if options.questions else QUESTIONED))
                shipped = accuracy.run(options.knowledge, options.questions or QUESTIONS, only, progress)
            if not options.skip_scale:
                thesaurus = options.knowledge / "thesaurus"
                tables.append(scale.run(options.directory, thesaurus, options.entries, options.count, progress))
            if shipped:
                tables.append(shipped)
            if not options.skip_load:
                plan = load.Plan(
                    questions=options.load_questions,
                    pace=options.load_pace,
                    seconds=options.load_seconds,
                    long=options.load_long,
                    postgresql=not options.load_without_postgresql,
                )
                asked = options.questions or QUESTIONS
                tables.append(load.run(plan, options.directory, options.knowledge, asked, progress))
    except BriefingBotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    text = "\n".join(tables)
    sys.stdout.write(text)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, encoding="utf-8")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)

    def add(name: str, told: str, **how: Any) -> None:
        parser.add_argument(name, help=told, **how)

    add("--entries", "entries of the synthetic country (%(default)s)", type=int, default=100_000)
    add("--count", "questions asked about the country (%(default)s)", type=int, default=400)
    add(
        "--directory",
        "where the country, its cache and the bots' databases are written (data/bench)",
        type=Path,
        default=DATA / "bench",
    )
    add("--knowledge", "the knowledge that is shipped (knowledge)", type=Path, default=ROOT / "knowledge")
    add("--questions", "question file of accuracy and load (tests/questions/quarter2.jsonl)", type=Path)
    add("--briefing", "briefing that lines without any are asked against; repeatable (all of them)", action="append")
    add("--output", "where the tables are kept (data/bench.md)", type=Path, default=DATA / "bench.md")
    plan = load.Plan()
    add("--load-questions", "asked of each bot as fast as it answers (%(default)s)", type=int, default=plan.questions)
    add("--load-pace", "asked a second while waiting times are taken (%(default)s)", type=float, default=plan.pace)
    add("--load-seconds", "how long that goes on, for each bot (%(default)s)", type=float, default=plan.seconds)
    add("--load-long", "asked of one bot to see its memory, 0 for none (%(default)s)", type=int, default=plan.long)
    add("--load-without-postgresql", "SQLite alone", action="store_true")
    add("--skip-scale", "no country", action="store_true")
    add("--skip-accuracy", "no accuracy table", action="store_true")
    add("--skip-load", "no bots under load", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
