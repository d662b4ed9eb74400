"""`draft` and `verify` for the command line."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from bot.document import Document
from bot.editing.article import read_article
from bot.editing.draft import draft
from bot.editing.verify import Report, verify
from bot.errors import KnowledgeError, UsageError
from bot.knowledge import KnowledgeReader
from bot.model import Briefing
from bot.phrases import check as check_words
from bot.phrases import editing as words
from bot.problem import Form, has_errors, render


def draft_command(article: Path, output: Path | None) -> int:
    """Write the draft of an article to `output`, or print it. An existing file is never overwritten.

    Raises UsageError when a file cannot be read or written, KnowledgeError when the article is none.
    """
    made = draft(read_article(article))
    if output is None:
        sys.stdout.write(made.text)
        return 0
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(made.text)
    except FileExistsError:
        raise UsageError(words.already_there(str(output))) from None
    except OSError as error:
        raise UsageError(words.cannot_write(str(output), error.strerror or type(error).__name__)) from None
    sys.stdout.write(words.wrote(str(output), made.facts, made.difficulties, made.directives, made.marks) + "\n")
    return 0


def verify_command(directory: Path, briefing: str, source: Path, form: Form = "text") -> int:
    """Print what of a briefing its source lacks, and what of the source no entry has; 1 when the source lacks anything.

    `briefing` is a slug of the knowledge in `directory`, or a path to a YAML file.
    Raises UsageError and KnowledgeError when a file cannot be used.
    """
    report = verify(_document(directory, briefing), read_article(source))
    problems = render(report.problems, form)
    if problems:
        sys.stdout.write(problems + "\n")
    if form == "text":
        _show(report)
    return 1 if has_errors(report.problems) else 0


def _document(directory: Path, briefing: str) -> Document[Briefing]:
    """Raises KnowledgeError with its problems when the file is no valid briefing."""
    path = Path(briefing)
    if path.suffix not in (".yaml", ".yml"):
        loaded = KnowledgeReader(directory).read((briefing,))
        file = None
    else:
        try:
            content = path.read_bytes()
        except OSError:
            raise UsageError(words.no_such_briefing(briefing)) from None
        file = path.as_posix()
        loaded = KnowledgeReader(directory).read((path.stem,), {f"briefings/{path.stem}.yaml": content})
    if not loaded.briefings:
        own = [dataclasses.replace(one, file=file or one.file) for one in loaded.problems if one.severity == "error"]
        first = own[0].text() if own else briefing
        raise KnowledgeError(check_words.unusable(len(own), first), tuple(own))
    document = loaded.briefings[0]
    return dataclasses.replace(document, file=file) if file else document


def _show(report: Report) -> None:
    errors = sum(one.severity == "error" for one in report.problems)
    covered = len(report.coverage) - len(report.uncovered)
    if report.uncovered:
        _table(report)
    if report.skipped:
        sys.stdout.write(words.skipped(report.skipped) + "\n")
    summary = words.verified(report.checked, errors, len(report.problems) - errors, covered, len(report.coverage))
    sys.stdout.write(summary + "\n")


def _table(report: Report) -> None:
    rows = [(row.line, row.written, row.mention.subject, row.mention.against or "") for row in report.uncovered]
    if not sys.stdout.isatty():
        sys.stdout.write(words.UNCOVERED + ":\n")
        sys.stdout.write("".join(words.uncovered_line(*row) + "\n" for row in rows))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*words.COLUMNS, title=words.UNCOVERED, title_justify="left")
    for line, *cells in rows:
        table.add_row(str(line), *cells)
    Console(file=sys.stdout, markup=False, highlight=False).print(table)
