"""The terminal's side of the desk: `ask` and `eval`, without Telegram and without a database."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from bot.chat.render import plain
from bot.desk import Desk
from bot.errors import UsageError
from bot.evaluation import Expected, Given, Score, read_questions, run, table
from bot.knowledge import Knowledge, load
from bot.outcome import Question, Status
from bot.phrases import commands as phrases
from bot.reply_json import as_json, lead_of

EXIT_CODES: dict[Status, int] = {"found": 0, "unsure": 3, "none": 4}


def _question(text: str, chat: str = "") -> Question:
    return Question(text, chat, dt.datetime.now(dt.UTC))


def ask(knowledge: Knowledge, text: str, *, as_object: bool) -> int:
    """One answer on standard output; the exit code tells found (0), unsure (3) and none (4) apart."""
    answer = Desk(knowledge).ask(_question(text))
    print(json.dumps(as_json(answer), ensure_ascii=False) if as_object else plain(answer))  # noqa: T201 (a command's output)
    return EXIT_CODES[answer.status]


def ask_lines(knowledge: Knowledge, source: Iterable[str], target: TextIO) -> int:
    """One JSON answer a line for one JSON question a line, in order, each as soon as it is known.

    Raises UsageError naming the line that is no question; the answers before it are already out.
    """
    desk = Desk(knowledge)
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, chat = row["q"], row.get("chat", "")
            if not isinstance(text, str) or not isinstance(chat, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(phrases.bad_input_line(number)) from error
        target.write(json.dumps(as_json(desk.ask(_question(text, chat))), ensure_ascii=False) + "\n")
        target.flush()
    return 0


def evaluate(directory: Path, only: tuple[str, ...], files: Sequence[Path], *, as_object: bool, verbose: bool) -> int:
    """Scores question files and prints the table; 0 whatever the score, since a score is no failure."""
    questions = [question for file in files for question in read_questions(file)]
    desks: dict[tuple[str, ...], Desk] = {}

    def answer(expected: Expected) -> Given:
        chosen = only or expected.briefings
        if chosen not in desks:
            desks[chosen] = Desk(load(directory, chosen))
        given = desks[chosen].ask(_question(expected.text))
        return Given(given.status, lead_of(given.parts[0]), plain(given))

    scores = run(questions, answer)
    _print_scores(scores, as_object=as_object, verbose=verbose)
    return 0


def _print_scores(scores: list[Score], *, as_object: bool, verbose: bool) -> None:
    figures = table(scores)
    failures = [s for s in scores if not s.passed]
    if as_object:
        listed = [
            {
                "q": s.expected.text,
                "style": s.expected.style,
                "expect": s.expected.expect,
                "status": s.given.status,
                "lead": s.given.lead,
                "wrong": s.wrong,
                "weak": s.weak,
            }
            for s in failures
        ]
        sys.stdout.write(json.dumps({"table": figures, "failures": listed}, ensure_ascii=False) + "\n")
        return
    for name, row in figures.items():
        sys.stdout.write(phrases.score_row(name, row) + "\n")
    for one in failures if verbose else ():
        sys.stdout.write(
            phrases.failure(
                one.expected.expect, one.expected.style, one.expected.text, one.given.status, one.given.lead, one.wrong
            )
            + "\n"
        )
