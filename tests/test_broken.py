"""Every rule has a broken sample, and finds exactly what its first line says."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.check import run_checks
from bot.knowledge import read
from bot.problem import Problem

BROKEN = Path(__file__).parent / "broken"
BOT = Path(__file__).parent.parent / "bot"
TODAY = dt.date(2025, 11, 23)
SAMPLES = sorted(BROKEN.glob("*.yaml"))
RULE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def place_of(sample: Path) -> str:
    """The folder a sample belongs in, by what it holds."""
    text = sample.read_text()
    if "\nconcepts:" in text:
        return "thesaurus"
    return "questions" if "\nquestions:" in text else "briefings"


def problems_of(directory: Path, name: str) -> list[Problem]:
    return [problem for problem in run_checks(read(directory), TODAY) if problem.file.endswith(name)]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A small knowledge without any problem."""
    return Path(shutil.copytree(BROKEN / "whole", tmp_path / "knowledge"))


def test_the_whole_sample_is_clean(knowledge: Path) -> None:
    """No rule cries wolf over a knowledge that is right."""
    assert run_checks(read(knowledge), TODAY) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_broken_sample(knowledge: Path, sample: Path) -> None:
    """A broken file has the problems of its first line, at their lines, and no other."""
    name = f"{place_of(sample)}/{sample.name}"
    shutil.copy(sample, knowledge / name)
    found = problems_of(knowledge, name)
    expected = sample.read_text().split("\n")[0].removeprefix("# expects: ").split("; ")
    assert sorted(f"{problem.severity} {problem.rule} line {problem.line}" for problem in found) == sorted(expected)
    assert all(problem.column >= 1 and problem.message for problem in found)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.yaml", "slug: x")


def linked_out(path: Path) -> None:
    outside = path.parent.parent.parent / "outside.yaml"
    outside.write_text("slug: bad")
    path.symlink_to(outside)


BYTES: dict[str, Callable[[Path], object]] = {
    "binary": zipped,
    "byte-order-mark": lambda path: path.write_bytes(b"\xef\xbb\xbfslug: bad\n"),
    "encoding": lambda path: path.write_text("slug: bad\n", encoding="utf-16"),
    "too-large": lambda path: path.write_bytes(b"# " + b"x" * 50_000_000),
    "scalar-too-long": lambda path: path.write_text("note: " + "x" * 20_001),
    "outside": linked_out,
    "not-a-file": lambda path: path.mkdir(),
    "unreadable": lambda path: path.symlink_to(path.name),
    "too-many-problems": lambda path: path.write_text("".join(f"k{n}: v\n" for n in range(500))),
}


@pytest.mark.parametrize("rule", BYTES)
def test_refused_file(knowledge: Path, rule: str) -> None:
    """A file that is no YAML text of ours is named with its rule, and the rest is still read."""
    BYTES[rule](knowledge / "briefings" / "bad.yaml")
    loaded = read(knowledge)
    assert rule in {problem.rule for problem in loaded.problems if problem.file.endswith("bad.yaml")}
    assert loaded.knowledge is None
    assert [document.model.slug for document in loaded.briefings] == ["a-goc"]


def test_line_of_a_wrong_byte(knowledge: Path) -> None:
    """One letter in an old Vietnamese encoding is found at its line and column."""
    (knowledge / "briefings" / "bad.yaml").write_bytes("slug: bad\nplace: Thái ".encode() + b"Nguy\xean\n")
    assert [(p.rule, p.line, p.column) for p in read(knowledge).problems] == [("encoding", 2, 17)]


def test_wrong_extension_is_told(knowledge: Path) -> None:
    """A .yml file, which nothing reads, is not passed over in silence."""
    (knowledge / "briefings" / "moi.yml").write_text("slug: moi")
    assert [(problem.rule, problem.severity) for problem in read(knowledge).problems] == [("extension", "warning")]


def test_same_slug_twice(knowledge: Path) -> None:
    """A copied file keeps its slug: both the name and the doubled slug are reported."""
    shutil.copy(knowledge / "briefings" / "a-goc.yaml", knowledge / "briefings" / "khac.yaml")
    rules = {problem.rule for problem in problems_of(knowledge, "khac.yaml")}
    assert {"file-name", "duplicate-slug"} <= rules


def test_editors_questions(knowledge: Path) -> None:
    """A question nobody answers, one that another entry takes, and an answered `none` are errors naming both."""
    (knowledge / "questions" / "a-goc.yaml").write_text(
        "briefing: a-goc\nquestions:\n"
        "  - {ask: thu, expect: [thu-ngan-sach]}\n"
        "  - {ask: chi, expect: [thu-ngan-sach]}\n"
        "  - {ask: trời, expect: []}\n"
        "  - {ask: đúng, expect: [a-goc/thu-ngan-sach]}\n"
        "  - {ask: lặng, expect: []}\n"
    )
    answers = {"chi": ("a-goc/xuat-khau-2022",), "trời": ("a-goc/thu-ngan-sach",), "đúng": ("a-goc/thu-ngan-sach",)}
    found = run_checks(read(knowledge), TODAY, lambda question: answers.get(question, ()))
    assert [(p.rule, p.line) for p in found] == [("unanswered", 3), ("steals-question", 4), ("answers-none", 5)]
    assert "a-goc/xuat-khau-2022" in found[1].message
    assert "a-goc/thu-ngan-sach" in found[1].message


def test_empty_directory(knowledge: Path) -> None:
    """A knowledge without any briefing is an error that says where they belong."""
    (knowledge / "briefings" / "a-goc.yaml").unlink()
    (knowledge / "questions" / "a-goc.yaml").unlink()
    assert [problem.rule for problem in read(knowledge).problems] == ["no-briefing"]


def test_every_rule_has_a_sample() -> None:
    """No rule is written without a broken file that shows it at work."""
    shown = {rule for sample in SAMPLES for rule in re.findall(r"[a-z-]+(?= line)", sample.read_text().split("\n")[0])}
    shown |= {*BYTES, "duplicate-slug", "extension", "no-briefing", "unanswered", "steals-question", "answers-none"}
    files = [*BOT.glob("check/*.py"), *BOT.glob("*integrity.py"), *BOT.glob("knowledge*.py")]
    files += [BOT / "yaml_source.py", BOT / "validation.py"]
    written = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value)
    }
    assert written <= shown
    assert len(written) > 40
