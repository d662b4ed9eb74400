"""Values of one subject in several periods, against the changes and the shares of plan printed with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.check.arithmetic import severity
from bot.check.measure import Measure, measure, rounded, step
from bot.check.table import Row, plain
from bot.model import Aspect, Figure
from bot.number import base_unit, format_number
from bot.period import Period
from bot.phrases import rules as words
from bot.problem import Problem, Severity

_SAME_SOURCE = Decimal(1)  # points of per cent that rounding alone can explain
_OTHER_SOURCE = Decimal(3)  # last year's figures are often revised before they are compared with
_PLAN = Decimal("0.05")  # how far two plans computed from rounded shares may differ, as a part of them
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Value:
    row: Row
    place: int
    figure: Figure
    measure: Measure


def change_fits_values(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """A change on the same period of the year before is what the two values give."""
    values = _values(rows)
    for key, now in values.items():
        for value in now:
            before = values.get((*key[:-1], _year_before(value.row.period)))
            for place, change in enumerate(value.row.figures):
                if before and _on_year_before(change, value.row.period):
                    yield from _compare(value, before[0], place, change)


def _compare(value: _Value, before: _Value, place: int, change: Figure) -> Iterator[Problem]:
    if before.measure.amount <= 0:
        return
    exact = (value.measure.amount / before.measure.amount - 1) * 100
    same = value.row.source == before.row.source
    allowed = _SAME_SOURCE if same else _OTHER_SOURCE
    spread = (value.measure.high - value.measure.low) / value.measure.amount * 50 if value.measure.amount else Decimal()
    if abs(exact - change.number) > allowed + abs(spread) + step(change.number):
        message = words.wrong_change(
            f"{format_number(value.figure.number)} {value.figure.unit}",
            f"{format_number(before.figure.number)} {before.figure.unit}",
            before.row.where(("figures", before.place)),
            rounded(exact),
            format_number(change.number),
        )
        level: Severity = "error" if same else "warning"
        level = severity(change, value.figure, before.figure, otherwise=level)
        yield value.row.problem(("figures", place, "number"), "wrong-change", message, level)


def plan_share_fits(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """A value and its share of a plan give that plan: printed beside them, and the same through the year."""
    first: dict[tuple[object, ...], tuple[_Value, Decimal, int]] = {}
    for (*names, unit, _), values in _values(rows).items():
        for value in values:
            for place, share in enumerate(value.row.figures):
                if share.aspect is not Aspect.PLAN_SHARE or share.unit != "%" or share.number <= 0:
                    continue
                given = value.measure.amount / share.number * 100
                printed = _printed_plan(value.row, share)
                if printed and not _near(given, printed.amount):
                    yield _other_plan(value, place, share, given, printed.amount, None)
                key = (*names, unit, _plan_year(share, value.row.period), _without_year(share.against))
                other, known, _place = first.setdefault(key, (value, given, place))
                if other is not value and not _near(given, known):
                    yield _other_plan(value, place, share, given, known, other)


def _other_plan(
    value: _Value, place: int, share: Figure, given: Decimal, known: Decimal, other: _Value | None
) -> Problem:
    _, scale = base_unit(value.figure.unit)
    message = words.other_plan(
        f"{rounded(given / scale)} {value.figure.unit}",
        f"{rounded(known / scale)} {value.figure.unit}",
        other.row.where(("figures", other.place)) if other else "",
    )
    same = other is None or other.row.source == value.row.source
    level = severity(share, value.figure, otherwise="error" if same else "warning")
    return value.row.problem(("figures", place, "number"), "other-plan", message, level)


def _printed_plan(row: Row, share: Figure) -> Measure | None:
    """The plan the share is of, when the entry prints it."""
    plans = [figure for figure in row.figures if figure.aspect is Aspect.PLAN and figure.unit != "%"]
    fitting = [plan for plan in plans if not plan.against or plain(plan.against) == plain(share.against)]
    return measure(fitting[0]) if len(fitting) == 1 else None


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _PLAN * max(abs(one), abs(other))


def _values(rows: tuple[Row, ...]) -> dict[tuple[object, ...], list[_Value]]:
    """Values of entries that have exactly one, by subject, place, scope, base unit and period."""
    found: dict[tuple[object, ...], list[_Value]] = defaultdict(list)
    for row in rows:
        values = [(place, figure) for place, figure in enumerate(row.figures) if figure.aspect is Aspect.VALUE]
        if len(values) == 1:
            place, figure = values[0]
            size = measure(figure)
            key = (row.subject, row.place, row.scope, size.unit, row.period)
            found[key].append(_Value(row, place, figure, size))
    return found


def _year_before(period: Period) -> Period | None:
    if period.as_of or (period.first.month, period.first.day) == (2, 29):
        return None
    return Period.months(period.first.year - 1, period.first.month, period.last.month)


def _on_year_before(change: Figure, period: Period) -> bool:
    """Whether a figure is a change in per cent on the same period of the year before."""
    if change.aspect is not Aspect.CHANGE or change.unit != "%":
        return False
    years = {int(year) for year in _YEAR.findall(change.against or "")}
    return "cung ky" in plain(change.against) and years <= {period.year - 1}


def _plan_year(share: Figure, period: Period) -> int:
    years = _YEAR.findall(share.against or "")
    return int(years[0]) if years else period.year


def _without_year(against: str | None) -> str:
    return plain(_YEAR.sub("", against or "").replace("năm", ""))
