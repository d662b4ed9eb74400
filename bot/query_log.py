"""Who asked what, when, and what came of it: one row per message, readable while the bot runs."""

from __future__ import annotations

import datetime as dt
import hmac
import math
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.errors import UsageError
from bot.log_rows import EVERYTHING, VIETNAM, LogEntry, LogFilter, LogRow, LogStats, condition, from_row, to_values
from bot.phrases.log import PURGE_NEEDS_FILTER, SHARED_PSEUDONYM
from bot.storage.database import Database
from bot.storage.migrations import SALT
from bot.storage.schema import INBOX, MARKS, QUERY_LOG

# Crockford's 32 letters and digits: none can be misread for another on paper or by telephone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PSEUDONYM_LENGTH = 6
_CHUNK = 500

__all__ = ["EVERYTHING", "LogEntry", "LogFilter", "LogRow", "LogStats", "QueryLog"]


class QueryLog:
    """The log over one database. Make it with `QueryLog.open`; every method may raise StorageError."""

    def __init__(self, database: Database, salt: bytes) -> None:
        self._database = database
        self._salt = salt

    @classmethod
    async def open(cls, database: Database) -> QueryLog:
        """The log of `database`, with that database's own salt for pseudonyms."""

        def salt(connection: Connection) -> str:
            return str(connection.execute(select(MARKS.c.value).where(MARKS.c.name == SALT)).scalar_one())

        return cls(database, bytes.fromhex(await database.read(salt)))

    @property
    def mark(self) -> str:
        """A word of eight letters and digits that no other database's log has; it tells nothing of the salt."""
        return hmac.digest(self._salt, b"mark", "sha256").hex()[:8]

    def pseudonym(self, user_id: int) -> str:
        """The stable name of a person in this database's log, such as CB-7K2QM4; it cannot be turned back."""
        return _pseudonym(self._salt, user_id)

    async def add(self, entry: LogEntry) -> None:
        """Write one row; a row of the same `update_id` that is already there stays as it is."""
        await self._database.write(lambda connection: self.write_in(connection, (entry,)))

    def write_in(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        """Write rows in a transaction that is already open (the inbox marks its row done in the same one)."""
        if not entries:
            return
        dialect_insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
        statement = dialect_insert(QUERY_LOG).on_conflict_do_nothing(index_elements=["update_id"])
        connection.execute(statement, [self.columns(entry) for entry in entries])

    def columns(self, entry: LogEntry) -> dict[str, object]:
        """One row as the table has it."""
        return to_values(entry, self.pseudonym(entry.user_id))

    async def rate(self, update_id: int, user_id: int, *, helpful: bool) -> bool:
        """Keep what the asker thought of the answer to `update_id`; the last word counts.

        False when there is no such row or somebody else asked it.
        """
        statement = (
            update(QUERY_LOG)
            .where(QUERY_LOG.c.update_id == update_id, QUERY_LOG.c.user_id == user_id)
            .values(feedback=1 if helpful else -1)
        )

        def work(connection: Connection) -> bool:
            return connection.execute(statement).rowcount > 0

        return await self._database.write(work)

    async def rows(self, where: LogFilter = EVERYTHING, *, limit: int = 20, offset: int = 0) -> tuple[LogRow, ...]:
        """A page of rows, newest first."""
        statement = select(QUERY_LOG).where(condition(where)).order_by(QUERY_LOG.c.id.desc())
        return await self._select(statement.limit(limit).offset(offset))

    async def row(self, log_id: int) -> LogRow | None:
        """The row of that id."""
        found = await self._select(select(QUERY_LOG).where(QUERY_LOG.c.id == log_id))
        return found[0] if found else None

    async def of_update(self, update_id: int) -> LogRow | None:
        """The row of that Telegram update: what was asked and what was offered."""
        found = await self._select(select(QUERY_LOG).where(QUERY_LOG.c.update_id == update_id))
        return found[0] if found else None

    async def count(self, where: LogFilter = EVERYTHING) -> int:
        """How many rows the filter leaves."""
        statement = select(func.count()).select_from(QUERY_LOG).where(condition(where))

        def work(connection: Connection) -> int:
            return int(connection.execute(statement).scalar_one())

        return await self._database.read(work)

    async def export(self, where: LogFilter = EVERYTHING) -> AsyncIterator[LogRow]:
        """Every row, oldest first, read in portions: the size of the log does not matter."""
        last = 0
        while True:
            statement = select(QUERY_LOG).where(condition(where), QUERY_LOG.c.id > last).order_by(QUERY_LOG.c.id)
            portion = await self._select(statement.limit(_CHUNK))
            for row in portion:
                yield row
            if len(portion) < _CHUNK:
                return
            last = portion[-1].id

    async def purge(self, where: LogFilter, *, dry_run: bool = False) -> int:
        """Delete the rows of the filter for good, or only count them; how many.

        A person's purge also empties what the inbox still keeps of their private chat.
        Raises UsageError for a filter that narrows nothing, and for a pseudonym two people share.
        """
        if where == EVERYTHING:
            raise UsageError(PURGE_NEEDS_FILTER)
        people = await self._people(where) if where.pseudonym is not None else (where.user_id,)
        if len(people) > 1:
            raise UsageError(SHARED_PSEUDONYM)
        if dry_run:
            return await self.count(where)
        whole_person = where in (LogFilter(pseudonym=where.pseudonym), LogFilter(user_id=where.user_id))

        def work(connection: Connection) -> int:
            if whole_person and people:
                kept = (INBOX.c.chat_id == people[0], INBOX.c.state == "dead")
                connection.execute(delete(INBOX).where(*kept))
            return connection.execute(delete(QUERY_LOG).where(condition(where))).rowcount

        deleted = await self._database.write(work)
        await self._database.shed()
        return deleted

    async def retain(self, days: int) -> int:
        """Delete what is older than `days`; how many rows."""
        return await self.purge(LogFilter(until=dt.datetime.now(dt.UTC) - dt.timedelta(days=days)))

    async def stats(self, where: LogFilter = EVERYTHING) -> LogStats:
        """Counts and latencies over the filter."""
        chosen, column = condition(where), QUERY_LOG.c
        day = self._day()

        def work(connection: Connection) -> LogStats:
            def grouped(by: ColumnElement[Any]) -> list[Any]:
                counted = select(by.label("by"), func.count().label("n")).where(chosen).group_by("by").order_by("by")
                return [tuple(row) for row in connection.execute(counted)]

            by_status = dict(grouped(column.status))
            by_feedback = dict(grouped(column.feedback))
            people = select(func.count(column.user_id.distinct())).where(chosen)
            questions = sum(by_status.values())

            def quantile(share: float) -> float | None:
                place = max(0, math.ceil(share * questions) - 1)
                ordered = select(column.milliseconds).where(chosen).order_by(column.milliseconds)
                return connection.execute(ordered.limit(1).offset(place)).scalar_one_or_none()

            return LogStats(
                questions=questions,
                people=connection.execute(people).scalar_one(),
                by_status=by_status,
                helpful=by_feedback.get(1, 0),
                unhelpful=by_feedback.get(-1, 0),
                median_ms=quantile(0.5),
                p95_ms=quantile(0.95),
                by_day=tuple((dt.date.fromisoformat(name), n) for name, n in grouped(day)),
            )

        return await self._database.read(work)

    async def _people(self, where: LogFilter) -> tuple[int, ...]:
        statement = select(QUERY_LOG.c.user_id).where(condition(where)).distinct()

        def work(connection: Connection) -> tuple[int, ...]:
            return tuple(connection.execute(statement).scalars())

        return await self._database.read(work)

    async def _select(self, statement: Select[Any]) -> tuple[LogRow, ...]:
        def work(connection: Connection) -> tuple[LogRow, ...]:
            return tuple(from_row(row) for row in connection.execute(statement))

        return await self._database.read(work)

    def _day(self) -> ColumnElement[str]:
        """The day in Vietnam a question was asked, as YYYY-MM-DD."""
        if self._database.path is not None:
            return func.date(QUERY_LOG.c.asked_at, "+7 hours", type_=String)
        in_vietnam = func.timezone(literal(VIETNAM.utcoffset(None)), QUERY_LOG.c.asked_at)
        return func.to_char(in_vietnam, "YYYY-MM-DD", type_=String)


@lru_cache(maxsize=1024)  # a question needs its asker's twice
def _pseudonym(salt: bytes, user_id: int) -> str:
    digest = int.from_bytes(hmac.digest(salt, str(user_id).encode(), "sha256"), "big")
    return "CB-" + "".join(_ALPHABET[(digest >> 5 * place) & 31] for place in range(_PSEUDONYM_LENGTH))
