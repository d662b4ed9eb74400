"""Who is let in, on both databases."""

from __future__ import annotations

import asyncio
import datetime as dt
import re

import pytest
from sqlalchemy import Connection, text

from bot.people import Change, Invitation, Joining, People, Role
from bot.rate import RateLimiter
from bot.storage.database import Database

pytestmark = pytest.mark.anyio
BOSS = 1


@pytest.fixture
def people(database: Database) -> People:
    return People(database, admins=[BOSS])


async def link(people: People, role: Role = Role.OFFICIAL, by: int = BOSS, hours: float = 1) -> Invitation:
    invitation = await people.invite(role, by, lifetime=dt.timedelta(hours=hours))
    assert invitation is not None
    return invitation


async def member(people: People, user_id: int, role: Role, name: str = "Người Thử") -> None:
    assert await people.join((await link(people, role)).payload, user_id, name) == (Joining.WELCOME, role)


async def test_a_stranger_has_no_role_and_the_settings_admin_has_one(people: People) -> None:
    """Nobody is let in by default; BOT_ADMINS are admins without any row."""
    assert await people.role_of(2) is None
    assert await people.role_of(BOSS) is Role.ADMIN
    assert await people.has_admin()


async def test_a_link_lets_one_person_in(people: People) -> None:
    """The first to open the link gets its role, the next one nothing."""
    invitation = await link(people, Role.EDITOR)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", invitation.payload)
    assert await people.join(invitation.payload, 2, "Người Hai") == (Joining.WELCOME, Role.EDITOR)
    assert await people.join(invitation.payload, 3, "Người Ba") == (Joining.USED, None)
    assert (await people.role_of(2), await people.role_of(3)) == (Role.EDITOR, None)


async def test_two_who_open_a_link_at_once_do_not_both_get_in(people: People) -> None:
    """A link shared by mistake lets in exactly one of ten who press it together."""
    invitation = await link(people)
    outcomes = await asyncio.gather(*(people.join(invitation.payload, user_id, "") for user_id in range(10, 20)))
    assert sorted(outcome for outcome, _ in outcomes) == [Joining.USED] * 9 + [Joining.WELCOME]


async def test_an_expired_link_is_worth_nothing(people: People) -> None:
    """A link past its time lets nobody in."""
    invitation = await link(people, hours=-0.001)
    assert await people.join(invitation.payload, 2, "") == (Joining.EXPIRED, None)


@pytest.mark.parametrize("payload", ["", "x", "A" * 22, "A" * 64, "' OR 1=1 --           ", "ệ" * 22, "A" * 22 + "\n"])
async def test_a_made_up_link_is_unknown(people: People, payload: str) -> None:
    """Guesses and nonsense are unknown, whatever they look like."""
    await link(people)
    assert await people.join(payload, 2, "") == (Joining.UNKNOWN, None)


async def test_the_payload_is_kept_nowhere(people: People, database: Database) -> None:
    """Whoever reads the database cannot use its invitations."""
    invitation = await link(people)

    def everything(connection: Connection) -> str:
        return str([connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("invitations", "audit")])  # noqa: S608

    assert invitation.payload not in await database.read(everything)
    assert invitation.payload not in str(await people.audit())


async def test_a_link_never_lowers_a_role(people: People) -> None:
    """An admin who opens an official's link stays admin, and the link stays good for somebody else."""
    await member(people, 2, Role.ADMIN)
    invitation = await link(people, Role.OFFICIAL)
    assert await people.join(invitation.payload, 2, "") == (Joining.ALREADY, Role.ADMIN)
    assert await people.join(invitation.payload, BOSS, "") == (Joining.ALREADY, Role.ADMIN)
    assert await people.join(invitation.payload, 3, "") == (Joining.WELCOME, Role.OFFICIAL)


async def test_a_link_may_raise_a_role(people: People) -> None:
    """An official who opens an editor's link becomes editor, and is one member still."""
    await member(people, 2, Role.OFFICIAL)
    await member(people, 2, Role.EDITOR)
    assert [(person.user_id, person.role) for person in await people.everyone()] == [(2, Role.EDITOR)]


async def test_links_of_a_dismissed_admin_are_withdrawn(people: People) -> None:
    """An admin who lost the role leaves no open door behind."""
    await member(people, 2, Role.ADMIN)
    invitation = await link(people, Role.ADMIN, by=2)
    assert await people.change_role(2, Role.OFFICIAL, BOSS) is Change.DONE
    assert await people.join(invitation.payload, 3, "") == (Joining.UNKNOWN, None)


async def test_only_admins_change_anything(people: People) -> None:
    """Officials, editors and strangers can neither invite, nor change, nor remove."""
    await member(people, 2, Role.OFFICIAL)
    await member(people, 3, Role.EDITOR)
    for by in (2, 3, 99):
        assert await people.invite(Role.ADMIN, by) is None
        assert await people.change_role(2, Role.ADMIN, by) is Change.FORBIDDEN
        assert await people.remove(3, by) is Change.FORBIDDEN
    assert {person.user_id: person.role for person in await people.everyone()} == {2: Role.OFFICIAL, 3: Role.EDITOR}


async def test_changes_are_seen_at_once(people: People) -> None:
    """A role that was just asked for is forgotten when it changes, in this process."""
    await member(people, 2, Role.OFFICIAL)
    assert await people.role_of(2) is Role.OFFICIAL
    assert await people.change_role(2, Role.EDITOR, BOSS) is Change.DONE
    assert await people.role_of(2) is Role.EDITOR
    assert await people.change_role(2, Role.EDITOR, BOSS) is Change.SAME
    assert await people.remove(2, BOSS) is Change.DONE
    assert await people.role_of(2) is None
    assert await people.remove(2, BOSS) is Change.UNKNOWN


async def test_the_settings_admin_cannot_be_removed_from_telegram(people: People) -> None:
    """What BOT_ADMINS says, only the settings change."""
    await member(people, 2, Role.ADMIN)
    assert await people.remove(BOSS, 2) is Change.FIXED
    assert await people.change_role(BOSS, Role.OFFICIAL, 2) is Change.FIXED


async def test_the_first_admin_comes_by_the_operators_link(database: Database) -> None:
    """Without admins there is one valid link at a time; it makes the first admin and is then worth nothing."""
    people = People(database)
    assert not await people.has_admin()
    old, new = await people.first_admin_link(), await people.first_admin_link()
    assert old is not None
    assert new is not None
    assert await people.join(old.payload, 2, "") == (Joining.UNKNOWN, None)
    assert await people.join(new.payload, 2, "") == (Joining.WELCOME, Role.ADMIN)
    assert await people.first_admin_link() is None
    assert await people.admins() == (2,)


async def test_the_operators_link_ends_when_there_is_an_admin(database: Database) -> None:
    """A first-admin link that was printed and forgotten does not work once somebody is admin."""
    people = People(database)
    forgotten = await people.first_admin_link()
    assert forgotten is not None
    await member(People(database, [BOSS]), 2, Role.ADMIN)
    assert await people.join(forgotten.payload, 3, "") == (Joining.UNKNOWN, None)


async def test_the_last_admin_stays(database: Database) -> None:
    """Two admins who dismiss each other at the same moment leave one; the last cannot go."""
    people = People(database)
    for user_id in (2, 3):
        await member(People(database, [BOSS]), user_id, Role.ADMIN)
    changes = await asyncio.gather(people.remove(2, 3), people.change_role(3, Role.OFFICIAL, 2))
    assert sorted(changes) == [Change.DONE, Change.FORBIDDEN]
    (last,) = await people.admins()
    assert await people.remove(last, last) is Change.LAST_ADMIN
    assert await people.change_role(last, Role.EDITOR, None) is Change.LAST_ADMIN


async def test_every_change_is_in_the_audit(people: People) -> None:
    """Invitations, joinings, changes and removals are there with who, whom and what; refusals are not."""
    await member(people, 2, Role.OFFICIAL)
    await people.change_role(2, Role.EDITOR, BOSS)
    await people.remove(2, 99)
    await people.remove(2, None)
    rows = await people.audit()
    assert [(row.action, row.actor_id, row.subject_id) for row in rows] == [
        ("remove", None, 2),
        ("role", BOSS, 2),
        ("join", 2, 2),
        ("invite", BOSS, None),
    ]
    assert rows[1].detail == {"role": "editor", "before": "official"}
    assert [row.action for row in await people.audit(limit=1, offset=1)] == ["role"]


async def test_members_are_listed_admins_first_whatever_their_names(people: People) -> None:
    """The list is by role, then by name; a name no database can hold does not keep a person out."""
    await member(people, 2, Role.OFFICIAL, "a\x00\ud800" + "x" * 500)
    await member(people, 3, Role.ADMIN, "z")
    await member(people, 4, Role.EDITOR, "m")
    listed = await people.everyone()
    assert [person.role for person in listed] == [Role.ADMIN, Role.EDITOR, Role.OFFICIAL]
    assert len(listed[2].name) == 200


def test_a_person_has_a_burst_and_then_a_pace() -> None:
    """The burst passes at once, then one question every so often; others are not held up."""
    now = [100.0]
    rate = RateLimiter(burst=3, seconds=2.0, clock=lambda: now[0])
    assert [rate.wait_for(1) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert rate.wait_for(1) == pytest.approx(2.0)
    assert rate.wait_for(2) == 0.0
    now[0] += 2.0
    assert rate.wait_for(1) == 0.0
    assert rate.wait_for(1) == pytest.approx(2.0)
    now[0] += 60.0
    assert [rate.wait_for(1) for _ in range(4)] == [0.0, 0.0, 0.0, pytest.approx(2.0)]


def test_people_who_left_cost_no_memory() -> None:
    """After a crowd has passed, only those who asked lately are remembered."""
    now = [0.0]
    rate = RateLimiter(burst=2, seconds=1.0, clock=lambda: now[0])
    for user_id in range(50_000):
        now[0] += 0.01
        rate.wait_for(user_id)
    assert len(rate._full_at) < 5_000
