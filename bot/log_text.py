"""Words and data as any database can keep them, and as they are searched in."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.text import fold


def storable(words: str) -> str:
    """`words` without what a database cannot keep: NUL and halves of surrogate pairs."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def searchable(words: str) -> str:
    """Lower case without marks, one space between words: what "contains" compares."""
    return " ".join(fold(word) for word in words.split())


def as_json(values: Sequence[object]) -> str:
    """A JSON array; what JSON has no form for is written as text."""
    return storable(json.dumps(list(values), ensure_ascii=False, default=str, skipkeys=True))
