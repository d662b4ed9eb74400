"""Numbers of an article that are amounts, with their unit; dates, documents and names that hold digits are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.editing.units import Unit, is_ratio, unit_after
from bot.number import parse_number

_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_ENGLISH = r"\d{1,3}\.\d{1,2}(?!\d)|\d+\.\d{4,}"
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?P<sign>(?:(?<=\()|(?<=[(:,;]\s))[-−+](?=\d))?(?P<number>{_ENGLISH}|{_DIGITS})(?:\s?/\s?(?P<of>{_DIGITS}))?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_DOCUMENT = (
    "Nghị quyết|Chỉ thị|Kết luận|Quyết định|Đề án|Thông tư|Nghị định|Công văn|Công điện|Luật|Quy định|Hướng dẫn"
    "|Thông báo|Quốc lộ|"
    "Tỉnh lộ|Vành đai|Chương trình|Kế hoạch|Điều|Khoản|Mục|Bảng|Phụ lục|Dự án|Tổ|Khu|Lô|Phường|Quận"
)
# What holds digits and is no amount.
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\b\S*",
        rf"(?i:\b(?:ngày|sáng|chiều|tối|trưa"
        rf"|hôm)\s+)(?:ngày\s+)?{_DAY}\s*[/.-]\s*{_MONTH}(?:\s*[/.-]\s*{_YEAR})?(?!\d)",
        rf"(?i:\bngày\s+){_DAY}(?:\s*[-–và,]+\s*{_DAY})?\s+tháng\s+{_MONTH}(?:\s*(?:năm|/)\s*{_YEAR})?(?!\d)",
        rf"(?<![\d.,/]){_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR}(?!\d)",
        rf"(?<![\d.,/]){_MONTH}\s?/\s?{_YEAR}(?!\d)",
        r"(?i:\b(?:tháng|quý|năm|nhiệm kỳ|niên vụ|năm học|giai đoạn|đợt|khoá|khóa|kỳ|vòng|lớp|số nhà|cấp độ"
        r"|khối lớp|tổ))\s+\d+"
        r"(?:\s*(?:[-–/]|năm)\s*\d{1,4})?(?!\d|\s?[%]|[.,]\d)",
        rf"(?<!\d){_YEAR}\s*[-–]\s*{_YEAR}(?!\d)",
        rf"(?i:giá\s+so\s+sánh\s+(?:năm\s+)?|cùng\s+kỳ\s+(?:năm\s+)?|so\s+với\s+(?:năm\s+)?){_YEAR}(?!\d)",
        r"(?<![\d.,/])(?:\d{1,2}\s*(?:[-–]|đến)\s*)?\d{1,2}\s+(?:tháng|quý|giờ)\b(?:\s*\d{1,2}(?=\s*phút))?|(?<![\d.,/])\d{1,2}h\d{0,2}\b",
        r"(?i:\bsố\s*:?\s*)\d+(?:[-/]\S+)",
        rf"\b(?:{_DOCUMENT})\s+(?:số\s+)?\d+(?:[-/]\w\S*)?(?!\d|[.,]\d|\s?%)",
        r"\b\d+\s?[-/]\s?(?=[A-ZĐ]{2})[\w-]+(?:/[\w-]+)*",
        r"(?i:\b(?:lần|khoá|khóa|ngày|năm|buổi|(?:kỳ họp|phiên họp|hội nghị|đại hội"
        r"|phiên)(?:\s+[^\W\d]+){0,3}?)\s+thứ)\s+\d+(?!\s?/\s?\d)",
        r"\d+(?:\s*(?:[-–]|đến)\s*\d+)?\s+tuổi\b",
        r"[^\W\d_]+-?\d+\w*",
        r"(?m:^\s*\d{1,2}[.)])(?=\s)",
        r"\b0\d{9}\b",
    )
)
_SHORT_DATE = re.compile(rf"(?<![\d.,/]){_DAY}\s?[/-]\s?{_MONTH}(?![\d%]|[.,]\d)")
_LONE_YEAR = re.compile(rf"(?<![\d.,/]){_YEAR}(?![\d%]|[.,/]\d)")
_REACHED = re.compile(r"(?:đạt|có|được|là|với|hoàn thành|thực hiện|thứ)\s*$", re.I)


_RISE = re.compile(r"^\s*(?:lên|xuống|xuống còn|còn|lên đến|đến|tới|-|–)\s*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """`number` stands at `start`, its unit ends at `end`; `of` is the second number of 108/126."""

    start: int
    digits_end: int
    end: int
    number: Decimal
    of: Decimal | None
    unit: str
    unit_guessed: bool
    point: bool  # written 5.17: a point where a comma is meant
    signed: bool  # written (+7%) or (-7%): a change by its sign alone


def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, left to right."""
    taken = names_with_digits(text)
    found = [match for match in _NUMBER.finditer(text) if not taken[match.start("number")]]
    return tuple(_lent_units(text, list(_amounts(text, found, taken))))


def names_with_digits(text: str) -> bytearray:
    """One byte a character: 1 where a date, a document or another name holds digits."""
    taken = bytearray(len(text))
    for pattern in _NAMES:
        for found in pattern.finditer(text):
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    for pattern in (_SHORT_DATE, _LONE_YEAR):
        for found in pattern.finditer(text):
            unit = unit_after(text, found.end(), len(text))
            reached = _REACHED.search(text, max(0, found.start() - 20), found.start()) is not None
            counts = (unit is not None and (reached or not unit.guessed)) or (reached and pattern is _SHORT_DATE)
            if not counts:
                taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return taken


def read_number(digits: str) -> tuple[Decimal, bool]:
    """The number, and whether a point was read as the decimal mark."""
    if re.fullmatch(_ENGLISH, digits):
        return Decimal(digits), True
    value = parse_number(digits)
    if not isinstance(value, Decimal):
        raise TypeError(digits)
    return value, False


def _amounts(text: str, found: list[re.Match[str]], taken: bytearray) -> Iterator[Amount]:
    for place, match in enumerate(found):
        digits, whole = match["number"], match["of"]
        if len(digits) > 30 or (whole and len(whole) > 30):
            continue
        number, point = read_number(digits)
        digits_end = match.end()
        if whole and taken[match.start("of")]:
            whole, digits_end = None, match.end("number")
        limit = found[place + 1].start() if place + 1 < len(found) else len(text)
        unit = unit_after(text, digits_end, limit) or Unit("", digits_end)
        signed = match["sign"] is not None and is_ratio(unit.text)
        if signed and match["sign"] != "+":
            number = -number
        of = read_number(whole)[0] if whole else None
        start = match.start("number")
        yield Amount(start, digits_end, unit.end, number, of, unit.text, unit.guessed, point, signed)


def _lent_units(text: str, lent: list[Amount]) -> list[Amount]:
    """`từ 38 lên 44 tổ chức`: the first number has the unit of the second."""
    for place in range(len(lent) - 2, -1, -1):
        one, following = lent[place], lent[place + 1]
        if not one.unit and following.unit and _RISE.match(text[one.end : following.start]):
            lent[place] = replace(one, unit=following.unit, unit_guessed=True)
    return lent
