"""Few named values that outlive the process, such as the last confirmed update."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.schema import MARKS


@dataclass(frozen=True, slots=True)
class Mark:
    value: str
    set_at: dt.datetime


def keep(connection: Connection, name: str, value: str) -> None:
    """Set the mark, new or not."""
    now = dt.datetime.now(dt.UTC)
    dialect_insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = dialect_insert(MARKS).values(name=name, value=value, set_at=now)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value, "set_at": now}))


def find(connection: Connection, name: str) -> Mark | None:
    """The mark as set last."""
    row = connection.execute(select(MARKS.c.value, MARKS.c.set_at).where(MARKS.c.name == name)).one_or_none()
    return None if row is None else Mark(row.value, row.set_at)
