"""The inbox as SQL: what putting, claiming, finishing and failing do to the table, inside somebody's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Row,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import ReturningUpdate

from bot.storage.clock import Clock
from bot.storage.database import Database
from bot.storage.schema import INBOX

# Typed out, not bound, in every condition: a planner uses a partial index only for the words of its own condition.
_READY: ColumnElement[str] = literal_column("'ready'")
_CLAIMED: ColumnElement[str] = literal_column("'claimed'")
_DONE: ColumnElement[str] = literal_column("'done'")
_DEAD: ColumnElement[str] = literal_column("'dead'")
_NO_WORDS: ColumnElement[str] = literal_column("''")
_AMONG = INBOX.c.id.in_(bindparam("ids", expanding=True))
LOST = "worker lost"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A raw update as received. `chat_id` None means that no order has to be kept."""

    update_id: int
    chat_id: int | None
    raw: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A claimed update. `tries` are failures that count, `waits` those that do not (Telegram, network)."""

    id: int
    update_id: int
    chat_id: int | None
    raw: str
    received_at: dt.datetime
    tries: int
    waits: int


@dataclass(frozen=True, slots=True)
class DeadRow:
    """An update given up; `error` is the kind of its last failure."""

    id: int
    update_id: int
    chat_id: int | None
    raw: str
    received_at: dt.datetime
    died_at: dt.datetime
    tries: int
    error: str


class InboxRows:
    """The statements, built once: building one anew costs more than running it."""

    def __init__(self, database: Database) -> None:
        self._clock = clock = database.clock
        dialect_insert = sqlite_insert if database.path is not None else postgresql_insert
        new_only = dialect_insert(INBOX).on_conflict_do_nothing(index_elements=["update_id"])
        self._put = new_only.returning(INBOX.c.update_id)
        self._claim = _claim_statement(clock)
        given_back = {"state": "ready", "worker": null(), "lease_until": null()}
        over = {"worker": null(), "lease_until": null(), "finished_at": clock.at("now")}
        mine = and_(_AMONG, INBOX.c.worker == bindparam("owner"), INBOX.c.state == _CLAIMED)
        self.finishing = update(INBOX).where(mine).values(state=_DONE, raw=_NO_WORDS, **over).returning(INBOX.c.id)
        buried = {"state": "dead", "error": bindparam("kind"), **over}
        among_open = and_(_AMONG, _is_open(INBOX))
        self._still_open = select(INBOX.c.id, INBOX.c.update_id).where(among_open).with_for_update()
        self._finish_open = update(INBOX).where(among_open).values(state=_DONE, raw=_NO_WORDS, **over)
        self._bury = update(INBOX).where(mine).values(**buried)
        self._bury_ownerless = update(INBOX).where(_AMONG, INBOX.c.worker.is_(None)).values(**buried)
        self._renew = update(INBOX).where(mine).values(lease_until=clock.at("lease"))
        self._postpone = (
            update(INBOX)
            .where(mine)
            .values(
                due_at=clock.at("due"),
                error=bindparam("kind"),
                tries=INBOX.c.tries + bindparam("counted", type_=Integer),
                waits=INBOX.c.waits + bindparam("uncounted", type_=Integer),
                **given_back,
            )
        )
        not_mine = and_(INBOX.c.worker == bindparam("owner"), INBOX.c.state == _CLAIMED, ~_AMONG)
        self._release = update(INBOX).where(not_mine).values(**given_back)
        self._recover = (
            update(INBOX)
            .where(INBOX.c.state == _CLAIMED)
            .values(losses=INBOX.c.losses + 1, **given_back)
            .returning(INBOX.c.id, INBOX.c.losses)
        )
        fresh = {"tries": 0, "waits": 0, "losses": 0, "finished_at": null()}
        is_dead = and_(INBOX.c.id == bindparam("row_id"), INBOX.c.state == _DEAD)
        self._revive = update(INBOX).where(is_dead).values(due_at=clock.at("now"), **given_back, **fresh)
        self._purge = delete(INBOX).where(INBOX.c.state == _DONE, INBOX.c.finished_at < clock.at("before"))

    def put(self, connection: Connection, arrivals: Sequence[Arrival]) -> list[bool]:
        """For each arrival whether it is new; one that is there already is left alone."""
        if not arrivals:
            return []
        now = dt.datetime.now(dt.UTC)
        fresh = {"state": "ready", "received_at": now, "due_at": now, "tries": 0, "waits": 0, "losses": 0}
        values = [{"update_id": a.update_id, "chat_id": a.chat_id, "raw": a.raw, **fresh} for a in arrivals]
        new = set(connection.execute(self._put, values).scalars())
        answers = []
        for arrival in arrivals:
            answers.append(arrival.update_id in new)
            new.discard(arrival.update_id)
        return answers

    def claim(self, connection: Connection, owner: str, count: int, lease: float, most_losses: int) -> list[InboxRow]:
        """Up to `count` rows, oldest first, at most one of a chat and only the oldest open one of it.

        A row whose lease ran out is taken over; one that outlived `most_losses` workers is dead instead.
        """
        values = {"owner": owner, "count": count, **self._clock.values(now=0, lease=lease)}
        rows = sorted(connection.execute(self._claim, values), key=lambda row: row.id)
        self.bury(connection, owner, [row.id for row in rows if row.losses >= most_losses], LOST)
        return [_inbox_row(row) for row in rows if row.losses < most_losses]

    def finish(self, connection: Connection, owner: str, ids: Sequence[int]) -> set[int]:
        """Mark rows of `owner` done and forget their words; which of them were still the owner's."""
        values = {"ids": list(ids), "owner": owner, **self._clock.values(now=0)}
        return set(connection.execute(self.finishing, values).scalars())

    def still_open(self, connection: Connection, update_ids: Mapping[int, int]) -> set[int]:
        """Which of the rows are unfinished, whoever has them, and hold the update they are said to hold."""
        rows = connection.execute(self._still_open, {"ids": list(update_ids)})
        return {row.id for row in rows if row.update_id == update_ids[row.id]}

    def finish_open(self, connection: Connection, ids: Sequence[int]) -> None:
        """Mark unfinished rows done whoever has them, and forget their words."""
        connection.execute(self._finish_open, {"ids": list(ids), **self._clock.values(now=0)})

    def postpone(self, connection: Connection, owner: str, row_id: int, kind: str, pause: float, counts: bool) -> None:
        """Give a row back, to be claimed again after `pause` seconds."""
        values = {"ids": [row_id], "owner": owner, "kind": kind[:80], **self._clock.values(due=pause)}
        connection.execute(self._postpone, {**values, "counted": int(counts), "uncounted": int(not counts)})

    def bury(self, connection: Connection, owner: str | None, ids: Sequence[int], kind: str) -> None:
        """Give rows of `owner` (None: of nobody) up: kept with their words, counted, never claimed.

        A row that another process has taken over meanwhile is that process's to judge.
        """
        if not ids:
            return
        values = {"ids": list(ids), "kind": kind[:80], **self._clock.values(now=0)}
        if owner is None:
            connection.execute(self._bury_ownerless, values)
        else:
            connection.execute(self._bury, {**values, "owner": owner})

    def renew(self, connection: Connection, owner: str, ids: Sequence[int], lease: float) -> None:
        """Keep rows of `owner` from being taken over."""
        connection.execute(self._renew, {"ids": list(ids), "owner": owner, **self._clock.values(lease=lease)})

    def release(self, connection: Connection, owner: str, keep: Sequence[int]) -> None:
        """Give back whatever `owner` still holds, except `keep`."""
        connection.execute(self._release, {"ids": list(keep), "owner": owner})

    def recover(self, connection: Connection, most_losses: int) -> None:
        """Give back what every earlier process left claimed; only for a database that has a single process."""
        rows = connection.execute(self._recover).all()
        self.bury(connection, None, [row.id for row in rows if row.losses >= most_losses], LOST)

    def revive(self, connection: Connection, row_id: int) -> bool:
        """Let a dead row be tried again from the start."""
        return connection.execute(self._revive, {"row_id": row_id, **self._clock.values(now=0)}).rowcount > 0

    def purge_done(self, connection: Connection, older_than: float) -> int:
        """Forget rows done more than `older_than` seconds ago; how many."""
        return connection.execute(self._purge, self._clock.values(before=-older_than)).rowcount


def count_open(connection: Connection) -> int:
    """How many rows are unfinished."""
    return int(connection.execute(select(func.count()).select_from(INBOX).where(_is_open(INBOX))).scalar_one())


def count_dead(connection: Connection) -> int:
    """How many rows were given up."""
    return int(connection.execute(select(func.count()).select_from(INBOX).where(INBOX.c.state == _DEAD)).scalar_one())


def oldest_open(connection: Connection) -> dt.datetime | None:
    """When the oldest unfinished update arrived."""
    statement = select(INBOX.c.received_at).where(_is_open(INBOX)).order_by(INBOX.c.id).limit(1)
    return connection.execute(statement).scalar_one_or_none()


def dead(connection: Connection, limit: int, offset: int) -> tuple[DeadRow, ...]:
    """A page of the given-up rows, latest first."""
    statement = select(INBOX).where(INBOX.c.state == _DEAD).order_by(INBOX.c.finished_at.desc(), INBOX.c.id.desc())
    return tuple(_dead_row(row) for row in connection.execute(statement.limit(limit).offset(offset)))


def _is_open(table: FromClause) -> ColumnElement[bool]:
    return table.c.state.in_((_READY, _CLAIMED))


def _claim_statement(clock: Clock) -> ReturningUpdate[Any]:
    earlier = INBOX.alias("earlier")
    is_first = ~exists().where(earlier.c.chat_id == INBOX.c.chat_id, earlier.c.id < INBOX.c.id, _is_open(earlier))
    is_lost = and_(INBOX.c.state == _CLAIMED, INBOX.c.lease_until < clock.at("now"))
    is_due = and_(INBOX.c.state == _READY, INBOX.c.due_at <= clock.at("now"))
    chosen = (
        select(INBOX.c.id)
        .where(_is_open(INBOX), or_(is_due, is_lost), is_first)
        .order_by(INBOX.c.id)
        .limit(bindparam("count", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    taken_over = case((INBOX.c.state == _CLAIMED, 1), else_=0)
    statement = update(INBOX).where(INBOX.c.id.in_(select(chosen.c.id)))
    claimed = {"state": "claimed", "worker": bindparam("owner"), "lease_until": clock.at("lease")}
    return statement.values(losses=INBOX.c.losses + taken_over, **claimed).returning(INBOX)


def _inbox_row(row: Row[Any]) -> InboxRow:
    return InboxRow(row.id, row.update_id, row.chat_id, row.raw, row.received_at, row.tries, row.waits)


def _dead_row(row: Row[Any]) -> DeadRow:
    return DeadRow(
        row.id, row.update_id, row.chat_id, row.raw, row.received_at, row.finished_at, row.tries, row.error or ""
    )
