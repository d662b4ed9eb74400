"""An answer as it is sent and logged: all that anybody needs of it once it has been thought over."""

from __future__ import annotations

from typing import NamedTuple

from bot.chat.chart import charts
from bot.chat.render import Outgoing, messages
from bot.log_text import as_json
from bot.outcome import Answer, Part, Series, Status, status_of


class Composed(NamedTuple):
    """One answer. `reason` is what the query log keeps of why: JSON, one object per part."""

    status: Status
    entries: tuple[str, ...]
    reason: str
    knowledge: str  # the version it comes from
    milliseconds: float  # thinking alone
    messages: tuple[Outgoing, ...]
    charts: tuple[Series, ...]


def compose(answer: Answer) -> Composed:
    """Everything of the answer that leaves this program, written out."""
    return Composed(
        answer.status,
        tuple(entry for part in answer.parts for entry in part.entries),
        as_json([_reason(part) for part in answer.parts]),
        answer.knowledge,
        answer.milliseconds,
        messages(answer),
        charts(answer),
    )


def _reason(part: Part) -> dict[str, object]:
    """Why, and what was offered: a button carries only a number and looks the rest up here."""
    offered = [{"id": s.id, "label": s.label} for s in part.suggestions]
    return {**part.reason, "status": status_of(part), "suggestions": offered}
