"""Names across all thesaurus files: one rule a function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.document import Document
from bot.integrity import nearest
from bot.model import Concept, Thesaurus
from bot.phrases import check as words
from bot.problem import Problem
from bot.yaml_source import Steps


@dataclass(frozen=True, slots=True)
class Row:
    """One concept and where it is written."""

    document: Document[Thesaurus]
    steps: Steps
    concept: Concept

    def problem(self, way: Steps, rule: str, message: str, severity: Literal["error", "warning"] = "error") -> Problem:
        return self.document.problem((*self.steps, *way), rule, message, severity)

    @property
    def place(self) -> str:
        return f"{self.document.file}:{self.document.place(self.steps).line}"


def rows(documents: tuple[Document[Thesaurus], ...]) -> tuple[Row, ...]:
    """Every concept of every file."""
    return tuple(
        Row(document, ("concepts", place), concept)
        for document in documents
        for place, concept in enumerate(document.model.concepts)
    )


def thesaurus_problems(documents: tuple[Document[Thesaurus], ...]) -> tuple[Problem, ...]:
    """Names that are taken twice, lead nowhere or in a circle, or hold on one side only."""
    table = rows(documents)
    rules = (unique_concepts, known_concepts, no_circle, mutual_contrasts)
    return tuple(sorted({problem for rule in rules for problem in rule(table)}))


def unique_concepts(table: tuple[Row, ...]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in table:
        if row.concept.id in first:
            message = words.duplicate_concept(row.concept.id, first[row.concept.id].place)
            yield row.problem(("id",), "duplicate-concept", message)
        else:
            first[row.concept.id] = row


def known_concepts(table: tuple[Row, ...]) -> Iterator[Problem]:
    known = {row.concept.id for row in table}
    for row in table:
        for key, names in (("implies", row.concept.implies), ("contrasts", row.concept.contrasts)):
            for place, name in enumerate(names):
                if name not in known:
                    near = nearest(name, sorted(known))
                    message = words.unknown_reference(key, name, near, words.CONCEPT)
                    yield row.problem((key, place), "unknown-reference", message)


def no_circle(table: tuple[Row, ...]) -> Iterator[Problem]:
    """A concept cannot be contained in itself."""
    implied = {row.concept.id: row.concept.implies for row in table}
    for row in table:
        for place, name in enumerate(row.concept.implies):
            way = _way(implied, name, row.concept.id)
            if way:
                message = words.circle("implies", (row.concept.id, *way))
                yield row.problem(("implies", place), "circle", message)


def _way(implied: dict[str, tuple[str, ...]], start: str, goal: str) -> tuple[str, ...]:
    """A way from one concept down to another along `implies`; empty when there is none."""
    before: dict[str, str | None] = {start: None}
    queue = [start]
    for name in queue:
        if name == goal:
            way: list[str] = []
            at: str | None = name
            while at is not None:
                way.insert(0, at)
                at = before[at]
            return tuple(way)
        for below in implied.get(name, ()):
            if below not in before:
                before[below] = name
                queue.append(below)
    return ()


def mutual_contrasts(table: tuple[Row, ...]) -> Iterator[Problem]:
    contrasts = {row.concept.id: row.concept.contrasts for row in table}
    for row in table:
        name = row.concept.id
        for place, other in enumerate(row.concept.contrasts):
            if other == name:
                message = words.contrast_with_itself(name)
            elif other in contrasts and name not in contrasts[other]:
                message = words.one_sided_contrast(name, other)
            else:
                continue
            yield row.problem(("contrasts", place), "one-sided-contrast", message)
