"""Every call to Telegram that a handler makes. What fails for a passing reason is left to the worker to retry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from telegram import Bot, InlineQueryResultArticle
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken

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
        changed = {"message_id": message, **_shown(outgoing.html, buttons)}
        await self._post(turn, lambda chat_id: self._call("edit_Message_Text", {"chat_id": chat_id, **changed}), chat)

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
        fields = {"chat_id": chat, **_shown(html, buttons)}
        if reply_to:
            fields["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        hiding = self._previews_can_be_hidden
        if hiding:
            fields["link_preview_options"] = {"is_disabled": True}
        try:
            await self._call("send_Message", fields)
        except BadRequest as error:
            # Some Bot API servers do not know this comfort; an answer with a preview is still an answer.
            if not hiding or "link_preview_options" not in error.message:
                raise
            self._previews_can_be_hidden = False
            await self._send(chat, html, buttons, reply_to)

    async def _call(self, method: str, fields: dict[str, object]) -> None:
        """A method by its name, without the objects that the library's own makes of what goes out and comes back:
        nobody looks at them, and they take a tenth of an answer's time.

        The words of the name are parted by underscores (`send_Message`): under a name the library has a method for, it
        warns at every call that there is one.
        """
        try:
            await self._bot.do_api_request(method, api_kwargs=fields)
        except EndPointNotFound as error:  # what a refused token is called here
            raise InvalidToken from error

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


def _shown(html: str, buttons: Buttons) -> dict[str, object]:
    shown: dict[str, object] = {"text": html, "parse_mode": ParseMode.HTML}
    if buttons:
        rows = [[{"text": _shortened(text), "callback_data": data} for text, data in row] for row in buttons]
        shown["reply_markup"] = {"inline_keyboard": rows}
    return shown


def _shortened(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _BUTTON_TEXT else text[: _BUTTON_TEXT - 1].rstrip() + "…"
