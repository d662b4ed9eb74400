"""The accuracy table: the bot and the obvious matchers on one question file, scored by the same rules.

A rival answers with the card of the entry most like the question, as a button would open it, when its score passes a
threshold. The threshold is chosen with the scores in hand, which no rival could do in service: the table shows the
most a threshold can give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress

from bot.chat.render import plain
from bot.desk import Desk
from bot.evaluation import Expected, Given, Score, read_questions, score
from bot.item import Item, items_of
from bot.knowledge import Knowledge, KnowledgeReader
from bot.outcome import Answer
from bot.reply_json import lead_of
from tools.measure import Latency, Stopwatch, percent, settle, table
from tools.rivals import Bm25, Fuzzy, RivalKind, TfIdf
from tools.scale import OURS, ask, text_of

_SILENT = Given("none", "", "")
_HEAD = ("matcher", "text compared", "threshold", "answered rightly %", "rightly silent %", "wrong, of all %")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Briefings that questions are asked against: the bot on them, and their items as the rivals' texts."""

    desk: Desk
    items: tuple[Item, ...]


Shelves = Mapping[tuple[str, ...], Shelf]


@dataclass(frozen=True, slots=True)
class Choice:
    """One question for one rival: how like its best text is, and the scores of answering and of staying silent."""

    likeness: float
    answered: Score
    silent: Score


@dataclass(frozen=True, slots=True)
class Run:
    """One rival on all questions, with one text of the entries and one threshold."""

    text: str
    threshold: float
    scores: list[Score]

    @property
    def right(self) -> int:
        return sum(s.passed for s in self.scores)

    @property
    def wrong(self) -> int:
        return sum(s.wrong for s in self.scores)


def run(directory: Path, file: Path, only: tuple[str, ...], progress: Progress) -> str:
    """The tables as Markdown. `only` are the briefings asked against where a line names none.

    Raises KnowledgeError for knowledge that cannot be used and UsageError for a question file that cannot be read.
    """
    expected = read_questions(file)
    knowledge = KnowledgeReader(directory).read().required()
    shelves = {wanted: _shelf(knowledge, wanted) for wanted in dict.fromkeys(_wanted(one, only) for one in expected)}
    ours, latency = _ours(expected, shelves, only)
    rows = [(OURS, "", "fitted", *_shares(ours))]
    for kind in (Fuzzy, Bm25, TfIdf):
        runs = [
            Run(name, threshold, [c.answered if c.likeness >= threshold else c.silent for c in choices])
            for name, text in _TEXTS.items()
            for choices in [_choices(kind, text, expected, shelves, only, progress)]
            for threshold in sorted({c.likeness for c in choices} | {float("inf")})
        ]
        best = max(runs, key=lambda run: (run.right - run.wrong, run.threshold))
        safe = [run for run in runs if 100 * run.wrong <= len(expected)]
        careful = max(safe, key=lambda run: (run.right, run.threshold))
        for aim, run in (("most right less wrong", best), ("at most 1 % wrong", careful)):
            rows.append((f"{kind.name}, {aim}", run.text, f"{run.threshold:.2f}", *_shares(run.scores)))
    return "\n".join(
        (
            f"## {len(expected)} questions of {file.name}\n",
            table(_HEAD, rows),
            "A rival's text and threshold are the best ones with the scores in hand.\n",
            table(("on the same questions", "p50 ms", "p99 ms", "worst ms", "p50 CPU ms"), [(OURS, *_speed(latency))]),
        )
    )


def _wanted(one: Expected, only: tuple[str, ...]) -> tuple[str, ...]:
    return one.briefings or only


def _shelf(knowledge: Knowledge, only: tuple[str, ...]) -> Shelf:
    chosen = knowledge.only(only)
    return Shelf(Desk(chosen), tuple(item for briefing in chosen.briefings for item in items_of(briefing)))


def _ours(expected: Sequence[Expected], shelves: Shelves, only: tuple[str, ...]) -> tuple[list[Score], Latency]:
    desks = {one.text: shelves[_wanted(one, only)].desk for one in expected}
    texts = [one.text for one in expected]
    for text in texts:
        ask(desks[text], text)
    settle()
    ours = Stopwatch(lambda text: ask(desks[text], text))
    for text in texts:
        ours.time(text)
    return [score(one, _given(answer)) for one, answer in zip(expected, ours.results, strict=True)], ours.latency


def _given(answer: Answer) -> Given:
    return Given(answer.status, lead_of(answer.parts[0]), plain(answer))


def _whole_text(item: Item) -> str:
    return ". ".join((*item.views, item.statement_text, text_of(item)))


_TEXTS: Mapping[str, Callable[[Item], str]] = {"subject, place, period": text_of, "names, statement": _whole_text}


def _choices(
    kind: RivalKind,
    text: Callable[[Item], str],
    expected: Sequence[Expected],
    shelves: Shelves,
    only: tuple[str, ...],
    progress: Progress,
) -> list[Choice]:
    rivals = {wanted: kind([text(item) for item in shelf.items]) for wanted, shelf in shelves.items()}
    found = []
    for one in progress.track(expected, description=next(iter(rivals.values())).name):
        shelf = shelves[_wanted(one, only)]
        at, likeness = rivals[_wanted(one, only)].best(one.text)
        given = _given(shelf.desk.open(shelf.items[at].id)) if at >= 0 else _SILENT
        found.append(Choice(likeness, score(one, given), score(one, _SILENT)))
    return found


def _shares(scores: Sequence[Score]) -> tuple[str, str, str]:
    answer = [s for s in scores if s.expected.expect == "answer"]
    silence = [s for s in scores if s.expected.expect != "answer"]
    return (
        percent(sum(s.passed for s in answer), len(answer)),
        percent(sum(s.passed for s in silence), len(silence)),
        percent(sum(s.wrong for s in scores), len(scores)),
    )


def _speed(latency: Latency) -> tuple[str, ...]:
    return tuple(f"{time:.2f}" for time in (latency.p50, latency.p99, latency.worst, latency.cpu))
