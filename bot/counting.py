"""What a question counts and what a subject is counted in: no enterprises in money, no party committees as members."""

from __future__ import annotations

from bot.model import Ask
from bot.number import SCALES
from bot.number_mention import MEASURES
from bot.reading import Reading
from bot.subject import Subject

_FUNDS = frozenset({"von", "tien", "kinh"})  # bao nhiêu vốn, tiền, kinh phí
_COUNTED = frozenset({"nha", "nguoi", "people", "workers", "companies", "firms", "businesses"})  # nhà máy, nhà đầu tư
_BODY = "don"  # đơn vị
_PERSONS = frozenset({"vien", "nguoi"})  # đảng viên, người
_CURRENCIES = frozenset({"dong", "usd"})
_AMOUNTS = frozenset({"ty", "trieu", "nghin", "dong", "usd", "%"})  # first words of units of money, and per cent
_MONTHLY = (
    "moi thang", "hang thang", "mot thang", "1 thang", "per month", "monthly", "a month", "tung thang",
    "binh quan thang", "trung binh thang",
)  # fmt: skip
_MONTHS = frozenset({"thang", "month", "monthly"})  # one of them stands in each of these forms
_TELLING = MEASURES | _FUNDS | _COUNTED | {_BODY}


def unit_met(reading: Reading, subject: Subject, units: frozenset[str]) -> float:
    """1 when the counted noun is the figures' unit, 0 when it is another of `units`, 0.5 when none is named."""
    counted = reading.counted
    if counted not in units or not subject.units:
        return 0.5
    if counted not in subject.units:
        return 0.0
    asked = reading.counted_phrase
    alike = (unit for unit in subject.unit_phrases if unit[:1] == (counted,))
    return float(any(unit[1:2] in ((), asked[1:2]) for unit in alike) or len(asked) < 2 or not subject.unit_phrases)


def asks_funds(reading: Reading) -> bool:
    """Whether an amount of money is asked for."""
    return reading.counted in _FUNDS or (Ask.MONEY in reading.asks and Ask.CHECK not in reading.asks)


def by_month(reading: Reading) -> bool:
    """Whether what a month has of it is asked for: `bình quân mỗi tháng`."""
    if _MONTHS.isdisjoint(reading.words.said):
        return False
    text = " ".join(reading.words.folded)
    return any(form in text for form in _MONTHLY)


def tells_units(reading: Reading, units: frozenset[str]) -> bool:
    """Whether what a question counts, or asks for in money, rules out figures of other units."""
    counting = reading.counted in units or reading.counted in _TELLING
    return counting or asks_funds(reading) or reading.in_dollars


def counts_otherwise(reading: Reading, subject: Subject, units: frozenset[str]) -> bool:
    """Whether a question counts in a unit in which nothing of the subject is counted."""
    counted = reading.counted
    if counted in MEASURES and subject.units and counted not in subject.unit_words:
        return True
    if asks_funds(reading) and subject.units and not subject.unit_words & (_CURRENCIES | SCALES.keys()):
        return True  # `bao nhiêu vốn` is answered in money, and by no number of enterprises
    if counted == _BODY and subject.unit_words & _PERSONS:
        return True  # `bao nhiêu đơn vị` asks for bodies, and not for their members
    if counted in subject.units and counted not in SCALES and _counts_other(reading, subject, units):
        return True
    if reading.in_dollars and subject.units and "usd" not in subject.unit_words:
        return True
    known = counted in units or counted in _COUNTED
    return known and subject.units <= _AMOUNTS and counted not in subject.unit_words  # nor are enterprises in money


def _counts_other(reading: Reading, subject: Subject, units: frozenset[str]) -> bool:
    """`số đảng bộ` counts no `đảng viên`: what is counted begins as the unit does and goes on as another known word."""
    phrase = reading.counted_phrase
    spelled = any(
        h.slips == 0 and tuple(w.folded for w in reading.words[h.start : h.start + len(phrase)]) == phrase
        for h in reading.hits
    )
    return spelled and unit_met(reading, subject, units) == 0
