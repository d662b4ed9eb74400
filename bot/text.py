"""Vietnamese letters: folding, tokens with their place in the message, and the shape of a syllable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.once import once

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CONFUSED = {"\u0309", "\u0303"}  # hỏi and ngã
_DIRECTION = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00]")
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_TOKEN = re.compile(r"\d+(?:[.,/\-]\d+)*%?|[^\W\d_][^\W_]*|\n|\S")

# Onsets and rimes of Vietnamese spelling without marks: every regular syllable is one onset and one rime.
_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_NUCLEUS = (
    "uye|uoi|uou|ieu|yeu|oai|oay|oeo|uay|uya|uyu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye"
    "|a|e|i|o|u|y"
)
_CODA = "ch|ng|nh|c|m|n|p|t"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_NUCLEUS})(?:{_CODA})?")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without any mark, đ as d: the form in which all letters are compared."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


class _Letters(dict[int, str]):
    """What each character becomes, for `str.translate`; worked out when a character is first met."""

    def __init__(self, become: Callable[[str], str]) -> None:
        self._become = become

    def __missing__(self, code: int) -> str:
        found = self[code] = self._become(chr(code))
        return found


_IN_PLACE = _Letters(lambda c: folded if len(folded := fold(c)) == 1 else c)
_DECIMAL = _Letters(lambda c: str(unicodedata.decimal(c)) if c.isdecimal() else c)


def fold_in_place(text: str) -> str:
    """Folded text of exactly the same length, so that a span found in it is a span of `text` too."""
    return text.translate(_IN_PLACE)


def clean(text: str) -> str:
    """NFC without control or direction marks, digits of any script as 0–9; what a person meant to type."""
    plain = unicodedata.normalize("NFC", _DIRECTION.sub("", text))
    return plain.translate(_DECIMAL) if _OTHER_DIGITS.search(plain) else plain


@lru_cache(maxsize=65536)
def accent_key(syllable: str) -> tuple[str, str]:
    """(letters with their quality marks, tone): equal for `hòa` and `hoà`, different for `tỉnh` and `tình`."""
    decomposed = unicodedata.normalize("NFD", syllable.casefold())
    tone = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tone


@lru_cache(maxsize=65536)
def compatible(typed: str, spelled: str) -> bool:
    """Whether `typed` is `spelled` with some of its marks left out: `đat` and `dat` are, `đất` is not, `đạt`."""
    typed_letters, typed_tone = accent_key(typed)
    letters, tone = accent_key(spelled)
    if typed_tone and typed_tone != tone:
        return False
    return len(typed_letters) == len(letters) and all(
        a == b or a == fold(b) for a, b in zip(typed_letters, letters, strict=True)
    )


def is_other_word(typed: str, spelled: str) -> bool:
    """Whether a word of the language is not merely the other one written carelessly, as hỏi is written for ngã."""
    (letters, tone), (wanted, right) = accent_key(typed), accent_key(spelled)
    return letters != wanted or (tone != right and {tone, right} != _CONFUSED)


@lru_cache(maxsize=65536)
def accented(word: str) -> bool:
    """Whether the word carries any Vietnamese mark, so that its spelling says more than its folded form."""
    return fold(word) != word.casefold()


@lru_cache(maxsize=65536)
def is_syllable(folded: str) -> bool:
    """Whether folded letters could be one regular Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


class Token(NamedTuple):
    """One word, number or mark as typed, with its folded form and its place in the cleaned text."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.folded[:1].isalpha()

    @property
    def is_number(self) -> bool:
        return self.folded[:1].isdecimal()

    @property
    def is_mark(self) -> bool:
        return not self.folded[:1].isalnum()

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()


class Words(tuple[Token, ...]):
    """The words and numbers of a message in order, with what rules look up in them."""

    @once
    def folded(self) -> tuple[str, ...]:
        return tuple([word.folded for word in self])

    @once
    def said(self) -> frozenset[str]:
        """The folded words, whatever their order."""
        return frozenset(self.folded)

    @once
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two folded words that follow each other."""
        return frozenset(pairwise(self.folded))

    @once
    def cased(self) -> tuple[str, ...]:
        """The words as typed, in lower case."""
        return tuple([word.text.casefold() for word in self])

    @once
    def marked(self) -> tuple[bool, ...]:
        """Per word: whether it carries marks."""
        return tuple([plain != typed for plain, typed in zip(self.folded, self.cased, strict=True)])

    @once
    def mostly_marked(self) -> bool:
        """Whether most words carry marks, so that a missing one means something."""
        return sum(self.marked) * 2 > sum([word[:1].isalpha() for word in self.folded])


def tokenize(text: str) -> tuple[Token, ...]:
    """Words, numbers (97.052, 39,7, 108/126, 5/7/2023 stay whole) and single marks, in order."""
    return tuple([Token(typed := m.group(), fold(typed), m.start(), m.end()) for m in _TOKEN.finditer(text)])


@lru_cache(maxsize=65536)
def phrase(text: str) -> tuple[str, ...]:
    """The folded words of a phrase as the lexicon keeps them; marks and signs between words do not count."""
    return tuple(word for word in re.split(r"[^\w%]+", fold(text)) if word)


def means(word: Token, known: tuple[str, ...]) -> bool:
    """Whether a word is one of these, its marks left out or not."""
    if word.folded not in _folded(known):
        return False
    return any(word.folded == fold(one) and compatible(word.text, one) for one in known)


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
