"""Phrasings that can never be read, or can be read two ways."""

from __future__ import annotations

from collections.abc import Iterator

from bot.concept_integrity import Row
from bot.model import ConceptKind
from bot.phrases import rules as words
from bot.problem import Problem
from bot.text import accent_key, accented, phrase
from bot.yaml_source import Steps

_SOFT = frozenset({ConceptKind.FILLER, ConceptKind.ASKING, ConceptKind.SMALLTALK})
_MUTE = frozenset({ConceptKind.FILLER, ConceptKind.SMALLTALK})
# Function words as people type them in a hurry; a topic that folds onto one would be heard in every question.
_FUNCTION = frozenset(
    {
        "la", "va", "cua", "co", "thi", "ma", "o", "tai", "nhung", "cac", "mot", "cho", "voi", "theo", "nay", "do",
        "kia", "gi", "nao", "khong", "roi", "cung", "da", "se", "dang", "bi", "duoc", "ra", "vao",
    }
)  # fmt: skip

Spelled = tuple[tuple[str, str], ...]


def phrasings(row: Row) -> Iterator[tuple[Steps, str]]:
    for place, phrasing in enumerate(row.concept.phrasings):
        yield ("phrasings", place), phrasing
    for place, phrasing in enumerate(row.concept.english):
        yield ("english", place), phrasing


def spelling(phrasing: str) -> Spelled:
    """The words of a phrasing with their marks, wherever the tone mark is set (`hoà` is `hòa`)."""
    return tuple(accent_key(word) for word in phrasing.split() if phrase(word))


def one_concept_each(table: tuple[Row, ...]) -> Iterator[Problem]:
    """Two concepts may share letters (`tỉnh`, `tính`) but not the same words with the same marks."""
    owner: dict[Spelled, Row] = {}
    for row in table:
        for way, phrasing in phrasings(row):
            spelled = spelling(phrasing)
            other = owner.setdefault(spelled, row) if spelled else row
            if other.concept.id != row.concept.id:
                message = words.shared_phrasing(phrasing, other.concept.id, other.place)
                yield row.problem(way, "shared-phrasing", message)


def said_once(row: Row) -> Iterator[Problem]:
    seen: set[Spelled] = set()
    for way, phrasing in phrasings(row):
        spelled = spelling(phrasing)
        if spelled in seen and spelled:
            yield row.problem(way, "repeated-phrasing", words.repeated_phrasing(phrasing), "warning")
        seen.add(spelled)


def readable(row: Row) -> Iterator[Problem]:
    """A phrasing of signs alone folds to nothing and is never met in a question."""
    for way, phrasing in phrasings(row):
        if not phrase(phrasing):
            yield row.problem(way, "dead-phrasing", words.dead_phrasing(phrasing), "warning")


def no_function_word(row: Row) -> Iterator[Problem]:
    """An unmarked or short word that every sentence has cannot name a topic."""
    if row.concept.kind in _SOFT:
        return
    for way, phrasing in phrasings(row):
        if way[0] == "english":
            continue
        folded = phrase(phrasing)
        if len(folded) == 1 and folded[0] in _FUNCTION and not accented(phrasing):
            yield row.problem(way, "function-word", words.function_word(phrasing), "warning")


def asks_where_it_may(row: Row) -> Iterator[Problem]:
    """Politeness and small talk ask for nothing an entry could give."""
    if row.concept.asks and row.concept.kind in _MUTE:
        yield row.problem(("asks",), "asks", words.asks_misplaced(row.concept.kind.value), "warning")
