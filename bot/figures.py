"""The asked aspect of a fact: which figure leads, and what arithmetic allows beyond the figures given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.item import Item
from bot.model import Ask, Aspect, Fact, Figure
from bot.number import base_unit
from bot.number_mention import NumberMention
from bot.phrases import answers as phrases
from bot.phrases import derived
from bot.text import phrase

HUNDRED = Decimal(100)
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Lead:
    """The line that answers. `given` is the figure shown; `base` explains a computed one; None when there is none."""

    text: str
    given: Figure | None = None
    base: str = ""


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def as_exact_as(value: Decimal, *given: Decimal) -> Decimal:
    """Rounded to as many digits as the least exact of what it was computed from has, three at least, or to a whole."""
    digits = max(_DIGITS, min(len(number.as_tuple().digits) for number in given))
    return rounded(value, max(0, digits - value.adjusted() - 1))


def first(fact: Fact, *aspects: Aspect) -> Figure | None:
    """The first figure of the first of these aspects that the fact has."""
    for aspect in aspects:
        for figure in fact.figures:
            if figure.aspect is aspect:
                return figure
    return None


def lead_of(fact: Fact, item: Item, asks: frozenset[Ask], monthly: bool) -> Lead | None:
    """The figure that answers what is asked; None when the fact does not have it and nothing can be computed."""
    if Ask.FORECAST in asks:
        return None
    if Ask.WHOLE in asks:
        value = first(fact, Aspect.VALUE)
        if value and value.of is not None:
            return Lead(phrases.amount(value.of, value.unit), None, phrases.figure(value))
    if asks & {Ask.REMAINING, Ask.UNMET}:
        found = _remaining(fact, asks)
        if found or Ask.UNMET in asks:
            return found
    if Ask.AVERAGE in asks:
        return _monthly_average(fact, item) if monthly else None
    if all(f.aspect is Aspect.PLAN for f in fact.figures):
        percent = bool(asks & {Ask.PERCENT, Ask.CHANGE, Ask.PLAN_SHARE})
        plan = next((f for f in fact.figures if (f.unit == "%") == percent), fact.figures[0])
        return Lead(phrases.figure(plan), plan)
    for wanted in _wanted(asks):
        figure = first(fact, *wanted)
        if figure is None and wanted == (Aspect.PLAN_SHARE,):
            figure = _beside_plan(fact, asks)
        if figure:
            return Lead(phrases.figure(figure), figure)
        if wanted == (Aspect.PLAN,):
            return _plan(fact)
        if wanted == (Aspect.SHARE,) and asks & {Ask.PERCENT}:
            return _share(fact) or _rate(fact)
    return None


def _beside_plan(fact: Fact, asks: frozenset[Ask]) -> Figure | None:
    """Where no share of the plan is printed: the plan itself in per cent, or what was reached, the plan beside it."""
    plan = first(fact, Aspect.PLAN)
    if plan is None:
        return None
    if Ask.PERCENT in asks:
        return plan if plan.unit == "%" else None
    return first(fact, Aspect.VALUE, Aspect.CHANGE)


def _wanted(asks: frozenset[Ask]) -> Iterable[tuple[Aspect, ...]]:
    """Groups of aspects in the order they are tried; a specific wish that is not met ends the search."""
    if Ask.RANK in asks:
        return ((Aspect.RANK,),)
    if Ask.PLAN_SHARE in asks and Ask.STATUS in asks:
        return ((Aspect.PLAN_SHARE,), (Aspect.VALUE,), (Aspect.SHARE,))  # `đến đâu rồi`
    if Ask.PLAN_SHARE in asks or (Ask.PLAN in asks and Ask.PERCENT in asks):
        return ((Aspect.PLAN_SHARE,),)
    if Ask.PLAN in asks:
        return ((Aspect.PLAN,),)
    if Ask.MONEY in asks:
        return ((Aspect.VALUE,),)
    if Ask.CHANGE in asks:
        return ((Aspect.CHANGE,),)
    if Ask.PERCENT in asks:
        return ((Aspect.SHARE,),)
    return ((Aspect.VALUE,), (Aspect.SHARE,), (Aspect.CHANGE,), (Aspect.PLAN_SHARE,), (Aspect.RANK,), (Aspect.PLAN,))


def _remaining(fact: Fact, asks: frozenset[Ask]) -> Lead | None:
    value, share = first(fact, Aspect.VALUE), first(fact, Aspect.SHARE)
    plan = first(fact, Aspect.PLAN_SHARE)
    percent = bool(asks & {Ask.PERCENT, Ask.PLAN_SHARE})
    if plan and value and Ask.MONEY in asks and plan.number:
        total = value.number / plan.number * HUNDRED
        return Lead(
            derived.about(as_exact_as(total - value.number, value.number, plan.number), value.unit),
            None,
            derived.ratio(phrases.figure(value), phrases.figure(plan)),
        )
    if plan and (asks & {Ask.PLAN, Ask.PLAN_SHARE} or not (value and value.of)):
        return Lead(derived.short_of_plan(HUNDRED - plan.number), None, phrases.figure(plan))
    if percent and share:
        return Lead(derived.rest_share(HUNDRED - share.number), None, phrases.figure(share))
    if value and value.of is not None:
        rest = value.of - value.number
        return Lead(phrases.amount(rest, value.unit), None, derived.difference(value.of, value.number, value.unit))
    return None


def _plan(fact: Fact) -> Lead | None:
    """The plan itself, from the value and its share of it: 405 / 39,7 %."""
    value, share = first(fact, Aspect.VALUE), first(fact, Aspect.PLAN_SHARE)
    if value is None or share is None or not share.number:
        return Lead(phrases.figure(share), share) if share else None
    total = as_exact_as(value.number / share.number * HUNDRED, value.number, share.number)
    plan = derived.planned(derived.about(total, value.unit))
    return Lead(plan, None, derived.ratio(phrases.figure(value), phrases.figure(share)))


def _rate(fact: Fact) -> Lead | None:
    """The value, when it is itself in per cent; else the one figure in per cent, that cannot be taken for another."""
    rates = [f for f in fact.figures if f.unit == "%"]
    values = [f for f in rates if f.aspect is Aspect.VALUE]
    found = values or rates
    return Lead(phrases.figure(found[0]), found[0]) if len(found) == 1 else None


def _share(fact: Fact) -> Lead | None:
    value = first(fact, Aspect.VALUE)
    if value is None or not value.of:
        return None
    percent = rounded(value.number / value.of * HUNDRED, 2)
    return Lead(phrases.amount(percent.normalize(), "%"), None, phrases.figure(value))


def previous(fact: Fact) -> Lead | None:
    """The same period a year before, from the value and its change: 405 / 1,039."""
    value, change = first(fact, Aspect.VALUE), first(fact, Aspect.CHANGE)
    if value is None or change is None or change.unit != "%":
        return None
    before = as_exact_as(value.number / (1 + change.number / HUNDRED), value.number, HUNDRED + change.number)
    then = derived.year_before(derived.about(before, value.unit))
    return Lead(then, None, derived.ratio(phrases.figure(value), phrases.figure(change)))


def rest_of(whole: Figure, part: Figure) -> Lead:
    """The whole without one part: 780 − 8."""
    return Lead(
        phrases.amount(whole.number - part.number, whole.unit),
        None,
        derived.difference(whole.number, part.number, whole.unit),
    )


def short_of_number(goal: Decimal, reached: Figure) -> Lead:
    """How far a figure is from a number somebody named: 100.000 − 97.052."""
    unit = derived.POINTS if reached.unit == "%" else reached.unit
    gap = derived.amount(goal - reached.number, unit)
    return Lead(derived.rest(gap), None, derived.difference(goal, reached.number, reached.unit))


def shared_out(amount: Figure, count: Figure) -> Lead:
    """An amount for each of the things counted: 6.411 tỷ đồng over 469 enterprises."""
    each = rounded(amount.number / count.number, 2)
    return Lead(
        derived.about(each, f"{amount.unit}/{count.unit}"),
        None,
        derived.of_whole(phrases.figure(amount), phrases.figure(count)),
    )


def still_needed(needed: Figure) -> Lead:
    """What the rest of the year still has to bring, as an entry of its own gives it."""
    return Lead(derived.still_needed(phrases.amount(needed.number, needed.unit)), None, phrases.figure(needed))


def whole_year(reached: Figure, needed: Figure) -> Lead:
    """What was reached with what the rest of the year needs: 695 + 325,5."""
    total = reached.number + needed.number
    return Lead(
        derived.about(total, reached.unit), None, derived.total(phrases.figure(reached), phrases.figure(needed))
    )


def short_of(target: Figure, reached: Figure) -> Lead:
    """How far a rate is from its target: 8 % − 5,17 %."""
    gap = target.number - reached.number
    return Lead(derived.short_of_target(gap), None, derived.difference(target.number, reached.number, derived.POINTS))


def ratio_of(part: Figure, whole: Figure) -> Lead | None:
    """One value as per cent of another of the same unit."""
    if not whole.number or part.unit != whole.unit or part.number > whole.number:
        return None
    percent = rounded(part.number / whole.number * HUNDRED, 2)
    return Lead(phrases.amount(percent, "%"), None, derived.of_whole(phrases.figure(part), phrases.figure(whole)))


def _monthly_average(fact: Fact, item: Item) -> Lead | None:
    value, months = first(fact, Aspect.VALUE, Aspect.PLAN), item.latest.month_count
    if value is None or months < 2:
        return None
    average = rounded(value.number / months, 1)
    shown = average.to_integral_value() if average == average.to_integral_value() else average
    return Lead(derived.monthly(shown, value.unit), None, derived.over_months(phrases.figure(value), months))


def has_number(fact: Fact, number: NumberMention) -> bool:
    """Whether a number of the question is one of the fact's figures."""
    return any(matches_number(number, figure) for figure in fact.figures)


def rounds_to(number: NumberMention, figure: Figure) -> bool:
    """Whether the number is the figure, of the same scale, with some of its decimals left out: 5,2% for 5,17%."""
    if number.whole is not None or number.percent != (figure.unit == "%"):
        return False
    whole = abs(figure.number)
    if not number.percent:
        whole = whole * base_unit(figure.unit)[1] / (number.scale or 1)
    return whole != number.value and round(whole, -int(number.value.as_tuple().exponent)) == number.value


def matches_number(number: NumberMention, figure: Figure) -> bool:
    """Whether a number of the question is this figure, its whole included."""
    if number.scale and not number.percent and number.whole is None and figure.unit != "%":
        whole = abs(figure.number) * base_unit(figure.unit)[1]
        if not number.may_be(whole / number.scale):
            return False  # `405 tỷ` is a thousandth of 405 nghìn tỷ
    elif not number.may_be(abs(figure.number)):
        return False
    if number.percent != (figure.unit == "%") and (number.percent or number.whole is not None):
        return False
    if number.unit and not number.percent and number.unit not in phrase(figure.unit):
        return False  # behind a per cent sign stands of what
    if number.whole is not None:
        return figure.number == number.value and figure.of == number.whole
    return True
