"""Questions about the synthetic country with the entry that answers each: hurried, unmarked, mistyped, unanswerable."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text import fold
from tools.country import SEED, Country, Report

# How often each style is drawn, of a hundred.
STYLES = {"marked": 28, "unmarked": 22, "typo": 15, "synonym": 15, "latest": 8, "absent": 12}
_ROMAN = ("I", "II", "III", "IV")
_PERIODS = ("quý {q} năm {y}", "quý {r}/{y}", "Q{q}/{y}", "quý {q}/{y}", "quý {r} năm {y}")
_PLACES = ("tỉnh {p}", "{p}", "ở {p}", "của {p}")
_VALUES = ("là bao nhiêu", "bao nhiêu", "đạt bao nhiêu", "được bao nhiêu rồi", "")
_CHANGES = (
    "tăng giảm bao nhiêu so với cùng kỳ", "so cùng kỳ tăng giảm bao nhiêu %", "tăng hay giảm bao nhiêu phần trăm",
)  # fmt: skip
_PLANS = ("đạt bao nhiêu % kế hoạch", "bằng bao nhiêu phần trăm kế hoạch năm", "hoàn thành bao nhiêu % kế hoạch")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `entry` is the public id that answers it, empty when nothing does; `number` is the asked figure."""

    text: str
    style: str
    entry: str
    number: str


def questions(country: Country, count: int) -> tuple[Asked, ...]:
    """The same questions for the same country; `count` of them, all different."""
    draw = random.Random(f"{SEED} questions")  # noqa: S311 (questions to measure with, no secrets)
    latest = {(r.place, r.indicator.names): r for r in country.reports}  # reports stand in the order of time
    styles, weights = list(STYLES), list(STYLES.values())
    reported = {(r.place, r.year, r.quarter, r.indicator.names) for r in country.reports}
    absent = _absent(country, reported)
    found: dict[str, Asked] = {}
    for _ in range(20 * count):
        if len(found) == count:
            break
        style = draw.choices(styles, weights)[0]
        if style == "absent":
            asked = _ask(draw, draw.choice(absent), style)
        elif style == "latest":
            asked = _ask(draw, draw.choice(list(latest.values())), style)
        else:
            asked = _ask(draw, draw.choice(country.reports), style)
        found.setdefault(asked.text, asked)
    return tuple(found.values())


def _absent(country: Country, reported: set[tuple[str, int, int, tuple[str, ...]]]) -> list[Report]:
    """What briefings do not report, as if they did: the near misses."""
    meetings = dict.fromkeys((r.place, r.year, r.quarter) for r in country.reports)
    return [
        Report("", indicator.names[0], indicator, place, year, quarter, "", "", "")
        for place, year, quarter in meetings
        for indicator in country.indicators
        if (place, year, quarter, indicator.names) not in reported
    ]


def _ask(draw: random.Random, report: Report, style: str) -> Asked:
    name = report.subject
    if style == "synonym":
        name = draw.choice([n for n in report.indicator.names if n != report.subject])
    place = draw.choice(_PLACES).format(p=report.place)
    period = draw.choice(_PERIODS).format(q=report.quarter, r=_ROMAN[report.quarter - 1], y=report.year)
    wording, number = _aspect(draw, report)
    parts = [name, place] if style == "latest" else draw.choice(([name, place, period], [period, name, place]))
    text = " ".join((*parts, wording)).strip()
    if style == "typo":
        text = text.replace(name, _mistyped(draw, name), 1)
    if style == "unmarked" or (style != "marked" and draw.random() < 0.5):
        text = fold(text)
    return Asked(unicodedata.normalize("NFC", text), style, report.entry, number)


def _aspect(draw: random.Random, report: Report) -> tuple[str, str]:
    kinds: list[tuple[Sequence[str], str]] = [(_VALUES, report.value)] * 3 + [(_CHANGES, report.change)]
    if report.indicator.planned:
        kinds.append((_PLANS, report.plan_share))
    wordings, number = draw.choice(kinds)
    return draw.choice(wordings), number


def _mistyped(draw: random.Random, name: str) -> str:
    """The name with one slip in one of its longest words: a letter dropped, doubled or swapped with the next."""
    words = name.split()
    longest = max(len(w) for w in words)
    at = draw.choice([i for i, w in enumerate(words) if len(w) == longest])
    word = words[at]
    spot = draw.randrange(1, len(word) - 1) if len(word) > 2 else 0
    slip = draw.choice(("drop", "double", "swap"))
    if slip == "drop":
        word = word[:spot] + word[spot + 1 :]
    elif slip == "double":
        word = word[: spot + 1] + word[spot:]
    else:
        word = word[:spot] + word[spot + 1 : spot + 2] + word[spot] + word[spot + 2 :]
    return " ".join((*words[:at], word, *words[at + 1 :]))
