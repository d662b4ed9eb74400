"""The command menu Telegram shows beside the input field, by role."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.people import Role
from bot.phrases.chat import ADMIN_COMMANDS, COMMANDS
from bot.phrases.desk import COMMANDS as EDITOR_COMMANDS

_LOG = structlog.get_logger(__name__)


async def publish(bot: Bot, staff: Mapping[int, Role]) -> None:
    """Everybody's commands, and those of editors and admins in their private chats.

    A menu is a comfort: failing is only logged.
    """
    try:
        await bot.set_my_commands(_menu(COMMANDS))
    except TelegramError as error:
        _LOG.warning("menu_failed", kind=type(error).__name__)
    for person, role in staff.items():
        await publish_for(bot, person, role)


async def publish_for(bot: Bot, person: int, role: Role | None) -> None:
    """One person's menu, after their role changed. Telegram refuses it for people who never wrote to the bot."""
    scope = BotCommandScopeChat(person)
    try:
        if role is not None and role.covers(Role.EDITOR):
            own = {**EDITOR_COMMANDS, **(ADMIN_COMMANDS if role is Role.ADMIN else {})}
            await bot.set_my_commands(_menu({**COMMANDS, **own}), scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except TelegramError as error:
        _LOG.info("menu_failed", kind=type(error).__name__)


def _menu(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(name, about) for name, about in commands.items()]
