"""An answer as the JSON object that scripts rely on (CONTRACT: question, status, lead, text, parts, knowledge, ms)."""

from __future__ import annotations

from bot.chat.render import plain, plain_part
from bot.outcome import Answer, Found, Part, status_of


def lead_of(part: Part) -> str:
    """The first bold span of a part: what a hurried reader takes away."""
    return part.cards[0].lead if isinstance(part, Found) else part.card.lead


def as_json(answer: Answer) -> dict[str, object]:
    return {
        "question": answer.question,
        "status": answer.status,
        "lead": lead_of(answer.parts[0]),
        "text": plain(answer),
        "parts": [
            {
                "status": status_of(part),
                "lead": lead_of(part),
                "text": plain_part(part),
                "entries": list(part.entries),
                "suggestions": [{"id": s.id, "label": s.label} for s in part.suggestions],
                "reason": dict(part.reason),
            }
            for part in answer.parts
        ],
        "knowledge": answer.knowledge,
        "ms": round(answer.milliseconds, 3),
    }
