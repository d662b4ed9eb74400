"""Models of unchanged files kept on disk between runs, so that a country's knowledge opens in seconds.

A cache file is a pickle, which can run code when read: only files that belong to this user, that nobody else may
touch and whose checksum fits are opened. Anything else is treated as absent.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pydantic
from pydantic import BaseModel

from bot import model, model_pickle, number, period

_MAGIC = b"giaoban1"
_KEPT = 30 * 86_400  # seconds a model is kept

Kind = TypeVar("Kind", bound=BaseModel)


def default_folder() -> Path | None:
    """The cache folder named by KNOWLEDGE_CACHE, the user's own otherwise; None when it says `off`."""
    named = os.environ.get("KNOWLEDGE_CACHE", "")
    if named.lower() == "off":
        return None
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "giaoban"
    except RuntimeError:  # a container user without a home
        return None


class KnowledgeCache:
    """Models by the content of their file. Every failure of the disk means "not cached", never an error."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if hasattr(os, "geteuid") else None
        self._salt = _code_version()
        self._tidied = False

    def get(self, digest: str, kind: type[Kind]) -> Kind | None:
        """The model of a content, named by the content's digest; None when it is not there."""
        if self._folder is None:
            return None
        key = self._key(digest, kind)
        try:
            payload = _read_own(_path(self._folder, key), key)
        except OSError:
            return None
        if payload is None:
            return None
        try:
            found = model_pickle.loads(payload)
        except Exception:  # a pickle of classes that have moved can fail in any way
            return None
        return found if isinstance(found, kind) else None

    def put(self, digest: str, model: BaseModel) -> None:
        """Keep a model under its content's digest; a reader sees the whole file or none."""
        if self._folder is None:
            return
        payload = model_pickle.dumps(model)
        key = self._key(digest, type(model))
        path = _path(self._folder, key)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._tidy_once()
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)  # created as 0600
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MAGIC + _checksum(key, payload) + payload)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _tidy_once(self) -> None:
        """Delete models of contents long gone; whatever is still in use is simply made again."""
        if self._tidied or self._folder is None:
            return
        self._tidied = True
        old = time.time() - _KEPT
        for path in self._folder.glob("??/*"):
            if path.lstat().st_mtime < old:
                path.unlink(missing_ok=True)

    def _key(self, digest: str, kind: type[BaseModel]) -> str:
        return hashlib.blake2b(f"{kind.__name__} {digest}".encode(), digest_size=20, key=self._salt).hexdigest()


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _checksum(key: str, payload: bytes) -> bytes:
    # With the key in it, a file moved to another name is refused too.
    return hashlib.blake2b(payload, digest_size=16, key=key.encode()).digest()


def _read_own(path: Path, key: str) -> bytes | None:
    """The payload of a whole file that only this user can have written under this key."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
            return None
        content = file.read()
    head, checksum, payload = content[:8], content[8:24], content[24:]
    return payload if head == _MAGIC and checksum == _checksum(key, payload) else None


def _code_version() -> bytes:
    """Changes whenever a stored model could mean something else."""
    digest = hashlib.blake2b(f"{sys.version_info[:3]} {pydantic.VERSION}".encode(), digest_size=32)
    for module in (model, model_pickle, number, period):
        digest.update(Path(module.__file__ or "").read_bytes())
    return digest.digest()
