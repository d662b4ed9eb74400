"""How well the words of a message fit a phrasing: length, typed marks, slips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.model import ConceptKind
from bot.phrasebook import Phrasebook, Sense
from bot.phrases.speech import ASKERS
from bot.text import Words, accented, compatible, is_other_word, is_syllable

# In words: a long phrase outweighs the words it is made of, and typed marks decide between phrasings alike.
LENGTH_BONUS = 0.4
_WRONG_MARKS = 0.25
_UNMARKED = 0.05
_IMPOSSIBLE = 1.0
_SAME = 0.02
_PAUSE = 0.3  # a comma inside: `trong giao ban, Bí thư` names no Ban Bí thư
_PAUSE_OF_PAIRS = 0.5  # with two words or more on either side: `xây dựng, quy hoạch, đất đai` are three things
_ADDRESSES = frozenset(ASKERS)
_PAIR = 2
_SHORT = 3  # words of a phrase that another word of the language makes another phrase: `kỳ họp tôi` is no `kỳ họp tới`


Weighed = tuple[float, int, tuple[Sense, ...]]  # score, slips, the senses that fit the typed marks best


class Passage(NamedTuple):
    """The words to cut and what is known of them. The last three are known only after an exact reading."""

    words: Words
    folded: tuple[str, ...]
    cased: tuple[str, ...]
    marked: tuple[bool, ...]
    english: bool
    strict: bool  # most words carry marks, so that a missing mark means something
    closed: frozenset[int] = frozenset()  # words already understood (times, places, numbers)
    breaks: frozenset[int] = frozenset()  # words that start a new clause: no phrase spans one
    pauses: frozenset[int] = frozenset()  # words before which a comma stands: better no phrase spans one
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
    ) -> Weighed | None:
        """What the phrasings from `start` to `end` weigh, or None when none fits."""
        typed, size = passage.cased[start:end], end - start
        paused: list[int] = []
        if passage.pauses:
            own = {start + at for sense in senses for at in sense.commas}  # `nước, rác thải` is written with one
            paused = [at for at in passage.pauses if start < at < end and at not in own]
        full = size + LENGTH_BONUS * (size - 1) - slip_cost
        if paused:
            full -= max(_PAUSE_OF_PAIRS if start + _PAIR <= at <= end - _PAIR else _PAUSE for at in paused)
        if size > 1 and len(senses) == 1 and typed == senses[0].cased and not paused:  # most need no weighing
            return full, slips, tuple(senses)
        scored: list[tuple[float, Sense]] = []
        for sense in senses:
            if paused and self._book.kind(sense.concept) is ConceptKind.ASKING:
                continue  # `làm ra bao nhiêu, phần trăm thì khỏi` asks for no per cent
            if size == 1 and self._other_language(passage, passage.words[start].folded, sense):
                continue
            if typed == sense.cased:
                scored.append((0.0, sense))
                continue
            if (
                slipped
                and size == _PAIR
                and any(
                    word != spelled and passage.marked[i]
                    for i, (word, spelled) in enumerate(zip(typed, sense.cased, strict=True), start)
                    if i not in slipped
                )
            ):
                continue  # `họ đăng ký` has no `hộ dân`: of two words one at least is as it is spelled
            costs = [
                self._cost(passage, i, spelled, size, sense)
                for i, (word, spelled) in enumerate(zip(typed, sense.cased, strict=True), start)
                if word != spelled and i not in slipped
            ]
            total = sum(costs)
            wrong = sum([cost >= _WRONG_MARKS for cost in costs]) if total else 0
            if wrong and self._book.kind(sense.concept) is ConceptKind.SMALLTALK:
                continue
            if total < _IMPOSSIBLE and (wrong < 2 or 2 * wrong <= self._marked(passage, start, end, slipped)):
                scored.append((total, sense))
        if not scored:
            return None
        least = min(cost for cost, _ in scored)
        chosen = tuple(sense for cost, sense in scored if cost <= least + _SAME)
        return full - least, slips, chosen

    @staticmethod
    def _marked(passage: Passage, start: int, end: int, slipped: frozenset[int]) -> int:
        """How many of the words carry marks, without those read as others."""
        return sum(passage.marked[i] for i in range(start, end) if i not in slipped)

    def _other_language(self, passage: Passage, word: str, sense: Sense) -> bool:
        """A single word that is a phrasing only in the language the message is not written in."""
        if passage.english:
            return not sense.english and len(word) == 1
        return sense.english and is_syllable(word) and word in self._book.vietnamese

    def _cost(self, passage: Passage, at: int, spelled: str, size: int, sense: Sense) -> float:
        """What one word's marks cost: nothing when they fit, everything when it is another word."""
        if passage.marked[at]:
            typed = passage.cased[at]
            known = typed in self._book.forms
            meant = passage.strict or self._book.kind(sense.concept) is not ConceptKind.TOPIC  # else `điên` is `điện`
            if compatible(typed, spelled) and not (size == 1 and known and meant):
                return 0.0
            if size > 1 and typed in _ADDRESSES:
                return _IMPOSSIBLE  # `giúp chị số công nghiệp` asks for no `chỉ số`
            if spelled.isupper() and not accented(spelled):
                return _IMPOSSIBLE  # `và công nghiệp` is no `VA công nghiệp`
            other = known and is_other_word(typed, spelled)
            return _WRONG_MARKS if size > _SHORT or (size > 1 and not other) else _IMPOSSIBLE
        if not passage.strict:
            return 0.0
        if size == 2 and sense.concept.startswith("person:") and accented(spelled):
            return _IMPOSSIBLE  # `anh Hai` is no `anh Hải` where everything else carries its marks
        return _UNMARKED if accented(spelled) else 0.0
