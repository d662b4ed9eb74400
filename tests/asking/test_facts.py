"""Facts of the six briefings, asked as officials ask, answered by `ask --jsonl`."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.asking.conftest import SHIPPED, ask_lines, mark_bug, rows_of

ROWS: list[dict[str, str]] = [
    {"kind": kind, **{key: str(value) for key, value in row.items()}}
    for kind, rows in rows_of("facts.yaml").items()
    for row in rows
]


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """Every row asked once, in one process."""
    given = ask_lines({"q": row["ask"]} for row in ROWS)
    return {row["ask"]: answer for row, answer in zip(ROWS, given, strict=True)}


def holds(text: str, wanted: str) -> bool:
    """Whether the words stand in the text, a number not as a piece of a longer one."""
    return re.search(rf"(?<![\d.,]){re.escape(wanted)}(?![.,]?\d)", text, re.IGNORECASE) is not None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}: {row['ask'][:60]}")
def test_a_question_about_a_fact(
    row: dict[str, str], answers: dict[str, Any], knowledge: Knowledge, request: pytest.FixtureRequest
) -> None:
    """The figure asked leads, from the entry that has it, with its link; what no entry has stays unanswered."""
    mark_bug(request, row)
    answer = answers[row["ask"]]
    expected = row.get("status", "found" if {"entry", "lead"} & row.keys() else "none")
    assert answer["status"] == expected, answer["lead"]
    assert holds(answer["lead"], row.get("lead", "")), answer["lead"]
    assert holds(answer["text"], row.get("says", "")), answer["text"]
    assert not ("lacks" in row and holds(answer["lead"], row["lacks"])), answer["lead"]
    if "entry" in row:
        assert row["entry"] in answer["parts"][0]["entries"]
        briefing = knowledge.briefing(row["entry"].partition("/")[0])
        assert briefing
        assert any(source.url in answer["text"] for source in (briefing.source, *briefing.extra_sources))


def test_each_question_is_asked_once() -> None:
    """No row repeats another."""
    asked = [row["ask"] for row in ROWS]
    assert sorted(set(asked)) == sorted(asked)


def test_a_replaced_entry_names_the_newest_one(tmp_path: Path) -> None:
    """The answer of an entry with a successor says so, with what the last of the way says and both links."""
    shutil.copytree(SHIPPED, tmp_path / "knowledge")
    way = (
        ("hop-bao-thong-ke-6-thang-2022", "gia-tri-xuat-khau"),
        ("so-lieu-cong-nghiep-9-thang-2022", "gia-tri-san-xuat-cong-nghiep"),
        ("so-lieu-cong-nghiep-9-thang-2023", "gia-tri-san-xuat-cong-nghiep"),
    )
    for (slug, entry), (next_slug, next_entry) in pairwise(way):
        file = tmp_path / "knowledge" / "briefings" / f"{slug}.yaml"
        text, named = file.read_text(encoding="utf-8"), f"  - id: {entry}\n"
        assert text.count(named) == 1
        successor = f"    superseded_by: {next_slug}/{next_entry}\n"
        file.write_text(text.replace(named, named + successor), encoding="utf-8")
    asked = [{"q": "giá trị xuất khẩu 6 tháng 2022"}]
    (answer,) = ask_lines(asked, "--knowledge", str(tmp_path / "knowledge"))
    (before,) = ask_lines(asked)
    assert answer["status"] == "found"
    assert answer["lead"] == before["lead"]
    assert "Đã có số mới hơn (9 tháng đầu năm 2023)" in answer["text"]
    assert "Đã có số mới hơn" not in before["text"]
    links, links_before = (set(re.findall(r"https?://[^\s)]+", one["text"])) for one in (answer, before))
    assert len(links - links_before) == 1
    assert links > links_before
