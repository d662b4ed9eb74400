"""What only admins see: the log of questions, invitations, and the list of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import cast

from telegram import Bot
from telegram.helpers import create_deep_linked_url

from bot.chat.buttons import Press, Seal
from bot.chat.commands import publish_for
from bot.chat.courier import Buttons, Courier
from bot.chat.incoming import Person, Pressed, Typed
from bot.chat.render import Outgoing, card_messages
from bot.chat.turn import Turn
from bot.inbox import Inbox
from bot.log_rows import VIETNAM, LogFilter, LogRow
from bot.outcome import Card, Status
from bot.people import Change, Member, People, Role
from bot.phrases import chat as phrases
from bot.query_log import QueryLog

LOG, INVITE, PEOPLE, REMOVE, REALLY = "l", "i", "p", "r", "x"
_PAGE = 8
_LONGEST_SHOWN = 160

OnCommand = Callable[[Turn, Typed], Awaitable[None]]
OnPress = Callable[[Turn, Pressed, Press], Awaitable[None]]


class Administration:
    """Whoever gets here is an admin: `handlers` has made sure, at the moment of the press or the command."""

    def __init__(self, people: People, log: QueryLog, inbox: Inbox, courier: Courier, seal: Seal, bot: Bot) -> None:
        self._people = people
        self._log = log
        self._inbox = inbox
        self._courier = courier
        self._seal = seal
        self._bot = bot

    def commands(self) -> Mapping[str, OnCommand]:
        """Each command and what it does."""
        return {"nhatky": self.show_log, "moi": self.offer_invitation, "quyen": self.show_people}

    def presses(self) -> Mapping[str, OnPress]:
        """What each action of our buttons does."""
        return {
            LOG: self.turn_log,
            INVITE: self.invite,
            PEOPLE: self.turn_people,
            REMOVE: self.ask_removal,
            REALLY: self.remove,
        }

    async def show_menu(self, person: Person, role: Role) -> None:
        """Give a new editor or admin their commands."""
        await publish_for(self._bot, person.id, role)

    async def show_log(self, turn: Turn, typed: Typed) -> None:
        """The latest questions."""
        outgoing, buttons = await self._log_page(typed.person, "", 0)
        await self._courier.message(turn, typed.chat, outgoing, buttons)

    async def turn_log(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Another page or another status, in the same message."""
        status, page = press.arguments
        await self._courier.toast(turn, pressed.query)
        shown = await self._log_page(pressed.person, status, int(page))
        await self._courier.edit(turn, pressed.chat, pressed.message, *shown)

    async def offer_invitation(self, turn: Turn, typed: Typed) -> None:
        """Ask which role the invitation is for."""
        card = Card(phrases.INVITE_LEAD, phrases.INVITE_ABOUT)
        roles = tuple(((name, self._seal.data(typed.person.id, INVITE, role)),) for role, name in phrases.ROLES.items())
        await self._courier.message(turn, typed.chat, card_messages((card,))[0], roles)

    async def invite(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """A one-time link for the chosen role."""
        await self._courier.toast(turn, pressed.query)
        role = Role(press.arguments[0])
        invitation = await self._people.invite(role, pressed.person.id)
        if invitation is None:
            return
        link = link_to(self._bot, invitation.payload)
        expires = f"{invitation.expires_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        card = Card(phrases.INVITE_READY, phrases.invitation(role, link, expires))
        await self._courier.message(turn, pressed.chat, card_messages((card,))[0])

    async def show_people(self, turn: Turn, typed: Typed) -> None:
        """Everybody who was let in."""
        outgoing, buttons = await self._people_page(typed.person, 0)
        await self._courier.message(turn, typed.chat, outgoing, buttons)

    async def turn_people(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Another page of people, also after a removal was called off."""
        await self._courier.toast(turn, pressed.query)
        shown = await self._people_page(pressed.person, int(press.arguments[0]))
        await self._courier.edit(turn, pressed.chat, pressed.message, *shown)

    async def ask_removal(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Removing somebody takes two presses."""
        await self._courier.toast(turn, pressed.query)
        member = await self._member(int(press.arguments[0]))
        if member is None:
            shown = await self._people_page(pressed.person, 0)
        else:
            card = Card(phrases.really_remove(member.name, member.role))
            really = (phrases.remove_button(member.name), self._seal.data(pressed.person.id, REALLY, member.user_id))
            keep = (phrases.KEEP, self._seal.data(pressed.person.id, PEOPLE, 0))
            shown = card_messages((card,))[0], ((really,), (keep,))
        await self._courier.edit(turn, pressed.chat, pressed.message, *shown)

    async def remove(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Take somebody's role away."""
        user_id = int(press.arguments[0])
        member = await self._member(user_id)
        change = await self._people.remove(user_id, pressed.person.id)
        if change is Change.DONE:
            await publish_for(self._bot, user_id, None)
        name = member.name if member else ""
        await self._courier.toast(turn, pressed.query, phrases.removal(change, name))
        shown = await self._people_page(pressed.person, 0)
        await self._courier.edit(turn, pressed.chat, pressed.message, *shown)

    async def _log_page(self, person: Person, status: str, page: int) -> tuple[Outgoing, Buttons]:
        where = LogFilter(status=cast(Status, status) if status else None)
        rows = await self._log.rows(where, limit=_PAGE + 1, offset=page * _PAGE)
        dead = await self._inbox.dead_count()
        about = "" if rows else phrases.LOG_EMPTY
        footer = phrases.dead_updates(dead) if dead else ""
        card = Card(phrases.LOG_LEAD, about, tuple(_log_line(row) for row in rows[:_PAGE]), footer)
        filters = tuple(
            (f"· {name} ·" if kind == status else name, self._seal.data(person.id, LOG, kind, 0))
            for kind, name in phrases.LOG_FILTERS.items()
        )
        turning = self._turning(person, LOG, page, more=len(rows) > _PAGE, before=(status,))
        return card_messages((card,))[0], (filters, *turning)

    async def _people_page(self, person: Person, page: int) -> tuple[Outgoing, Buttons]:
        everyone = await self._people.everyone()
        shown = everyone[page * _PAGE : (page + 1) * _PAGE]
        about = phrases.PEOPLE_ABOUT if shown else phrases.PEOPLE_EMPTY
        card = Card(phrases.PEOPLE_LEAD, about, tuple(_person_line(member) for member in shown))
        rows = [((phrases.remove_button(m.name), self._seal.data(person.id, REMOVE, m.user_id)),) for m in shown]
        more = (page + 1) * _PAGE < len(everyone)
        return card_messages((card,))[0], (*rows, *self._turning(person, PEOPLE, page, more=more))

    def _turning(self, person: Person, action: str, page: int, *, more: bool, before: tuple[str, ...] = ()) -> Buttons:
        row = []
        if page > 0:
            row.append((phrases.NEWER, self._seal.data(person.id, action, *before, page - 1)))
        if more:
            row.append((phrases.OLDER, self._seal.data(person.id, action, *before, page + 1)))
        return (tuple(row),) if row else ()

    async def _member(self, user_id: int) -> Member | None:
        return next((one for one in await self._people.everyone() if one.user_id == user_id), None)


def link_to(bot: Bot, payload: str) -> str:
    """What opens this bot with `payload`: a link, or the words to send where bots have no name."""
    name: str | None = bot.username
    return create_deep_linked_url(name, payload) if name else phrases.start_text(payload)


def _log_line(row: LogRow) -> str:
    when = _local(row.asked_at, "%H:%M %d/%m")
    text = row.text if len(row.text) <= _LONGEST_SHOWN else row.text[:_LONGEST_SHOWN] + "…"
    marks = phrases.LOG_MARKS.get(row.status, "") + phrases.FEEDBACK_MARKS.get(row.feedback, "")
    return f"{marks} {phrases.log_line(when, row.pseudonym, ' '.join(text.split()))}"


def _person_line(member: Member) -> str:
    return phrases.person_line(member.name, member.role, _local(member.added_at, "%d/%m/%Y"))


def _local(moment: dt.datetime, form: str) -> str:
    return moment.astimezone(VIETNAM).strftime(form)
