"""Ends of rows in a file of this machine, written down the moment they are known and forgotten once committed.

What has been written to a file survives the death of the process, not that of the machine. So an answer that was sent
need not wait for the database before it is safe from being sent again; one write to the file takes some microseconds.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

_LOG = structlog.get_logger(__name__)
_MOST_BYTES = 4_000_000  # then nothing is taken until all is committed, which is a matter of milliseconds
_MOST_FILES = 1000
_CHECK_DIGITS = 8


class JournalFile:
    """A file that nobody else uses as long as this object has it: the lock goes with the process, however it ends.

    A record is a line of its checksum and its text. What is no such line, a torn last one above all, is passed over.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def lock(cls, path: Path) -> JournalFile | None:
        """The file, made when missing; None when somebody else has it. Raises OSError."""
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            with suppress(PermissionError):
                os.fchmod(handle, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if isinstance(error, BlockingIOError):
                return None
            raise
        return cls(handle)

    def read(self) -> tuple[list[str], int]:
        """Every whole record, and how many lines were none. Raises OSError."""
        size = os.fstat(self._handle).st_size
        content = b""
        while len(content) < size and (more := os.pread(self._handle, size - len(content), len(content))):
            content += more
        *lines, torn = content.split(b"\n")
        records = [_text(line) for line in lines]
        whole = [record for record in records if record is not None]
        return whole, len(records) - len(whole) + bool(torn)

    def append(self, record: str) -> int:
        """Write a record, by one call to the system; its length in bytes. Raises OSError when not all was written."""
        text = record.encode()
        line = b"%08x %b\n" % (zlib.crc32(text), text)
        if os.write(self._handle, line) < len(line):
            raise OSError("no room")
        return len(line)

    def cut(self, size: int) -> None:
        """Forget what lies behind the first `size` bytes. Raises OSError."""
        os.ftruncate(self._handle, size)

    def close(self) -> None:
        os.close(self._handle)


class Journal:
    """This process's file among those of all processes that share a directory and a database.

    `database` is a short word that no other database has: it is part of the files' names, so that ends never get into
    another one. A file is a process's own by its lock, and its number is the lowest that was free.
    """

    def __init__(self, directory: Path, database: str, most_bytes: int = _MOST_BYTES) -> None:
        self._directory = directory
        self._name = f"ends-{database}"
        self._most_bytes = most_bytes
        self._file: JournalFile | None = None
        self._number = -1
        self._size = 0
        self._open: set[int] = set()  # rows whose ends are written here and not known to be committed
        self.trouble = ""  # why nothing can be written at this moment, in a word or two; empty when it can

    def take(self) -> list[str]:
        """Make a file this process's own; what a process before left in it, to be committed before `clear`.

        Without a right to write nothing is raised: `append` then takes nothing.
        """
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            for number in range(_MOST_FILES):
                if file := JournalFile.lock(self._path(number)):
                    self._file, self._number, self._size = file, number, self._most_bytes
                    self._fares_well()
                    return _whole(file)
        except OSError as error:
            self._fares_ill(error)
        return []

    def clear(self) -> None:
        """Begin anew: whatever is in this process's file is committed."""
        if self._file is not None and not self._open:
            try:
                self._file.cut(0)
                self._size = 0
            except OSError as error:
                self._size = self._most_bytes
                self._fares_ill(error)

    def append(self, row_id: int, record: str) -> bool:
        """Whether the end of that row is safe now. If not, it must be committed before anything relies on it."""
        if self._file is None or self._size >= self._most_bytes:
            return False
        try:
            self._size += self._file.append(record)
        except OSError as error:
            self._fares_ill(error)
            try:
                self._file.cut(self._size)
            except OSError:
                self._size = self._most_bytes  # nothing may be written behind half a record
            return False
        self._open.add(row_id)
        if self.trouble:
            self._fares_well()
        return True

    def settled(self, row_id: int) -> None:
        """That row's end is committed, or will never be: its record is not needed. The last one empties the file."""
        self._open.discard(row_id)
        if not self._open and self._size:
            self.clear()

    def is_taken(self) -> bool:
        """Whether this process has a file."""
        return self._file is not None

    @contextmanager
    def left_by_others(self) -> Iterator[list[str]]:
        """What processes that are gone have left; forgotten at the end, unless something is raised meanwhile."""
        files: list[JournalFile] = []
        records: list[str] = []
        try:
            for path in sorted(self._directory.glob(f"{self._name}-*")):
                with suppress(OSError):  # its owner's right to write may be another's
                    if path != self._path(self._number) and path.stat().st_size and (file := JournalFile.lock(path)):
                        files.append(file)
                        records += _whole(file)
            yield records
            for file in files:
                with suppress(OSError):
                    file.cut(0)
        finally:
            for file in files:
                file.close()

    def close(self) -> None:
        """Let another process have the file. What is not committed stays in it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _path(self, number: int) -> Path:
        return self._directory / f"{self._name}-{number}"

    def _fares_ill(self, error: OSError) -> None:
        if not self.trouble:
            _LOG.warning("journal_unwritable", reason=error.strerror or str(error))
        self.trouble = error.strerror or str(error)

    def _fares_well(self) -> None:
        if self.trouble:
            _LOG.info("journal_writable")
        self.trouble = ""


def _whole(file: JournalFile) -> list[str]:
    records, spoilt = file.read()
    if spoilt:
        _LOG.warning("journal_spoilt", records=spoilt)
    return records


def _text(line: bytes) -> str | None:
    check, text = line[:_CHECK_DIGITS], line[_CHECK_DIGITS + 1 :]
    return text.decode() if check == b"%08x" % zlib.crc32(text) else None
