"""Numbers that hide in sentences, where no question about a figure can find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.check.table import Row
from bot.model import Fact
from bot.number import parse_number
from bot.phrases import rules as words
from bot.problem import Problem

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# What looks like a number and is the name of a time, a document, a place in a list or a part of a word.
_NAME = re.compile(
    r"""
    (?<![\d.,/]) \d{1,2}/\d{1,2}(?:/\d{4})? (?![\d.,/]*\d)       # 5/7, 5/7/2023
    | (?<![\d.,/]) \d{1,2}/\d{4} (?!\d)                         # 7/2023
    | (?:ngày|tháng|quý|kỳ|thứ|dịp) \s+ \d{1,2} (?!\d|[.,]\d) (?:[-–/]\d+)*  # tháng 1, 2, 3
        (?:\s*(?:,|và)\s*\d{1,2}(?!\d|[.,]\d|\s*%))*
    | (?:khoá|khóa|phiên|mục|điều|quốc\ lộ|đường|đề\ án|nghị\ quyết|chỉ\ thị|quyết\ định|chương\ trình) \s+ \d+
    | \d+ \s+ (?:tháng|quý|năm|giờ) \b (?:\s+\d{1,2}\b)?         # 6 tháng, 15 giờ 30
    | \b (?:19|20)\d{2} \b
    | \w+ (?:[-/]\w+)* [-/] [^\W\d_]\w* (?:[-/]\w+)*             # 05-NQ/TU, 12/2022/TT-BTC
    | [^\W\d_]+ -? \d+                                          # QL37, Covid-19
    """,
    re.IGNORECASE | re.VERBOSE,
)


def figures_in_prose(row: Row) -> Iterator[Problem]:
    """Every number a fact's statement gives is one of its figures."""
    entry = row.entry
    if not isinstance(entry, Fact) or not entry.statement:
        return
    known = {number for figure in entry.figures for number in (figure.number, -figure.number, figure.of)}
    named = " ".join((entry.subject, entry.scope or "", *entry.aliases))  # xã vùng 3, giá so sánh 2010
    known |= {_read(found) for found in _NUMBER.findall(named)}
    text = _NAME.sub(lambda found: " " * len(found.group()), entry.statement)
    for found in _NUMBER.finditer(text):
        number = _read(found.group())
        if number is None or number not in known:
            yield row.problem(("statement",), "figure-in-prose", words.figure_in_prose(found.group()), "warning")


def _read(text: str) -> Decimal | None:
    try:
        value = parse_number(text)
    except ValueError:
        return None
    return value if isinstance(value, Decimal) else None
