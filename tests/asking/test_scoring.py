"""How `eval` scores one answer: the rules the question files come with."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal

import pytest

from bot.evaluation import Expected, Given, Score, run, score, table
from tests.asking.conftest import rows_of


def scored(row: dict[str, Any], form: Literal["NFC", "NFD"] = "NFC") -> Score:
    """The row's answer scored against the row's question."""
    expected = Expected(
        "?", row.get("style", "plain"), "topic", row["expect"], tuple(row.get("must", ())),
        tuple(row.get("lead_not", ())), (),
    )  # fmt: skip
    text = "." * row.get("pad", 0) + unicodedata.normalize(form, row["text"])
    return score(expected, Given(row["status"], unicodedata.normalize(form, row["lead"]), text))


def verdict(one: Score) -> str:
    assert one.passed + one.weak + one.wrong <= 1
    return "passed" if one.passed else "weak" if one.weak else "wrong" if one.wrong else "failed"


@pytest.mark.parametrize("name", rows_of("scoring.yaml"))
def test_one_answer_is_scored(name: str) -> None:
    """Passed, weak, wrong or failed as the rules say, never two of them."""
    assert verdict(scored(rows_of("scoring.yaml")[name])) == rows_of("scoring.yaml")[name]["is"]


@pytest.mark.parametrize("name", [n for n, row in rows_of("scoring.yaml").items() if "pad" not in row])
def test_decomposed_letters_score_the_same(name: str) -> None:
    """An answer in NFD is scored as the same answer in NFC."""
    assert verdict(scored(rows_of("scoring.yaml")[name], "NFD")) == rows_of("scoring.yaml")[name]["is"]


def test_the_table_counts_every_group() -> None:
    """All, by what was expected and by style; shares are per cent of the group."""
    rows = [row for row in rows_of("scoring.yaml").values() if row["expect"] != "none_or"]
    figures = table([scored(row) for row in rows])
    assert figures["all"]["n"] == len(rows) == figures["answer"]["n"] + figures["none"]["n"]
    for name, count in (("passed", "passed"), ("weak", "weak"), ("wrong", "wrong")):
        assert figures["all"][name] == sum(row["is"] == count for row in rows)
    lists = [row for row in rows if row.get("style") == "list"]
    assert figures["style:list"]["n"] == len(lists)
    assert figures["style:list"]["passed_percent"] == 50.0


def test_a_wrong_lead_is_counted_apart() -> None:
    """Of the confidently wrong answers those are counted whose lead is a figure known to be wrong."""
    row = rows_of("scoring.yaml")["forbidden lead"]
    assert table([scored(row)])["all"]["wrong_lead"] == 1
    assert table([scored(rows_of("scoring.yaml")["other figure"])])["all"]["wrong_lead"] == 0


def test_each_question_is_asked_once() -> None:
    """run() asks in order and scores what it got."""
    expected = [Expected(str(n), "plain", "t", "none", (), (), ()) for n in range(3)]
    asked: list[str] = []

    def ask(question: Expected) -> Given:
        asked.append(question.text)
        return Given("none", "", "")

    assert [one.passed for one in run(expected, ask)] == [True, True, True]
    assert asked == ["0", "1", "2"]
