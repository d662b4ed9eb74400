"""Who may do what: roles, one-time invitations, and an audit row for every change."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from bot.log_text import storable
from bot.storage.database import Database
from bot.storage.people_rows import (
    AuditRow,
    Member,
    Role,
    audit_page,
    count_admins,
    find_member,
    members,
    one_change_at_a_time,
    record,
    roles,
)
from bot.storage.schema import INVITATIONS, PEOPLE

__all__ = ["AuditRow", "Change", "Invitation", "Joining", "Member", "People", "Role"]

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)  # 128 bits; Telegram allows 64 of these characters
_REMEMBERED_SECONDS = 5.0


class Change(StrEnum):
    """What became of a change of somebody's role."""

    DONE = "done"
    SAME = "same"  # they had that role already
    UNKNOWN = "unknown"  # nobody of that id
    FORBIDDEN = "forbidden"  # the one who asked is no admin
    FIXED = "fixed"  # named in BOT_ADMINS: the settings decide
    LAST_ADMIN = "last_admin"  # nobody would be left to invite anybody


class Joining(StrEnum):
    """What became of a link somebody opened."""

    WELCOME = "welcome"
    ALREADY = "already"  # they have that role or a higher one; the link stays good for somebody else
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # no such link, or it has been withdrawn


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh one-time link: `https://t.me/<bot>?start=<payload>`. The payload is shown once and kept nowhere."""

    payload: str
    role: Role
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """What a good link gives, and who made it (None: the operator)."""

    role: Role
    by: int | None


class People:
    """Everybody who was let in. `admins` (BOT_ADMINS) are always admins. Every method may raise StorageError.

    With replicas a change made by another process is seen within five seconds.
    """

    def __init__(self, database: Database, admins: Iterable[int] = ()) -> None:
        self._database = database
        self._fixed = frozenset(admins)
        self._known: Mapping[int, Role] = {}
        self._known_until = 0.0
        self._changes = 0  # made by us: what was read before one of them is not kept

    async def role_of(self, user_id: int) -> Role | None:
        """The person's role, None for a stranger."""
        if user_id in self._fixed:
            return Role.ADMIN
        return (await self._roles()).get(user_id)

    async def _roles(self) -> Mapping[int, Role]:
        """Every member's role: one small read serves everybody for some seconds."""
        if time.monotonic() >= self._known_until:
            changes, read_at = self._changes, time.monotonic()
            known = await self._database.read(roles)
            if changes != self._changes:
                return known
            self._known, self._known_until = known, read_at + _REMEMBERED_SECONDS
        return self._known

    def _forget_roles(self) -> None:
        self._changes += 1
        self._known_until = 0.0

    async def everyone(self) -> tuple[Member, ...]:
        """All members, admins first, then by name; those of BOT_ADMINS only when they joined by a link."""
        return await self._database.read(members)

    async def admins(self) -> tuple[int, ...]:
        """The ids of all admins, for messages to them."""
        joined = [member.user_id for member in await self.everyone() if member.role is Role.ADMIN]
        return tuple(sorted(self._fixed.union(joined)))

    async def has_admin(self) -> bool:
        """Whether anybody can invite others."""
        return bool(self._fixed) or await self._database.read(count_admins) > 0

    async def invite(self, role: Role, by: int, *, lifetime: dt.timedelta = dt.timedelta(days=2)) -> Invitation | None:
        """A one-time link for one person; None when `by` is no admin."""

        def work(connection: Connection) -> Invitation | None:
            one_change_at_a_time(connection)
            return self._new(connection, role, by, lifetime) if self._is_admin(connection, by) else None

        return await self._database.write(work)

    async def first_admin_link(self, *, lifetime: dt.timedelta = dt.timedelta(hours=24)) -> Invitation | None:
        """The operator's link that makes the first admin; None when there is an admin. It withdraws the one before."""

        def work(connection: Connection) -> Invitation | None:
            one_change_at_a_time(connection)
            if self._fixed or count_admins(connection):
                return None
            stale = (INVITATIONS.c.first_admin.is_(True), INVITATIONS.c.used_by.is_(None))
            connection.execute(delete(INVITATIONS).where(*stale))
            return self._new(connection, Role.ADMIN, None, lifetime)

        return await self._database.write(work)

    async def join(self, payload: str, user_id: int, name: str) -> tuple[Joining, Role | None]:
        """Use a link, once: what became of it, and the person's role afterwards."""
        if _PAYLOAD.fullmatch(payload) is None:
            return Joining.UNKNOWN, await self.role_of(user_id)

        def work(connection: Connection) -> tuple[Joining, Role | None]:
            one_change_at_a_time(connection)
            member = find_member(connection, user_id)
            has = Role.ADMIN if user_id in self._fixed else member.role if member else None
            verdict, invited = self._judge(connection, payload, has)
            if invited is None:
                return verdict, has
            now = dt.datetime.now(dt.UTC)
            used = update(INVITATIONS).where(INVITATIONS.c.digest == _digest(payload))
            connection.execute(used.values(used_by=user_id, used_at=now))
            connection.execute(delete(PEOPLE).where(PEOPLE.c.user_id == user_id))
            row = {"user_id": user_id, "name": storable(name)[:200], "role": invited.role, "added_by": invited.by}
            connection.execute(insert(PEOPLE).values(**row, added_at=now))
            detail = {"role": invited.role, "before": has, "invited_by": invited.by}
            record(connection, user_id, "join", user_id, detail)
            return verdict, invited.role

        outcome = await self._database.write(work)
        self._forget_roles()
        return outcome

    async def change_role(self, user_id: int, role: Role, by: int | None) -> Change:
        """Give a member another role; `by` None is the operator at the machine."""

        def work(connection: Connection, member: Member) -> Change:
            if member.role is role:
                return Change.SAME
            connection.execute(update(PEOPLE).where(PEOPLE.c.user_id == user_id).values(role=role))
            record(connection, by, "role", user_id, {"role": role, "before": member.role})
            return Change.DONE

        return await self._change(user_id, by, stays_admin=role is Role.ADMIN, work=work)

    async def remove(self, user_id: int, by: int | None) -> Change:
        """Let a member in no more; `by` None is the operator at the machine."""

        def work(connection: Connection, member: Member) -> Change:
            connection.execute(delete(PEOPLE).where(PEOPLE.c.user_id == user_id))
            record(connection, by, "remove", user_id, {"before": member.role})
            return Change.DONE

        return await self._change(user_id, by, stays_admin=False, work=work)

    async def audit(self, *, limit: int = 20, offset: int = 0) -> tuple[AuditRow, ...]:
        """A page of the audit table, latest first."""
        return await self._database.read(lambda c: audit_page(c, limit, offset))

    async def _change(
        self, user_id: int, by: int | None, *, stays_admin: bool, work: Callable[[Connection, Member], Change]
    ) -> Change:
        def whole(connection: Connection) -> Change:
            one_change_at_a_time(connection)
            if by is not None and not self._is_admin(connection, by):
                return Change.FORBIDDEN
            if user_id in self._fixed:
                return Change.FIXED
            member = find_member(connection, user_id)
            if member is None:
                return Change.UNKNOWN
            leaves = member.role is Role.ADMIN and not stays_admin
            if leaves and not self._fixed and count_admins(connection) == 1:
                return Change.LAST_ADMIN
            return work(connection, member)

        change = await self._database.write(whole)
        self._forget_roles()
        return change

    def _is_admin(self, connection: Connection, user_id: int) -> bool:
        member = find_member(connection, user_id)
        return user_id in self._fixed or (member is not None and member.role is Role.ADMIN)

    def _new(self, connection: Connection, role: Role, by: int | None, lifetime: dt.timedelta) -> Invitation:
        payload = secrets.token_urlsafe(16)
        now = dt.datetime.now(dt.UTC)
        row = {
            "digest": _digest(payload),
            "role": role,
            "first_admin": by is None,
            "created_by": by,
            "created_at": now,
            "expires_at": now + lifetime,
        }
        connection.execute(insert(INVITATIONS).values(row))
        record(connection, by, "invite", None, {"role": role, "until": row["expires_at"]})
        return Invitation(payload, role, now + lifetime)

    def _judge(self, connection: Connection, payload: str, has: Role | None) -> tuple[Joining, Invited | None]:
        found = connection.execute(select(INVITATIONS).where(INVITATIONS.c.digest == _digest(payload))).one_or_none()
        if found is None:
            return Joining.UNKNOWN, None
        if found.used_by is not None:
            return Joining.USED, None
        if found.expires_at <= dt.datetime.now(dt.UTC):
            return Joining.EXPIRED, None
        if self._withdrawn(connection, found.first_admin, found.created_by):
            return Joining.UNKNOWN, None
        role = Role(found.role)
        if has is not None and has.covers(role):
            return Joining.ALREADY, None
        return Joining.WELCOME, Invited(role, found.created_by)

    def _withdrawn(self, connection: Connection, first_admin: bool, inviter: int | None) -> bool:
        """The operator's link ends with the first admin, an admin's links with that admin's role."""
        if first_admin:
            return bool(self._fixed) or count_admins(connection) > 0
        return inviter is None or not self._is_admin(connection, inviter)


def _digest(payload: str) -> str:
    # A plain hash is enough: the payload is 128 random bits, nobody can try them all.
    return hashlib.sha256(payload.encode()).hexdigest()
