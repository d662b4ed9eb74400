"""How well the words of a message fit a phrasing: length, typed marks, slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import ConceptKind
from bot.phrasebook import Phrasebook, Sense
from bot.text import Token, accent_key, accented, compatible, fold, is_syllable

# In words: a long phrase outweighs the words it is made of, and typed marks decide between phrasings alike.
LENGTH_BONUS = 0.4
_WRONG_MARKS = 0.25
_UNMARKED = 0.05
_IMPOSSIBLE = 1.0
_SAME = 0.02
_SHORT = 3  # words of a phrase that another word of the language makes another phrase: `kỳ họp tôi` is no `kỳ họp tới`


@dataclass(frozen=True, slots=True)
class Passage:
    """The words to cut and what is known of them. The last three are known only after an exact reading."""

    words: Sequence[Token]
    closed: frozenset[int]
    breaks: frozenset[int]
    english: bool
    strict: bool  # most words carry marks, so that a missing mark means something
    doubtful: frozenset[int] = frozenset()  # words that may be slips
    whole: tuple[tuple[int, int], ...] = ()  # phrases read exactly
    settled: frozenset[int] = frozenset()  # little words read exactly

    def tears(self, start: int, end: int) -> bool:
        """Whether a guess from `start` to `end` would tear apart what was read exactly."""
        return any(s < end and start < e and not (start <= s and e <= end) for s, e in self.whole)


class Scale:
    """Weighs phrasings of one phrasebook against typed words."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book

    def weigh(
        self,
        passage: Passage,
        start: int,
        end: int,
        senses: Sequence[Sense],
        slips: int,
        slip_cost: float,
        slipped: frozenset[int],
    ) -> tuple[float, int, tuple[Sense, ...]] | None:
        """(score, slips, the senses that fit the typed marks best), or None when none fits."""
        words, size = passage.words[start:end], end - start
        marked = sum(accented(w.text) for i, w in enumerate(words, start) if i not in slipped)
        scored: list[tuple[float, Sense]] = []
        for sense in senses:
            if self._other_language(passage, words, sense):
                continue
            pairs = [
                (typed.text, spelled)
                for i, (typed, spelled) in enumerate(zip(words, sense.spelled, strict=True), start)
                if i not in slipped and typed.text.casefold() != spelled.casefold()
            ]
            costs = [self._cost(typed, spelled, size, sense, strict=passage.strict) for typed, spelled in pairs]
            wrong = sum(cost >= _WRONG_MARKS for cost in costs)
            if wrong and self._book.kind(sense.concept) is ConceptKind.SMALLTALK:
                continue
            if sum(costs) < _IMPOSSIBLE and (wrong < 2 or 2 * wrong <= marked):
                scored.append((sum(costs), sense))
        if not scored:
            return None
        least = min(cost for cost, _ in scored)
        chosen = tuple(sense for cost, sense in scored if cost <= least + _SAME)
        return size + LENGTH_BONUS * (size - 1) - slip_cost - least, slips, chosen

    def _other_language(self, passage: Passage, words: Sequence[Token], sense: Sense) -> bool:
        """A single word that is a phrasing only in the language the message is not written in."""
        if len(words) > 1:
            return False
        word = words[0].folded
        if passage.english:
            return not sense.english and len(word) == 1
        return sense.english and is_syllable(word) and word in self._book.vietnamese

    def _cost(self, typed: str, spelled: str, size: int, sense: Sense, *, strict: bool) -> float:
        """What one word's marks cost: nothing when they fit, everything when it is another word."""
        if accented(typed):
            if compatible(typed, spelled) and not (size == 1 and typed.casefold() in self._book.forms):
                return 0.0
            other = typed.casefold() in self._book.forms and accent_key(typed)[0] != accent_key(spelled)[0]
            return _WRONG_MARKS if size > _SHORT or (size > 1 and not other) else _IMPOSSIBLE
        if not strict:
            return 0.0
        if size == 2 and sense.concept.startswith("person:") and accented(spelled):
            return _IMPOSSIBLE  # `anh Hai` is no `anh Hải` where everything else carries its marks
        return _UNMARKED if fold(spelled) != spelled.casefold() else 0.0
