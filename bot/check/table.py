"""Entries as the rules compare them: every default filled in, every name folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.document import Document
from bot.integrity import entries
from bot.model import Briefing, Entry, Fact, Figure
from bot.period import Period
from bot.problem import Problem, Severity
from bot.text import phrase
from bot.yaml_source import Steps

_WHOLE = frozenset({"", "toan tinh", "tren dia ban tinh", "tren dia ban", "toan dia ban"})


def plain(text: str | None) -> str:
    """Folded words with one space between them."""
    return " ".join(phrase(text)) if text else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. `subject`, `place` and `scope` are folded; the scope of a whole province is empty."""

    document: Document[Briefing]
    steps: Steps
    entry: Entry
    period: Period
    subject: str
    place: str
    scope: str

    @property
    def briefing(self) -> Briefing:
        return self.document.model

    @property
    def kind(self) -> str:
        return type(self.entry).__name__

    @property
    def source(self) -> str:
        """Which page the entry was taken from."""
        return f"{self.briefing.slug} {self.entry.source or ''}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.entry.figures if isinstance(self.entry, Fact) else ()

    def problem(self, way: Steps, rule: str, message: str, severity: Severity = "error") -> Problem:
        """A problem at one node of the entry."""
        return self.document.problem((*self.steps, *way), rule, message, severity)

    def where(self, way: Steps = ()) -> str:
        """File and line, to point at from a message about another entry."""
        return f"{self.document.file}:{self.document.place((*self.steps, *way)).line}"


def rows_of(documents: Iterable[Document[Briefing]]) -> tuple[Row, ...]:
    """Every entry of every briefing, in the order of the files."""
    return tuple(_row(document, steps, entry) for document in documents for steps, entry in entries(document.model))


def _row(document: Document[Briefing], steps: Steps, entry: Entry) -> Row:
    briefing = document.model
    scope = plain(entry.scope)
    return Row(
        document=document,
        steps=steps,
        entry=entry,
        period=entry.period or briefing.period,
        subject=plain(entry.subject),
        place=plain(entry.place or briefing.place),
        scope="" if scope in _WHOLE else scope,
    )
