"""One short name of a subject: its concepts, its words, and whether it says a phrase of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.once import once
from bot.text import Token, compatible, tokenize

_GAP = 2  # a word in between, as in `thiệt hại do mưa lũ`


@dataclass(frozen=True, eq=False)
class View:
    """One short name of a subject. `core` holds, per concept in it, every concept the words may be."""

    text: str
    core: tuple[tuple[str, ...], ...]
    tokens: tuple[Token, ...]

    @once
    def words(self) -> frozenset[str]:
        """Its folded words."""
        return frozenset(token.folded for token in self.tokens)

    @property
    def core_set(self) -> frozenset[tuple[str, ...]]:
        """Its concepts, whatever their order."""
        return frozenset(self.core)

    def says(self, words: Sequence[Token]) -> bool:
        """Whether these words stand in the name in this order, at most one word between them; marks may be missing."""
        starts = (at for at, own in enumerate(self.tokens) if _spells(own, words[0]))
        return any(self._goes_on(at + 1, words[1:]) for at in starts)

    def _goes_on(self, at: int, words: Sequence[Token]) -> bool:
        for word in words:
            near = range(at, min(at + _GAP, len(self.tokens)))
            found = next((i for i in near if _spells(self.tokens[i], word)), None)
            if found is None:
                return False
            at = found + 1
        return True


def words_of(text: str) -> tuple[Token, ...]:
    """The words of a name, as spelled."""
    return tuple(token for token in tokenize(text) if not token.is_mark)


def _spells(own: Token, typed: Token) -> bool:
    return own.folded == typed.folded and compatible(typed.text, own.text)
