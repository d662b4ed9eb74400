"""Why a question was answered as it was, ready for JSON: what `ask --json` shows and the query log keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.match import Match
from bot.once import once
from bot.outcome import Reason
from bot.reading import Reading

_MOST = 3  # candidates, and what was barred of each


@dataclass(frozen=True, eq=False)
class _Explained(Mapping[str, object]):
    """Written out when somebody looks: most of what is tried for one message ends in no part of its answer."""

    reading: Reading
    ranked: Sequence[Match]

    @once
    def _written(self) -> dict[str, object]:
        return _written(self.reading, self.ranked)

    def __getitem__(self, key: str) -> object:
        return self._written[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def reason_of(reading: Reading, ranked: Sequence[Match] = ()) -> Reason:
    """Why, ready for JSON: what was read, and the best candidates with what spoke for and against them."""
    return _Explained(reading, ranked[:_MOST])


def _written(reading: Reading, ranked: Sequence[Match]) -> dict[str, object]:
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
                "barred": [i.id for i in m.barred[:_MOST]],
            }
            for m in ranked
        ],
    }
