"""Only one running bot per SQLite file: its claims have nobody to dispute them."""

from __future__ import annotations

import asyncio
import fcntl
import os
from contextlib import suppress
from pathlib import Path

from bot.errors import StorageError
from bot.phrases.storage import IN_USE, NO_DIRECTORY

_PAUSE = 0.1


class SoleUse:
    """A lock beside the database file, held by this process and dropped by the system whatever ends it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    async def of(cls, path: Path, patience: float) -> SoleUse:
        """Take the lock, waiting up to `patience` seconds for a process that is still stopping.

        Raises StorageError when another process keeps it.
        """
        try:
            handle = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError(NO_DIRECTORY) from error
        clock = asyncio.get_running_loop().time
        deadline = clock() + patience
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(handle)
            if clock() > deadline:
                os.close(handle)
                raise StorageError(IN_USE)
            try:
                await asyncio.sleep(_PAUSE)
            except asyncio.CancelledError:
                os.close(handle)
                raise

    def drop(self) -> None:
        """Let another process have the file."""
        os.close(self._handle)
