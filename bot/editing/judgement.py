"""A change judged before it is made: what is wrong with it, what it says differently, whose answers it changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.check import errors_first, run_checks
from bot.check.questions import Ask
from bot.desk import Desk
from bot.document import Document
from bot.editing.difference import Difference, difference
from bot.knowledge import Knowledge, KnowledgeReader, Loaded
from bot.knowledge_files import Model
from bot.outcome import Answer, Card, Found, Part, Question
from bot.phrases import desk as words
from bot.problem import Problem


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question somebody asked, the leads of its answer now and after the change, and which entries then answer."""

    question: str
    before: str
    after: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`problems` are what the change brings, errors first. `knowledge` is what would be in force, None when refused."""

    problems: tuple[Problem, ...]
    difference: Difference
    knowledge: Knowledge | None
    answers: tuple[ChangedAnswer, ...] = ()
    asked: int = 0  # how many questions were compared


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of the directory as it is: its problems, and a desk that answers from it."""

    state: str  # the day and the version it was read at
    known: Counter[tuple[str, str, str]]
    desk: Desk | None


class Judge:
    """Reads the directory of the knowledge with a change laid over it. Slow, some seconds: for a thread.

    What was found out about the knowledge as it is, and the last judgement, are remembered: an editor sends a file
    several times, and says yes to what was judged a moment ago.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._before: _Before | None = None
        self._after: _Before | None = None  # what the last judged change would make of it
        self._last: tuple[tuple[str, str, bytes | None], Judgement] | None = None

    def current(self) -> Knowledge:
        """The knowledge of the directory as it is. Raises KnowledgeError when it is broken."""
        return KnowledgeReader(self._directory).read().required()

    def readable(self, name: str, after: bytes | None) -> Judgement:
        """Whether a content that was in force once can be again; quick, for taking back what must not stay a minute."""
        loaded = KnowledgeReader(self._directory).read(overlay={name: after})
        errors = (one for one in loaded.problems if one.severity == "error")
        problems = tuple(replace(one, file=self._short(one.file)) for one in errors)
        return Judgement(problems, Difference(()), loaded.knowledge)

    def judge(self, name: str, after: bytes | None, asked: Sequence[str] = ()) -> Judgement:
        """What `name` holding `after` (None: being deleted) would mean; `asked` are questions to compare answers of.

        What is wrong already is nobody's fault here: only problems that the change brings count against it.
        """
        now = dt.datetime.now(dt.UTC)
        reader = KnowledgeReader(self._directory)
        old = reader.read()
        state = _state(old, now)
        key = (state, name, after)
        if self._last is not None and self._last[0] == key and not asked:
            return self._last[1]
        new = reader.read(overlay={name: after})
        before = self._as_it_is(old, state, now)
        desk = Desk(new.knowledge) if new.knowledge else None
        every = run_checks(new, now.date(), _asker(desk, now))
        problems = self._brought(every, before)
        self._after = _Before(_state(new, now), Counter(map(_identity, every)), desk)
        refused = any(problem.severity == "error" for problem in problems)
        changes: tuple[ChangedAnswer, ...] = ()
        if before.desk and desk and not refused:
            changes = tuple(_changed_answers(before.desk, desk, asked, now))
        judgement = Judgement(
            problems,
            difference(self._model(old, name), self._model(new, name)),
            None if refused else new.knowledge,
            changes,
            len(asked),
        )
        self._last = (key, judgement)
        return judgement

    def _as_it_is(self, old: Loaded, state: str, now: dt.datetime) -> _Before:
        before = next((one for one in (self._before, self._after) if one and one.state == state), None)
        if before is None:
            desk = Desk(old.knowledge) if old.knowledge else None
            known = Counter(map(_identity, run_checks(old, now.date(), _asker(desk, now))))
            before = _Before(state, known, desk)
        self._before = before
        return before

    def _brought(self, problems: Iterable[Problem], before: _Before) -> tuple[Problem, ...]:
        """The problems that were not there before, errors first."""
        known = before.known.copy()
        brought = []
        for problem in problems:
            if known[_identity(problem)] > 0:
                known[_identity(problem)] -= 1
            else:
                brought.append(replace(problem, file=self._short(problem.file)))
        return tuple(errors_first(brought))

    def _short(self, file: str) -> str:
        return file.removeprefix(f"{self._directory.as_posix()}/")

    def _model(self, loaded: Loaded, name: str) -> Model | None:
        documents: tuple[Document[Model], ...] = (*loaded.briefings, *loaded.thesaurus, *loaded.questions)
        return next((one.model for one in documents if self._short(one.file) == name), None)


def _state(loaded: Loaded, now: dt.datetime) -> str:
    """Names what was read and the day; broken knowledge by its problems."""
    return f"{now.date()} {loaded.knowledge.version if loaded.knowledge else loaded.problems!r}"


def _identity(problem: Problem) -> tuple[str, str, str]:
    """A problem whatever line it has moved to."""
    return problem.file, problem.rule, problem.message


def _asker(desk: Desk | None, now: dt.datetime) -> Ask | None:
    return (lambda text: desk.found(Question(text, "", now))) if desk else None


def _changed_answers(old: Desk, new: Desk, asked: Sequence[str], now: dt.datetime) -> Iterator[ChangedAnswer]:
    for text in asked:
        question = Question(text, "", now)
        before, after = old.ask(question), new.ask(question)
        if _said(before) != _said(after):
            lead_before, lead_after = _lead(before), _lead(after)
            if lead_before == lead_after:
                lead_after = words.SAME_LEAD
            entries = tuple(e for part in after.parts if isinstance(part, Found) for e in part.entries)
            yield ChangedAnswer(text, lead_before, lead_after, entries)


def _said(answer: Answer) -> tuple[object, ...]:
    """Everything a reader sees of an answer."""
    return tuple((type(part), _cards(part), part.suggestions) for part in answer.parts)


def _cards(part: Part) -> tuple[Card, ...]:
    return part.cards if isinstance(part, Found) else (part.card,)


def _lead(answer: Answer) -> str:
    return " / ".join(card.lead or card.about for part in answer.parts for card in _cards(part)[:1])
