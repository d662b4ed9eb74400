"""Inline queries: answers offered while somebody types @bot in any chat."""

from __future__ import annotations

import datetime as dt

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode

from bot.chat.courier import Courier
from bot.chat.incoming import refusal
from bot.chat.render import card_messages, clean
from bot.chat.turn import Turn
from bot.desk import Desk
from bot.outcome import Card, Found, Question

_TITLE = 200
_MOST = 10


class Inline:
    """Only found answers are offered: what is shared must not be a guess."""

    def __init__(self, desk: Desk, courier: Courier) -> None:
        self._desk = desk
        self._courier = courier

    async def search(self, turn: Turn, query: str, words: str) -> None:
        """Answer the inline query `query`; no words, or none that can be a question, find nothing."""
        text = clean(words).strip()
        cards = self._cards(text) if refusal(text) is None else ()
        results = [_article(number, card) for number, card in enumerate(cards[:_MOST])]
        await self._courier.inline(turn, query, results)

    def _cards(self, text: str) -> tuple[Card, ...]:
        answer = self._desk.ask(Question(text, "", dt.datetime.now(dt.UTC)))
        return tuple(card for part in answer.parts if isinstance(part, Found) for card in part.cards)


def _article(number: int, card: Card) -> InlineQueryResultArticle:
    # What is sent is one message: the first holds the figure and what it is.
    content = InputTextMessageContent(card_messages((card,))[0].html, parse_mode=ParseMode.HTML)
    title = clean(card.lead)[:_TITLE]
    return InlineQueryResultArticle(str(number), title, content, description=clean(card.about)[:_TITLE])
