"""Vietnamese numbers: `.` groups thousands, `,` is the decimal mark, and words of scale stand before the unit."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.phrases import forms as phrases
from bot.text import fold

_VIETNAMESE = re.compile(r"[-−+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)

_THOUSAND, _MILLION, _BILLION = Decimal(1000), Decimal(10**6), Decimal(10**9)
SCALES = {
    **{"nghin": _THOUSAND, "ngan": _THOUSAND, "van": 10 * _THOUSAND, "trieu": _MILLION, "ty": _BILLION, "ti": _BILLION},
    **{"thousand": _THOUSAND, "million": _MILLION, "billion": _BILLION},
}
_IN_UNITS = {**SCALES, "chuc": Decimal(10), "tram": Decimal(100)}  # nothing a question counts in

_LONGEST = 40  # signs: no figure of a province is longer, and a mistake should not become arithmetic


def parse_number(value: object) -> object:
    """The exact decimal of a number typed the Vietnamese way; anything that could be read two ways is refused.

    Raises ValueError: `5.17` could be five or five hundred, so it is never guessed.
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if len(text) > _LONGEST or not _VIETNAMESE.fullmatch(text):
        raise ValueError(phrases.BAD_NUMBER)
    return Decimal(text.replace("−", "-").replace(".", "").replace(",", "."))


def format_number(number: Decimal) -> str:
    """The same number as a Vietnamese reader expects it, with every decimal digit it was given."""
    sign, digits, exponent = number.as_tuple()
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    whole, _, fraction = f"{abs(number):.{places}f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if digits else "0"
    return f"{'−' if sign else ''}{grouped}{',' + fraction if fraction else ''}"


def base_unit(unit: str) -> tuple[str, Decimal]:
    """The folded unit without its scale words, and their product: (`dong`, 10¹²) for nghìn tỷ đồng."""
    words = fold(unit).split()
    scale = Decimal(1)
    while words and words[0] in _IN_UNITS:
        scale *= _IN_UNITS[words.pop(0)]
    return " ".join(words) or "dong", scale
