"""Hands claimed rows to waiting workers: one claim serves all who wait, and an idle inbox is hardly asked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import StorageError
from bot.storage.inbox_rows import InboxRow

# A claim is a transaction whether it brings one row or ten. While most workers are busy, those who are not wait this
# long for others to join them: at full load rows are then claimed by the half dozen.
_GATHER_SECONDS = 0.02


class Dispatcher:
    """Claims when a worker waits and there may be work: on a poke, or every `poll` seconds (others may put too)."""

    def __init__(self, claim: Callable[[int], Awaitable[list[InboxRow]]], poll: float) -> None:
        self._claim = claim
        self._poll = poll
        self._waiting: deque[asyncio.Future[InboxRow]] = deque()
        self._spare: deque[InboxRow] = deque()  # claimed for workers who left meanwhile
        self._poked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self._most = 0  # workers that ever waited at the same time

    def poke(self) -> None:
        """There may be something to claim."""
        self._poked.set()

    def poke_later(self, seconds: float) -> None:
        """There will be something to claim after `seconds`."""
        asyncio.get_running_loop().call_later(seconds, self.poke)

    async def take(self, wait: float | None) -> InboxRow | None:
        """The next row, None when none came in `wait` seconds or the dispatcher has been stopped.

        Raises StorageError when claiming failed.
        """
        if self._stopped:
            return None
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        place: asyncio.Future[InboxRow] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._poked.set()
        try:
            await asyncio.wait((place,), timeout=wait)
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._spare.append(place.result())
            place.cancel()
            raise
        if place.done():
            return None if place.cancelled() else place.result()
        place.cancel()
        return None

    async def stop(self) -> None:
        """Let everybody who waits go away empty-handed."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
        while self._waiting:
            self._waiting.popleft().cancel()

    async def _run(self) -> None:
        while True:
            self._poked.clear()
            await self._serve()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll):
                    await self._poked.wait()

    async def _serve(self) -> None:
        """Give rows to those who wait until there are no more rows or no more of them."""
        while self._still_waiting():
            await self._gather()
            if not (wanted := self._still_waiting()):
                return
            try:
                rows = [self._spare.popleft()] if self._spare else await self._claim(wanted)
            except StorageError as error:
                self._fail(error)
                return
            for row in rows:
                self._give(row)
            if not rows:
                return

    async def _gather(self) -> None:
        """Until half of the workers wait, but not for long; an idle program never waits here."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_GATHER_SECONDS):
                while not self._spare and 2 * self._still_waiting() < self._most:
                    self._poked.clear()
                    await self._poked.wait()

    def _give(self, row: InboxRow) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(row)
                return
        self._spare.append(row)

    def _fail(self, error: StorageError) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(error)

    def _still_waiting(self) -> int:
        self._waiting = deque(place for place in self._waiting if not place.done())
        self._most = max(self._most, len(self._waiting))
        return len(self._waiting)
