"""The entries of a draft before they are written down: what, from which span, and of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.editing.held import Span
from bot.editing.mention import FigureMention
from bot.text import fold

_LONGEST_ID = 56


@dataclass(frozen=True, slots=True)
class GroupDraft:
    id: str
    name: str
    span: Span
    figure: FigureMention | None = None


@dataclass(frozen=True, slots=True)
class FactDraft:
    """Either `figures`, or a clause in words at `span`."""

    id: str
    subject: str
    span: Span
    figures: tuple[FigureMention, ...] = ()
    scope: str | None = None
    period: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """A difficulty, or a directive with who gave it and to whom."""

    id: str
    subject: str
    span: Span
    period: str | None = None
    by: str | None = None
    to: str | None = None
    has_figures: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything below the head of a briefing; `outlook` are tasks nobody is named for."""

    groups: tuple[GroupDraft, ...]
    facts: tuple[FactDraft, ...]
    difficulties: tuple[WordsDraft, ...]
    directives: tuple[WordsDraft, ...]
    purpose: Span | None
    discussion: Span | None
    outlook: tuple[Span, ...]


class Names:
    """Ids that are unique in one briefing."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, text: str) -> str:
        """A short id made of the letters of the text."""
        name = ""
        for part in re.findall(r"[a-z0-9]+", fold(text)):
            longer = f"{name}-{part}".strip("-")
            if len(longer) > _LONGEST_ID:
                break
            name = longer
        name = name or "muc"
        unique = name
        while unique in self._taken:
            self._taken[name] += 1
            unique = f"{name}-{self._taken[name]}"
        self._taken[unique] = 1
        return unique
