"""Whether several things are asked for: `những … nào`, `từng ngành`, `kể ba khu vực`."""

from __future__ import annotations

from itertools import pairwise

from bot.number_mention import NUMBER_WORDS
from bot.text import Words

_EACH = frozenset({"tung", "moi", "theo"})
_BRANCHES = frozenset({"nganh", "khu", "linh", "nhom", "chi"})  # ba khu vực, bốn ngành, năm chỉ tiêu
_KINDS = frozenset({"nganh", "khu", "linh", "nhom", "loai", "mang", "chi"})  # từng ngành, theo khu vực, lĩnh vực nào
_TELL = frozenset({"ke", "neu"})  # kể ba khu vực, nêu bốn chỉ tiêu
_SEVERAL = frozenset({"hai", "ba", "bon", "bay", "cac", "nhung", "het", "ra"})
_PLURAL = _EACH | _BRANCHES | _TELL | {"nhung", "cac", "nao", "danh"}  # one of these stands in every form
_HOW = frozenset({"co", "the", "muc", "chung", "nhu", "luc", "khi", "hoi"})  # cỡ nào, thế nào: how, and not which
_PLURALS = frozenset({"nhung", "cac"})
_WHICH = frozenset({"nao", "gi"})
_NEAR_KIND = 5  # words before `nào` within which the kind it asks for stands
_YEAR_DIGITS = 4
REACH = 7  # words a negation or a plural reaches


def several_asked(words: Words) -> bool:
    """`những … nào`, `các … gì`: whether several are asked for."""
    return not _PLURAL.isdisjoint(words.said) and any(form(words) for form in _FORMS)


def _several(words: Words) -> bool:
    """`những … nào`, `các … gì`."""
    if _PLURALS.isdisjoint(words.said) or _WHICH.isdisjoint(words.said):
        return False
    at = (i for i, word in enumerate(words.folded) if word in _PLURALS)
    return any(not _WHICH.isdisjoint(words.folded[i + 2 : i + REACH]) for i in at)


def _each(words: Words) -> bool:
    """`từng ngành`, `theo các khu vực`."""
    if _EACH.isdisjoint(words.said):
        return False
    kinds = [w for w in words.folded if w != "cac"]  # theo các khu vực is theo khu vực
    return any(a in _EACH and b in _KINDS for a, b in pairwise(kinds))


def _counted_branches(words: Words) -> bool:
    """`ba khu vực`, `4 ngành`."""
    behind = (a for a, b in words.pairs if b in _BRANCHES)
    return any(a in NUMBER_WORDS or (a.isdecimal() and len(a) < _YEAR_DIGITS) for a in behind)


def _which_kind(words: Words) -> bool:
    """`ngành … nào`, and not how: `thế nào`."""
    folded = words.folded
    if "nao" not in words.said or _KINDS.isdisjoint(words.said):
        return False
    nao = [i for i, w in enumerate(folded) if w == "nao" and i and folded[i - 1] not in _HOW]
    return any(not _KINDS.isdisjoint(folded[max(0, i - _NEAR_KIND) : i]) for i in nao)


def _told(words: Words) -> bool:
    """`danh sách các ngành`, `kể ba khu vực`, and not the `thống kê` before a number."""
    if ("danh", "sach") in words.pairs and any(a in _PLURALS and b in _BRANCHES for a, b in words.pairs):
        return True
    if _TELL.isdisjoint(words.said):
        return False
    triples = zip(("", *words.folded), words.folded, words.folded[1:], strict=False)
    return any(a in _TELL and (b in _SEVERAL or b.isdecimal()) for before, a, b in triples if before != "thong")


_FORMS = (_several, _each, _counted_branches, _which_kind, _told)
