"""Names of provinces, districts and communes, before and after July 2025, found in a message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from bot.once import once
from bot.text import Token, Words, accent_key, accented, compatible, phrase

Level = Literal["province", "city", "district", "commune"]

# The words an official writes before a place name, folded, and the level they announce.
_ANNOUNCED: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("province", ("tinh", "province")),
    ("city", ("thanh pho", "tp", "city", "thanh uy")),
    ("district", ("huyen", "h", "district", "thi xa", "tx", "quan", "q", "huyen uy", "thi uy")),
    ("commune", ("xa", "phuong", "p", "x", "commune", "thi tran", "tt")),
)
_TYPES = {tuple(words.split()): level for level, names in _ANNOUNCED for words in names}
_TYPE_OPENINGS = frozenset(words[0] for words in _TYPES)
_FAMILY_NAMES = frozenset({
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
    "dinh", "trinh", "doan", "mai", "luong", "truong", "dao", "vuong", "trieu", "nong", "ma", "be", "chu", "cao",
    "luu", "ha", "ta", "tong",
})  # fmt: skip
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One named place; `province` is the province it belongs to (itself for a province)."""

    name: str
    level: Level
    province: str


@dataclass(frozen=True)
class PlaceMention:
    """A place named by the words `start`..`end` (indexes of words, end excluded)."""

    text: str
    start: int
    end: int
    names: tuple[PlaceName, ...]  # every place that can be meant; empty when the name is not in the lists

    @once
    def provinces(self) -> frozenset[tuple[str, ...]]:
        """The folded names of what an item's place may be to be meant."""
        own = phrase(self.text)
        if not self.names:
            return frozenset({own})
        first = self.names[0]
        wanted = (first,) if len(own) > len(phrase(first.name)) else self.names
        return frozenset({own, *(phrase(n.name) for n in wanted if n.level == "province")})


def places_meant(mentions: Sequence[PlaceMention]) -> frozenset[tuple[str, ...]]:
    """The folded names of what an item's place may be to be all that is mentioned; none without a mention."""
    return frozenset.intersection(*(m.provinces for m in mentions)) if mentions else frozenset()


class Gazetteer:
    """Looks names up; `home` provinces are those of the knowledge, whose small places are known by bare name."""

    def __init__(self, home: frozenset[str]) -> None:
        self._home = frozenset(phrase(name) for name in home)

    @once
    def _names(self) -> dict[tuple[str, ...], list[PlaceName]]:
        data = json.loads(resources.files("bot").joinpath("data/places.json").read_text(encoding="utf-8"))
        names: dict[tuple[str, ...], list[PlaceName]] = {}
        for province in data["provinces"]:
            names.setdefault(phrase(province), []).append(PlaceName(province, "province", province))
        for province, found in data["districts"].items():
            for name, kind in found:
                level: Level = "city" if kind.startswith("Thành") else "district"
                names.setdefault(phrase(name), []).append(PlaceName(name, level, province))
        for province, communes in data["communes"].items():
            for name in communes:
                names.setdefault(phrase(name), []).append(PlaceName(name, "commune", province))
        return names

    @once
    def _openings(self) -> dict[str, tuple[int, ...]]:
        """First words of all names, each with the lengths of the names it opens, longest first."""
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            if name and len(name) <= _LONGEST:
                lengths.setdefault(name[0], set()).add(len(name))
        return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    @once
    def _starts(self) -> frozenset[tuple[str, ...]]:
        """The first two words of all names of several."""
        return frozenset(name[:2] for name in self._names if len(name) > 1)

    @once
    def _alone(self) -> frozenset[str]:
        """The words that are a name by themselves."""
        return frozenset({*self._glued, *(name[0] for name in self._names if len(name) == 1)})

    @once
    def _glued(self) -> dict[str, PlaceName]:
        """Provinces written as one word, as English does: Hanoi, Haiphong."""
        found = (name for names in self._names.values() for name in names if name.level == "province")
        return {"".join(words): name for name in found if len(words := phrase(name.name)) > 1}

    def is_home(self, mention: PlaceMention) -> bool:
        """Whether a province of the knowledge is named, in as many words as its name has."""
        own = phrase(mention.text)
        return len(own) > 1 and own in self._home and any(n.level == "province" for n in mention.names)

    def find(self, words: Words) -> tuple[PlaceMention, ...]:
        """Places named in the words of a message, left to right, longest first, none overlapping."""
        announcing, alone, starts = words.said & _TYPE_OPENINGS, words.said & self._alone, words.pairs & self._starts
        if not (announcing or alone or starts):
            return ()
        mixed_case = any(w.text.islower() for w in words)
        folded = words.folded
        found: list[PlaceMention] = []
        reached = 0
        for at, word in enumerate(folded):
            if at < reached:
                continue
            mention = self._announced(words, at) if word in announcing else None
            if not mention and (word in alone or folded[at : at + 2] in starts):
                mention = self._bare(words, at, mixed_case) or self._as_one_word(word, at)
            if mention:
                found.append(mention)
                reached = mention.end
        return tuple(found)

    def _as_one_word(self, word: str, at: int) -> PlaceMention | None:
        name = self._glued.get(word)
        return PlaceMention(name.name, at, at + 1, (name,)) if name else None

    def _announced(self, words: Words, at: int) -> PlaceMention | None:
        """`huyện Đại Từ`, `tp Phổ Yên`, `xã La Bằng`: a type word and a name of that level."""
        for size in (2, 1):
            level = _TYPES.get(words.folded[at : at + size])
            if not level or (size == 1 and accented(words[at].text) and not _is_type(words[at].text)):
                continue
            start = at + size
            for end in range(min(start + _LONGEST, len(words)), start, -1):
                names = self._names.get(words.folded[start:end], [])
                spelled = [n for n in names if _spelled(words[start:end], n.name)]
                fitting = tuple(n for n in spelled if _fits(n.level, level))
                if level == "city" and not fitting:
                    fitting = tuple(n for n in spelled if n.level == "province")
                if fitting and (end - start > 1 or (words[start].text[0].isupper() and accented(words[start].text))):
                    return PlaceMention(" ".join(w.text for w in words[at:end]), at, end, _nearest(fitting, self._home))
        return None

    def _bare(self, words: Words, at: int, mixed_case: bool) -> PlaceMention | None:
        """A name without its type word: any province, the home province's places, elsewhere only a proper name."""
        folded = words.folded
        for size in self._openings.get(folded[at], ()):
            end = at + size
            names = self._names.get(folded[at:end])
            if not names or end > len(words):
                continue
            span = words[at:end]
            title = mixed_case and all(w.text[0].isupper() for w in span)
            if title and at and words[at - 1].text[0].isupper() and folded[at - 1] in _FAMILY_NAMES:
                continue  # `bà Nguyễn Thanh Hà` is somebody
            exact = any(accented(w.text) for w in span)
            fitting = tuple(
                n
                for n in names
                if _spelled(span, n.name)
                and not (exact and mixed_case and not title and any(w.text[0].isupper() for w in span))
                and (len(span) > 1 or (title and exact))
                and (
                    n.level == "province"
                    or (n.level != "commune" and (phrase(n.province) in self._home or title))
                    or (n.level == "commune" and phrase(n.province) in self._home and title and exact)
                )
            )
            if fitting:
                return PlaceMention(" ".join(w.text for w in span), at, end, _nearest(fitting, self._home))
        return None


def _is_type(word: str) -> bool:
    return accent_key(word)[0] in {
        "tỉnh",
        "tinh",
        "huyện",
        "huyên",
        "quận",
        "quân",
        "xa",
        "phương",
        "thị",
        "thi",
        "thanh",
    }


def _fits(level: Level, announced: Level) -> bool:
    return level == announced or {level, announced} == {"city", "district"}


def _spelled(words: Sequence[Token], name: str) -> bool:
    """A name typed with marks must carry the right ones; marks may be missing."""
    parts = [part for part in name.replace("-", " ").split() if part]
    if len(words) == 1 and accented(words[0].text):
        return accent_key(words[0].text) == accent_key(parts[0])
    if len(parts) != len(words):
        return True
    return all(not accented(w.text) or compatible(w.text, p) for w, p in zip(words, parts, strict=True))


def _nearest(names: tuple[PlaceName, ...], home: frozenset[tuple[str, ...]]) -> tuple[PlaceName, ...]:
    """The province of that name first; then places of the home province; then all others."""
    return tuple(sorted(names, key=lambda n: (phrase(n.province) not in home, n.level != "province")))
