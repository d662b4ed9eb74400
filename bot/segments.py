"""The words of a message and the breaks between them; what small words right beside a number or a time make of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.number import SCALES
from bot.number_mention import NUMBER_WORDS, NumberMention
from bot.text import Token, Words, accented, tokenize
from bot.time_mention import TimeMention, TimeRole

_CLAUSE_MARKS = frozenset(";?!\n")
_PHRASE_MARKS = frozenset(":") | _CLAUSE_MARKS
_PICTURES = frozenset({"So", "Sk"})  # an emoji ends what was said before it
_SOFT_MARKS = frozenset(",:.+")
_MARKS = _CLAUSE_MARKS | _SOFT_MARKS
_NUMBERED = frozenset({"con", "cac", "nhung", "xin", "cho", "lay"})
_REFUSING = frozenset({"khong", "ko", "chu", "not", "chua"})
_CURRENCIES = frozenset({"usd", "dong", "vnd", "do"})
_ASKED_FOR = frozenset({"so", "con", "y", "noi", "cau"})  # 3 số, 2 con số, 3 ý, 2 nội dung, 2 câu
_CLOCK = frozenset({"phut", "gio", "h", "tieng", "minutes"})
_MOST_LABEL = 10
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_LABELS = (("muc", "do"), ("hang",), ("loai",), ("nhom",), ("khoa",), ("vung",), ("dot",))  # a number after is a name


class Segments(NamedTuple):
    """A message in pieces; breaks are indexes of words."""

    text: str
    tokens: Sequence[Token]
    words: Words
    breaks: list[int]  # a clause may start here
    hard: list[int]  # a question or a sentence starts here
    colons: list[int]  # after a colon


def segments_of(text: str) -> Segments:
    """The words and numbers of a text, and the breaks between them."""
    tokens = tokenize(text)
    words: list[Token] = []
    breaks: list[int] = []
    hard: list[int] = []
    colons: list[int] = []
    for at, token in enumerate(tokens):
        if not token.is_mark:
            if len(token.text) == 1 and _marks_point(tokens, at):
                breaks.append(len(words))
                hard.append(len(words))
            else:
                words.append(token)
        elif words and (token.text in _MARKS or unicodedata.category(token.text) in _PICTURES):
            breaks.append(len(words))
            if token.text in _PHRASE_MARKS:
                hard.append(len(words))
            if token.text == ":":
                colons.append(len(words))
    return Segments(text, tokens, Words(words), sorted(set(breaks)), sorted(set(hard)), colons)


def _marks_point(tokens: Sequence[Token], at: int) -> bool:
    """`1) … 2) …`: a number right before a closing bracket that nothing opened numbers what is asked."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    closed = after is not None and after.text == ")" and after.start == token.end
    return closed and token.is_number and not any(t.text == "(" for t in tokens[:at])


def bracketed_refusal(text: str, words: Sequence[Token]) -> frozenset[int]:
    """The words of `(không phải mức tăng trong GRDP)`: what is meant is told by what is not."""
    start, end = text.find("("), text.find(")")
    if start < 0:
        return frozenset()
    inside = [i for i, w in enumerate(words) if start < w.start < end]
    return frozenset(inside) if inside and words[inside[0]].folded in _REFUSING else frozenset()


def word_span(words: Sequence[Token], mention: TimeMention) -> tuple[int, int, TimeMention] | None:
    """The words a time stands in; None when it stands in none."""
    inside = [i for i, w in enumerate(words) if w.start < mention.end and mention.start < w.end]
    return (inside[0], inside[-1] + 1, mention) if inside else None


def asked_of(words: Sequence[Token], span: tuple[int, int, TimeMention]) -> tuple[int, int, TimeMention]:
    """`hai số 6 tháng 2022`: the word for a number folds onto the one that compares, but asks of that time."""
    start, end, mention = span
    before = words[start - 1] if start else None
    counted = start > 1 and (words[start - 2].is_number or words[start - 2].folded in NUMBER_WORDS | _NUMBERED)
    noun = before is not None and before.folded == "so" and (accented(before.text) or counted)
    return (start, end, mention._replace(role=TimeRole.SUBJECT)) if noun and mention.role is TimeRole.AGAINST else span


def little_words(text: str, words: Words, numbers: Sequence[NumberMention]) -> frozenset[int]:
    """What stands beside a number or in brackets and asks nothing by itself."""
    beside = currencies(words, numbers) if numbers else frozenset()
    return suffixes(words) | beside | bracketed_refusal(text, words)


def suffixes(words: Words) -> frozenset[int]:
    """The letters of English ordinals: the `rd` of `23rd`."""
    if SUFFIXES.isdisjoint(words.said):
        return frozenset()
    pairs = enumerate(pairwise(words), 1)
    return frozenset(i for i, (a, b) in pairs if a.is_number and b.folded in SUFFIXES and a.end == b.start)


def is_clock(words: Sequence[Token], number: NumberMention) -> bool:
    """`họp 5 phút nữa`, `lúc 15h`: a number of hours or minutes is no figure and no number of a meeting."""
    return number.whole is None and number.end < len(words) and words[number.end].folded in _CLOCK


def is_label(words: Sequence[Token], number: NumberMention) -> bool:
    """`mức độ 2`, `loại 1`: the number belongs to a name and is no figure to look up."""
    before = tuple(w.folded for w in words[max(0, number.start - 2) : number.start])
    return number.value < _MOST_LABEL and any(before[-len(label) :] == label for label in _LABELS)


def currencies(words: Sequence[Token], numbers: Sequence[NumberMention]) -> frozenset[int]:
    """The currency behind an amount: the `USD` of `17,2 tỷ USD`."""
    ends = {n.end + 1 for n in numbers if is_amount(words, n)} | {n.end for n in numbers}
    return frozenset(at for at in ends if at < len(words) and words[at].folded in _CURRENCIES)


def counts_what_is_asked(words: Sequence[Token], number: NumberMention) -> bool:
    """`3 số của công nghiệp`: how many things are asked for, and no figure."""
    small = number.value < _MOST_LABEL and not number.percent and number.end < len(words)
    return small and words[number.end].folded in _ASKED_FOR


def is_amount(words: Sequence[Token], number: NumberMention) -> bool:
    """Whether a number is an amount: thousands, millions or billions of something."""
    return not number.percent and number.end < len(words) and words[number.end].folded in SCALES
