"""The parts of one answer, held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.outcome import Found, Part


def answers_more(parts: Sequence[Part], than: Sequence[Part]) -> bool:
    """Whether more is found, or all of it where only part was."""
    found = sum(isinstance(part, Found) for part in parts)
    before = sum(isinstance(part, Found) for part in than)
    return found > before or (0 < found == len(parts) < len(than))


def distinct(parts: Iterable[Part]) -> list[Part]:
    """Parts without a second one that answers with the same entries."""
    kept: list[Part] = []
    for part in parts:
        if not (part.entries and any(part.entries == other.entries for other in kept)):
            kept.append(part)
    return kept
