"""Every time a hurried Vietnamese (or English) message names, found in its folded text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from bot.time_grammar import GRAMMAR, Rule, mention_of
from bot.time_mention import TimeMention, TimeRole

# Words that make the time after them only what is compared with.
_NUMBERS = ("dan", "tong", "chi", "con", "ty", "doanh", "cac")  # `dân số`, folded, is no `so` that compares
_NOT_A_NUMBER = "".join(rf"(?<!\b{word} )" for word in _NUMBERS)
_BEFORE_BASE = re.compile(
    rf"(?:{_NOT_A_NUMBER}\bso|\bso voi|\bvs|\bversus|\bcompared (?:with|to)|\bhon|\bcung k[yi]|\b(?:sv)?ck"
    r"|\bsame period(?: of| in)?|\bthan)(?: cung (?:ky|thoi (?:gian|diem|ky)|giai doan|quang)| mot)?"
    r"(?: (?:cua|nam|in|of))*\s*$"
)


_BASE_ENDS = (  # all that `_BEFORE_BASE` matches ends in one of these, which is looked up far faster
    "so", "voi", "vs", "versus", "to", "with", "hon", "ky", "ki", "ck", "period", "of", "in", "than", "gian", "diem",
    "doan", "quang", "mot", "cua", "nam",
)  # fmt: skip
_PAIR = 2
_SAME_AGAIN = re.compile(r"\bcon cung ky(?: (?:cua|nam))*\s*$")  # `…, còn cùng kỳ 2022 tăng mấy`: asked about too

_RELATIVE = re.compile(
    r"\b(?:(?P<month>thang nay|this month)|(?P<month_ago>thang truoc|thang vua roi|last month)"
    r"|(?P<today>hom nay|today|tuan nay|this week)|(?P<yesterday>hom qua|yesterday|tuan truoc|last week))\b"
)


_OF_TODAY = ("nay", "truoc", "qua", "vua roi", "this", "last", "today", "yesterday")  # one stands in each of these
_NEEDS = frozenset().union(*[rule.needs for rule in GRAMMAR])
_DIGITS = str.maketrans("0123456789", "#" * 10)


def rules_for(folded: str) -> tuple[Rule, ...]:
    """The rules that may match in folded text, in their order."""
    return _rules_with(frozenset().union(*map(_needs_in, folded.split())))


@lru_cache(maxsize=16384)
def _needs_in(word: str) -> frozenset[str]:
    shape = word.translate(_DIGITS)
    return frozenset(needed for needed in _NEEDS if needed in shape)


@lru_cache(maxsize=4096)
def _rules_with(present: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in GRAMMAR if not rule.needs.isdisjoint(present))


def _relative(folded: str, today: dt.date) -> Iterator[TimeMention]:
    """Times that only the calendar of today can fix: tháng trước, hôm qua, tuần này."""
    if not any(word in folded for word in _OF_TODAY):
        return
    for match in _RELATIVE.finditer(folded):
        when, day = today, match.lastgroup in ("today", "yesterday")
        if match.lastgroup == "month_ago":
            when = today.replace(day=1) - dt.timedelta(days=1)
        elif match.lastgroup == "yesterday":
            when = today - dt.timedelta(days=1)
        month = {"year": when.year, "first_month": when.month, "last_month": when.month}
        yield mention_of(match, **month, day=when.day if day else None)


def find_times(folded: str, anchor: dt.date, today: dt.date) -> tuple[TimeMention, ...]:
    """Every time named in folded text, left to right, none overlapping.

    `anchor` is the date of the latest briefing in force: `năm nay` and `năm ngoái` are counted from its year,
    because officials speak from inside the period they are reporting on.
    """
    taken: list[TimeMention] = list(_relative(folded, today))
    for rule in rules_for(folded):
        for match in rule.pattern.finditer(folded):
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            mention = rule.build(match, anchor.year)
            if mention:
                lead = len(match.group()) - len(match.group().lstrip())
                taken.append(mention._replace(start=mention.start + lead))
    if not taken:
        return ()
    found: list[TimeMention] = []
    for mention in _with_year(folded, sorted(taken, key=lambda m: m.start)):
        before = folded[: mention.start].rstrip()
        compared = before.endswith(_BASE_ENDS) and _BEFORE_BASE.search(before)
        if mention.role is not TimeRole.SUBJECT or not compared:
            found.append(mention)
        elif found and _SAME_AGAIN.search(before) and is_bare_year(mention):
            found.append(mention._replace(first_month=found[0].first_month, last_month=found[0].last_month))
        else:
            found.append(mention._replace(role=TimeRole.AGAINST))
    return _dated(_each_year(_narrowed(tuple(found))))


def _narrowed(found: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
    """`mấy tháng đầu năm 2023 (tới hết tháng 3)`: the months say more exactly what of the year is meant."""
    hints = [m for m in found if m.loose and m.year]
    months = [m for m in found if m.first_month and not m.year and not m.day and m.role is TimeRole.SUBJECT]
    if len(hints) != 1 or len(months) != 1 or len(found) != _PAIR:
        return found
    return (months[0]._replace(year=hints[0].year),)


def _each_year(found: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
    """`9 tháng của hai năm 2022 và 2023`: months named once are meant of each of several bare years."""
    months = [m for m in found if m.role is TimeRole.SUBJECT and m.first_month and not m.year and not m.day]
    years = [m for m in found if m.role is TimeRole.SUBJECT and is_bare_year(m)]
    if len(months) != 1 or len(years) < 2:
        return found
    span = months[0]
    return tuple(
        m._replace(first_month=span.first_month, last_month=span.last_month) if m in years else m
        for m in found
        if m is not span
    )


def _dated(found: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
    """Months without a year are of the one year asked about, wherever in the message that stands."""
    asked = [m for m in found if m.role is TimeRole.SUBJECT]
    years = {m.year for m in asked if m.year and not m.loose and not m.first_year}
    if len(years) != 1:
        return found
    year = min(years)
    return tuple(
        m._replace(year=year) if m in asked and m.first_month and not m.year and not m.day else m for m in found
    )


def is_bare_year(mention: TimeMention) -> bool:
    """Whether a year stands alone, without months, and is meant as that year."""
    return bool(mention.year) and not (mention.first_month or mention.loose or mention.first_year)


def _with_year(folded: str, found: list[TimeMention]) -> Iterator[TimeMention]:
    """`6 tháng đầu năm ngoái`: months that name no year take the one right after them."""
    waiting: TimeMention | None = None
    for mention in found:
        if waiting and waiting.first_month and not waiting.year and not mention.first_month and mention.year:
            between = folded[waiting.end : mention.start].strip()
            if between in ("", "cua", "cua nam", "nam"):
                text = folded[waiting.start : mention.end]
                waiting = waiting._replace(text=text, end=mention.end, year=mention.year)
                continue
        if waiting and waiting.year and is_bare_year(mention) and folded[waiting.end : mention.start].strip() == "(":
            waiting = waiting._replace(end=mention.end, year=mention.year, loose=False)
            continue  # `năm ngoái (2025)`: the year in brackets says which is meant
        if waiting:
            yield waiting
        waiting = mention
    if waiting:
        yield waiting
