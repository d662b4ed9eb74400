"""Which database errors pass by themselves, and what an operator reads of the others."""

from __future__ import annotations

import sqlite3

from sqlalchemy import exc

from bot.errors import StorageError
from bot.phrases.storage import FAILED, NOT_A_DATABASE, REFUSED, UNREACHABLE

# What drivers and the pool raise beside SQLAlchemy's own errors: refused connections, resolver trouble, timeouts,
# and a number too large for a column.
DATABASE_FAULTS = (exc.SQLAlchemyError, sqlite3.Error, OSError, TimeoutError, OverflowError)

_PASSING_SQLITE = frozenset(
    (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL)
)
_BROKEN_SQLITE = frozenset((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT))
# SQLSTATE classes: 08 connection, 40 rolled back for concurrency, 53 out of room, 55 in use, 57 shutting down.
_PASSING_POSTGRESQL = ("08", "40", "53", "55", "57")
_REFUSED_POSTGRESQL = ("28", "3D", "42501")


def is_passing(error: BaseException) -> bool:
    """Whether waiting may help: busy, locked, restarting, out of reach or out of room."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, (OSError, TimeoutError, exc.TimeoutError)):
        return True
    return _sqlite_code(error) in _PASSING_SQLITE or _sqlstate(error).startswith(_PASSING_POSTGRESQL)


def storage_error(error: BaseException) -> StorageError:
    """The one-line error an operator can act on; the text of `error` is not repeated, it may hold an address."""
    if is_passing(error):
        return StorageError(UNREACHABLE)
    if _sqlite_code(error) in _BROKEN_SQLITE:
        return StorageError(NOT_A_DATABASE)
    if _sqlstate(error).startswith(_REFUSED_POSTGRESQL):
        return StorageError(REFUSED)
    return StorageError(FAILED)


def _driver_error(error: BaseException) -> object:
    return error.orig if isinstance(error, exc.DBAPIError) else error


def _sqlite_code(error: BaseException) -> int | None:
    code = getattr(_driver_error(error), "sqlite_errorcode", None)
    # The low byte is the primary code; the rest says which kind of it.
    return code & 0xFF if isinstance(code, int) else None


def _sqlstate(error: BaseException) -> str:
    return getattr(_driver_error(error), "sqlstate", None) or ""
