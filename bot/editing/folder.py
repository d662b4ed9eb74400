"""The knowledge directory as the desk writes it: one file at a time, whole or not at all, never outside."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge_files import FOLDERS
from bot.phrases import desk as words
from bot.yaml_source import MAX_BYTES


def digest(content: bytes | None) -> str:
    """A name for the content of a file; empty for no file."""
    return "" if content is None else hashlib.blake2b(content, digest_size=16).hexdigest()


class KnowledgeFolder:
    """Files are named as inside the directory: `briefings/<slug>.yaml`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def names(self) -> tuple[str, ...]:
        """Every file there is, briefings first."""
        found = ((folder, path) for folder in FOLDERS for path in (self.directory / folder).glob("*.yaml"))
        return tuple(sorted((f"{f}/{p.name}" for f, p in found if not p.name.startswith(".")), key=_order))

    def content(self, name: str) -> bytes | None:
        """What the file holds, None when there is none.

        Raises KnowledgeError for a link, a directory, or what cannot be read.
        """
        path = self._path(name)
        try:
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KnowledgeError(words.unreadable(name, error.strerror or type(error).__name__)) from None

    def put(self, name: str, content: bytes | None) -> None:
        """Make the file hold `content`, or not be there: after a power cut it is the old one or the new one.

        Raises KnowledgeError when the directory cannot be written.
        """
        path = self._path(name)
        try:
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(exist_ok=True)
                _replace(path, content)
            _flush_directory(path.parent)
        except OSError as error:
            raise KnowledgeError(words.unwritable(error.strerror or type(error).__name__)) from None

    def require_writable(self, name: str) -> None:
        """Raises KnowledgeError when `put` would fail: better known before a version is written down."""
        path = self._path(name)
        try:
            path.parent.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp"):
                pass
        except OSError as error:
            raise KnowledgeError(words.unwritable(error.strerror or type(error).__name__)) from None

    def _path(self, name: str) -> Path:
        path = self.directory / name
        inside = path.parent.resolve() == self.directory.resolve() / path.parent.name
        if not inside or path.parent.name not in FOLDERS or path.is_symlink():
            raise KnowledgeError(words.outside(name))
        return path


def _order(name: str) -> tuple[int, str]:
    return tuple(FOLDERS).index(name.partition("/")[0]), name


def _replace(path: Path, content: bytes) -> None:
    # A dot in front and another ending: no reader takes it for knowledge.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 (both are names in one directory)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _flush_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
