"""One thing wrong with the knowledge: where it is, which rule found it, and what would be right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from bot.phrases import check as words

Severity = Literal["error", "warning", "note"]
Form = Literal["text", "github", "json"]

_GITHUB_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`line` and `column` count from 1; `message` is Vietnamese and says what is wrong and what would be right.

    Only an "error" keeps the knowledge from being used.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"

    def text(self) -> str:
        """One line that editors and terminals can jump from."""
        level = words.SEVERITY[self.severity]
        return f"{self.file}:{self.line}:{self.column}: {level}: {self.message} [{self.rule}]"

    def github(self) -> str:
        """A workflow command that GitHub shows beside the line."""
        place = f"file={_property(self.file)},line={self.line},col={self.column},title={_property(self.rule)}"
        return f"::{_GITHUB_LEVEL[self.severity]} {place}::{_escaped(self.message)}"


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def render(problems: Iterable[Problem], form: Form) -> str:
    """All problems in one of the three forms, ending without a newline; JSON is one list."""
    listed = list(problems)
    if form == "json":
        return json.dumps([asdict(problem) for problem in listed], ensure_ascii=False, indent=2)
    return "\n".join(problem.github() if form == "github" else problem.text() for problem in listed)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
