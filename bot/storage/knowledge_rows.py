"""Versions of knowledge files, proposals that wait for a yes, settled questions: SQL in somebody's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from bot.storage.schema import KNOWLEDGE_VERSIONS, PROPOSALS, SETTLED_QUESTIONS

# Any number of ours: changes of the knowledge queue on it, so that each is judged against the one before.
_CHANGE_LOCK = 4_201_607_004


@dataclass(frozen=True, slots=True)
class Version:
    """One change of one file; None as content means there is no file. Digests of no file are empty."""

    id: int
    name: str
    before: bytes | None
    after: bytes | None
    before_digest: str
    after_digest: str
    at: dt.datetime
    editor_id: int
    note: str
    undoes: int | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A change about to be made. `cause` is unique: the same cause makes one version only."""

    name: str
    before: bytes | None
    after: bytes | None
    before_digest: str
    after_digest: str
    editor_id: int
    note: str
    cause: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A judged change of one editor's; `state` is waiting, applied or dropped."""

    id: int
    editor_id: int
    name: str
    base_digest: str
    content: bytes
    note: str
    state: str


def one_change_at_a_time(connection: Connection) -> None:
    """Wait for other changes of the knowledge; on SQLite the write transaction does it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CHANGE_LOCK)))


def newest_id(connection: Connection) -> int:
    """The last version's id, 0 when nothing was ever changed."""
    return connection.execute(select(func.max(KNOWLEDGE_VERSIONS.c.id))).scalar_one() or 0


def newest_of_each_file(connection: Connection, after: int) -> tuple[Version, ...]:
    """For every file changed by a version later than `after`: its last version."""
    table = KNOWLEDGE_VERSIONS
    last = select(func.max(table.c.id)).where(table.c.id > after).group_by(table.c.name)
    found = connection.execute(select(table).where(table.c.id.in_(last)).order_by(table.c.id))
    return tuple(_version(row) for row in found)


def was_ever(connection: Connection, name: str, digest: str) -> bool:
    """Whether some version found or left that content in the file."""
    column = KNOWLEDGE_VERSIONS.c
    known = select(column.id).where(
        column.name == name, or_(column.before_digest == digest, column.after_digest == digest)
    )
    return connection.execute(known.limit(1)).first() is not None


def version_of_cause(connection: Connection, cause: str) -> Version | None:
    row = connection.execute(select(KNOWLEDGE_VERSIONS).where(KNOWLEDGE_VERSIONS.c.cause == cause)).one_or_none()
    return None if row is None else _version(row)


def last_standing(connection: Connection) -> Version | None:
    """The last change that is neither an undoing nor undone."""
    column = KNOWLEDGE_VERSIONS.c
    undone = select(column.undoes).where(column.undoes.is_not(None))
    standing = select(KNOWLEDGE_VERSIONS).where(column.undoes.is_(None), column.id.not_in(undone))
    row = connection.execute(standing.order_by(column.id.desc()).limit(1)).one_or_none()
    return None if row is None else _version(row)


def add_version(connection: Connection, new: NewVersion) -> Version:
    """Write the next version."""
    row = {
        "name": new.name,
        "before": new.before,
        "after": new.after,
        "before_digest": new.before_digest,
        "after_digest": new.after_digest,
        "at": dt.datetime.now(dt.UTC),
        "editor_id": new.editor_id,
        "note": new.note,
        "undoes": new.undoes,
        "cause": new.cause,
    }
    made = connection.execute(insert(KNOWLEDGE_VERSIONS).values(row).returning(*KNOWLEDGE_VERSIONS.c))
    return _version(made.one())


def commit_version(connection: Connection, new: NewVersion, expected: int, proposal_id: int | None) -> Version | None:
    """Write the next version, close its proposal; None when `expected` is no longer the newest version's id."""
    one_change_at_a_time(connection)
    done = version_of_cause(connection, new.cause)
    if done is None and newest_id(connection) == expected:
        done = add_version(connection, new)
        if proposal_id is not None:
            close_proposal(connection, proposal_id, "applied")
    return done


def versions(connection: Connection, limit: int) -> tuple[Version, ...]:
    """The latest versions, latest first."""
    rows = connection.execute(select(KNOWLEDGE_VERSIONS).order_by(KNOWLEDGE_VERSIONS.c.id.desc()).limit(limit))
    return tuple(_version(row) for row in rows)


def add_proposal(connection: Connection, editor_id: int, change: tuple[str, str, bytes], note: str, cause: str) -> int:
    """Keep a change (name, base digest, content) until its editor says yes; its id. The same cause keeps its first."""
    known = connection.execute(select(PROPOSALS.c.id).where(PROPOSALS.c.cause == cause)).scalar_one_or_none()
    if known is not None:
        return int(known)
    name, base_digest, content = change
    row = {
        "editor_id": editor_id,
        "name": name,
        "base_digest": base_digest,
        "content": content,
        "note": note,
        "state": "waiting",
        "created_at": dt.datetime.now(dt.UTC),
        "cause": cause,
    }
    return int(connection.execute(insert(PROPOSALS).values(row).returning(PROPOSALS.c.id)).scalar_one())


def find_proposal(connection: Connection, proposal_id: int) -> Proposal | None:
    row = connection.execute(select(PROPOSALS).where(PROPOSALS.c.id == proposal_id)).one_or_none()
    if row is None:
        return None
    return Proposal(row.id, row.editor_id, row.name, row.base_digest, bytes(row.content), row.note, row.state)


def close_proposal(connection: Connection, proposal_id: int, state: str) -> None:
    """It waits no longer; what it held is in the versions, or not wanted."""
    connection.execute(update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(state=state, content=b""))


def forget_proposals(connection: Connection, before: dt.datetime) -> int:
    """Delete proposals made before that moment; how many."""
    return connection.execute(delete(PROPOSALS).where(PROPOSALS.c.created_at < before)).rowcount


def settled(connection: Connection) -> frozenset[str]:
    """The signatures of all settled questions."""
    return frozenset(connection.execute(select(SETTLED_QUESTIONS.c.signature)).scalars())


def settle(connection: Connection, signatures: Sequence[str], text: str, verdict: str, editor_id: int) -> None:
    """The question is not shown again; the last verdict counts."""
    connection.execute(delete(SETTLED_QUESTIONS).where(SETTLED_QUESTIONS.c.signature.in_(signatures)))
    row = {"text": text, "verdict": verdict, "editor_id": editor_id, "at": dt.datetime.now(dt.UTC)}
    connection.execute(insert(SETTLED_QUESTIONS), [{"signature": one, **row} for one in signatures])


def _version(row: Row[tuple[object, ...]]) -> Version:
    return Version(
        id=row.id,
        name=row.name,
        before=None if row.before is None else bytes(row.before),
        after=None if row.after is None else bytes(row.after),
        before_digest=row.before_digest,
        after_digest=row.after_digest,
        at=row.at,
        editor_id=row.editor_id,
        note=row.note,
        undoes=row.undoes,
    )
