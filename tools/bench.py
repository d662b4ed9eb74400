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
from tools import accuracy, scale

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
            if not options.skip_scale:
                thesaurus = options.knowledge / "thesaurus"
                tables.append(scale.run(options.directory, thesaurus, options.entries, options.count, progress))
            if not options.skip_accuracy:
                only = tuple(options.briefing or (() if options.questions else QUESTIONED))
                tables.append(accuracy.run(options.knowledge, options.questions or QUESTIONS, only, progress))
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
    add("--directory", "where the country and its cache are written (data/bench)", type=Path, default=DATA / "bench")
    add("--knowledge", "the knowledge that is shipped (knowledge)", type=Path, default=ROOT / "knowledge")
    add("--questions", "question file of the accuracy table (tests/questions/quarter2.jsonl)", type=Path)
    add("--briefing", "briefing that lines without any are asked against; repeatable (all of them)", action="append")
    add("--output", "where the tables are kept (data/bench.md)", type=Path, default=DATA / "bench.md")
    add("--skip-scale", "no country, the accuracy table alone", action="store_true")
    add("--skip-accuracy", "the country alone", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
