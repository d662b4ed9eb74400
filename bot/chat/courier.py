"""Every call to Telegram that a handler makes. What fails for a passing reason is left to the worker to retry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.chat.render import Outgoing, clean
from bot.chat.turn import Turn

_LOG = structlog.get_logger(__name__)
# Said by Telegram when there is nothing left to do.
_HARMLESS = ("message is not modified", "message to edit not found")
# Said when nobody can be reached there any more.
_UNDELIVERABLE = ("chat not found", "chat_write_forbidden", "not enough rights", "topic_closed", "peer_id_invalid")
_BUTTON_TEXT = 60
_TOAST = 200
_CAPTION = 1000

Buttons = tuple[tuple[tuple[str, str], ...], ...]  # rows of (what it says, callback data)


class Courier:
    """Sends through one Bot. Raises TelegramError for what should be tried again or is our mistake."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._previews_can_be_hidden = True

    async def message(
        self, turn: Turn, chat: int, outgoing: Outgoing, buttons: Buttons = (), reply_to: int | None = None
    ) -> None:
        """One HTML message. `reply_to` is shown only where the question would otherwise be hard to tell."""
        await self._post(turn, lambda chat_id: self._send(chat_id, outgoing.html, buttons, reply_to), chat)

    async def edit(self, turn: Turn, chat: int, message: int, outgoing: Outgoing, buttons: Buttons = ()) -> None:
        """The same message with other text and buttons."""
        await self._post(
            turn,
            lambda chat_id: self._bot.edit_message_text(
                outgoing.html,
                chat_id=chat_id,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(buttons),
            ),
            chat,
        )

    async def photo(self, turn: Turn, chat: int, make: Callable[[], Awaitable[bytes]]) -> None:
        """A picture, made only when it is really sent."""

        async def send(chat_id: int) -> None:
            await self._bot.send_photo(chat_id, await make())

        await self._post(turn, send, chat)

    async def document(self, turn: Turn, chat: int, content: bytes, name: str, caption: str) -> None:
        """A file with a line about it."""

        async def send(chat_id: int) -> None:
            await self._bot.send_document(chat_id, content, caption=clean(caption)[:_CAPTION], filename=name)

        await self._post(turn, send, chat)

    async def download(self, file_id: str) -> bytes | None:
        """What a person sent; None when Telegram does not hand it out (too big for bots, or no longer there)."""
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except BadRequest as error:
            _LOG.warning("refused", reason=error.message[:100])
            return None

    async def toast(self, turn: Turn, press: str, text: str = "") -> None:
        """End a press on a button, with a line that passes by when there is something to say."""
        shown = clean(text)[:_TOAST] or None
        await turn.once(lambda: self._briefly(turn, self._bot.answer_callback_query(press, shown)))

    async def inline(self, turn: Turn, query: str, results: list[InlineQueryResultArticle]) -> None:
        """Results for the asker alone, soon forgotten: roles and knowledge may change."""
        answer = partial(self._bot.answer_inline_query, query, results, cache_time=5, is_personal=True)
        await turn.once(lambda: self._briefly(turn, answer()))

    async def _briefly(self, turn: Turn, call: Awaitable[object]) -> None:
        """What only matters for seconds is not tried again once Telegram has refused it."""
        try:
            await call
        except BadRequest as error:
            _LOG.warning("refused", update_id=turn.update_id, reason=error.message[:100])

    async def _send(self, chat: int, html: str, buttons: Buttons, reply_to: int | None) -> None:
        preview = LinkPreviewOptions(is_disabled=True) if self._previews_can_be_hidden else None
        try:
            await self._bot.send_message(
                chat,
                html,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(buttons),
                reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                link_preview_options=preview,
            )
        except BadRequest as error:
            # Some Bot API servers do not know this comfort; an answer with a preview is still an answer.
            if preview is None or "link_preview_options" not in error.message:
                raise
            self._previews_can_be_hidden = False
            await self._send(chat, html, buttons, reply_to)

    async def _post(self, turn: Turn, call: Callable[[int], Awaitable[object]], chat: int) -> None:
        async def attempt() -> None:
            try:
                await call(chat)
            except ChatMigrated as moved:
                await call(moved.new_chat_id)
            except Forbidden:
                _LOG.warning("undeliverable", update_id=turn.update_id)
            except BadRequest as error:
                said = error.message.lower()
                if any(words in said for words in _UNDELIVERABLE):
                    _LOG.warning("undeliverable", update_id=turn.update_id)
                elif not any(words in said for words in _HARMLESS):
                    raise

        await turn.once(attempt)


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(_shortened(text), callback_data=data) for text, data in row] for row in buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _shortened(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _BUTTON_TEXT else text[: _BUTTON_TEXT - 1].rstrip() + "…"
