"""A figure never answers for its subject's neighbour: the thesaurus's contrasts, tried on every fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from bot.desk import Desk
from bot.index import Index
from bot.knowledge import Knowledge
from bot.outcome import Answer, Found, Question
from bot.reader import Reader
from tests.asking.conftest import rows_of

NOON = dt.datetime(2023, 11, 1, 5, tzinfo=dt.UTC)
Case = tuple[str, str, str, str]  # subject, its concept, the contrast put beside or instead of it, the question


def cases(knowledge: Knowledge, index: Index, reader: Reader) -> Iterator[Case]:
    """Every fact's subject with the label of every contrast of its concepts, inserted and instead of the concept."""
    concepts = {concept.id: concept for concept in knowledge.concepts}
    for item in {item.subject: item for item in index.items if item.fact and item.fact.figures}.values():
        read = reader.read(item.subject, NOON.date())
        own = {name for view in item.views for hit in reader.read(view, NOON.date()).hits for name in hit.concepts}
        own |= {implied for name in own & concepts.keys() for implied in concepts[name].implies}
        for hit in read.hits:
            start, end = read.words[hit.start].start, read.words[hit.end - 1].end
            for name in concepts.keys() & set(hit.concepts):
                for other in set(concepts[name].contrasts) - own:
                    label = concepts[other].label
                    yield item.subject, name, other, f"{item.subject} {label} là bao nhiêu"
                    yield item.subject, name, other, f"{read.text[:start]}{label}{read.text[end:]} là bao nhiêu"


def answers_with(answer: Answer, index: Index, subject: str) -> bool:
    entries = [entry for part in answer.parts if isinstance(part, Found) for entry in part.entries]
    return any(index.by_id[entry].subject == subject for entry in entries)


def test_no_fact_answers_for_its_contrast(knowledge: Knowledge, desk: Desk) -> None:
    """A subject with a neighbour's word in it or instead of its own is declined, but for the pairs written down."""
    index = Index(knowledge.briefings, knowledge.concepts)
    reader = Reader(index.lexicon, index.gazetteer, NOON.date(), index.expansions)
    found = {
        (name, other): question
        for subject, name, other, question in cases(knowledge, index, reader)
        if answers_with(desk.ask(Question(question, "", NOON)), index, subject)
    }
    written = rows_of("contrasts.yaml")
    allowed = {(row["has"], row["gets"]) for kind in ("right", "bugs") for row in written[kind]}
    assert {pair: question for pair, question in found.items() if pair not in allowed} == {}
    mended = [row for row in written["bugs"] if (row["has"], row["gets"]) not in found]
    assert mended == [], "these no longer fail: take them out of contrasts.yaml"


@pytest.mark.parametrize("kind", ["right", "bugs"])
def test_every_exception_has_its_reason(kind: str, knowledge: Knowledge) -> None:
    """A pair is written down with a reason, and is a contrast of the thesaurus."""
    contrasts = {(concept.id, other) for concept in knowledge.concepts for other in concept.contrasts}
    for row in rows_of("contrasts.yaml")[kind]:
        assert (row["has"], row["gets"]) in contrasts
        assert len(row["because"]) > 10
