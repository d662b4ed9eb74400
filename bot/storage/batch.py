"""Small writes that arrive together share one commit; a write that arrives alone waits for nobody."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.storage.database import Database
from bot.storage.faults import is_passing

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_MOST_AT_ONCE = 200


class Batch(Generic[Item, Outcome]):
    """While one transaction runs the next items gather, so the batch grows with the load and only with it.

    `work` gets the items of one transaction and returns one outcome for each, in their order; `single` is said of it
    as to `Database.write`. Items that are patient let others join them for `gather` seconds after each commit.
    """

    def __init__(
        self,
        database: Database,
        work: Callable[[Connection, Sequence[Item]], Sequence[Outcome]],
        *,
        single: bool = False,
        gather: float = 0.0,
    ) -> None:
        self._single = single
        self._gather = gather
        self._hurry = asyncio.Event()
        self._database = database
        self._work = work
        self._gathered: deque[tuple[Item, asyncio.Future[Outcome]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Outcome:
        """The outcome of `item` once it is committed. Cancelling the caller does not take the item back.

        Raises StorageError as `Database.write` does.
        """
        return await self.put(item)

    def put(self, item: Item, *, patient: bool = False) -> asyncio.Future[Outcome]:
        """The same for whoever does not wait for it now."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._gathered.append((item, outcome))
        if not patient:
            self._hurry.set()
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return outcome

    async def drain(self) -> None:
        """Wait until everything submitted so far is committed or has failed."""
        if self._writer is not None:
            self._hurry.set()
            await asyncio.wait((self._writer,))

    async def _write(self) -> None:
        while self._gathered:
            self._hurry.clear()
            taken = [self._gathered.popleft() for _ in range(min(len(self._gathered), _MOST_AT_ONCE))]
            await self._commit(taken)
            if self._gather and len(self._gathered) < _MOST_AT_ONCE:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hurry.wait(), self._gather)

    async def _commit(self, taken: Sequence[tuple[Item, asyncio.Future[Outcome]]]) -> None:
        items = [item for item, _ in taken]
        try:
            outcomes = await self._database.write(lambda c: self._work(c, items), single=self._single)
        except Exception as error:
            spoilt = error.__cause__ is None or not is_passing(error.__cause__)
            if spoilt and len(taken) > 1:
                # One item the database refuses must not take the others with it.
                for pair in taken:
                    await self._commit((pair,))
                return
            for _, outcome in taken:
                if not outcome.done():
                    outcome.set_exception(error)
            return
        for (_, waiting), result in zip(taken, outcomes, strict=True):
            if not waiting.done():
                waiting.set_result(result)
