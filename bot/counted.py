"""What `bao nhiêu`, `mấy` or `số` counts: the words behind it, `đảng bộ` in `bao nhiêu đảng bộ`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lexicon import Hit
from bot.text import Words

_COUNTING = frozenset({"may", "bn", "nhiu"})
_COUNTED = frozenset({("bao", "nhieu"), ("how", "many")})
_LAST = _COUNTING | {last for _, last in _COUNTED}
_NUMBER_OF = ("number_of",)
_OF = frozenset({"cua", "cho", "voi", "ve"})  # `vốn của mấy doanh nghiệp mới`: some, and not how many
_WHOSE = "cua"
_PAIR = 2


def counted_words(text: str, words: Words, hits: Sequence[Hit], start: int, stop: int) -> tuple[str, ...]:
    """The folded word that is counted and the word after it, in the words `start`..`stop`; empty when none is."""
    folded = words.folded[:stop]
    little = {h.start: h.concepts for h in hits}
    for at in [at for at in range(start, stop - 1) if folded[at] in _LAST]:
        before = folded[at - 1] if at > start else ""
        # A clause of its own may open with the word that joins it: `với mấy đảng bộ`.
        some = before in _OF and not (start and at == start + 1)
        if (folded[at] not in _COUNTING or some) and (before, folded[at]) not in _COUNTED:
            continue
        if little.get(at) == ("function_word",) or little.get(at + 1) == ("particle",):
            continue  # `mấy doanh nghiệp FDI tăng bao nhiêu`, `là bao nhiêu hả`
        if "%" in text[words[at].end : words[at + 1].start]:
            return ()  # `bao nhiêu % kinh tế` counts no kinh phí
        return folded[at + 1 : at + 1 + _PAIR]
    numbers = (h for h in hits if h.concepts == _NUMBER_OF)
    # `tổng vốn của số doanh nghiệp …` counts no enterprises
    number = next((h.end for h in numbers if not (h.start and folded[h.start - 1] == _WHOSE)), stop)
    return folded[number : number + _PAIR]
