"""What the committed files may and may not hold."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
HERE = "tests/test_repository.py"  # names what it looks for

MACHINE_PATH = re.compile(r"(?<![A-Za-z0-9_.])/(?:work|farm|root|home|tmp)/")
PACKAGE_HOST = re.compile(
    r"pypi\.org|pythonhosted|npmjs\.|--(?:extra-)?index-url|--find-links|--trusted-host|PIP_INDEX|UV_INDEX",
    re.IGNORECASE,
)
FOREIGN_AUTHOR = re.compile(
    r"co-authored-by|\b(?:ai|coding|code) (?:assistant|agent)s?\b|\bsub-?agents?\b"
    r"|\b(?:previous|earlier|this|another) (?:agent|assistant|session)\b"
    r"|generated (?:by|with) an? (?:ai|language model)",
    re.IGNORECASE,
)
SECRET = re.compile(r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b")

# Vietnamese that is not said to anybody: words of the language that are looked for, and values of the YAML files.
VIETNAMESE_OUTSIDE_PHRASES = {
    "bot.model": "values an editor writes in YAML",
    "bot.text": "letters and their marks",
    "bot.input_method": "letters and keys of the typing methods",
    "bot.places": "kinds of place, looked for in questions",
    "bot.cards": "titles and an article looked for in entries",
    "bot.check.contradictions": "words that carry no meaning, looked for in subjects",
    "bot.check.prose": "what makes a number a name, looked for in entries",
    "bot.check.series": "a word looked for in figures",
    **{
        f"bot.editing.{module}": "how articles say things, looked for in their text"
        for module in (
            "cues",
            "figures",
            "held",
            "locate",
            "meeting",
            "numbers",
            "passages",
            "persons",
            "sections",
            "subjects",
            "together",
            "units",
        )
    },
}

LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")


@cache
def committed() -> dict[str, str]:
    """Every committed text file of the tree by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            try:
                texts[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return texts


def found(pattern: re.Pattern[str]) -> list[str]:
    """File, line and text of every place where the pattern stands."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in committed().items()
        if name != HERE
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "pattern",
    [MACHINE_PATH, PACKAGE_HOST, FOREIGN_AUTHOR, SECRET],
    ids=["machine path", "package host", "foreign author", "secret"],
)
def test_files_do_not_hold(pattern: re.Pattern[str]) -> None:
    """Nothing of one machine, no place to install from, no talk about who typed, no secret."""
    assert found(pattern) == []


def vietnamese(path: Path) -> list[str]:
    """The string literals with Vietnamese letters, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [(n.lineno, n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in told]
    return [f"{line}: {' '.join(text.split())[:80]}" for line, text in texts if isinstance(text, str) and marked(text)]


def marked(text: str) -> bool:
    return any(letter in "đĐ" or unicodedata.combining(letter) for letter in unicodedata.normalize("NFD", text))


def test_what_a_user_reads_is_in_phrases() -> None:
    """Vietnamese words stand in bot/phrases; other modules have them only for a written reason."""
    paths = sorted(path for path in (ROOT / "bot").rglob("*.py") if "phrases" not in path.parts)
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    outside = {name: texts for name, path in names.items() if (texts := vietnamese(path))}
    wrong = [f"{name}:{text}" for name in outside.keys() - VIETNAMESE_OUTSIDE_PHRASES.keys() for text in outside[name]]
    assert not wrong, "\n".join(sorted(wrong))
    assert VIETNAMESE_OUTSIDE_PHRASES.keys() - outside.keys() == set()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_changelog_knows_this_version() -> None:
    """The version being built has its section."""
    version = project()["project"]["version"]
    headings = re.findall(r"^## \[([^]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert version in headings


def pins(lock: str) -> dict[str, set[str]]:
    """Package → the versions a lock file pins it to."""
    text = (ROOT / lock).read_text()
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE):
        pinned.setdefault(name, set()).add(version)
    return pinned


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_fit_the_project(lock: str) -> None:
    """Every dependency is locked at a version pyproject.toml allows; otherwise run `make lock`."""
    data = project()
    shipped, groups = data["project"]["dependencies"], data["dependency-groups"]
    wanted = {
        "requirements.lock": shipped,
        "requirements-build.lock": groups["build"],
        "requirements-dev.lock": [*shipped, *groups["build"], *(one for one in groups["dev"] if isinstance(one, str))],
    }[lock]
    pinned = pins(lock)
    requirements = [Requirement(text) for text in wanted]
    missing = [r.name for r in requirements if canonicalize_name(r.name) not in pinned]
    outside = [
        f"{r} is locked at {version}"
        for r in requirements
        for version in pinned.get(canonicalize_name(r.name), ())
        if version not in r.specifier
    ]
    assert missing + outside == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    """pip refuses a lock file with a single missing hash."""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


def test_what_is_tested_is_what_is_shipped() -> None:
    """The tests run on the very versions that the bot is installed with."""
    tested = pins("requirements-dev.lock")
    shipped = pins("requirements.lock") | pins("requirements-build.lock")
    assert {name: versions for name, versions in shipped.items() if tested[name] != versions} == {}
