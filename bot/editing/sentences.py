"""Sentences of a paragraph, with their places in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.editing.article import Paragraph

_STOP = re.compile(r"[.!?…]+[\"”)]*\s+(?=[\"“(\[]?\w|[-–])")
_LONGEST = 2000  # characters: what goes on longer is no sentence, and reading one costs its square
_BREAK = re.compile(r"(?<!\d)\s(?=\S)")
_SHORTENED = re.compile(r"(?:\b(?:TP|Tp|Tx|TX|TS|ThS|Th\.S|PGS|GS|BS|KS|St)|(?<![\w.])[^\W\d_])\.\s+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` stands at `start`..`end` of the article."""

    start: int
    end: int
    text: str


def sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """A stop ends a sentence when a capital or a number follows and no shortened word stands before it."""
    text, start = paragraph.text, 0
    stops = [found.end() for found in _STOP.finditer(text) if _ends(text, found)]
    for stop in _short(text, [*stops, len(text)]):
        if text[start:stop].strip():
            yield Sentence(paragraph.start + start, paragraph.start + stop, text[start:stop])
        start = stop


def _short(text: str, stops: list[int]) -> Iterator[int]:
    """The same stops, and more where they leave too much between them: at a space, never inside an amount."""
    start = 0
    for stop in stops:
        while stop - start > _LONGEST:
            found = _BREAK.search(text, start + _LONGEST - 200, start + _LONGEST)
            start = found.end() if found else start + _LONGEST
            yield start
        start = stop
        yield stop


def _ends(text: str, found: re.Match[str]) -> bool:
    following = text[found.end() :].lstrip('"“([')[:1]
    return not following.islower() and not _SHORTENED.search(text, 0, found.end())
