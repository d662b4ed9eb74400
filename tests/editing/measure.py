"""How many figures of an article come out as a careful reader finds them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bot.editing.article import read_article
from bot.editing.figures import figures_of
from bot.editing.mention import FigureMention
from bot.editing.units import is_measured, same_unit
from bot.number import parse_number
from bot.text import fold

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "tests" / "articles"
QUARTER_TWO = ROOT.parent / "shared" / "sources" / "giao-ban-quy-2-2023.txt"
ANCHOR = dt.date(2024, 7, 1)


@dataclass(frozen=True)
class Score:
    """`missed` are the expected figures that did not come out right, `extra` the figures nobody expects."""

    article: str
    group: str
    expected: int
    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def path_of(name: str) -> Path:
    return QUARTER_TWO if name == QUARTER_TWO.name else ARTICLES / name


def expectations() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load((ARTICLES / "expected.yaml").read_text(encoding="utf-8"))
    return listed


def score(table: dict[str, Any]) -> Score:
    """Compare one article with its table; every figure found counts once."""
    left = list(figures_of(read_article(path_of(table["article"])), ANCHOR))
    missed: list[str] = []
    for row in table["figures"]:
        match = next((one for one in left if fits(one, row)), None)
        if match is None:
            missed.append(f"{row}  <- {[shown(one) for one in left if abs(one.written) == abs(number(row['number']))]}")
        else:
            left.remove(match)
    count = len(table["figures"])
    return Score(table["article"], table["group"], count, count - len(missed), tuple(missed), tuple(map(shown, left)))


def number(text: str) -> Decimal:
    value = parse_number(text)
    assert isinstance(value, Decimal)
    return value


def fits(one: FigureMention, row: dict[str, Any]) -> bool:
    about = fold(f"{one.subject} {one.scope or ''}")
    unit = row["unit"]
    return (
        one.number == number(row["number"])
        and one.of == (number(row["of"]) if "of" in row else None)
        and one.aspect.value == row["comparison"]
        and (one.unit == unit if is_measured(unit) else same_unit(one.unit, unit) or one.unit.startswith(unit))
        and all(fold(word.strip()) in about for word in row["subject"].split(";"))
        and ("qualifier" not in row or (one.qualifier is not None and one.qualifier.value == row["qualifier"]))
        and ("against" not in row or fold(row["against"]) in fold(one.against or ""))
        and ("period" not in row or (one.time is not None and row["period"] in one.time.text.replace("thang", "tháng")))
    )


def shown(one: FigureMention) -> str:
    of = f"/{one.of}" if one.of is not None else ""
    return (
        f"{one.subject!r} [{one.scope or ''}] {one.aspect.value} {one.qualifier.value if one.qualifier else ''} "
        f"{one.number}{of} {one.unit} ~{one.against or ''} @{one.time.text if one.time else ''} g{one.group}"
    )


def report() -> None:
    """Print what is missed, article by article."""
    for group in ("given", "invented", "fresh", "last"):
        scores = [
            score(table) for table in expectations() if table["group"] == group and path_of(table["article"]).exists()
        ]
        expected, right = sum(one.expected for one in scores), sum(one.right for one in scores)
        for one in scores:
            print(f"{one.article}: {one.right}/{one.expected}, extra {len(one.extra)}")  # noqa: T201
            for line in (*one.missed, *(f"extra {line}" for line in one.extra)):
                print("   ", line)  # noqa: T201
        if expected:
            print(f"== {group}: {right}/{expected} = {100 * right / expected:.1f} %")  # noqa: T201


if __name__ == "__main__":
    report()
