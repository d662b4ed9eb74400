"""How rows of the inbox end: done and logged, both or neither."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.database import Database
from bot.storage.inbox_rows import InboxRows
from bot.storage.schema import QUERY_LOG

_LOGGED = tuple(c for c in QUERY_LOG.c if c.name not in ("id", "feedback"))
_MOMENT = "asked_at"  # the one column that is no plain JSON


@dataclass(frozen=True, slots=True)
class End:
    """How one row ended: it is done, and `logged` are the columns of its log row, None when it has none."""

    row_id: int
    update_id: int
    owner: str
    logged: Mapping[str, object] | None

    def to_record(self) -> str:
        """One line that `from_record` reads."""
        return json.dumps(
            {"row": self.row_id, "update": self.update_id, "owner": self.owner, "log": self.logged},
            default=dt.datetime.isoformat,
            check_circular=False,
        )

    @classmethod
    def from_record(cls, record: str) -> End:
        """Raises ValueError, KeyError or TypeError for what another version of the program may have written."""
        kept = json.loads(record)
        logged = kept["log"]
        if logged is not None:
            logged = {c.name: logged[c.name] for c in _LOGGED}
            logged[_MOMENT] = dt.datetime.fromisoformat(logged[_MOMENT])
        return cls(kept["row"], kept["update"], kept["owner"], logged)


class Ends:
    """Writes ends. On PostgreSQL all of them are one statement, which is a transaction by itself: where two statements
    with a begin and a commit are four trips to the server, an answer that was sent waits for one.
    """

    def __init__(self, database: Database, rows: InboxRows) -> None:
        self._rows = rows
        self._clock = database.clock
        self._together = _both(rows) if database.path is None else None
        insert = sqlite_insert if database.path is not None else postgresql_insert
        self._log = insert(QUERY_LOG).on_conflict_do_nothing(index_elements=["update_id"])

    def write(self, connection: Connection, owner: str, ends: Sequence[End]) -> set[int]:
        """Mark rows of `owner` done and keep their log rows; which of the rows were still the owner's.

        A log row whose `update_id` is there already stays as it is.
        """
        ids = [end.row_id for end in ends]
        logged = [end.logged for end in ends if end.logged is not None]
        if self._together is not None and logged:
            columns = {_array(c.name): [row[c.name] for row in logged] for c in _LOGGED}
            values = {"ids": list(ids), "owner": owner, **columns, **self._clock.values(now=0)}
            return set(connection.execute(self._together, values).scalars())
        mine = self._rows.finish(connection, owner, ids)
        self._keep(connection, logged)
        return mine

    def write_late(self, connection: Connection, ends: Sequence[End]) -> set[int]:
        """Write ends whose owners are gone, if nobody has ended their rows meanwhile; which rows it was done for.

        Log rows come and go with that: what was written before, and perhaps purged since, is not written again.
        """
        open_rows = self._rows.still_open(connection, {end.row_id: end.update_id for end in ends})
        mine = {end.row_id: end for end in ends if end.row_id in open_rows}
        if mine:
            self._rows.finish_open(connection, list(mine))
            self._keep(connection, [end.logged for end in mine.values() if end.logged is not None])
        return set(mine)

    def _keep(self, connection: Connection, logged: Sequence[Mapping[str, object]]) -> None:
        if logged:
            connection.execute(self._log, [dict(row) for row in logged])


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
