"""How many answers may lie between Telegram and the journal at once: those are what kill -9 makes come twice."""

from __future__ import annotations

import asyncio

# When those few stall, the others do not wait for them any longer than this.
_PATIENCE_SECONDS = 0.5


class Narrows:
    """Room for `wide` rows that have been sent and whose end is not written down yet."""

    def __init__(self, wide: int) -> None:
        self._room = asyncio.Semaphore(wide)

    def passage(self) -> Passage:
        """One row's way through."""
        return Passage(self._room)


class Passage:
    """Entered before the first call to Telegram, left when the row's end is safe."""

    def __init__(self, room: asyncio.Semaphore) -> None:
        self._room = room
        self._entered = self._holds = False

    async def enter(self) -> None:
        """Wait for room, but not for ever; at once when it has been entered before."""
        if self._entered:
            return
        self._entered = True
        if self._room.locked():
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self._room.acquire()
            except TimeoutError:
                return
        else:
            await self._room.acquire()
        self._holds = True

    def leave(self) -> None:
        if self._holds:
            self._holds = False
            self._room.release()
