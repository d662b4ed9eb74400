"""Saving a file changes the next answer; a file saved broken changes nothing but is reported."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from watchfiles import awatch

from bot.knowledge import Knowledge, KnowledgeReader, Loaded
from bot.problem import Problem

Apply = Callable[[Knowledge], Awaitable[None] | None]
Report = Callable[[tuple[Problem, ...]], None]

_GATHER = 400  # milliseconds at most in which the several steps of one save are taken together
_QUIET = 50  # milliseconds without a change that end a save
_LOOK = 30_000  # milliseconds after which the files are looked at even without an event: network drives send none


async def watch(
    directory: Path,
    apply: Apply,
    report: Report,
    read: Callable[[], Loaded] | None = None,
    current: str = "",
    stop: asyncio.Event | None = None,
) -> None:
    """Read the directory after every change until `stop` is set, and hand each whole knowledge to `apply`.

    `apply` gets a complete new `Knowledge`, so whoever answers holds either the old one or the new one. When the
    files are broken `apply` is not called: the last good knowledge stays in force, and `report` gets the problems
    once, and an empty tuple when they are mended. `read` runs in a thread and may remember unchanged files (default:
    a KnowledgeReader of its own); `current` is the version in force, which is not applied again.

    Raises KnowledgeError when there is no such directory, and whatever `read` or `apply` raises.
    """
    read = read or KnowledgeReader(directory).read
    told: tuple[Problem, ...] = ()
    async for _ in _looks(directory, stop or asyncio.Event()):
        loaded = await asyncio.to_thread(read)
        problems = loaded.problems if loaded.knowledge is None else ()
        if problems != told:
            told = problems
            report(problems)
        if loaded.knowledge is not None and loaded.knowledge.version != current:
            current = loaded.knowledge.version
            done = apply(loaded.knowledge)
            if done is not None:
                await done


async def _looks(directory: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """A moment to look: now, for what changed since loading, then after every change."""
    yield
    changes = awatch(
        directory, stop_event=stop, debounce=_GATHER, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True
    )
    async for _ in changes:
        yield
