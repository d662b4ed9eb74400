"""What the desk reports about a change, as cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.editing.judgement import Judgement
from bot.outcome import Card
from bot.phrases import desk as phrases
from bot.phrases.check import SEVERITY
from bot.problem import Problem

_MOST_PROBLEMS = 20
_MOST_LINES = 60
_MOST_ANSWERS = 20


def refused_card(name: str, problems: Iterable[Problem], *, lead_is_whole: bool = False) -> Card:
    """Why a change cannot be applied; `name` is the file, or the whole lead."""
    listed = list(problems)
    errors = sum(problem.severity == "error" for problem in listed)
    lead = name if lead_is_whole else phrases.refused_lead(name, errors)
    return Card(lead, phrases.REFUSED_ABOUT, tuple(_capped(map(_line, listed), _MOST_PROBLEMS)))


def result_cards(name: str, judgement: Judgement, days: int) -> tuple[Card, ...]:
    """Everything an editor decides on: problems first, then the difference, then whose answers change."""
    if judgement.knowledge is None:
        return (refused_card(name, judgement.problems),)
    told = judgement.difference
    counts = phrases.counts(told.added, told.changed, told.removed)
    cards = [Card(phrases.ready_lead(name), counts if told.lines else phrases.NO_DIFFERENCE)]
    if judgement.problems:
        cards.append(Card("", phrases.WARNINGS, tuple(_capped(map(_line, judgement.problems), _MOST_PROBLEMS))))
    if told.lines:
        cards.append(Card("", phrases.DIFFERENCE, tuple(_capped(told.lines, _MOST_LINES))))
    cards.append(_answers_card(judgement, days))
    return tuple(cards)


def _answers_card(judgement: Judgement, days: int) -> Card:
    changed = judgement.answers
    if not changed:
        return Card("", phrases.no_answers_changed(judgement.asked, days))
    lines = (phrases.changed_answer(one.question, one.before, one.after) for one in changed)
    heading = phrases.answers_changed(len(changed), judgement.asked, days)
    return Card("", heading, tuple(_capped(lines, _MOST_ANSWERS)))


def _line(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}: {SEVERITY[problem.severity]}: {problem.message}"


def _capped(lines: Iterable[str], most: int) -> Iterator[str]:
    every: Sequence[str] = tuple(lines)
    yield from every[:most]
    if len(every) > most:
        yield phrases.more(len(every) - most)
