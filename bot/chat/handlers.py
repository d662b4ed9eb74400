"""From python-telegram-bot's handlers to what a person may do: the door first, then commands, buttons and questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import Update
from telegram.ext import CallbackQueryHandler, ContextTypes, InlineQueryHandler, MessageHandler, filters

from bot.chat.access import Access, Entrance
from bot.chat.admin import Administration
from bot.chat.asking import Asking
from bot.chat.browsing import Browsing
from bot.chat.buttons import Press, Seal
from bot.chat.courier import Courier
from bot.chat.editing_desk import EVERYBODY, EditingDesk
from bot.chat.editing_unanswered import UnansweredDesk
from bot.chat.edits import Edits
from bot.chat.incoming import Pressed, SentFile, Typed, pressed, sent_file, typed
from bot.chat.inline import Inline
from bot.chat.render import Outgoing
from bot.chat.turn import Turn, Turns
from bot.chat.worker import RaisingApplication
from bot.people import Joining, Role
from bot.phrases import chat as phrases
from bot.phrases.desk import EDITORS_ONLY

OnCommand = Callable[[Turn, Typed], Awaitable[None]]
OnPress = Callable[[Turn, Pressed, Press], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rooms:
    """Everything a handler may lead to."""

    asking: Asking
    browsing: Browsing
    administration: Administration
    inline: Inline
    editing: EditingDesk
    unanswered: UnansweredDesk


class Handlers:
    """The three kinds of updates people cause, each let in by `access` before anything is looked up."""

    def __init__(self, rooms: Rooms, access: Access, courier: Courier, seal: Seal, turns: Turns) -> None:
        self._rooms = rooms
        self._access = access
        self._courier = courier
        self._seal = seal
        self._turns = turns
        self._edits = Edits()
        self._commands: Mapping[str, OnCommand] = {
            "start": rooms.browsing.start,
            "help": rooms.browsing.help,
            "hop": rooms.browsing.briefings,
            "chude": rooms.browsing.topics,
            "xoa": rooms.browsing.forget,
        }
        self._staff_commands: Mapping[str, tuple[Role, OnCommand]] = {
            **{name: (Role.ADMIN, handle) for name, handle in rooms.administration.commands().items()},
            **{name: (Role.EDITOR, handle) for name, handle in rooms.editing.commands().items()},
            **{name: (Role.EDITOR, handle) for name, handle in rooms.unanswered.commands().items()},
        }
        self._presses: Mapping[str, OnPress] = {**rooms.asking.presses(), **rooms.browsing.presses()}
        self._staff_presses: Mapping[str, tuple[Role, OnPress]] = {
            **{name: (Role.ADMIN, handle) for name, handle in rooms.administration.presses().items()},
            **{name: (Role.EDITOR, handle) for name, handle in rooms.editing.presses().items()},
            **{name: (Role.EDITOR, handle) for name, handle in rooms.unanswered.presses().items()},
        }

    def install(self, application: RaisingApplication) -> None:
        """Let the application's updates come here."""
        application.add_handler(MessageHandler(filters.ALL, self._on_message))
        application.add_handler(CallbackQueryHandler(self._on_press))
        application.add_handler(InlineQueryHandler(self._on_inline))

    async def _on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = typed(update, context.bot.id, context.bot.username)
        if message is None:
            return
        turn = self._turns.of(update.update_id)
        entrance = await self._access.enter(turn, message.person.id)
        if message.command == "start" and message.argument and message.private and turn.admitted:
            await self._join(turn, message)
        elif entrance.refusal is not None:
            await self._say(turn, message, entrance.refusal)
        elif entrance.role is not None:
            await self._welcome(turn, message, entrance, sent_file(update))

    async def _join(self, turn: Turn, message: Typed) -> None:
        """A link was opened: what became of it, and a greeting for whoever is in."""
        joining, role = await self._access.join(message.person, message.argument)
        outcome = phrases.joined(joining, role)
        if joining is Joining.WELCOME and role is not None and role.covers(Role.EDITOR):
            await self._rooms.administration.show_menu(message.person, role)
        if role is None:
            await self._say(turn, message, outcome)
        else:
            await self._rooms.browsing.greet(turn, message, outcome)

    async def _welcome(self, turn: Turn, message: Typed, entrance: Entrance, sent: SentFile | None) -> None:
        if sent is not None and message.private and entrance.role is not None and entrance.role.covers(Role.EDITOR):
            await self._rooms.editing.receive(turn, message, sent)
        elif message.command:
            await self._command(turn, message, entrance)
        elif not message.has_words:
            await self._say(turn, message, phrases.NOT_TEXT)
        elif self._edits.is_news(message, turn.update_id):
            await self._rooms.asking.question(turn, message)

    async def _command(self, turn: Turn, message: Typed, entrance: Entrance) -> None:
        if message.edited:
            return
        if message.command in self._staff_commands:
            least, run = self._staff_commands[message.command]
            if entrance.role is None or not entrance.role.covers(least):
                await self._say(turn, message, phrases.ADMINS_ONLY if least is Role.ADMIN else EDITORS_ONLY)
            elif not message.private:
                await self._say(turn, message, phrases.PRIVATE_ONLY)
            else:
                await run(turn, message)
            return
        handle = self._commands.get(message.command)
        if handle is None:
            await self._say(turn, message, phrases.UNKNOWN_COMMAND)
        else:
            await handle(turn, message)

    async def _on_press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        turn = self._turns.of(update.update_id)
        press_on = pressed(update)
        if press_on is None:
            await self._courier.toast(turn, query.id, phrases.STALE_BUTTON)
            return
        entrance = await self._access.enter(turn, press_on.person.id)
        press = self._seal.open(press_on.person.id, press_on.data) or self._seal.open(EVERYBODY, press_on.data)
        handle = self._presses.get(press.action) if press else None
        if handle is None and press is not None and entrance.role is not None and press.action in self._staff_presses:
            least, run = self._staff_presses[press.action]
            handle = run if entrance.role.covers(least) else None
        if entrance.role is None:
            await self._courier.toast(turn, press_on.query, entrance.refusal or "")
        elif press is None or handle is None:
            sorry = phrases.STALE_BUTTON if press_on.private else phrases.NOT_YOUR_BUTTON
            await self._courier.toast(turn, press_on.query, sorry)
        else:
            await handle(turn, press_on, press)

    async def _on_inline(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            return
        turn = self._turns.of(update.update_id)
        allowed = await self._access.role(query.from_user.id) is not None
        await self._rooms.inline.search(turn, query.id, query.query if allowed else "")

    async def _say(self, turn: Turn, message: Typed, text: str) -> None:
        await self._courier.message(turn, message.chat, Outgoing(text), reply_to=message.reply_to)
