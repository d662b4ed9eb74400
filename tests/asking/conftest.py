"""What the tests of asking share: the program as a process, and one desk over the shipped knowledge."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.desk import Desk
from bot.knowledge import Knowledge, load

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
SHIPPED = ROOT / "knowledge"


def bot(
    *arguments: str, given: str | bytes = "", cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One command of the program, run to its end; its knowledge is the shipped one unless told otherwise."""
    settled = {name: value for name, value in os.environ.items() if name != "KNOWLEDGE_DIR"} | (env or {})
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env={**settled, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def ask_lines(rows: Iterable[dict[str, str]], *options: str) -> list[dict[str, Any]]:
    """The answers of `ask --jsonl` to these rows, all from one process."""
    done = bot("ask", "--jsonl", *options, given="".join(json.dumps(row) + "\n" for row in rows))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def rows_of(name: str) -> Any:
    """The rows of one data file of this folder."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def mark_bug(request: pytest.FixtureRequest, *rows: dict[str, str]) -> None:
    """A row that says `bug` must fail; once it is right, the word has to go."""
    for row in rows:
        if "bug" in row:
            request.applymarker(pytest.mark.xfail(reason=row["bug"], strict=True))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(SHIPPED)


@pytest.fixture(scope="session")
def desk(knowledge: Knowledge) -> Desk:
    return Desk(knowledge)
