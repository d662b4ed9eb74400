"""What the question's own words, numbers and units say for a subject, beside the concepts they were read as."""

from __future__ import annotations

from typing import NamedTuple

from bot.figures import matches_number
from bot.lexicon import Hit
from bot.model import Ask, Group
from bot.reading import Reading
from bot.subject import Subject
from bot.text import Token
from bot.view import View

_COUNTS = frozenset({"tong", "so", "muc", "luong"})  # `tổng vốn đăng ký` names what `vốn đăng ký` names


def abbreviations(reading: Reading) -> frozenset[str]:
    """Unknown words in capitals, where not everything is: they name something, so none may be passed over."""
    capitals = frozenset([w.folded for w in reading.leftovers if w.is_upper and len(w.text) > 1 and w.is_word])
    if capitals and all(w.is_upper for w in reading.words if w.is_word):
        return frozenset()
    return capitals


class Said(NamedTuple):
    """The words of one hit as a name must have them to say the same; none when a slip was mended in them."""

    words: tuple[Token, ...]
    folded: frozenset[str]
    letters: frozenset[str]  # those of them without digits and signs


_UNSAID = Said((), frozenset(), frozenset())


def said_in(reading: Reading, hit: Hit) -> Said:
    """What a name must say to spell out the hit."""
    if hit.slips:
        return _UNSAID
    start = hit.start
    if hit.end - start > 1 and reading.words[start].folded in _COUNTS:
        start += 1
    folded = frozenset(reading.words.folded[start : hit.end])
    return Said(reading.words[start : hit.end], folded, frozenset([w for w in folded if w.isalpha()]))


def is_spelled_out(said: Said, subject: Subject) -> bool:
    """Whether one name of the subject, or what its figures are measured against, has all the words.

    The thesaurus may have cut them into another concept there.
    """
    if not said.words:
        return False
    names = subject.measured_against
    if said.letters <= subject.words:
        names = (*subject.views, *subject.statements, *names)
    return any(said.folded <= name.words and name.says(said.words) for name in names) if names else False


def letters(spoken: frozenset[str], view: View) -> float:
    """Of two subjects that one concept names, such as members and organisations disciplined, the words tell which."""
    return len(spoken & view.words) / len(spoken) if spoken else 1.0


def number_met(reading: Reading, subject: Subject) -> float:
    """1 when a number of the question is one of the figures, 0 when none is, 0.5 without numbers or to be checked."""
    if not reading.numbers:
        return 0.5
    counts = {item.entry.count for item in subject.items if isinstance(item.entry, Group)}
    if any(n.value in counts for n in reading.numbers):
        return 1.0
    figures = [f for item in subject.items if item.fact for f in item.fact.figures]
    if any(matches_number(n, f) for n in reading.numbers for f in figures):
        return 1.0
    return 0.5 if Ask.CHECK in reading.asks else 0.0  # a number to be checked may well be wrong
