"""Of whom nothing is asked: the asker's own office or place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.asking import asks_of
from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.text import Words

_REQUESTS = frozenset({"nghi", "mong", "xin", "kinh", "tran", "can"})  # đề nghị, mong, xin, kính, trân trọng, cần
_NEAR_START = 2
_OPENING = _REQUESTS | {"dang", "sap", "vua"}  # what is being done, or asked for
_OURS = frozenset({("chung", "toi"), ("chung", "em"), ("toi",), ("em",)})
_OWN = frozenset({"toi", "em"})


def asking_body(words: Words, hits: Sequence[Hit], breaks: Sequence[int], lexicon: Lexicon) -> Hit | None:
    """The body that is asking, if it names itself first, `Tỉnh đoàn kính mong …`, or as `…, cơ quan chúng tôi cần`."""
    if _OPENING.isdisjoint(words.said):
        return None
    greeted = next((at for at in breaks if at), len(words))
    for hit in hits:
        ours = words.folded[hit.end : hit.end + 2] in _OURS
        near = hit.start <= _NEAR_START or (ours and 0 <= hit.start - greeted <= _NEAR_START)
        if not near or not _is_somebody(hit, lexicon):
            continue
        other = next((h.start for h in hits if h.start >= hit.end and _is_somebody(h, lexicon)), len(words))
        following = set(words.folded[hit.end : min(hit.end + 3, other)])
        if following & (_OPENING if ours else _REQUESTS):
            return hit
    return None


def _is_somebody(hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a body or an office is named, and nobody of whom the knowledge tells by name."""
    kinds = (ConceptKind.BODY, ConceptKind.OFFICE)
    return any(lexicon.kind(c) in kinds and not c.startswith("person:") for c in hit.concepts)


def own_place(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> Hit | None:
    """Where the asker is from when what to do there is asked: `xã chúng tôi phải lưu ý gì`."""
    if _OWN.isdisjoint(words.said) or Ask.DIRECTIVE not in asks_of(hits, lexicon):
        return None
    pairs = pairwise(hits)
    places = (a for a, b in pairs if a.end == b.start and words.folded[b.start : b.end] in _OURS)
    return next((h for h in places if lexicon.kind(h.concepts[0]) is ConceptKind.PLACE and h.end - h.start == 1), None)
