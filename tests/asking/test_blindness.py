"""No question that measures the program stands in its knowledge, and no two question sets share one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.text import phrase
from tests.asking.conftest import HERE, ROOT, SHIPPED

DEVELOPMENT = ROOT.parent / "shared" / "questions" / "dev.jsonl"
SETS = [DEVELOPMENT, *sorted((ROOT / "tests" / "questions").glob("*.jsonl"))]
STANDING = json.loads((HERE / "standing.json").read_text())


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


@cache
def known() -> dict[tuple[str, ...], str]:
    """Every string of the knowledge, folded, and the file it stands in."""
    return {
        phrase(text): path.name
        for path in sorted(SHIPPED.rglob("*.yaml"))
        for text in strings(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    }


@cache
def asked(path: Path) -> dict[tuple[str, ...], int]:
    """The folded questions of a set and their lines; a failing test shows lines only, so that no set is given away."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {phrase(json.loads(line)["q"]): number for number, line in enumerate(lines, 1) if line.strip()}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_question_stands_in_the_knowledge(path: Path) -> None:
    """No alias, example, thesaurus phrasing or editors' question is one of the questions, but for lines written down.

    standing.json holds debts by line number: a new one fails, and one that is paid must be taken out.
    """
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside this checkout, so its questions cannot be compared")
    told = sorted(number for words, number in asked(path).items() if words in known())
    assert told == STANDING["knowledge"].get(path.stem, [])


def test_the_comparison_finds_what_stands_there() -> None:
    """An alias typed without marks, in capitals and with other punctuation is found again."""
    assert phrase("GTSX CONG NGHIEP?!") in known()
    assert phrase("bn dang vien, duoc ket nap?") not in known()


@pytest.mark.parametrize("name", ["heldout", "sealed", *(f"sealed{n}" for n in range(2, 15))])
def test_sets_for_reporting_share_no_question_with_sets_for_fitting(name: str) -> None:
    """What weights are fitted on says nothing about a set that only reports."""
    reporting = ROOT / "tests" / "questions" / f"{name}.jsonl"
    if not DEVELOPMENT.is_file():
        pytest.skip("dev.jsonl is not beside this checkout, so its questions cannot be compared")
    fitting = [path for path in SETS if path.stem in ("dev", "fit", "quarter2")]
    shared = [[path.stem, n] for path in fitting for words, n in asked(path).items() if words in asked(reporting)]
    assert sorted(shared) == STANDING["sets"].get(name, [])
