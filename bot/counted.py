"""What `bao nhiêu`, `mấy` or `số` counts: the words behind it, `đảng bộ` in `bao nhiêu đảng bộ`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lexicon import Hit
from bot.text import Token

_COUNTING = frozenset({"may", "bn", "nhiu"})
_COUNTED = frozenset({("bao", "nhieu"), ("how", "many")})
_OF = frozenset({"cua", "cho", "voi", "ve"})  # `vốn của mấy doanh nghiệp mới`: some, and not how many
_WHOSE = "cua"
_PAIR = 2


def counted_words(text: str, words: Sequence[Token], hits: Sequence[Hit], start: int) -> tuple[str, ...]:
    """The folded word that is counted and the word after it, in `words` from `start` on; empty when none is."""
    little = {h.start: h.concepts for h in hits}
    for at in range(start, len(words) - 1):
        before = words[at - 1].folded if at > start else ""
        # A clause of its own may open with the word that joins it: `với mấy đảng bộ`.
        some = before in _OF and not (start and at == start + 1)
        if (words[at].folded not in _COUNTING or some) and (before, words[at].folded) not in _COUNTED:
            continue
        if little.get(at) == ("function_word",) or little.get(at + 1) == ("particle",):
            continue  # `mấy doanh nghiệp FDI tăng bao nhiêu`, `là bao nhiêu hả`
        if "%" in text[words[at].end : words[at + 1].start]:
            return ()  # `bao nhiêu % kinh tế` counts no kinh phí
        return tuple(w.folded for w in words[at + 1 : at + 1 + _PAIR])
    numbers = (h for h in hits if h.concepts == ("number_of",))
    # `tổng vốn của số doanh nghiệp …` counts no enterprises
    number = next((h.end for h in numbers if not (h.start and words[h.start - 1].folded == _WHOSE)), len(words))
    return tuple(w.folded for w in words[number : number + _PAIR])
