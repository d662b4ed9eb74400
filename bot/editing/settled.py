"""The questions an editor has dealt with: none of them is shown again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from bot.storage import knowledge_rows as rows
from bot.storage.database import Database

Verdict = Literal["ignored", "attached", "absent"]


class Settled:
    """Kept by the marks of a cluster. Both methods may raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def marks(self) -> frozenset[str]:
        return await self._database.read(rows.settled)

    async def settle(self, marks: Iterable[str], text: str, verdict: Verdict, editor_id: int) -> None:
        """Remember every mark of one cluster; `text` is for a reader of the table."""
        ordered = sorted(marks)
        await self._database.write(lambda c: rows.settle(c, ordered, text, verdict, editor_id))
