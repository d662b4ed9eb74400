"""A Telegram update as what a person did: typed, pressed or searched. Nothing here decides on an answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from telegram import Message, Update, User

from bot.chat.render import clean
from bot.phrases import chat as phrases

_SHORTEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever did it; the name is only ever shown, escaped."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A message, new or edited. `text` is clean; `command` has no slash and is lower case."""

    person: Person
    chat: int
    message: int
    private: bool
    edited: bool
    has_words: bool  # False for a picture, a voice, a sticker without a caption
    text: str
    command: str = ""
    argument: str = ""

    @property
    def conversation(self) -> str:
        """Names the follow-up context: one person in one chat."""
        return f"{self.chat}:{self.person.id}"

    @property
    def reply_to(self) -> int | None:
        """In a group, and after an edit, the answer must show what it answers."""
        return self.message if self.edited or not self.private else None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press on a button under one of our messages."""

    person: Person
    chat: int
    message: int
    private: bool
    query: str
    data: str

    @property
    def conversation(self) -> str:
        return f"{self.chat}:{self.person.id}"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a message; `size` in bytes, 0 when Telegram does not say."""

    file_id: str
    name: str
    size: int


def sent_file(update: Update) -> SentFile | None:
    """The file of a new message, None when it has none."""
    document = update.message.document if update.message else None
    if document is None:
        return None
    return SentFile(document.file_id, clean(document.file_name or "").strip(), document.file_size or 0)


def typed(update: Update, bot_id: int, username: str | None) -> Typed | None:
    """The message, or None when it is not meant for us: a bot's, a service note, or group talk beside us."""
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot or _is_service(message):
        return None
    private = message.chat.type == message.chat.PRIVATE
    raw = message.text or message.caption or ""
    command, target, argument = _command(raw)
    if target and username and target != username.lower():
        return None
    if not private and not (target or _mentions(raw, username) or _replies_to(message, bot_id)):
        return None
    text = clean(_without_mention(raw, username)).strip()
    person = _person(message.from_user)
    edited = update.edited_message is not None
    return Typed(
        person=person,
        chat=message.chat.id,
        message=message.message_id,
        private=private,
        edited=edited,
        has_words=bool(raw),
        text=text,
        command=command,
        argument=clean(argument).strip(),
    )


def pressed(update: Update) -> Pressed | None:
    """The press, or None when Telegram no longer says under which message it was."""
    query = update.callback_query
    if query is None or query.message is None:
        return None
    chat = query.message.chat
    private = chat.type == chat.PRIVATE
    return Pressed(_person(query.from_user), chat.id, query.message.message_id, private, query.id, query.data or "")


def refusal(text: str) -> str | None:
    """A short helpful reply for what cannot be a question, or None when it can."""
    letters = [c for c in text if c.isalnum()]
    if not letters:
        return phrases.EMPTY
    latin = sum(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in letters)
    return phrases.NOT_VIETNAMESE if latin * 2 < len(letters) else None


def _command(raw: str) -> tuple[str, str, str]:
    """(command, bot it names, the rest); Telegram marks commands, but not every server does."""
    if not raw.startswith("/") or len(raw) < _SHORTEST_LETTERS:
        return "", "", ""
    word, *rest = raw[1:].split(maxsplit=1) or [""]
    name, _, target = word.partition("@")
    return name.lower(), target.lower(), rest[0] if rest else ""


def _mention(username: str | None) -> re.Pattern[str] | None:
    return re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE) if username else None


def _mentions(raw: str, username: str | None) -> bool:
    mention = _mention(username)
    return mention is not None and mention.search(raw) is not None


def _without_mention(raw: str, username: str | None) -> str:
    mention = _mention(username)
    return mention.sub(" ", raw) if mention else raw


def _replies_to(message: Message, bot_id: int) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == bot_id


def _is_service(message: Message) -> bool:
    """Joins, pins, title changes and the like: nobody said anything."""
    return not (message.text or message.caption or message.effective_attachment)


def _person(user: User) -> Person:
    # A deleted account has no name at all.
    return Person(user.id, " ".join(clean(user.full_name or "").split()) or str(user.id))
