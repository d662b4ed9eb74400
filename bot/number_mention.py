"""Numbers as a question names them: 97.052, 39,7 %, 108/126, `ba phẩy chín`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod

from bot.number import SCALES, parse_number
from bot.phrases.speech import SCALE_WORDS
from bot.text import Token, Words, means

_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
# Units that tell figures apart: hectares are no tonnes.
MEASURES = frozenset({"ha", "tan", "km", "kwh", "usd"})
UNITS = MEASURES | {"dong", "xa", "ho", "con", "vu", "don", "truong", "giuong"}
DIGITS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
NUMBER_WORDS = frozenset({"hai", "ba", "bon", "bay", "tam", "chin", "muoi"})  # none of them is anything else
_EXACT, _NEAR = Decimal(0), Decimal("0.1")
# What is meant by a number that somebody remembers roughly, below and above: hơn 400, gần 700, khoảng 8.000.
_ROUGH = {
    **dict.fromkeys(("hon", "tren", "over"), (_EXACT, _NEAR)),
    **dict.fromkeys(("gan", "nearly", "almost"), (_NEAR, _EXACT)),
    **dict.fromkeys(("khoang", "tam", "co", "chung", "about", "around", "roughly"), (_NEAR, _NEAR)),
}
_NO_SCALE = frozenset({("ngan", "sach"), ("ty", "le"), ("ti", "le"), ("ty", "trong"), ("ti", "trong"), ("ty", "suat")})
_OUT_OF = "tren"
_PAIR = 2
_SPOKEN_MARKS = frozenset({"phay", "cham"})
_LONGEST = 24  # characters of a number anybody means
_DIGIT_WORDS = {word: value for value, word in enumerate(DIGITS)} | {"tu": 4}


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in the question; `whole` is the lower part of 108/126."""

    text: str
    start: int
    end: int
    value: Decimal
    whole: Decimal | None = None
    percent: bool = False
    unit: str = ""  # the folded unit typed after it, when it is one that tells figures apart
    below: Decimal = _EXACT  # how far below and above the value, as a part of it, what is meant may lie: `gần 400`
    above: Decimal = _EXACT
    scale: Decimal | None = None  # what the words typed behind it multiply it by: 10¹² for `405 nghìn tỷ`

    @property
    def exact(self) -> NumberMention:
        """The same without a margin."""
        return replace(self, below=_EXACT, above=_EXACT)

    def may_be(self, number: Decimal) -> bool:
        """Whether a number is the one meant."""
        return self.value * (1 - self.below) <= number <= self.value * (1 + self.above)


def find_numbers(words: Words) -> list[NumberMention]:
    """Every number of a message, left to right."""
    found: list[NumberMention] = []
    speaks = not _SPOKEN_MARKS.isdisjoint(words.said)
    for at, word in enumerate(words):
        if not word.is_number:
            spoken = _spoken(words, at) if speaks else None
            if spoken and (not found or found[-1].end <= at):
                found.append(spoken)
            continue
        if found and found[-1].end > at:
            continue
        body, percent = word.text.rstrip("%"), word.text.endswith("%")
        percent = percent or (at + 1 < len(words) and words[at + 1].text == "%")
        part, _, whole = body.partition("/")
        value, of = _decimal(part), _decimal(whole)
        if value is not None and not percent and of is None and (out_of := _out_of(words, at)) and out_of > value:
            end = at + 1 + _PAIR
            found.append(NumberMention(f"{part}/{words[end - 1].text}", at, end, value, out_of, unit=_unit(words, end)))
        elif value is not None:
            below, above = _ROUGH.get(words[at - 1].folded if at else "", (_EXACT, _EXACT))
            scaling = scale_words(words, at + 1)
            unit = _unit(words, at + 1)
            scale = prod((SCALES[w.folded] for w in scaling), start=Decimal(1)) if scaling else None
            found.append(NumberMention(word.text, at, at + 1, value, of, percent, unit, below, above, scale))
    return found


def _out_of(words: Words, at: int) -> Decimal | None:
    """The 126 of `108 trên 126`."""
    follows = at + _PAIR < len(words) and words[at + 1].folded == _OUT_OF and words[at + _PAIR].is_number
    return _decimal(words[at + _PAIR].text) if follows else None


def _unit(words: Words, at: int) -> str:
    """The unit after a number, its scale passed over: ha in `272,8 nghìn ha`."""
    while at < len(words) and words[at].folded in SCALES:
        at += 1
    return words[at].folded if at < len(words) and words[at].folded in UNITS else ""


def scale_words(words: Sequence[Token], at: int) -> tuple[Token, ...]:
    """The words right after a number that make it so many thousands or millions; `ngân sách` and `tỷ lệ` do not."""
    end = at
    while end < len(words) and means(words[end], SCALE_WORDS) and words[end].start - words[end - 1].end <= 1:
        following = words[end + 1].folded if end + 1 < len(words) else ""
        if (words[end].folded, following) in _NO_SCALE:
            break
        end += 1
    return tuple(words[at:end])


def _spoken(words: Words, at: int) -> NumberMention | None:
    """`ba phẩy chín`: digits around a spoken decimal mark; other number words stay words."""
    span = words.folded[at : at + 3]
    if len(span) == 3 and span[1] in _SPOKEN_MARKS and span[0] in _DIGIT_WORDS and span[2] in _DIGIT_WORDS:
        value = Decimal(f"{_DIGIT_WORDS[span[0]]}.{_DIGIT_WORDS[span[2]]}")
        return NumberMention(" ".join(span), at, at + 3, value)
    return None


def _decimal(text: str) -> Decimal | None:
    """A typed number; a lone point is read as a decimal mark unless it groups thousands."""
    if len(text) > _LONGEST:
        return None  # a flood of digits is no figure of a briefing
    if _PLAIN_NUMBER.fullmatch(text):
        value = parse_number(text)
        return value if isinstance(value, Decimal) else None
    if re.fullmatch(r"\d+\.\d+", text):
        return Decimal(text)
    return None
