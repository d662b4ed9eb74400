"""The editors' own questions, asked to the whole knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.document import Document
from bot.model import QuestionFile, public_name
from bot.phrases import rules as words
from bot.problem import Problem

Ask = Callable[[str], tuple[str, ...]]  # a question → the public ids of the entries that answer it; () for silence


def expected_answers(document: Document[QuestionFile], ask: Ask) -> Iterator[Problem]:
    """Each question is answered by the entries it names and by no other; one that names none stays unanswered."""
    own = document.model.briefing
    for place, question in enumerate(document.model.questions):
        wanted = [name if name == own else public_name(name, own) for name in question.expect]
        given = ask(question.ask)
        way = ("questions", place, "ask")
        if not wanted and given:
            yield document.problem(way, "answers-none", words.answers_none(question.ask, given))
        elif wanted and not given:
            yield document.problem(way, "unanswered", words.unanswered(question.ask, wanted))
        elif stolen := [name for name in given if name not in wanted]:
            yield document.problem(way, "steals-question", words.steals(question.ask, wanted, stolen))
