"""How much a figure is: its unit taken apart, and the range of true values its rounding and its qualifier allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.model import Figure, Qualifier
from bot.number import base_unit, format_number

# Which way the true value lies from the number; `ước` alone says who computed it, not how exactly.
_AROUND = {Qualifier.ABOUT, Qualifier.APPROXIMATELY}
_UPWARD = {Qualifier.OVER, Qualifier.MORE, Qualifier.ESTIMATED_OVER, *_AROUND}
_DOWNWARD = {Qualifier.NEARLY, Qualifier.UNDER, Qualifier.ESTIMATED_NEARLY, *_AROUND}
_LOOSE = Decimal("0.02")  # how far from its number a figure with a qualifier may lie, as a part of it


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in its base unit (đồng, usd, ha, %), and the range it may truly lie in."""

    unit: str
    amount: Decimal
    low: Decimal
    high: Decimal


def measure(figure: Figure) -> Measure:
    """The figure in its base unit: 405 nghìn tỷ đồng and 405.000 tỷ đồng are the same."""
    unit, scale = base_unit(figure.unit)
    half = step(figure.number) / 2
    low, high = figure.number - half, figure.number + half
    loose = abs(figure.number) * _LOOSE
    if figure.qualifier in _UPWARD:
        high += loose
    if figure.qualifier in _DOWNWARD:
        low -= loose
    return Measure(unit, figure.number * scale, low * scale, high * scale)


def rounded(number: Decimal) -> str:
    """A computed number for people: at most one decimal, none when it is nought."""
    short = number.quantize(Decimal("0.1"))
    return format_number(short.to_integral_value() if short == short.to_integral_value() else short)


def step(number: Decimal) -> Decimal:
    """One unit of the last decimal a number was given with: 0,1 for 39,7."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
