"""A synthetic country for the benchmark: every province, ten years of quarters, sixty indicators, as real YAML files.

Names of provinces and indicators are real (from the place lists and the thesaurus), every number is drawn with a
fixed seed. The shape follows the shipped briefings: not every briefing reports every indicator, provinces call the
same indicator differently, some facts also have a statement, and each meeting has a chair who asked for something.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path

from bot.number import format_number
from bot.text import phrase
from tools.indicators import Indicator, indicators

SEED = 20_230_705
FIRST_YEAR, LAST_YEAR = 2016, 2025
FACTS, ENTRIES = 38, 41  # of one briefing: facts, and with them two difficulties and one directive
_STATED = 0.2  # part of the facts that are told in a sentence too
_ROMAN = ("I", "II", "III", "IV")
_ENDS = ((4, 5), (7, 6), (10, 6), (12, 28))  # month and day on which a quarter's meeting is held
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
_MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Quang", "Hồng", "Ngọc")
_GIVEN = ("Mẫu", "Thử", "Nháp", "Ví", "Giả", "Phỏng", "Tỉ", "Dụ")  # no real person is called example or draft


@dataclass(frozen=True, slots=True)
class Report:
    """One fact as it was written: its public id, and the numbers as a reader sees them."""

    entry: str
    subject: str
    indicator: Indicator
    place: str
    year: int
    quarter: int
    value: str
    change: str
    plan_share: str  # empty without a plan


@dataclass(frozen=True, slots=True)
class Country:
    """A knowledge directory and what stands in it; `places` and `indicators` also name what a briefing leaves out."""

    directory: Path
    entries: int
    reports: tuple[Report, ...]
    places: tuple[str, ...]
    indicators: tuple[Indicator, ...]


def build(directory: Path, thesaurus: Path, entries: int, told: Callable[[int], None] = lambda _: None) -> Country:
    """Write at least `entries` entries as YAML into `directory`, which is emptied; `told` hears of each briefing.

    All quarters of a province are written before the next province. Raises OSError when the disk refuses.
    """
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "briefings").mkdir(parents=True)
    shutil.copytree(thesaurus, directory / "thesaurus")
    known = indicators()
    places = provinces()
    reports: list[Report] = []
    written = 0
    for place, year, quarter in _meetings(places):
        if written >= entries:
            break
        slug = f"{'-'.join(phrase(place))}-q{quarter}-{year}"
        text, found = _briefing(slug, place, year, quarter, known)
        (directory / "briefings" / f"{slug}.yaml").write_text(text, encoding="utf-8")
        reports += found
        written += ENTRIES
        told(written)
    return Country(directory, written, tuple(reports), places, known)


def provinces() -> tuple[str, ...]:
    """The 63 provinces there were in nearly all of these years."""
    data = json.loads(resources.files("bot").joinpath("data/places.json").read_text(encoding="utf-8"))
    return tuple(data["provinces"])


def _meetings(places: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for place in places:
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            for quarter in (1, 2, 3, 4):
                yield place, year, quarter


def _briefing(slug: str, place: str, year: int, quarter: int, known: Sequence[Indicator]) -> tuple[str, list[Report]]:
    """One file's YAML and what its facts say."""
    draw = random.Random(f"{SEED} {slug}")  # noqa: S311 (numbers to measure with, no secrets)
    month, day = _ENDS[quarter - 1]
    title = f"Giao ban tình hình kinh tế - xã hội quý {_ROMAN[quarter - 1]} năm {year} tỉnh {place}"
    chair = random.Random(f"{SEED} {place} {year // 5}")  # noqa: S311 (numbers to measure with, no secrets)
    name = " ".join((chair.choice(_SURNAMES), chair.choice(_MIDDLES), chair.choice(_GIVEN)))
    chosen = sorted(draw.sample(range(len(known)), FACTS))
    lines = [
        f"slug: {slug}",
        f"title: {_text(title)}",
        "kind: giao ban",
        f"aliases: [{_text(f'giao ban quý {quarter}/{year}')}]",
        f"organiser: {_text(f'UBND tỉnh {place}')}",
        f'date: "{year}-{month:02d}-{day:02d}"',
        f"period: {year}-Q{quarter}",
        f"place: {_text(place)}",
        "source:",
        f"  title: {_text(title)}",
        f"  publisher: {_text(f'Cổng thông tin điện tử tỉnh {place}')}",
        f"  url: https://example.org/{slug}",
        "people:",
        f"  - {{id: chu-tri, name: {_text(name)}, titles: [Chủ tịch UBND tỉnh], roles: [chair, director]}}",
        "facts:",
    ]
    reports = []
    for at in chosen:
        text, report = _fact(draw, slug, place, year, quarter, known[at], at)
        lines.append(text)
        reports.append(report)
    lines.append("difficulties:")
    for number, at in enumerate(draw.sample(range(len(known)), 2), 1):
        lines += [
            f"  - id: kho-khan-{number}",
            f"    subject: {_text(f'{known[at].names[0]} gặp khó khăn')}",
            f"    statement: {_text(f'Kết quả về {known[at].names[0]} còn thấp so với yêu cầu đề ra.')}",
        ]
    asked = known[draw.randrange(len(known))].names[0]
    lines += [
        "directives:",
        "  - id: chi-dao-1",
        f"    subject: {_text(f'đẩy mạnh công tác {asked}')}",
        f"    statement: {_text(f'Các sở, ngành tập trung chỉ đạo quyết liệt công tác {asked} trong quý tới.')}",
        "    by: chu-tri",
    ]
    return "\n".join(lines) + "\n", reports


def _fact(
    draw: random.Random, slug: str, place: str, year: int, quarter: int, indicator: Indicator, at: int
) -> tuple[str, Report]:
    value = _decimal(draw.uniform(indicator.low, indicator.high), indicator.decimals)
    change = _decimal(draw.choice((-1, 1, 1)) * draw.uniform(0.2, 30), 1) or Decimal("0.1")
    share = _decimal(draw.uniform(15, 99), 1)
    habit = random.Random(f"{SEED} {place} {at}")  # noqa: S311 (numbers to measure with, no secrets)
    subject, *others = habit.sample(indicator.names, len(indicator.names))
    lines = [f"  - id: chi-tieu-{at + 1}", f"    subject: {_text(subject)}"]
    if others and habit.random() < 0.5:
        lines.append(f"    aliases: [{_text(others[0])}]")
    if draw.random() < _STATED:
        direction = "tăng" if change > 0 else "giảm"
        by = f"{direction} {format_number(abs(change))}% so với cùng kỳ"
        told = f"Trong quý, {subject} đạt {format_number(value)} {indicator.unit}, {by}."
        lines.append(f"    statement: {_text(told)}")
    qualifier = ", qualifier: ước" if draw.random() < 0.25 else ""
    lines += [
        "    figures:",
        f"      - {{aspect: value, number: {_number(value)}, unit: {_text(indicator.unit)}{qualifier}}}",
        f'      - {{aspect: change, number: {_number(change)}, unit: "%", against: cùng kỳ năm {year - 1}}}',
    ]
    if indicator.planned:
        lines.append(f'      - {{aspect: plan_share, number: {_number(share)}, unit: "%", against: kế hoạch năm}}')
    lines.append(f"    topics: [{_text(indicator.names[0])}]")
    shown = (format_number(value), format_number(abs(change)), format_number(share) if indicator.planned else "")
    return "\n".join(lines), Report(f"{slug}/chi-tieu-{at + 1}", subject, indicator, place, year, quarter, *shown)


def _decimal(number: float, decimals: int) -> Decimal:
    return Decimal(f"{number:.{decimals}f}")


def _number(number: Decimal) -> str:
    return _text(format_number(number))


def _text(value: str) -> str:
    """A YAML scalar that no value can break: JSON strings are YAML too."""
    return json.dumps(value, ensure_ascii=False)
