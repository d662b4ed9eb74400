"""Members and the audit trail as SQL, inside somebody's transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, case, func, insert, select

from bot.storage.schema import AUDIT, PEOPLE

# Any number of ours: changes of roles queue on it, so that no two of them can each leave the other as last admin.
_CHANGE_LOCK = 4_201_607_003


class Role(StrEnum):
    """What a person may do; each role may do all that the one before may."""

    OFFICIAL = "official"  # asks
    EDITOR = "editor"  # edits the knowledge
    ADMIN = "admin"  # reads the log, lets people in

    def covers(self, other: Role) -> bool:
        """Whether this role may do what `other` may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Member:
    """A person who was let in; `added_by` None came by the operator's link."""

    user_id: int
    name: str
    role: Role
    added_by: int | None
    added_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change: who (None: the operator) did what to whom."""

    id: int
    at: dt.datetime
    actor_id: int | None
    action: str
    subject_id: int | None
    detail: Mapping[str, object]


def one_change_at_a_time(connection: Connection) -> None:
    """Wait for other changes of roles; on SQLite the write transaction does it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CHANGE_LOCK)))


def find_member(connection: Connection, user_id: int) -> Member | None:
    row = connection.execute(select(PEOPLE).where(PEOPLE.c.user_id == user_id)).one_or_none()
    return None if row is None else Member(row.user_id, row.name, Role(row.role), row.added_by, row.added_at)


def members(connection: Connection) -> tuple[Member, ...]:
    """Admins first, then editors, then officials, each by name."""
    rank = case({role: -place for place, role in enumerate(Role)}, value=PEOPLE.c.role)
    rows = connection.execute(select(PEOPLE).order_by(rank, PEOPLE.c.name, PEOPLE.c.user_id))
    return tuple(Member(row.user_id, row.name, Role(row.role), row.added_by, row.added_at) for row in rows)


def roles(connection: Connection) -> dict[int, Role]:
    """Every member's role by user id."""
    return {user_id: Role(role) for user_id, role in connection.execute(select(PEOPLE.c.user_id, PEOPLE.c.role))}


def count_admins(connection: Connection) -> int:
    statement = select(func.count()).select_from(PEOPLE).where(PEOPLE.c.role == Role.ADMIN)
    return int(connection.execute(statement).scalar_one())


def record(
    connection: Connection, actor_id: int | None, action: str, subject_id: int | None, detail: Mapping[str, object]
) -> None:
    """Append to the audit trail; nothing ever changes or deletes a row of it."""
    row = {"at": dt.datetime.now(dt.UTC), "actor_id": actor_id, "action": action, "subject_id": subject_id}
    connection.execute(insert(AUDIT).values(**row, detail=json.dumps(detail, ensure_ascii=False, default=str)))


def audit_page(connection: Connection, limit: int, offset: int) -> tuple[AuditRow, ...]:
    """Latest first."""
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit).offset(offset))
    return tuple(
        AuditRow(row.id, row.at, row.actor_id, row.action, row.subject_id, json.loads(row.detail)) for row in rows
    )
