"""`make bench` in small: the tables are printed and kept, and the bot answers first what rivals only resemble."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KINDS = (("echo", ""), ("ours", ", SQLite"))
RIVALS = ("rapidfuzz token_set_ratio", "BM25 (bm25s)", "tantivy")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a small run prints; its own process, as make starts it."""
    folder = tmp_path_factory.mktemp("bench")
    questions = folder / "questions.jsonl"
    lines = (ROOT / "tests" / "questions" / "quarter2.jsonl").read_text(encoding="utf-8").splitlines()
    questions.write_text("\n".join(lines[::8]), encoding="utf-8")
    command = [sys.executable, "-m", "tools.bench", "--entries", "600", "--count", "80", "--directory", str(folder)]
    command += ["--output", str(folder / "bench.md"), "--questions", str(questions)]
    command += ["--briefing", "giao-ban-quy-2-2023", "--skip-load"]
    return printed(command, folder)


def printed(command: list[str], folder: Path) -> str:
    """What a run prints, which it also keeps."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "bench.md").read_text(encoding="utf-8") == done.stdout
    return done.stdout


def rows(text: str, head: str) -> dict[str, dict[str, str]]:
    """The Markdown table whose first heading is `head`: its rows by their first cell, each by heading."""
    lines = iter(text.splitlines())
    cells = next(c for line in lines if (c := [x.strip() for x in line.strip("|").split("|")])[0] == head)
    next(lines)
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        if not line.startswith("|"):
            break
        values = [x.strip() for x in line.strip("|").split("|")]
        found[values[0]] = dict(zip(cells, values, strict=True))
    return found


def test_first_answers_beat_every_rival(tables: str) -> None:
    """On the same questions the bot's first answer is right more often, and wrong less often, than any rival's."""
    found = rows(tables, "matcher")
    ours = found["the bot's whole answer"]
    for name in RIVALS:
        assert float(ours["top-1 %"]) > float(found[name]["top-1 %"])
        assert float(ours["wrong, of all %"]) < float(found[name]["wrong, of all %"])


def test_speed_is_given_beside_the_rivals(tables: str) -> None:
    """Every matcher has its latencies, and ours is the one the ratios stand against."""
    found = rows(tables, "matcher")
    assert found["the bot's whole answer"]["p50 : ours"] == "1.00"
    assert all(float(row["p99 ms"]) >= float(row["p50 ms"]) > 0 for row in found.values())


def test_a_changed_file_is_live(tables: str) -> None:
    """Loading, indexing and one changed file are timed, and the changed figure is really in the next answer."""
    assert len(rows(tables, "step")) == 5
    assert "The changed figure is in the next answer: yes." in tables


def test_accuracy_beats_every_threshold(tables: str) -> None:
    """No threshold of a rival answers as many questions rightly as the bot does."""
    accuracy = rows(tables[tables.index("questions of questions.jsonl") :], "matcher")
    ours = float(accuracy.pop("the bot's whole answer")["answered rightly %"])
    assert len(accuracy) == 6
    assert all(float(row["answered rightly %"]) < ours for row in accuracy.values())


def test_load_answers_everybody_once(tmp_path: Path) -> None:
    """Under load, by polling and webhook, both bots answer every question once, and rates stand beside the echo's."""
    command = [sys.executable, "-m", "tools.bench", "--skip-scale", "--skip-accuracy", "--load-without-postgresql"]
    command += ["--load-questions", "40", "--load-seconds", "2", "--load-long", "50"]
    text = printed([*command, "--directory", str(tmp_path), "--output", str(tmp_path / "bench.md")], tmp_path)
    rates, waits = rows(text, "bot"), rows(text[text.index("| bot | questions |") :], "bot")
    names = {f"{bot}, {mode}{kept}" for mode in ("polling", "webhook") for bot, kept in KINDS}
    assert rates.keys() == waits.keys() == names
    assert all(float(row["answered/s"]) > 0 for row in rates.values())
    assert {rates[f"echo, {mode}"]["of the echo %"] for mode in ("polling", "webhook")} == {"100.0"}
    long = rows(text, "questions")
    assert [row["memory MB"] != "0" for row in long.values()] == [True] * 5
    for row in (*rates.values(), *waits.values(), *long.values()):
        assert (row["lost"], row["twice"]) == ("0", "0")
