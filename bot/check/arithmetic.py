"""Figures of one entry, and of a part and its whole, that must agree with each other.

A source may itself be wrong. Then the figure keeps the source's number and says so in its `note`, and the rule only
reminds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from bot.check.measure import Measure, measure, step
from bot.check.table import Row
from bot.model import Aspect, Fact, Figure
from bot.number import format_number
from bot.phrases import rules as words
from bot.problem import Problem, Severity

_LOOSE_SHARE = Decimal("0.01")  # beside rounding: sources compute shares from numbers they do not print


def severity(*figures: Figure, otherwise: Severity = "error") -> Severity:
    """A noted figure has been looked at by an editor."""
    return "note" if any(figure.note for figure in figures) else otherwise


def part_within_whole(row: Row) -> Iterator[Problem]:
    """108 of 126, not 126 of 108; the same for a rank among the ranked."""
    for place, figure in enumerate(row.figures):
        if figure.of is None:
            continue
        if figure.of <= 0 or figure.number > figure.of:
            message = words.part_beyond_whole(format_number(figure.number), format_number(figure.of))
            yield row.problem(("figures", place, "of"), "part-beyond-whole", message, severity(figure))


def share_of_whole(row: Row) -> Iterator[Problem]:
    """A share printed beside a part and its whole is their quotient, rounded or cut to its own decimals."""
    parts = [figure for figure in row.figures if figure.aspect is Aspect.VALUE and figure.of]
    shares = [(n, f) for n, f in enumerate(row.figures) if f.aspect in (Aspect.SHARE, Aspect.PLAN_SHARE) and _plain(f)]
    if len(parts) != 1 or len(shares) != 1 or not parts[0].of:
        return
    (place, share), part, whole = shares[0], parts[0], parts[0].of
    exact = part.number / whole * 100
    fitting = {exact.quantize(step(share.number), rounding=way) for way in (ROUND_HALF_UP, ROUND_DOWN)}
    if share.number not in fitting:
        right = format_number(exact.quantize(min(step(share.number), Decimal("0.1")), rounding=ROUND_HALF_UP))
        sums = (format_number(part.number), format_number(whole), right, format_number(share.number))
        message = words.wrong_share(*sums)
        yield row.problem(("figures", place, "number"), "wrong-share", message, severity(share, part))


def possible_numbers(row: Row) -> Iterator[Problem]:
    """Numbers no share, rank or fall can have."""
    for place, figure in enumerate(row.figures):
        number = figure.number
        percent = figure.unit == "%"
        if figure.aspect is Aspect.SHARE and percent and not 0 <= number <= 100:
            message = words.impossible_share(format_number(number))
        elif figure.aspect is Aspect.PLAN_SHARE and number < 0:
            message = words.impossible_plan_share(format_number(number))
        elif figure.aspect is Aspect.CHANGE and percent and number < -100:
            message = words.impossible_fall(format_number(number))
        elif figure.aspect is Aspect.RANK and (number < 1 or number != number.to_integral_value()):
            message = words.impossible_rank(format_number(number))
        else:
            continue
        yield row.problem(("figures", place, "number"), "impossible-number", message, severity(figure))


def parts_within_fact(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """A part of a fact is not larger than the fact, and the share it prints is the share it has."""
    by_id = {(row.briefing.slug, row.entry.id): row for row in rows}
    for row in rows:
        if not isinstance(row.entry, Fact) or row.entry.part_of is None:
            continue
        whole_row = by_id.get((row.briefing.slug, row.entry.part_of))
        if whole_row is None or whole_row.period != row.period:
            continue
        whole = _value(whole_row)
        part = _value(row)
        if whole is None or part is None or whole[1].unit != part[1].unit:
            continue
        yield from _part_and_whole(row, part, whole_row, whole)


def _part_and_whole(
    row: Row, part: tuple[int, Measure], whole_row: Row, whole: tuple[int, Measure]
) -> Iterator[Problem]:
    part_figure, whole_figure = row.figures[part[0]], whole_row.figures[whole[0]]
    if part[1].low > whole[1].high:
        message = words.part_beyond_fact(_shown(part_figure), _shown(whole_figure), whole_row.where())
        level = severity(part_figure, whole_figure)
        yield row.problem(("figures", part[0], "number"), "part-beyond-whole", message, level)
        return
    if part_figure.of is not None and whole_figure.unit == part_figure.unit and part_figure.of != whole_figure.number:
        message = words.other_whole(format_number(part_figure.of), _shown(whole_figure), whole_row.where())
        level = severity(part_figure, whole_figure, otherwise="warning")
        yield row.problem(("figures", part[0], "of"), "other-whole", message, level)
    if whole[1].low <= 0:
        return
    for place, figure in enumerate(row.figures):
        if figure.aspect is not Aspect.SHARE or figure.unit != "%":
            continue
        share = measure(figure)
        low, high = part[1].low / whole[1].high * 100, part[1].high / whole[1].low * 100
        if share.high < low * (1 - _LOOSE_SHARE) or share.low > high * (1 + _LOOSE_SHARE):
            right = format_number((part[1].amount / whole[1].amount * 100).quantize(step(figure.number)))
            shown = (_shown(part_figure), _shown(whole_figure), right, format_number(figure.number))
            level = severity(figure, part_figure, whole_figure, otherwise="warning")
            yield row.problem(("figures", place, "number"), "wrong-share", words.wrong_share(*shown), level)


def _value(row: Row) -> tuple[int, Measure] | None:
    """The one value of an entry and its place; None when it has none or several."""
    values = [(n, measure(figure)) for n, figure in enumerate(row.figures) if figure.aspect is Aspect.VALUE]
    return values[0] if len(values) == 1 else None


def _plain(figure: Figure) -> bool:
    return figure.unit == "%" and figure.qualifier is None


def _shown(figure: Figure) -> str:
    return f"{format_number(figure.number)} {figure.unit}"
