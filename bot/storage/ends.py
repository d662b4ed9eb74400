"""How rows of the inbox end: done and logged, both or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.database import Database
from bot.storage.inbox_rows import InboxRows
from bot.storage.schema import QUERY_LOG

_LOGGED = tuple(c for c in QUERY_LOG.c if c.name not in ("id", "feedback"))


class Ends:
    """Writes ends. On PostgreSQL all of them are one statement, which is a transaction by itself: where two statements
    with a begin and a commit are four trips to the server, an answer that was sent waits for one.
    """

    def __init__(self, database: Database, rows: InboxRows) -> None:
        self._rows = rows
        self._clock = database.clock
        self._together = _both(rows) if database.path is None else None
        self._log = sqlite_insert(QUERY_LOG).on_conflict_do_nothing(index_elements=["update_id"])

    def write(
        self, connection: Connection, owner: str, ids: Sequence[int], logged: Sequence[Mapping[str, object]]
    ) -> set[int]:
        """Mark rows of `owner` done and keep log rows, given as columns; which of the rows were still the owner's.

        A log row whose `update_id` is there already stays as it is.
        """
        if self._together is not None and logged:
            columns = {_array(c.name): [row[c.name] for row in logged] for c in _LOGGED}
            values = {"ids": list(ids), "owner": owner, **columns, **self._clock.values(now=0)}
            return set(connection.execute(self._together, values).scalars())
        mine = self._rows.finish(connection, owner, ids)
        if logged:
            connection.execute(self._log, [dict(row) for row in logged])
        return mine


def _both(rows: InboxRows) -> Select[Any]:
    """Both writes in one statement of PostgreSQL's; the log rows come as one array for each column."""
    arrays = [bindparam(_array(c.name), type_=ARRAY(c.type)) for c in _LOGGED]
    listed = func.unnest(*arrays).table_valued(*(column(c.name, c.type) for c in _LOGGED), name="listed")
    written = postgresql_insert(QUERY_LOG).from_select([c.name for c in _LOGGED], select(listed.render_derived()))
    ended = rows.finishing.cte("ended")
    kept = written.on_conflict_do_nothing(index_elements=["update_id"]).cte("kept")
    return select(ended.c.id).add_cte(kept)


def _array(name: str) -> str:
    """A parameter's name; one that is a column's would be taken for a new value of the rows that end."""
    return f"all_{name}"
