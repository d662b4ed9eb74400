"""Why a question was answered as it was, ready for JSON: what `ask --json` shows and the query log keeps."""

from __future__ import annotations

from collections.abc import Sequence

from bot.match import Match
from bot.reading import Reading


def reason_of(reading: Reading, ranked: Sequence[Match] = ()) -> dict[str, object]:
    """Why, ready for JSON: what was read, and the best candidates with what spoke for and against them."""
    words = reading.words
    return {
        **reading.as_read,
        "candidates": [
            {
                "id": m.subject.items[0].id,
                "score": round(m.score, 3),
                "signals": {**m.explanation.signals.as_dict(), "fit": m.fit},
                "unexplained": [" ".join(w.text for w in words[h.start : h.end]) for h in m.explanation.unexplained],
                "contradicted": [" ".join(w.text for w in words[h.start : h.end]) for h in m.explanation.contradicted],
                "unknown": list(m.explanation.unknown),
                "barred": [i.id for i in m.barred[:3]],
            }
            for m in ranked[:3]
        ],
    }
