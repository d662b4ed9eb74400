"""Typing mended before a message is read: keys left in by the input method, glued words, slips of words for time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.lexicon import Lexicon
from bot.number_mention import DIGITS
from bot.phrases.meeting import MONTHS, YEAR
from bot.segments import Segments
from bot.text import Token, Words, accented, fold

# No point behind the type of a place: `h.đại từ` is a district.
_DOTTED = re.compile(r"(?<![\w.])(?!(?:p|q|h|x|tt|tp|tx)\.)([^\W\d_]{1,2})\.([^\W\d_]{2,})")
_TELEX_MESSAGE = 3  # words with keys left in from which a message was typed with the input method off
_MONTHS_IN_YEAR = 12
_AFTER_MONTHS = frozenset({"dau", "cuoi", "nam"})
_UP_TO = frozenset({"het", "den", "toi", "cuoi", "dau"})
_BEFORE_MONTHS = _UP_TO.union(DIGITS)
_BEFORE_YEAR = frozenset({("thang", "dau"), ("thang", "cuoi"), ("nua", "dau"), ("nua", "cuoi"), ("quy", "dau")})
_MONTHS_FOLDED, _YEAR_FOLDED = fold(MONTHS), fold(YEAR)
_MONTHS_SHORT = "thg"
_NOW = "nay"
_PAIR = 2
_TONE_KEYS = "sfrxj"


class Mender:
    """Mends messages with one lexicon's words; `expansions` are what short words stand for."""

    def __init__(self, lexicon: Lexicon, expansions: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._expansions = expansions

    def undotted(self, text: str) -> str:
        """`CN đ.phương`, `g.trị SX`: two words shortened with a point between them, written out; names as they were."""
        return _DOTTED.sub(self._written_out, text) if "." in text else text

    def _written_out(self, dotted: re.Match[str]) -> str:
        whole = self._lexicon.speller.contraction(dotted[1], dotted[2]) if dotted[0].islower() else ""
        return whole or dotted[0]

    def mend(self, typed: Segments) -> str:
        """The text with Telex and VNI residue and glued words mended; everything else as it was typed."""
        text, tokens = typed.text, typed.tokens
        if self._has_nothing_to_mend(typed.words):
            return text
        repaired = [self._lexicon.speller.repair(token) if token.is_word else token.text for token in tokens]
        changed = [(a, b) for a, b in zip(tokens, repaired, strict=True) if b != a.text]
        residue = sum(accented(b) and not accented(a.text) for a, b in changed) >= _TELEX_MESSAGE
        pieces: list[str] = []
        at = 0
        for number, token in enumerate(tokens):
            pieces.append(text[at : token.start])
            if token.folded == _MONTHS_SHORT or self._is_month_slip(tokens, number):
                pieces.append(MONTHS)
            elif self._is_year_slip(tokens, number):
                pieces.append(YEAR)
            else:
                pieces.append(self._meant(token, repaired[number], residue=residue))
            at = token.end
        return "".join((*pieces, text[at:]))

    def _has_nothing_to_mend(self, words: Words) -> bool:
        """Whether all words are known, and none stands where a slip of months or of a year may."""
        numbered = [word for word in words.said if word[:1].isdecimal()]
        if not (words.said - self._lexicon.speller.known).issubset(numbered):
            return False
        return not (numbered or (words.said & _BEFORE_MONTHS and words.said & _AFTER_MONTHS))

    def _is_month_slip(self, tokens: Sequence[Token], at: int) -> bool:
        """`9 thnág 2022`, `6 thánh đầu năm`: between a count of months and a year, a slip of the word for months."""
        if not 0 < at < len(tokens) - 1:
            return False
        before, after = tokens[at - 1].folded, tokens[at + 1].folded
        counted = before in DIGITS or (before.isdecimal() and int(before) <= _MONTHS_IN_YEAR)
        if not (counted or before in _UP_TO) or not tokens[at].is_word or tokens[at].folded == _MONTHS_FOLDED:
            return False
        month = after.partition("/")[0]
        numbered = before in _UP_TO and month.isdecimal() and int(month) <= _MONTHS_IN_YEAR  # `tới hết thág 9/2022`
        dated = counted and (after in _AFTER_MONTHS or (after.isdecimal() and len(after) == len("2023")))
        return (numbered or dated) and self._is_slip_of(_MONTHS_FOLDED, tokens[at].folded)

    def _is_slip_of(self, meant: str, typed: str) -> bool:
        """One slip, or one beside the key of a tone that was left in: `thnags`."""
        bare = typed[:-1] if typed[-1:] in _TONE_KEYS else ""
        return any(meant in self._lexicon.speller.slips(form) for form in (typed, bare) if form)

    def _is_year_slip(self, tokens: Sequence[Token], at: int) -> bool:
        """`6 tháng đầu năn`: behind the half or the months it belongs to, a slip of the word for a year."""
        if tokens[at].folded in (_YEAR_FOLDED, _NOW):
            return False
        if at < _PAIR or (tokens[at - 2].folded, tokens[at - 1].folded) not in _BEFORE_YEAR:
            return False
        return self._is_slip_of(_YEAR_FOLDED, tokens[at].folded)

    def _meant(self, token: Token, repaired: str, *, residue: bool = False) -> str:
        speller = self._lexicon.speller
        if residue and token.is_word and token.folded not in self._lexicon.book.vietnamese:
            repaired = speller.decoded(token) or repaired
        short = token.is_upper and not speller.knows(token.folded)
        return self._expansions.get(token.folded, repaired) if short else repaired
