"""Questions, presses on "ý bạn là", and thumbs: everything that goes through the desk and into the log."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import structlog

from bot.chat.annex import Annex
from bot.chat.buttons import Press, Seal
from bot.chat.chart import draw
from bot.chat.composed import Composed, compose
from bot.chat.courier import Buttons, Courier
from bot.chat.incoming import Person, Pressed, Typed, refusal
from bot.chat.render import Outgoing
from bot.chat.turn import Turn
from bot.desk import Desk
from bot.log_text import as_json
from bot.metrics import Metrics
from bot.outcome import Answer, Question, Suggestion
from bot.phrases import chat as phrases
from bot.query_log import LogEntry, LogRow, QueryLog

_LOG = structlog.get_logger(__name__)
SUGGESTION, VOTE = "s", "v"
_AGAIN = "?"
_LONGEST_LOGGED = 1500  # characters; nobody reads on


class Asking:
    """The conversation proper. Methods raise TelegramError and StorageError for the worker to handle."""

    def __init__(self, desk: Desk, annex: Annex, courier: Courier, seal: Seal, log: QueryLog, metrics: Metrics) -> None:
        self._desk = desk
        self._annex = annex
        self._courier = courier
        self._seal = seal
        self._log = log
        self._metrics = metrics

    def presses(self) -> Mapping[str, Callable[[Turn, Pressed, Press], Awaitable[None]]]:
        """What each action of our buttons does."""
        return {SUGGESTION: self.suggestion, VOTE: self.vote}

    async def question(self, turn: Turn, typed: Typed) -> None:
        """Answer what was typed, or say in one line why it cannot be a question."""
        refused = refusal(typed.text)
        if refused is not None:
            turn.entry = self._refused(turn, typed)
            await self._courier.message(turn, typed.chat, Outgoing(refused), reply_to=typed.reply_to)
            return
        asked = Question(typed.text, typed.conversation, dt.datetime.now(dt.UTC))
        await self._show(turn, typed, typed.text, turn.answer or await self._annex.ask(asked))

    async def answer(self, turn: Turn, place: Typed | Pressed, asked: str, find: Callable[[], Answer]) -> None:
        """Show what `find` finds; `asked` is how the log words the question."""
        await self._show(turn, place, asked, turn.answer or compose(find()))

    async def _show(self, turn: Turn, place: Typed | Pressed, asked: str, answer: Composed) -> None:
        turn.answer = answer
        turn.entry = _entry(turn, place, asked, answer)
        self._report(turn, answer)
        reply_to = place.reply_to if isinstance(place, Typed) else None
        number = 0
        for place_in_reply, outgoing in enumerate(answer.messages, 1):
            buttons = self._suggestions(turn, place.person, outgoing.suggestions, number)
            number += len(outgoing.suggestions)
            if place_in_reply == len(answer.messages) and answer.status == "found":
                buttons = (*buttons, self._thumbs(turn, place.person))
            await self._courier.message(turn, place.chat, outgoing, buttons, reply_to)
        for series in answer.charts:
            await self._courier.photo(turn, place.chat, partial(asyncio.to_thread, draw, series))

    async def suggestion(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Open what a button under an earlier answer offered; the log remembers what that was."""
        row = await self._log.of_update(int(press.arguments[0]))
        chosen = _offered(row, int(press.arguments[1])) if row and row.user_id == pressed.person.id else None
        if chosen is None:
            await self._courier.toast(turn, pressed.query, phrases.STALE_BUTTON)
            return
        await self._courier.toast(turn, pressed.query)
        await self.answer(turn, pressed, phrases.pressed(chosen.label), lambda: self._open(chosen.id, pressed))

    async def vote(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Keep a thumb up or down beside the question it is about."""
        helpful = press.arguments[1] == "1"
        kept = await self._log.rate(int(press.arguments[0]), pressed.person.id, helpful=helpful)
        thanks = phrases.THANKS_UP if helpful else phrases.THANKS_DOWN
        await self._courier.toast(turn, pressed.query, thanks if kept else phrases.STALE_BUTTON)

    def _open(self, chosen: str, pressed: Pressed) -> Answer:
        if chosen.startswith(_AGAIN):
            return self._desk.ask(Question(chosen[1:], pressed.conversation, dt.datetime.now(dt.UTC)))
        return self._desk.open(chosen)

    def _suggestions(self, turn: Turn, person: Person, offered: Sequence[Suggestion], first: int) -> Buttons:
        numbered = enumerate(offered, first)
        return tuple(((s.label, self._seal.data(person.id, SUGGESTION, turn.update_id, n)),) for n, s in numbered)

    def _thumbs(self, turn: Turn, person: Person) -> tuple[tuple[str, str], ...]:
        votes = (("👍", 1), ("👎", 0))
        return tuple((shown, self._seal.data(person.id, VOTE, turn.update_id, vote)) for shown, vote in votes)

    def _report(self, turn: Turn, answer: Composed) -> None:
        self._metrics.thinking.observe(answer.milliseconds / 1000)
        _LOG.info(
            "answered",
            update_id=turn.update_id,
            who=self._log.pseudonym(turn.entry.user_id) if turn.entry else "",
            status=answer.status,
            entries=answer.entries,
            ms=round(answer.milliseconds, 2),
            knowledge=answer.knowledge,
        )

    def _refused(self, turn: Turn, typed: Typed) -> LogEntry:
        return LogEntry(
            user_id=typed.person.id,
            chat_id=typed.chat,
            asked_at=dt.datetime.now(dt.UTC),
            text=typed.text[:_LONGEST_LOGGED],
            status="none",
            knowledge=self._desk.knowledge_version,
            milliseconds=0.0,
            reason=as_json([{"refused": "not a question"}]),
            update_id=turn.update_id,
        )


def _entry(turn: Turn, place: Typed | Pressed, asked: str, answer: Composed) -> LogEntry:
    return LogEntry(
        user_id=place.person.id,
        chat_id=place.chat,
        asked_at=dt.datetime.now(dt.UTC),
        text=asked[:_LONGEST_LOGGED],
        status=answer.status,
        knowledge=answer.knowledge,
        milliseconds=answer.milliseconds,
        entries=answer.entries,
        reason=answer.reason,
        update_id=turn.update_id,
    )


def _offered(row: LogRow, number: int) -> Suggestion | None:
    lists = (reason.get("suggestions") for reason in row.reason)
    offered = [one for found in lists if isinstance(found, list) for one in found]
    return Suggestion(offered[number]["id"], offered[number]["label"]) if number < len(offered) else None
