"""Units written the one way, and units that fit what a figure says."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bot.check.table import Row
from bot.model import Aspect
from bot.phrases import rules as words
from bot.phrases.units import KNOWN
from bot.problem import Problem
from bot.text import fold

_PERCENT = frozenset({"%", "lan", "‰"})
_FOLDED = {fold(unit): unit for unit in KNOWN}


def known_unit(row: Row) -> Iterator[Problem]:
    """A unit that is nearly a known one is a slip; any other noun may be counted."""
    for place, figure in enumerate(row.figures):
        unit = figure.unit
        if unit in KNOWN:
            continue
        folded = " ".join(fold(unit).split())
        near = _FOLDED.get(folded) or next(iter(difflib.get_close_matches(folded, _FOLDED, 1, 0.85)), None)
        if near is not None:
            message = words.nearly_known_unit(unit, _FOLDED.get(near, near))
            yield row.problem(("figures", place, "unit"), "unit", message, "warning")


def share_is_percent(row: Row) -> Iterator[Problem]:
    """Shares are per cent (or times); otherwise the aspect or the unit is wrong."""
    for place, figure in enumerate(row.figures):
        if figure.aspect in (Aspect.PLAN_SHARE, Aspect.SHARE) and fold(figure.unit) not in _PERCENT:
            message = words.share_unit(figure.aspect.value, figure.unit)
            yield row.problem(("figures", place, "unit"), "share-unit", message)
