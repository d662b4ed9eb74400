"""Figures that share their words: `tăng 230 tổ chức và 124 đảng viên so với cùng kỳ`, `bằng 52% và 48% dự toán`."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.editing.cues import Context, Saying, saying_of
from bot.editing.mention import FigureMention
from bot.editing.units import is_measured, is_ratio
from bot.model import Aspect

TOGETHER = re.compile(r"^\s*(?:,|và|,\s*và|với|cùng)?\s*(?:là|có|khoảng|trên|hơn|gần)?\s*$")
_BETWEEN = re.compile(r"^\s*(?:-|–|đến|tới)\s*$")
_AMOUNTING = re.compile(r"(?:tương đương|tương ứng|hay)(?: với)?(?: mức)?\s*$", re.I)
_AND = re.compile(r"\s*và\s*")
_SHARE_OF_PLAN = re.compile(r"[\d.,]+\s*%\s*(?:kế hoạch|dự toán)")


def told_with(saying: Saying, last: FigureMention, context: Context) -> Saying | None:
    """What a figure says when it goes on with what the one before it says; None when it speaks for itself."""
    before = context.before
    if saying.aspect is Aspect.SHARE and last.aspect is Aspect.CHANGE and _AMOUNTING.search(before):
        number = -saying.number if last.number < 0 else saying.number
        return replace(saying, aspect=Aspect.CHANGE, number=number, against=last.against, doubts=())
    if saying.aspect is not Aspect.VALUE:
        return None
    if _BETWEEN.match(before) and last.unit == saying.unit:
        return replace(saying, aspect=last.aspect, against=last.against, doubts=(*saying.doubts, "range"))
    counts = not is_ratio(last.unit) and not is_measured(saying.unit)
    if last.aspect is Aspect.CHANGE and counts and TOGETHER.match(before):
        return saying_of(replace(context, before="giảm " if last.number < 0 else "tăng "))
    return None


def waits_for_plan(saying: Saying, context: Context) -> bool:
    """Whether a share waits for the words after the next one."""
    text, amount = context.text, context.amount
    return (
        saying.unit == "%"
        and saying.aspect in (Aspect.VALUE, Aspect.SHARE)
        and _AND.fullmatch(text, amount.end, context.limit) is not None
        and _SHARE_OF_PLAN.match(text, context.limit) is not None
    )
