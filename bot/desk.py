"""The use case: one question in, one answer out. The console, the command line and Telegram all enter here."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass, replace

from bot import cards, declining
from bot.answer import Answerer
from bot.conversation import Conversations, asks_of_last, continued, follows_up
from bot.index import Index
from bot.item import ENTRY_ROLES, Role
from bot.knowledge import Knowledge, no_collector
from bot.match import Matcher, Weights
from bot.once import once
from bot.outcome import Answer, Card, Found, NotFound, Part, Question
from bot.phrases import answers as phrases
from bot.reader import MAX_LENGTH, Reader

_MOST_DIGITS = 2  # of a choice
_COMMAND = re.compile(r"/\w+")
_ANY = "trong huyen bao nhieu"
_NO_BRIEFING = dt.date(2000, 1, 1)  # without briefings no year can be meant


@dataclass(frozen=True, slots=True)
class BriefingSummary:
    slug: str
    title: str
    date: dt.date | None
    period_text: str


@dataclass(frozen=True, slots=True)
class TopicSummary:
    id: int
    name: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thought:
    """An answer, and the words its asker's next question may go on from (None: those of before stay)."""

    answer: Answer
    kept: str | None


@dataclass(frozen=True)
class _Shelf:
    """Everything built from one version of the knowledge; swapped as a whole."""

    knowledge: Knowledge
    index: Index
    reader: Reader
    answerer: Answerer

    @once
    def topics(self) -> tuple[TopicSummary, ...]:
        """Made when first looked at: putting changed knowledge in force must not wait for it."""
        topics: dict[str, list[str]] = {}
        for briefing, entry in self.knowledge.entries():
            for topic in entry.topics:
                topics.setdefault(topic, []).append(f"{briefing.slug}/{entry.id}")
        return tuple(TopicSummary(i, name, tuple(found)) for i, (name, found) in enumerate(sorted(topics.items())))


def _shelve(knowledge: Knowledge, weights: Weights, before: Index | None = None) -> _Shelf:
    index = Index(knowledge.briefings, knowledge.concepts, before)
    anchor = max((b.date or b.period.last for b in knowledge.briefings), default=_NO_BRIEFING)
    reader = Reader(index.lexicon, index.gazetteer, anchor, index.expansions)
    reader.read(_ANY, anchor)  # what it makes when first needed, it makes now: nobody is waiting yet
    return _Shelf(knowledge, index, reader, Answerer(index, Matcher(index, weights)))


class Desk:
    """Answers questions from the knowledge in force. Not a judge of who may ask."""

    def __init__(self, knowledge: Knowledge, weights: Weights | None = None) -> None:
        self._weights = weights or Weights.shipped()
        with no_collector():
            self._shelf = _shelve(knowledge, self._weights)
        self._conversations = Conversations()

    @property
    def knowledge(self) -> Knowledge:
        """What is in force."""
        return self._shelf.knowledge

    @property
    def knowledge_version(self) -> str:
        return self._shelf.knowledge.version

    def swap(self, knowledge: Knowledge) -> None:
        """Puts other knowledge in force; a question under way keeps what it began with."""
        with no_collector():
            self._shelf = _shelve(knowledge, self._weights, self._shelf.index)

    def ask(self, question: Question) -> Answer:
        """The answer to one message. Never raises for any text."""
        thought = self.think(question, self.earlier(question))
        self.keep(question, thought.kept)
        return thought.answer

    def earlier(self, question: Question) -> str | None:
        """What the asker was answered lately, which the question may go on from."""
        return self._conversations.recall(question.asker, question.asked_at)

    def keep(self, question: Question, kept: str | None) -> None:
        """Remember what the next question may go on from; None changes nothing."""
        if kept is not None:
            self._conversations.remember(question.asker, kept, question.asked_at)

    def think(self, question: Question, earlier: str | None) -> Thought:
        """The answer to a message after an earlier one; nothing but the knowledge is looked at or changed."""
        started = time.perf_counter()
        shelf = self._shelf
        parts, kept = _parts(shelf, question, earlier)
        spent = (time.perf_counter() - started) * 1000
        return Thought(Answer(question.text, parts, shelf.knowledge.version, spent), kept)

    def found(self, question: Question) -> tuple[str, ...]:
        """The entries that answer a question; none when it stays unanswered. What the editors' own test compares."""
        return tuple(e for part in self.ask(question).parts if isinstance(part, Found) for e in part.entries)

    def considered(self, question: Question) -> list[tuple[dict[str, float], Part]]:
        """Every candidate of one question with its signals and the answer it would give, best first; for fitting."""
        shelf = self._shelf
        return list(shelf.answerer.finder.considered(shelf.reader.read(question.text, question.asked_at.date())))

    def forget(self, asker: str) -> None:
        self._conversations.forget(asker)

    def open(self, reference: str) -> Answer:
        """What a button opens: `<slug>`, `<slug>/<entry>`, or `?text` to ask again."""
        if reference.startswith("?"):
            return self.ask(Question(reference[1:], "", dt.datetime.now(dt.UTC)))
        if "/" not in reference:
            return self.overview(reference)
        shelf = self._shelf
        item = shelf.index.by_id.get(reference)
        if item is None:
            return self._wrapped(declining.plain(phrases.NOTHING))
        return self._wrapped(shelf.answerer.finder.open(item))

    def briefings(self) -> tuple[BriefingSummary, ...]:
        """All briefings, latest first."""
        found = [
            BriefingSummary(b.slug, b.title, b.date, phrases.period(b.period)) for b in self._shelf.knowledge.briefings
        ]
        dates = {b.slug: b.date or b.period.last for b in self._shelf.knowledge.briefings}
        return tuple(sorted(found, key=lambda s: dates[s.slug], reverse=True))

    def topics(self) -> tuple[TopicSummary, ...]:
        return self._shelf.topics

    def overview(self, slug: str) -> Answer:
        """A briefing at a glance: when, who, its figures, difficulties and directives."""
        items = [i for i in self._shelf.index.items if i.briefing.slug == slug]
        if not items:
            return self._wrapped(declining.plain(phrases.NOTHING))
        briefing = items[0].briefing
        lines = [phrases.held(briefing.session, briefing.date)] if briefing.date else []
        lines += [f"{phrases.CHAIR}: {p.name}" for p in briefing.people if "chair" in p.roles]
        for role, heading in (
            (Role.FACT, phrases.RESULTS),
            (Role.DIFFICULTY, phrases.DIFFICULTIES),
            (Role.DIRECTIVE, phrases.DIRECTIVES),
        ):
            chosen = [i for i in items if i.role is role]
            if chosen:
                lines.append(f"{phrases.capital(heading)}:")
                lines += [cards.item_line(i, short=role is not Role.FACT) for i in chosen]
        card = Card(briefing.title, phrases.period(briefing.period), tuple(lines), citations=cards.citations(items))
        return self._wrapped(Found((card,), tuple(i.id for i in items if i.role in ENTRY_ROLES)))

    def topic(self, name: str) -> Answer:
        """All entries of one topic, latest first."""
        summary = next((t for t in self._shelf.topics if t.name == name), None)
        if summary is None:
            return self._wrapped(declining.plain(phrases.NOTHING))
        items = sorted(
            (self._shelf.index.by_id[e] for e in summary.entries), key=lambda i: (-i.latest.last.toordinal(), i.id)
        )
        lines = tuple(f"{cards.item_line(i, short=False)} ({cards.when(i)})" for i in items)
        card = Card(
            phrases.capital(name), phrases.list_lead(len(items), phrases.ITEMS), lines, citations=cards.citations(items)
        )
        return self._wrapped(Found((card,), summary.entries))

    def _wrapped(self, part: Part) -> Answer:
        return Answer("", (part,), self._shelf.knowledge.version, 0.0)


def is_choice(text: str) -> bool:
    """Whether a message can only choose from a list; a longer number asks what has that number."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def _parts(shelf: _Shelf, question: Question, earlier: str | None) -> tuple[tuple[Part, ...], str | None]:
    """The parts of the answer, and what to remember."""
    text = question.text.strip()
    if len(text) > MAX_LENGTH:
        return (declining.plain(phrases.TOO_LONG),), None
    if _COMMAND.fullmatch(text):
        return (declining.small_talk({}),), None  # what no menu knows is no question either
    if is_choice(text):
        return (declining.plain(phrases.NO_LIST),), None  # whoever had a list to choose from has chosen before this
    if not any(c.isalnum() for c in text):
        return (NotFound(Card(phrases.EMPTY)),), None
    today = question.asked_at.date()
    reading = shelf.reader.read(text, today)
    parts = shelf.answerer.answer(reading)
    answered = any(isinstance(p, Found) for p in parts)
    if earlier is not None and follows_up(reading) and (reading.content or not answered or asks_of_last(reading)):
        text = continued(shelf.reader.read(earlier, today), reading)
        reading = shelf.reader.read(text, today)
        parts = tuple(_with_note(p, phrases.carried(reading.text)) for p in shelf.answerer.answer(reading))
    return parts, text if any(isinstance(p, Found) for p in parts) else None


def _with_note(part: Part, note: str) -> Part:
    """The part with a line that shows what was carried over from the question before."""
    if isinstance(part, Found):
        first = replace(part.cards[0], lines=(*part.cards[0].lines, note))
        return replace(part, cards=(first, *part.cards[1:]))
    return replace(part, card=replace(part.card, lines=(*part.card.lines, note)))
