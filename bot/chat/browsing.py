"""Looking around without a question: greeting, help, briefings and topics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.chat.asking import Asking
from bot.chat.buttons import Press, Seal, short
from bot.chat.courier import Buttons, Courier
from bot.chat.incoming import Person, Pressed, Typed
from bot.chat.render import Outgoing, card_messages
from bot.chat.turn import Turn
from bot.desk import BriefingSummary, Desk, TopicSummary
from bot.outcome import Card
from bot.phrases import chat as phrases

BRIEFINGS, BRIEFING, TOPICS, TOPIC = "h", "b", "t", "c"
_PAGE = 8


class Browsing:
    """Lists whose buttons lead to answers. They find their target again by name, so no list goes out of date."""

    def __init__(self, desk: Desk, courier: Courier, seal: Seal, asking: Asking) -> None:
        self._desk = desk
        self._courier = courier
        self._seal = seal
        self._asking = asking

    def presses(self) -> Mapping[str, Callable[[Turn, Pressed, Press], Awaitable[None]]]:
        """What each action of our buttons does."""
        return {
            BRIEFINGS: self.turn_briefings,
            BRIEFING: self.briefing,
            TOPICS: self.turn_topics,
            TOPIC: self.topic,
        }

    async def start(self, turn: Turn, typed: Typed) -> None:
        await self.greet(turn, typed, phrases.START_LEAD)

    async def greet(self, turn: Turn, typed: Typed, hello: str) -> None:
        """What the bot is for, after a greeting."""
        await self._show(turn, typed, Card(hello, phrases.START_ABOUT, phrases.EXAMPLES))

    async def help(self, turn: Turn, typed: Typed) -> None:
        commands = tuple(f"/{name} — {about}" for name, about in phrases.COMMANDS.items())
        how = Card(phrases.HELP_LEAD, phrases.HELP_ABOUT, commands)
        tries = Card(phrases.TRY_LEAD, lines=phrases.EXAMPLES, footer=phrases.HELP_FOOTER)
        await self._show(turn, typed, how, tries)

    async def forget(self, turn: Turn, typed: Typed) -> None:
        self._desk.forget(typed.conversation)
        await self._courier.message(turn, typed.chat, Outgoing(phrases.FORGOTTEN), reply_to=typed.reply_to)

    async def briefings(self, turn: Turn, typed: Typed) -> None:
        outgoing, buttons = self._briefings(typed.person, 0)
        await self._courier.message(turn, typed.chat, outgoing, buttons, typed.reply_to)

    async def topics(self, turn: Turn, typed: Typed) -> None:
        outgoing, buttons = self._topics(typed.person, 0)
        await self._courier.message(turn, typed.chat, outgoing, buttons, typed.reply_to)

    async def turn_briefings(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Another page of the same list, in the same message."""
        await self._courier.toast(turn, pressed.query)
        page = self._briefings(pressed.person, int(press.arguments[0]))
        await self._courier.edit(turn, pressed.chat, pressed.message, *page)

    async def turn_topics(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        await self._courier.toast(turn, pressed.query)
        page = self._topics(pressed.person, int(press.arguments[0]))
        await self._courier.edit(turn, pressed.chat, pressed.message, *page)

    async def briefing(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The overview of one briefing."""
        wanted = press.arguments[0]
        found = next((one for one in self._desk.briefings() if short(one.slug) == wanted), None)
        if found is None:
            await self._courier.toast(turn, pressed.query, phrases.STALE_BUTTON)
            return
        await self._courier.toast(turn, pressed.query)
        asked = phrases.pressed(found.title)
        await self._asking.answer(turn, pressed, asked, lambda: self._desk.overview(found.slug))

    async def topic(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The entries of one topic."""
        wanted = press.arguments[0]
        found = next((one for one in self._desk.topics() if short(one.name) == wanted), None)
        if found is None:
            await self._courier.toast(turn, pressed.query, phrases.STALE_BUTTON)
            return
        await self._courier.toast(turn, pressed.query)
        asked = phrases.pressed(found.name)
        await self._asking.answer(turn, pressed, asked, lambda: self._desk.topic(found.name))

    def _briefings(self, person: Person, page: int) -> tuple[Outgoing, Buttons]:
        every = self._desk.briefings()
        shown = every[page * _PAGE : (page + 1) * _PAGE]
        rows = [((_label(one), self._seal.data(person.id, BRIEFING, short(one.slug))),) for one in shown]
        lines = tuple(_line(one) for one in shown)
        card = Card(phrases.HOP_LEAD, phrases.HOP_ABOUT if every else phrases.HOP_EMPTY, lines)
        return card_messages((card,))[0], (*rows, *self._turning(person, BRIEFINGS, page, every))

    def _topics(self, person: Person, page: int) -> tuple[Outgoing, Buttons]:
        every = self._desk.topics()
        shown = every[page * _PAGE : (page + 1) * _PAGE]
        rows = [((_button(one), self._seal.data(person.id, TOPIC, short(one.name))),) for one in shown]
        card = Card(phrases.TOPICS_LEAD, phrases.TOPICS_ABOUT if every else phrases.TOPICS_EMPTY)
        return card_messages((card,))[0], (*rows, *self._turning(person, TOPICS, page, every))

    def _turning(self, person: Person, action: str, page: int, every: Sequence[object]) -> Buttons:
        row = []
        if page > 0:
            row.append((phrases.NEWER, self._seal.data(person.id, action, page - 1)))
        if (page + 1) * _PAGE < len(every):
            row.append((phrases.OLDER, self._seal.data(person.id, action, page + 1)))
        return (tuple(row),) if row else ()

    async def _show(self, turn: Turn, typed: Typed, *cards: Card) -> None:
        for outgoing in card_messages(cards):
            await self._courier.message(turn, typed.chat, outgoing, reply_to=typed.reply_to)


def _line(one: BriefingSummary) -> str:
    when = f", {one.date:%d/%m/%Y}" if one.date else ""
    return f"{one.title}{when} ({one.period_text})"


def _label(one: BriefingSummary) -> str:
    """What tells briefings apart comes first: a phone shows some thirty letters."""
    return f"{one.period_text} · {one.title}"


def _button(one: TopicSummary) -> str:
    return f"{one.name} ({len(one.entries)})"
