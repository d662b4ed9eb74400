"""One figure of an article, as everything drafted or checked from it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.model import Aspect, Qualifier
from bot.time_mention import TimeMention


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One figure: what it says, and `start`..`end` of the article where its number and unit stand.

    `number` is signed and may be derived (bằng 80,8 % so với cùng kỳ → −19,2); `written` is what stands there.
    `group` is the same for figures of one subject. `doubts` are names of reasons an editor should look.
    """

    start: int
    end: int
    number: Decimal
    written: Decimal
    of: Decimal | None
    unit: str
    aspect: Aspect
    qualifier: Qualifier | None
    against: str | None
    subject: str
    scope: str | None
    time: TimeMention | None
    group: int
    part_of: int | None = None
    derived: bool = False
    doubts: tuple[str, ...] = ()
