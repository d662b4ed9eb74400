"""What a person meant to type: keys left in, glued words, and syllables one slip away.

All letter similarity is rapidfuzz's; this module only decides which pairs are worth comparing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from itertools import islice

from rapidfuzz.distance import DamerauLevenshtein

from bot.input_method import VOWELS, decode_telex, decode_vni
from bot.text import Token, accent_key, compatible, fold, is_syllable

# Letters that Vietnamese speakers of some region pronounce alike and therefore mistype.
_SOUNDS = (
    (r"^tr", "ch"), (r"^x", "s"), (r"^(?:gi|r)", "d"), (r"^n(?=[aeiouy])", "l"), (r"y", "i"), (r"ng$", "n"),
    (r"nh$", "n"), (r"(?:ch|c)$", "t"), (r"^k", "c"), (r"^qu", "cu"),
)  # fmt: skip
_SOUND_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)
_NUMBERED = re.compile(r"(?:quy|q|thang|t|nam)\d{1,4}")  # `quý1`, `tháng9`: a number glued on, no VNI key
_HELD = re.compile(r"(\w)\1+$")
_MAX_GLUED = 24
_CACHE_SIZE = 8192
_MOST_NEIGHBOURS = 24
_PAIR = 2
_SHORTEST_SWAPPED, _LONGEST_SWAPPED = 4, 6
_CLEARLY = 3  # how much oftener a pair must stand in phrasings than the next one of the same contraction


@lru_cache(maxsize=16384)
def sound(folded: str) -> str:
    """One spelling for all that sound alike in some region: `trì` and `chì`, `suất` and `xuất`."""
    for pattern, replacement in _SOUND_RULES:
        folded = pattern.sub(replacement, folded)
    return folded


def _contractions(pairs: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Two words written as the first one's initial and the whole second: `gtri`, `sxuất`; only where one is meant."""
    counted: dict[str, dict[tuple[str, str], int]] = {}
    for (first, second), count in pairs.items():
        head, tail = fold(first), fold(second)
        if not (is_syllable(head) and is_syllable(tail)) or len(tail) < len("an"):
            continue
        openings = {head[0]} if head[1:2] in VOWELS else {head[0], head[:2]}
        for key in {opening + tail for opening in openings}:
            if not is_syllable(key):
                counted.setdefault(key, {})[first.casefold(), second.casefold()] = count
    found: dict[str, str] = {}
    for key, options in counted.items():
        ranked = sorted(options.items(), key=lambda option: (-option[1], option[0]))
        if len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]:
            found[key] = " ".join(ranked[0][0])
    return found


def _forms(word: str) -> set[str]:
    """The word, and what is left of it without any one letter."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _cased(decoded: str, typed: str) -> str:
    """The decoded word with the capital it was typed with, which tells names."""
    return decoded.capitalize() if typed[:1].isupper() else decoded


class Speller:
    """Repairs words against a vocabulary of folded words (the lexicon's own, so that it never invents one)."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        abbreviations: Iterable[str] = (),
        pairs: Mapping[tuple[str, str], int] | None = None,
        initials: Container[str] = (),
    ) -> None:
        """`pairs` counts words that follow each other: what `gtri` and `sxuat` may be short for.

        `initials` are those of phrases: who types them has not mistyped another abbreviation.
        """
        self._initials = initials
        self.known = frozenset(vocabulary)
        self._abbreviations = frozenset(abbreviations)
        self._contracted = _contractions(pairs or {})
        self._anagrams: dict[str, list[str]] = {}  # abbreviations by their letters in order of the alphabet
        for short in self._abbreviations:
            if _SHORTEST_SWAPPED <= len(short) <= _LONGEST_SWAPPED:
                self._anagrams.setdefault("".join(sorted(short)), []).append(short)
        self._candidates = sorted(w for w in self.known if len(w) > 1)
        self._by_sound: dict[str, list[str]] = {}
        for word in self._candidates:
            self._by_sound.setdefault(sound(word), []).append(word)
        # Words one slip apart have a form in common: the whole word, or the word without one letter.
        self._by_form: dict[str, list[str]] = {}
        for word in self._candidates:
            for form in _forms(word):
                self._by_form.setdefault(form, []).append(word)
        self._cache: dict[str, dict[str, bool]] = {}

    def knows(self, folded: str) -> bool:
        return folded in self.known

    def contraction(self, opening: str, last: str) -> str:
        """The two words that the beginning of the one and the whole other stand for: `đ` and `phương`; else empty."""
        meant = self._contracted.get(fold(opening + last), "")
        return meant if meant and compatible(last, meant.split()[-1]) else ""

    def decoded(self, token: Token) -> str:
        """The known syllable a word's Telex keys stand for, even where the word is English too; empty when none."""
        decoded = decode_telex(token.text)
        known = fold(decoded) != token.folded and fold(decoded) in self.known and is_syllable(fold(decoded))
        return _cased(decoded, token.text) if known else ""

    def repair(self, token: Token) -> str:
        """The word as it was meant, or the word itself; never a guess between two readings."""
        word, folded = token.text, token.folded
        if folded in self.known or token.is_number or token.is_mark:
            return word
        if token.is_upper and len(folded) > 2:
            pieces = self._split_abbreviation(folded)
            if pieces:
                return " ".join(piece.upper() for piece in pieces)
        if _NUMBERED.fullmatch(folded):
            return word
        if any(c.isdecimal() for c in folded):
            decoded = decode_vni(word)
            return _cased(decoded, word) if is_syllable(fold(decoded)) and fold(decoded) in self.known else word
        toned = bool(accent_key(word)[1])  # whoever typed a tone needs none of the keys for one: `họx`
        decoded = word if toned else decode_telex(word)
        if fold(decoded) != folded and (
            fold(decoded) in self.known or (is_syllable(fold(decoded)) and not is_syllable(folded))
        ):
            return _cased(decoded, word)
        if not is_syllable(folded):
            short = _HELD.sub(r"\1", word)
            if fold(short) in self.known:
                return short  # `vậyyy`: a key held down
            whole = self._contracted.get(folded) or self._transposed(folded) or self._swapped(word)
            if whole:
                return whole
        if len(folded) > 5 and not is_syllable(folded) and len(folded) <= _MAX_GLUED:
            return " ".join(self._split(folded)) or word
        return word

    def _transposed(self, folded: str) -> str:
        """The one known abbreviation whose letters were typed in another order: `gdrp`."""
        alike = () if folded in self._initials else self._anagrams.get("".join(sorted(folded)), ())
        near = [a for a in alike if DamerauLevenshtein.distance(a, folded) == 1]
        return near[0] if len(near) == 1 else ""

    def _swapped(self, word: str) -> str:
        """The one known syllable that an impossible one is with two neighbours swapped, `tăgn`, or its n back, `tăg`.

        No syllable ends in a g that is not part of ng.
        """
        turned = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
        if len(word) < _SHORTEST_SWAPPED:
            turned = set()
        if word[-1:].lower() == "g" and len(word) > _PAIR:
            turned.add(f"{word[:-1]}n{word[-1]}")
        meant = [w for w in turned if is_syllable(fold(w)) and fold(w) in self.known]
        return meant[0] if len(meant) == 1 else ""

    def _split_abbreviation(self, folded: str) -> tuple[str, ...]:
        """Two or three known abbreviations written as one: `TSĐV` is TS ĐV."""
        for at in range(len(folded) - 1, 1, -1):
            if folded[:at] in self._abbreviations:
                rest = folded[at:]
                if rest in self._abbreviations:
                    return folded[:at], rest
                deeper = self._split_abbreviation(rest) if len(rest) > 3 else ()
                if deeper:
                    return folded[:at], *deeper
        return ()

    def _split(self, folded: str) -> list[str]:
        """The fewest known syllables that the glued letters can be cut into; none when they cannot."""
        best: list[list[str] | None] = [[]] + [None] * len(folded)
        for end in range(1, len(folded) + 1):
            for start in range(max(0, end - 7), end):
                piece, before = folded[start:end], best[start]
                if before is None or piece not in self.known or not is_syllable(piece) or len(piece) < 2:
                    continue
                here = best[end]
                if here is None or len(before) + 1 < len(here):
                    best[end] = [*before, piece]
        return best[-1] or []

    def slips(self, folded: str) -> tuple[str, ...]:
        """Known words one letter away, whatever they sound like."""
        return tuple(w for w in self.neighbours(folded) if DamerauLevenshtein.distance(w, folded) == 1)

    def neighbours(self, folded: str) -> Mapping[str, bool]:
        """Known words one slip away, by letter or by ear, each with whether it sounds the same.

        A slip is one letter dropped, doubled, swapped or wrong.
        """
        cached = self._cache.get(folded)
        if cached is None:
            heard = sound(folded)
            near = set(self._by_sound.get(heard, ()))
            if len(folded) > 2:
                alike = sorted({word for form in _forms(folded) for word in self._by_form.get(form, ())})
                close = (w for w in alike if DamerauLevenshtein.distance(folded, w, score_cutoff=1) <= 1)
                near.update(islice(close, _MOST_NEIGHBOURS))
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            cached = self._cache[folded] = {word: sound(word) == heard for word in sorted(near - {folded})}
        return cached
