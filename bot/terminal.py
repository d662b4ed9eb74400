"""A conversation in the terminal: the same answers, lists and suggestions as in Telegram, opened by number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TextIO

from bot.chat.render import plain
from bot.desk import Desk, is_choice
from bot.knowledge import Knowledge
from bot.outcome import Answer, Question
from bot.phrases import chat as chat_phrases
from bot.phrases import commands as phrases

_ASKER = "console"

_Choices = Sequence[tuple[str, Callable[[], Answer]]]  # what each number stands for, and what it opens


def converse(knowledge: Knowledge, source: TextIO, target: TextIO) -> int:
    """A conversation until the input ends; a number opens what stands behind it in the last list."""
    desk = Desk(knowledge)
    lists: Mapping[str, Callable[[], tuple[str, _Choices]]] = {
        "/hop": partial(_briefings, desk),
        "/chude": partial(_topics, desk),
    }
    prompt = phrases.PROMPT if source.isatty() else ""
    target.write(phrases.chat_welcome(len(knowledge.briefings)) + "\n")
    offered: _Choices = ()
    while True:
        target.write(prompt)
        target.flush()
        line = source.readline()
        text = line.strip()
        if not line or text.lower() in phrases.LEAVE:
            target.write(phrases.GOODBYE + "\n")
            return 0
        chosen = bool(offered) and is_choice(text)
        if text in lists:
            lead, offered = lists[text]()
            shown = "\n".join((lead, *(f"  {n}. {label}" for n, (label, _) in enumerate(offered, 1))))
        elif text == "/help":
            shown = "\n".join((chat_phrases.HELP_LEAD, chat_phrases.HELP_ABOUT, *_commands(), *chat_phrases.EXAMPLES))
        elif text == "/xoa":
            desk.forget(_ASKER)
            shown = chat_phrases.FORGOTTEN
        elif chosen and not 1 <= int(text) <= len(offered):
            shown = phrases.no_such_choice(len(offered))
        else:
            answer = offered[int(text) - 1][1]() if chosen else desk.ask(_question(text))
            suggested = [(s.label, partial(desk.open, s.id)) for part in answer.parts for s in part.suggestions]
            offered = suggested or (offered if chosen else ())  # a list stays for its next number
            shown = plain(answer)
        target.write(f"\n{shown}\n\n")


def _question(text: str) -> Question:
    return Question(text, _ASKER, dt.datetime.now(dt.UTC))


def _commands() -> tuple[str, ...]:
    return tuple(f"/{name} — {about}" for name, about in chat_phrases.COMMANDS.items())


def _briefings(desk: Desk) -> tuple[str, _Choices]:
    found = [(f"{b.title} ({b.period_text})", partial(desk.open, b.slug)) for b in desk.briefings()]
    return (chat_phrases.HOP_LEAD if found else chat_phrases.HOP_EMPTY), found


def _topics(desk: Desk) -> tuple[str, _Choices]:
    found = [(f"{t.name} ({len(t.entries)})", partial(desk.topic, t.name)) for t in desk.topics()]
    return (chat_phrases.TOPICS_LEAD if found else chat_phrases.TOPICS_EMPTY), found
