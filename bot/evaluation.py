"""Scores answers against question files: right, rightly silent, confidently wrong, by style.

The rules are those of the question files' own README: only the first answer counts, cut to 700 characters
(1,500 for lists and several questions), and the first bold span is the lead.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UsageError
from bot.outcome import Status
from bot.phrases import commands as phrases

_CUT, _LONG_CUT = 700, 1500
_LONG_STYLES = frozenset({"list", "multi"})


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a question file."""

    text: str
    style: str
    topic: str
    expect: str  # answer, none or none_or
    must: tuple[str, ...]
    must_not_lead: tuple[str, ...]
    briefings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What the bot answered, as far as scoring needs it."""

    status: Status
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """One question scored. `weak` is unsure where found (or none) was wanted; `wrong` is confidently wrong."""

    expected: Expected
    given: Given
    passed: bool
    weak: bool
    wrong: bool
    lead_ok: bool


def read_questions(path: Path) -> list[Expected]:
    """All questions of a JSONL file. Raises UsageError naming the line that cannot be read."""
    found: list[Expected] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(phrases.unreadable_file(str(path))) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(
                Expected(
                    row["q"], row.get("style", ""), row.get("topic", ""), row["expect"], tuple(row.get("must", ())),
                    tuple(row.get("must_not_lead", ())), tuple(row.get("briefings", ())),
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(phrases.bad_question_line(str(path), number)) from error
    return found


def score(expected: Expected, given: Given) -> Score:
    """One answer against what was expected."""
    cut = _LONG_CUT if expected.style in _LONG_STYLES else _CUT
    text = unicodedata.normalize("NFC", given.text)[:cut]
    lead = unicodedata.normalize("NFC", given.lead)
    has_all = all(re.search(pattern, text, re.IGNORECASE) for pattern in expected.must)
    lead_ok = not any(re.search(p, lead, re.IGNORECASE) for p in expected.must_not_lead) or any(
        re.search(p, lead, re.IGNORECASE) for p in expected.must
    )
    weak = False
    if expected.expect == "answer":
        passed = given.status == "found" and has_all and lead_ok
        weak = given.status == "unsure" and has_all
        wrong = given.status == "found" and not passed
    elif expected.expect == "none":
        passed = given.status == "none"
        weak = given.status == "unsure" and lead_ok
        wrong = given.status == "found"
    else:
        passed = given.status == "none" or (has_all and lead_ok)
        wrong = given.status == "found" and not passed
    return Score(expected, given, passed, weak, wrong, lead_ok)


def run(questions: Iterable[Expected], ask: Callable[[Expected], Given]) -> list[Score]:
    return [score(question, ask(question)) for question in questions]


def table(scores: list[Score]) -> Mapping[str, Mapping[str, float]]:
    """Figures by what was expected and by style: n, passed, weak, wrong, and shares of all in per cent."""
    groups: dict[str, list[Score]] = {"all": scores}
    for one in scores:
        kind = "answer" if one.expected.expect == "answer" else "none"
        groups.setdefault(kind, []).append(one)
        groups.setdefault(f"style:{one.expected.style}", []).append(one)
    return {
        name: {
            "n": len(group),
            "passed": sum(s.passed for s in group),
            "weak": sum(s.weak for s in group),
            "wrong": sum(s.wrong for s in group),
            "passed_percent": round(100 * sum(s.passed for s in group) / len(group), 1),
            "wrong_percent": round(100 * sum(s.wrong for s in group) / len(group), 1),
            "wrong_lead": sum(s.wrong and not s.lead_ok for s in group),
        }
        for name, group in groups.items()
        if group
    }
