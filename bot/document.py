"""One knowledge file that has been read: its name, its bytes, its model, and where each of its nodes stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from bot.once import once
from bot.problem import Problem, Severity
from bot.yaml_source import Place, Steps, positions

Model_co = TypeVar("Model_co", bound=BaseModel, covariant=True)
Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True)
class Document(Generic[Model_co]):
    """`file` is the path shown to people. Places are found only when a problem asks for one."""

    file: str
    content: bytes
    model: Model_co

    @once
    def _places(self) -> dict[Steps, Place]:
        return positions(self.content)

    def place(self, steps: Steps) -> Place:
        """The place of the node, or of the nearest node around it."""
        return nearest_place(self._places, steps)

    def problem(self, steps: Steps, rule: str, message: str, severity: Severity = "error") -> Problem:
        """A problem at the value that `steps` lead to."""
        place = self.place(steps)
        return Problem(self.file, place.line, place.column, rule, message, severity)


def documents_of(documents: Iterable[Document[BaseModel]], kind: type[Kind]) -> tuple[Document[Kind], ...]:
    """The documents whose model is of this kind."""
    return tuple(cast("Document[Kind]", one) for one in documents if isinstance(one.model, kind))


def nearest_place(places: dict[Steps, Place], steps: Steps) -> Place:
    """The place of the node, or of the nearest node around it."""
    while steps not in places and steps:
        steps = steps[:-1]
    return places.get(steps, Place(1, 1, 1, 1))
