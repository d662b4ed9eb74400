"""The editors' desk: files out, files in, what a change would do, and the yes, the no and the undoing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.chat.buttons import Press, Seal, short
from bot.chat.courier import Buttons, Courier
from bot.chat.editing_report import refused_card, result_cards
from bot.chat.incoming import Person, Pressed, SentFile, Typed
from bot.chat.render import Outgoing, card_messages
from bot.chat.turn import Turn
from bot.editing.article import article_of
from bot.editing.asked import distinct_texts
from bot.editing.draft import draft
from bot.editing.stores import Stores
from bot.editing.upload import Change, SentArticle, upload_of
from bot.errors import KnowledgeError
from bot.log_rows import VIETNAM
from bot.outcome import Card
from bot.people import People, Role
from bot.phrases import chat as chat_phrases
from bot.phrases import desk as phrases
from bot.problem import Problem
from bot.yaml_source import MAX_BYTES

FILES, FILE, APPLY, CANCEL = "kf", "kg", "ka", "kx"
EVERYBODY = 0  # seals buttons that anybody may press but only the proposal's editor may use
_PAGE = 8
_DAYS = 30
_MOST_ASKED = 400  # questions asked again of both knowledges: about a second

OnCommand = Callable[[Turn, Typed], Awaitable[None]]
OnPress = Callable[[Turn, Pressed, Press], Awaitable[None]]


class EditingDesk:
    """Whoever gets here is an editor: `handlers` has made sure, at the moment of the press or the message."""

    def __init__(self, stores: Stores, people: People, courier: Courier, seal: Seal) -> None:
        self._folder = stores.folder
        self._judge = stores.judge
        self._versions = stores.versions
        self._log = stores.log
        self._people = people
        self._courier = courier
        self._seal = seal

    def commands(self) -> Mapping[str, OnCommand]:
        """Each command and what it does."""
        return {"khotri": self.library, "hoantac": self.undo}

    def presses(self) -> Mapping[str, OnPress]:
        """What each action of our buttons does."""
        return {FILES: self.turn_library, FILE: self.send_file, APPLY: self.apply, CANCEL: self.cancel}

    async def library(self, turn: Turn, typed: Typed) -> None:
        """The files there are."""
        await self._courier.message(turn, typed.chat, *await self._library_page(typed.person, "briefings", 0))

    async def turn_library(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """Another page or folder, in the same message."""
        await self._courier.toast(turn, pressed.query)
        page = await self._library_page(pressed.person, press.arguments[0], int(press.arguments[1]))
        await self._courier.edit(turn, pressed.chat, pressed.message, *page)

    async def send_file(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The current content of one file."""
        names = await asyncio.to_thread(self._folder.names)
        name = next((one for one in names if short(one) == press.arguments[0]), None)
        if name is None:
            await self._courier.toast(turn, pressed.query, chat_phrases.STALE_BUTTON)
            return
        await self._courier.toast(turn, pressed.query)
        try:
            content = await asyncio.to_thread(self._folder.content, name)
        except KnowledgeError as error:
            await self._say(turn, pressed, str(error))
            return
        file_name = name.rpartition("/")[2]
        await self._courier.document(turn, pressed.chat, content or b"", file_name, phrases.current_file(name))

    async def receive(self, turn: Turn, typed: Typed, sent: SentFile) -> None:
        """Judge a sent knowledge file, or draft from a sent article."""
        if sent.size > MAX_BYTES:
            await self._say(turn, typed, phrases.too_big(sent.name, sent.size, MAX_BYTES))
            return
        content = await self._courier.download(sent.file_id)
        if content is None:
            await self._say(turn, typed, phrases.gone_from_telegram(sent.name))
            return
        try:
            upload = upload_of(sent.name, content)
            if isinstance(upload, Change):
                await self._propose(turn, typed, upload)
            else:
                await self._draft(turn, typed, upload)
        except KnowledgeError as error:
            problems = [one for one in error.problems if isinstance(one, Problem)]
            card = refused_card(sent.name, problems) if problems else Card("", str(error))
            await self._show(turn, typed, card)

    async def apply(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The editor's yes."""
        proposal = await self._versions.proposal(int(press.arguments[0]))
        if proposal is not None and proposal.editor_id != pressed.person.id:
            await self._courier.toast(turn, pressed.query, phrases.NOT_YOURS)
            return
        await self._courier.toast(turn, pressed.query)
        if proposal is None or proposal.state == "dropped":
            await self._say(turn, pressed, phrases.ALREADY_CANCELLED)
            return
        try:
            outcome = await self._versions.apply(proposal)
        except KnowledgeError as error:
            await self._say(turn, pressed, str(error))
            return
        if outcome.version is None:
            broken = refused_card(phrases.broken_now(proposal.name), outcome.problems, lead_is_whole=True)
            card = broken if outcome.refusal == "broken" else Card("", phrases.overtaken(proposal.name))
            await self._show(turn, pressed, card)
            return
        await self._say(turn, pressed, phrases.applied(proposal.name))
        await self.announce(turn, pressed.person, phrases.announced(pressed.person.name, proposal.name, ()))

    async def cancel(self, turn: Turn, pressed: Pressed, press: Press) -> None:
        """The editor's no."""
        proposal = await self._versions.proposal(int(press.arguments[0]))
        if proposal is not None and proposal.editor_id != pressed.person.id:
            await self._courier.toast(turn, pressed.query, phrases.NOT_YOURS)
            return
        await self._courier.toast(turn, pressed.query)
        if proposal is not None:
            await self._versions.drop(proposal)
        applied = proposal is not None and proposal.state == "applied"
        await self._say(turn, pressed, phrases.ALREADY_APPLIED if applied else phrases.CANCELLED)

    async def undo(self, turn: Turn, typed: Typed) -> None:
        """Take back the last change, at once: a wrong figure may be live."""
        try:
            outcome = await self._versions.undo(typed.person.id, f"undo:{turn.update_id}")
        except KnowledgeError as error:
            await self._say(turn, typed, str(error))
            return
        if outcome.version is None:
            said = phrases.NOTHING_TO_UNDO if outcome.refusal == "nothing" else phrases.UNDO_OVERTAKEN
            broken = refused_card(phrases.undo_broken(""), outcome.problems, lead_is_whole=True)
            await self._show(turn, typed, broken if outcome.refusal == "broken" else Card("", said))
            return
        undone = await self._versions.version_undone(outcome.version)
        when = f"{(undone or outcome.version).at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        name = outcome.version.name
        gone = outcome.version.after is None
        await self._say(turn, typed, phrases.undone_gone(name, when) if gone else phrases.undone(name, when))
        await self.announce(turn, typed.person, phrases.announced_undo(typed.person.name, name))

    async def announce(self, turn: Turn, doer: Person, text: str) -> None:
        """Tell every other editor and admin."""
        members = await self._people.everyone()
        editors = {member.user_id for member in members if member.role.covers(Role.EDITOR)}
        for editor in sorted(editors.union(await self._people.admins()) - {doer.id}):
            await self._courier.message(turn, editor, card_messages((Card("", text),))[0])

    async def _propose(self, turn: Turn, typed: Typed, change: Change) -> None:
        await self._say(turn, typed, phrases.checking(change.name))
        base = await asyncio.to_thread(self._folder.content, change.name)
        if base == change.content:
            await self._say(turn, typed, phrases.SAME_AS_NOW)
            return
        asked = await distinct_texts(self._log, _DAYS, _MOST_ASKED)
        judgement = await asyncio.to_thread(self._judge.judge, change.name, change.content, asked)
        buttons: Buttons = ()
        if judgement.knowledge is not None:
            cause = f"upload:{turn.update_id}"
            number = await self._versions.propose(typed.person.id, change.name, base, change.content, cause)
            both = ((phrases.APPLY, APPLY), (phrases.CANCEL, CANCEL))
            buttons = (tuple((label, self._seal.data(EVERYBODY, action, number)) for label, action in both),)
        shown = card_messages(result_cards(change.name, judgement, _DAYS))
        for place, outgoing in enumerate(shown, 1):
            await self._courier.message(turn, typed.chat, outgoing, buttons if place == len(shown) else ())

    async def _draft(self, turn: Turn, typed: Typed, article: SentArticle) -> None:
        await self._say(turn, typed, phrases.drafting(article.file_name))
        made = await asyncio.to_thread(lambda: draft(article_of(article.file_name, article.content)))
        about = phrases.drafted(made.facts, made.difficulties, made.directives, made.marks)
        await self._courier.document(turn, typed.chat, made.text.encode(), f"{made.slug}.yaml", about)

    async def _library_page(self, person: Person, folder: str, page: int) -> tuple[Outgoing, Buttons]:
        names = await asyncio.to_thread(self._folder.names)
        every = [name for name in names if name.startswith(f"{folder}/")]
        shown = every[page * _PAGE : (page + 1) * _PAGE]
        pages = max(1, -(-len(every) // _PAGE))
        about = phrases.library_about(phrases.FOLDERS[folder], page + 1, pages)
        card = Card(phrases.LIBRARY_LEAD, about, () if every else (phrases.LIBRARY_EMPTY,))
        rows = [((name.partition("/")[2], self._seal.data(person.id, FILE, short(name))),) for name in shown]
        turning = []
        if page > 0:
            turning.append((chat_phrases.NEWER, self._seal.data(person.id, FILES, folder, page - 1)))
        if page + 1 < pages:
            turning.append((chat_phrases.OLDER, self._seal.data(person.id, FILES, folder, page + 1)))
        others = tuple(
            (label, self._seal.data(person.id, FILES, other, 0))
            for other, label in phrases.FOLDERS.items()
            if other != folder
        )
        return card_messages((card,))[0], (*rows, *((tuple(turning),) if turning else ()), others)

    async def _say(self, turn: Turn, place: Typed | Pressed, text: str) -> None:
        await self._show(turn, place, Card("", text))

    async def _show(self, turn: Turn, place: Typed | Pressed, card: Card) -> None:
        for outgoing in card_messages((card,)):
            await self._courier.message(turn, place.chat, outgoing)
