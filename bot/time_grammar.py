"""The forms in which times are named, longest and surest first: `6T`, `QII/2023`, `nửa đầu năm`, `mùng 5 tháng 7`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from bot.time_mention import TimeMention, TimeRole

_WORDS = {
    "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4,
    "one": 1, "three": 3, "six": 6, "nine": 9, "gieng": 1, "chap": 12,
}  # fmt: skip
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = r"(\d{1,2}|muoi mot|muoi hai|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi)"
_QUARTER = r"(iv|iii|ii|i|[1-4]|mot|nhat|hai|ba|bon|tu|dau|cuoi)\b(?:\s*nam(?=\s*20))?"
_YEAR = r"(?:[\s,]*(?:/|nam|-|\.|of|in|cua|trong)?\s*(20\d\d)(?!\d)|\s*(?:/|nam(?=\s*2\d\b))\s*(\d\d)(?![\d/]))?"
_MONTH_NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_LEAP = 2024  # a year in which every day of a month exists

Builder = Callable[[re.Match[str], int], TimeMention | None]


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _WORDS[text]


def mention_of(match: re.Match[str], **fields: object) -> TimeMention:
    return TimeMention(match.group().strip(), match.start(), match.end(), **fields)  # type: ignore[arg-type]  # fields are named by this module alone


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)


def _months(match: re.Match[str], first: int, last: int, year: str | None) -> TimeMention | None:
    return mention_of(match, first_month=first, last_month=last, year=_year(year)) if 1 <= first <= last <= 12 else None


def _quarter(match: re.Match[str], _anchor: int) -> TimeMention | None:
    number = _value(match[1])
    return _months(match, number * 3 - 2, number * 3, match[2] or match[3])


def _up_to_quarter(match: re.Match[str], _anchor: int) -> TimeMention | None:
    """`hết quý III`: everything since the year began."""
    return _months(match, 1, 3 * _value(match[1]), match[2] or match[3])


def _month_count(match: re.Match[str], _anchor: int) -> TimeMention | None:
    count = _value(match[1])
    if not 1 <= count <= 12:
        return None
    if count == 1 and not any(match.groups()[1:]):
        return None  # `một người một tháng` is a rate
    if match[2] == "cuoi":
        return _months(match, 13 - count, 12, match[3] or match[4])
    return _months(match, 1, count, match[3] or match[4])


def _quarters(match: re.Match[str], _anchor: int) -> TimeMention | None:
    """`ba quý đầu năm`: the first nine months."""
    return _months(match, 1, 3 * _value(match[1]), match[2] or match[3])


def _english_months(match: re.Match[str], _anchor: int) -> TimeMention | None:
    first, last = (_ENGLISH_MONTHS.index(match[at][:3]) + 1 for at in (1, 2))
    return _months(match, first, last, match[3])


def _half(match: re.Match[str], _anchor: int) -> TimeMention | None:
    last = "cuoi" in match.group() or "second" in match.group() or "h2" in match.group() or "sau" in match.group()
    return _months(match, 7 if last else 1, 12 if last else 6, match[1] or match[2])


def _up_to_month(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return _months(match, 1, _value(match[1]), match[2] or match[3])


def _one_month(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return _months(match, _value(match[1]), _value(match[1]), next((g for g in match.groups()[1:] if g), None))


def _english_month(match: re.Match[str], _anchor: int) -> TimeMention | None:
    month = _ENGLISH_MONTHS.index(match[1][:3]) + 1
    return _months(match, month, month, match[2])


def _date(match: re.Match[str], day: str, month: int, year: str | None) -> TimeMention | None:
    try:
        dt.date(_year(year) or _LEAP, month, int(day))
    except ValueError:
        return None
    return mention_of(match, day=int(day), first_month=month, last_month=month, year=_year(year))


def _number_date(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return _date(match, match[1], int(match[2]), next((g for g in match.groups()[2:] if g), None))


def _iso_date(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return _date(match, match[3], int(match[2]), match[1])


def _month_range(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return _months(match, int(match[1]), int(match[2]), match[3])


def _date_range(match: re.Match[str], _anchor: int) -> TimeMention | None:
    """From the first of a month to the end of one: `từ 1/1 đến 30/6`."""
    first, day, last = int(match[1]), int(match[2]), int(match[3])
    if not 1 <= last <= 12 or day < calendar.monthrange(_LEAP, last)[1] - 2:
        return None
    return _months(match, first, last, match[4])


def _english_date(match: re.Match[str], _anchor: int) -> TimeMention | None:
    name, day, year = (match[1], match[2], match[3]) if match[1][0].isalpha() else (match[2], match[1], match[3])
    return _date(match, day, _ENGLISH_MONTHS.index(name[:3]) + 1, year)


def _years(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return mention_of(match, first_year=int(match[1]), year=int(match[2])) if match[1] < match[2] else None


def _since_year(match: re.Match[str], anchor: int) -> TimeMention | None:
    return mention_of(match, first_year=int(match[1]), year=max(anchor, int(match[1])))


def _whole_year(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return mention_of(match, year=int(match[1]))


def _year_to_date(match: re.Match[str], _anchor: int) -> TimeMention | None:
    """`từ đầu năm 2023`: whatever of that year has been reported."""
    return mention_of(match, year=int(match[1]), loose=True)


def _year_end(match: re.Match[str], _anchor: int) -> TimeMention | None:
    return mention_of(match, year=int(match[1]), first_month=12, last_month=12, end_only=True)


def _last_year(match: re.Match[str], anchor: int) -> TimeMention | None:
    return mention_of(match, year=anchor - 1)


def _this_year(match: re.Match[str], anchor: int) -> TimeMention | None:
    return mention_of(match, year=anchor, loose=True)


def _role(role: TimeRole) -> Builder:
    return lambda match, _anchor: mention_of(match, role=role)


_FUTURE = (
    "thoi gian toi", "thoi gian sap toi", "trong thoi gian toi", "giai doan toi", "giai doan tiep theo", "sap toi",
    "toi day",
    r"(?<!ke hoach )(?<!chi tieu )(?<!muc tieu )(?:den )?(?:het|cuoi) nam(?: nay)?(?!\s*20)(?! truoc)(?! ngoai)",
    "nhung thang cuoi nam", "cac thang cuoi nam", "ky toi", "ky tiep theo", "quy toi", "quy sau", "quy tiep theo",
    "ke tiep", "lan toi", "lan sau", "thang toi", "thang sau", "nam toi", "nam sau", "ve sau", "tiep theo", "ngay mai", "(?:sang |chieu |toi )mai", "mai nay", "mai (?=co |hop )", "tuan toi",
    "tuan sau", "next (?:quarter|year|month|week|period)", "coming (?:months|period)", "upcoming",
)  # fmt: skip

_NOW = (
    "hien nay", "hien tai", "hien gio", "hien thoi",
    "(?:tinh )?(?:cho )?(?:den|toi) (?:nay|gio|bay gio|thoi diem (?:nay|hien tai|bao cao|do|hoi nghi|hop))",
    "tinh den thoi diem", "den luc nay", "den thoi diem", "vao thoi diem", "tai thoi diem", "thoi diem bao cao",
    "thoi diem nay", "bay gio", "luc nay", "gio nay", "moi nhat", "gan nhat", "cap nhat", "currently", "now",
    "at present", "to date", "so far", "up to now", "latest",
)  # fmt: skip

_PAST = (
    "vua qua", "vua roi", "thoi gian qua", "hom do", "hom ay", "bua do", "bua ay", "hom no", "luc do", "khi do",
    "khi ay", "dot do", "dot nay", "dot vua roi", "hom vua roi", "hom truoc", "ky nay", "ky bao cao", "trong ky",
    "lan nay", "lan do", "ky vua roi", "quy vua roi", "quy vua qua", "gan day", "moi day", "hom bua", "that day",
    "recently",
)  # fmt: skip


class Rule(NamedTuple):
    """A form of a time, what it means, and what must stand in some word of a text, `#` for a digit, to match at all.

    Most messages hold few of the needs, and looking for letters is far cheaper than for a pattern.
    """

    pattern: re.Pattern[str]
    build: Builder
    needs: frozenset[str]


# First match wins at a place, so longer and surer forms stand first.
GRAMMAR: tuple[Rule, ...] = tuple(
    Rule(re.compile(pattern), build, frozenset(needs))
    for pattern, build, needs in (
        (r"\b(20\d\d)-(\d\d)-(\d\d)\b", _iso_date, ("-##-",)),
        (r"\b(?:tu\s*(?:ngay\s*)?)?(?<!\d)0?1\s*/\s*(\d{1,2})\s*(?:-|–|den|toi)\s*(?:ngay\s*)?(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(20\d\d))?(?!\d)", _date_range, ("/",)),
        (r"(?<!\d)(?:thang\s*)?0?(1)\s*-\s*(\d{1,2})\s*/\s*(20\d\d)\b", _month_range, ("-",)),
        (r"(?<!quy )\b(?:tu|giai doan|nhung nam|cac nam)?\s*(20\d\d)\s*(?:-|–|den|toi|sang|qua)\s*(?:nam\s*)?(20\d\d)\b", _years, ("####",)),
        (r"(?<!quy )\b(?:tu|since)\s*(?:nam\s*)?(20\d\d)\s*(?:den nay|toi nay|den gio|tro lai day|until now|to now)?\b", _since_year, ("####",)),
        (r"\b(?:tu dau nam\s*)?(?:tinh\s*)?(?:(?:den|toi)\s*(?:het|cuoi)?|het)\s*(?:thang|t)\s*" + _NUMBER + r"\b" + _YEAR, _up_to_month, ("den", "toi", "het")),
        (r"\b(?!tu\b)" + _NUMBER + r"\s*thang\b(?!\s*\d{1,2}\b(?!\s*thang))\s*(dau|cuoi)?(?:\s*nam(?!\s*(?:ngoai|truoc)))?(?:\s*(?:dau|nay))?" + _YEAR, _month_count, ("thang",)),
        (r"\b(\d{1,2})\s*t(?:hang)?(?=\d{4}|\b)(?!\s*\d{1,2}\b(?!\s*thang))\s*(dau|cuoi)?(?:\s*nam(?!\s*(?:ngoai|truoc)))?" + _YEAR, _month_count, ("#",)),
        (r"\b(\d{1,2})\s?t()(?:(20\d\d)|(2\d))\b", _month_count, ("#",)),
        (r"\b(3|6|9)\s?m()(?:\s|/|-)?(20\d\d)()\b", _month_count, ("#",)),
        (r"\b(?:(?<=het )|(?<=sau )|(?<=luy ke )|(?=\w+\s*qu[yi]\s*(?:dau|qua|cua|nam|trong)))(hai|ba|2|3)\s*qu[yi](?:\s*(?:dau(?:\s*nam)?|dau tien|qua))?(?:\s*(?:cua\s*)?nam)?" + _YEAR, _quarters, ("qu",)),
        (r"\b(?:ban nien|mid-?(?=\s*20)|(?:den |toi |tinh den )?giua (?:nam|(?=20)))" + _YEAR, _half, ("nien", "mid", "giua")),
        (r"\b" + _MONTH_NAME + r"\s*(?:-|–|to|through|until)\s*" + _MONTH_NAME + r"\.?(?:\s+of)?\s+(20\d\d)\b", _english_months, ("####",)),
        (r"\bnua\s*(?:dau\s*|cuoi\s*)?(?:cua\s*)?nam(?!\s*(?:ngoai|truoc))(?:\s*(?:vua qua|qua|dau|cuoi|sau|nay))?" + _YEAR, _half, ("nua",)),
        (r"\bnua\s*(?:dau|cuoi)" + _YEAR, _half, ("nua",)),
        (r"\b(?:the )?(?:first|second) (?:half|six months|6 months)(?: of)?(?: the)?(?: year)?" + _YEAR, _half, ("half", "months")),
        (r"\bh[12]\b" + _YEAR, _half, ("h#",)),
        (r"\b(?:the )?(?:first )?(one|three|six|nine|[369])[\s-]months?(?: (dau))?(?: of)?(?: the year)?" + _YEAR, _month_count, ("month",)),
        (r"\b(?:tinh )?(?:(?:den |toi )?het|(?<=tinh )(?:den|toi)|(?:den|toi) cuoi)\s*(?:quy|qui|q)\s*\.?\s*" + _QUARTER + _YEAR, _up_to_quarter, ("q",)),
        (r"\b(?:quy|qui|q)\s*\.?\s*" + _QUARTER + _YEAR, _quarter, ("q",)),
        (r"\b(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)?" + _YEAR, _quarter, ("quarter",)),
        (r"\bquarter ([1-4])\b(?: of)?" + _YEAR, _quarter, ("quarter",)),
        (r"\b(?:ngay|mung|hom|mong|sang|chieu|toi|trua)?\s*(?:ngay|mung|mong)?\s*(?<!\d)(?<!thu )(?<!lan )(?<!phien )(?<!hop )(\d{1,2})\s*thang\s*(\d{1,2})\b" + _YEAR, _number_date, ("thang",)),
        (r"\b(?:(?:sang|chieu|toi|trua|hom)\s+)?(?:(?:ngay|mung|mong|hom)\s+)?(?<![\d.,/])(\d{1,2})\s*[/\-.]\s*(\d{1,2})(?:\s*[/\-.]\s*(20\d\d|\d\d))?(?![\d/%]|[.,]\d|\s*(?:%|(?:xa|phan tram|ty|trieu|chi tieu|dang vien|nguoi|ho)\b))", _number_date, ("/", "-", ".")),
        (r"\b" + _MONTH_NAME + r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s*(20\d\d))?", _english_date, ("#",)),
        (r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH_NAME + r"\b(?:,?\s*(20\d\d))?", _english_date, ("#",)),
        (r"(?<!\btung )(?<!\bmoi )(?<!\bhang )(?<!\bcac )\bthang(?!\s*nam nao)\s*(\d{1,2}|muoi mot|muoi hai|mot|gieng|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi|chap)\b" + _YEAR, _one_month, ("thang",)),
        (r"\bt(\d{1,2})\b" + _YEAR, _one_month, ("t#",)),
        (r"(?<![\d.,/])(\d{1,2})\s*/\s*(20\d\d)\b", _one_month, ("/",)),
        (r"\b" + _MONTH_NAME + r"\.?(?:\s+of)?\s+(20\d\d)\b", _english_month, ("####",)),
        (r"\b(january|february|march|april|june|july|august|september|october|november|december)\b()", _english_month, (*_ENGLISH_MONTHS,)),
        (r"\b(?:cuoi|het|ket thuc|end of)\s*(?:nam\s*)?(20\d\d)\b", _year_end, ("####",)),
        (r"\b(?:tu\s*)?dau nam\s*(20\d\d)\b", _year_to_date, ("dau",)),
        (r"\b(?:ca\s*)?(?:nam\s*)?(20\d\d)\b(?:\s*ca nam\b)?", _whole_year, ("####",)),
        (r"\b(?:nam (?:ngoai|truoc|qua)|(?<!ke hoach )(?<!chi tieu )(?<!muc tieu )(?<!ca )nam roi|last year|previous year)\b", _last_year, ("nam", "year")),
        (r"\b(?:(?:tu\s*)?dau nam(?: den nay| toi nay| den gio| toi gio| nay| tro lai day)?|(?:trong )?nam nay|nam hien tai|this year|year to date|ytd|so far this year)\b", _this_year, ("nam", "year", "ytd")),
        (r"\b(?:" + "|".join(_FUTURE) + r")\b", _role(TimeRole.FUTURE), ("toi", "sau", "nam", "tiep", "mai", "next", "coming")),
        (r"\b(?:" + "|".join(_NOW) + r")\b", _role(TimeRole.NOW), ("hien", "nay", "gio", "diem", "nhat", "now", "current", "present", "date", "far", "latest")),
        (r"\b(?:" + "|".join(_PAST) + r")\b", _role(TimeRole.PAST), ("qua", "roi", "hom", "bua", "luc", "khi", "dot", "ky", "lan", "gan", "moi", "day", "recently")),
    )
)  # fmt: skip
