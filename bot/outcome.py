"""What passes between asking and showing: a question, and the answer as data.

An `Answer` has one part per thing asked. A part is `Found`, `Unsure` or `NotFound`; nothing else happens
to a question. The rooms that show it (`chat/render.py`) decide on markup; the words are already chosen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Status = Literal["found", "unsure", "none"]
Reason = Mapping[str, object]  # JSON-ready explanation of one part: concepts, gates, candidates, scores


class Question(NamedTuple):
    """One message. `asker` names the conversation for follow-ups; empty means it stands alone."""

    text: str
    asker: str
    asked_at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a reader sees it."""

    title: str
    publisher: str
    url: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One figure of a series over periods, ready for a table row or a chart point."""

    period: str  # as read: 6 tháng đầu năm 2023
    number: float
    shown: str  # 405 nghìn tỷ đồng
    entry: str


@dataclass(frozen=True, slots=True)
class Series:
    """The same subject over several periods, oldest first; `unit` labels the axis."""

    subject: str
    unit: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One answer block. Everything is finished Vietnamese plain text; `lead` is shown bold and first."""

    lead: str
    about: str = ""  # what the lead is, with period and scope
    lines: tuple[str, ...] = ()  # comparison figures, list items, who said it, notes
    footer: str = ""  # the briefing and its date
    citations: tuple[Citation, ...] = ()
    series: Series | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button: `id` opens an entry or asks again, `label` is what the button says."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    cards: tuple[Card, ...]
    entries: tuple[str, ...]
    reason: Reason = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    card: Card
    suggestions: tuple[Suggestion, ...]
    reason: Reason = field(default_factory=dict)
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    card: Card
    suggestions: tuple[Suggestion, ...] = ()
    reason: Reason = field(default_factory=dict)
    entries: tuple[str, ...] = ()


Part = Found | Unsure | NotFound


def status_of(part: Part) -> Status:
    if isinstance(part, Found):
        return "found"
    return "unsure" if isinstance(part, Unsure) else "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """All parts of one reply. `milliseconds` covers reading to rendered text; `knowledge` is its version."""

    question: str
    parts: tuple[Part, ...]
    knowledge: str
    milliseconds: float

    @property
    def status(self) -> Status:
        """found if any part is, else unsure if any is, else none."""
        statuses = [status_of(part) for part in self.parts]
        for best in ("found", "unsure"):
            if best in statuses:
                return best
        return "none"
