"""One update on its way through the handlers, remembered across retries so that nothing is said twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.chat.composed import Composed
from bot.query_log import LogEntry


async def _at_once() -> None:
    return


@dataclass(slots=True)
class Turn:
    """What has been done for one update. A retry in this process starts again with the same turn."""

    update_id: int
    answer: Composed | None = None  # kept so that a retry repeats it instead of asking again
    admitted: bool = False  # the door lets a retry through without counting it as another question
    entry: LogEntry | None = None  # written together with the inbox row's end
    before_call: Callable[[], Awaitable[None]] = _at_once  # whom a call to Telegram must wait for
    _sent: int = 0
    _cursor: int = 0

    def restart(self) -> None:
        """Before each try: calls are counted from the first again."""
        self._cursor = 0

    async def once(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make the call unless an earlier try got it through. Handlers must keep their order of calls."""
        self._cursor += 1
        if self._cursor > self._sent:
            await self.before_call()
            await call()
            self._sent = self._cursor


class Turns:
    """The turns of the updates in work or waiting for a retry; handlers find theirs by the update's id.

    Only the newest are kept: a row may have been finished by another replica, and nobody tells us.
    """

    def __init__(self, most: int = 5000) -> None:
        self._open: dict[int, Turn] = {}
        self._most = most

    def begin(self, update_id: int) -> Turn:
        """The turn for one more try of this update."""
        turn = self.of(update_id)
        turn.restart()
        return turn

    def of(self, update_id: int) -> Turn:
        if update_id not in self._open and len(self._open) >= self._most:
            self._open.pop(next(iter(self._open)))
        return self._open.setdefault(update_id, Turn(update_id))

    def end(self, update_id: int) -> None:
        self._open.pop(update_id, None)
