"""`/chuatraloi`: what people ask in vain, and for each an entry, a refusal for good, or the word that there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.chat.buttons import Press, Seal, short
from bot.chat.courier import Buttons, Courier
from bot.chat.editing_desk import EditingDesk, OnCommand, OnPress
from bot.chat.editing_report import refused_card
from bot.chat.incoming import Person, Pressed, Typed
from bot.chat.render import Outgoing, card_messages, plain
from bot.chat.turn import Turn
from bot.desk import Desk
from bot.editing.amend import with_examples, with_silent_question
from bot.editing.asked import lately
from bot.editing.folder import digest
from bot.editing.settled import Verdict
from bot.editing.stores import Stores
from bot.editing.unanswered import Cluster, clusters
from bot.errors import KnowledgeError
from bot.knowledge import Knowledge
from bot.outcome import Card
from bot.phrases import answers
from bot.phrases import chat as chat_phrases
from bot.phrases import desk as desk_phrases
from bot.phrases import unanswered as phrases

LIST, ONE, ATTACH, IGNORE, ABSENT = "ul", "uo", "ua", "ui", "un"
_DAYS = 14
_PAGE = 8
_MOST_WORDINGS = 6
_LONGEST_QUESTION = 390  # characters; a line of a knowledge file holds 400


class UnansweredDesk:
    """Whoever gets here is an editor: `handlers` has made sure, at the moment of the press or the command."""

    def __init__(self, stores: Stores, desk: Desk, editing: EditingDesk, courier: Courier, seal: Seal) -> None:
        self._stores = stores
        self._desk = desk
        self._editing = editing
        self._courier = courier
        self._seal = seal

    def commands(self) -> Mapping[str, OnCommand]:
        """Each command and what it does."""
        return {"chuatraloi": self.show}

    def presses(self) -> Mapping[str, OnPress]:
        """What each action of our buttons does."""
        return {LIST: self.turn_page, ONE: self.open, ATTACH: self.attach, IGNORE: self.ignore, ABSENT: self.absent}

    async def show(self, turn: Turn, typed: Typed) -> None:
        """The list, most asked first."""
        await self._courier.message(turn, typed.chat, *self._page(typed.person, (await self._read())[0], 0))

    async def turn_page(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Another page of the list, in the same message."""
        await self._courier.toast(turn, pressed.query)
        page = self._page(pressed.person, (await self._read())[0], int(press.arguments[0]))
        await self._courier.edit(turn, pressed.chat, pressed.message, *page)

    async def open(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """One cluster with what can be done about it."""
        found = await self._find(turn, pressed, press)
        if found is None:
            return
        cluster, _ = found
        await self._courier.toast(turn, pressed.query)
        wordings = tuple(cluster.texts[:_MOST_WORDINGS])
        now = Card("", phrases.NOW[cluster.answer.status], (plain(cluster.answer).split("\n", 1)[0],))
        card = Card(cluster.text, phrases.heading(cluster.count), wordings)
        outgoing = card_messages((card, now, Card("", phrases.CHOOSE)))[0]
        await self._courier.edit(turn, pressed.chat, pressed.message, outgoing, self._choices(pressed, found))

    async def ignore(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Not to be shown again."""
        found = await self._find(turn, pressed, press)
        if found is None:
            return
        await self._settle(pressed, found[0], "ignored")
        await self._courier.toast(turn, pressed.query, phrases.IGNORED)
        page = self._page(pressed.person, (await self._read())[0], 0)
        await self._courier.edit(turn, pressed.chat, pressed.message, *page)

    async def attach(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The wording becomes an example of the chosen entry, if that makes the entry answer it and steals nothing."""
        found = await self._find(turn, pressed, press)
        if found is None:
            return
        cluster, knowledge = found
        chosen = next((name for name in cluster.suggestions if short(name) == press.arguments[1]), None)
        if chosen is None:
            await self._courier.toast(turn, pressed.query, chat_phrases.STALE_BUTTON)
            return
        await self._courier.toast(turn, pressed.query, phrases.CHECKING)
        slug, _, entry = chosen.partition("/")
        text, label = cluster.text[:_LONGEST_QUESTION], _label(knowledge, chosen)

        name = f"briefings/{slug}.yaml"
        try:
            base = await asyncio.to_thread(self._stores.folder.content, name)
            content = with_examples(base or b"", entry, (text,))
            judgement = await asyncio.to_thread(self._stores.judge.judge, name, content, (text,))
        except KnowledgeError as error:
            await self._say(turn, pressed, Card("", str(error)))
            return
        if judgement.knowledge is not None and not any(chosen in one.entries for one in judgement.answers):
            await self._say(turn, pressed, Card("", phrases.not_enough(text, label)))
            return
        await self._change(turn, pressed, cluster, (name, base, content), ("attached", phrases.attached(text, label)))

    async def absent(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """There is no such figure: the editors' own test now keeps the question unanswered."""
        found = await self._find(turn, pressed, press)
        if found is None:
            return
        cluster, _ = found
        await self._courier.toast(turn, pressed.query, phrases.CHECKING)
        nearest = cluster.suggestions[0].partition("/")[0] if cluster.suggestions else self._desk.briefings()[0].slug
        name = f"questions/{nearest}.yaml"
        text = cluster.text[:_LONGEST_QUESTION]
        try:
            base = await asyncio.to_thread(self._stores.folder.content, name)
            content = with_silent_question(base, nearest, text)
        except KnowledgeError as error:
            await self._say(turn, pressed, Card("", str(error)))
            return
        await self._change(turn, pressed, cluster, (name, base, content), ("absent", phrases.absent(text)))

    async def _change(
        self,
        turn: Turn,
        pressed: Pressed,
        cluster: Cluster,
        change: tuple[str, bytes | None, bytes],
        end: tuple[Verdict, str],
    ) -> None:
        """Make one change of a file, and say what came of it."""
        name, base, content = change
        verdict, done = end
        cause = f"unanswered:{turn.update_id}"
        try:
            outcome = await self._stores.versions.change(pressed.person.id, name, digest(base), content, cause)
        except KnowledgeError as error:
            await self._say(turn, pressed, Card("", str(error)))
            return
        if outcome.version is None:
            refused = refused_card(phrases.refused(cluster.text), outcome.problems, lead_is_whole=True)
            await self._say(turn, pressed, refused if outcome.refusal == "broken" else Card("", phrases.OVERTAKEN))
            return
        await self._settle(pressed, cluster, verdict)
        await self._say(turn, pressed, Card("", done))
        await self._editing.announce(turn, pressed.person, desk_phrases.announced(pressed.person.name, name, (done,)))

    async def _settle(self, pressed: Pressed, cluster: Cluster, verdict: Verdict) -> None:
        await self._stores.settled.settle(cluster.marks, cluster.text, verdict, pressed.person.id)

    async def _read(self) -> tuple[tuple[Cluster, ...], Knowledge]:
        rows = [row async for row in lately(self._stores.log, _DAYS)]
        settled = await self._stores.settled.marks()

        def work() -> tuple[tuple[Cluster, ...], Knowledge]:
            knowledge = self._stores.judge.current()
            return clusters(rows, self._desk, knowledge, settled), knowledge

        return await asyncio.to_thread(work)

    async def _find(self, turn: Turn, pressed: Pressed, press: Press) -> tuple[Cluster, Knowledge] | None:
        """The cluster a button is about; None, and said so, when it has been dealt with."""
        every, knowledge = await self._read()
        cluster = next((one for one in every if short(one.key) == press.arguments[0]), None)
        if cluster is None:
            await self._courier.toast(turn, pressed.query, phrases.GONE)
            return None
        return cluster, knowledge

    def _page(self, person: Person, every: tuple[Cluster, ...], page: int) -> tuple[Outgoing, Buttons]:
        shown = list(enumerate(every, 1))[page * _PAGE : (page + 1) * _PAGE]
        lines = tuple(phrases.row(n, one.text[:200], one.count, one.thumbs_down) for n, one in shown)
        card = Card(phrases.LEAD, phrases.about(_DAYS, len(every)) if every else phrases.nothing(_DAYS), lines)
        numbers = [(str(n), self._seal.data(person.id, ONE, short(one.key))) for n, one in shown]
        rows = [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
        turning = []
        if page > 0:
            turning.append((chat_phrases.NEWER, self._seal.data(person.id, LIST, page - 1)))
        if (page + 1) * _PAGE < len(every):
            turning.append((chat_phrases.OLDER, self._seal.data(person.id, LIST, page + 1)))
        return card_messages((card,))[0], (*rows, *((tuple(turning),) if turning else ()))

    def _choices(self, pressed: Pressed, found: tuple[Cluster, Knowledge]) -> Buttons:
        cluster, knowledge = found
        person, key = pressed.person.id, short(cluster.key)
        entries = tuple(
            ((phrases.attach(_label(knowledge, one)), self._seal.data(person, ATTACH, key, short(one))),)
            for one in cluster.suggestions
        )
        ends = ((phrases.IGNORE, IGNORE), (phrases.ABSENT, ABSENT))
        verdicts = tuple((label, self._seal.data(person, action, key)) for label, action in ends)
        return (*entries, verdicts, ((phrases.BACK, self._seal.data(person, LIST, 0)),))

    async def _say(self, turn: Turn, pressed: Pressed, card: Card) -> None:
        for outgoing in card_messages((card,)):
            await self._courier.message(turn, pressed.chat, outgoing)


def _label(knowledge: Knowledge, name: str) -> str:
    """What an editor knows an entry by."""
    found = knowledge.entry(name)
    if found is None:
        return name
    briefing, entry = found
    period = answers.period(entry.period or briefing.period)
    return phrases.entry_label(entry.subject, period, entry.place or briefing.place)
