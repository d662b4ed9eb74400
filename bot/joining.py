"""Phrases whose words stand apart in a message: a thing and its measure, a verb and its object, two things joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.once import once
from bot.text import Token, Words, fold

_PAIR = 2
_VERBS = frozenset({ConceptKind.ACT, ConceptKind.EFFORT})
_BETWEEN = frozenset({ConceptKind.ASKING, ConceptKind.FILLER, ConceptKind.MEASURE})  # being counted, verb and object
_JOINING = frozenset({"va", "voi", "hay", "hoac"})
_MONEY = frozenset({"state_money", "public_investment"})
_INDUSTRY = frozenset({"industry", "industrial_production", "domestic_sector"})
_SECTORS = frozenset({"domestic", "domestic_sector", "fdi", "fdi_capital"})
_IN_INDUSTRY: dict[tuple[str, ...], tuple[str, ...]] = {
    ("locality",): ("local_industry",),
    ("fdi_capital",): ("fdi_sector",),
}
_INTO = frozenset({"cho", "vao", "xuong", "ve"})
_LITTLE = "function_word"
_AMOUNTS = frozenset({Ask.VALUE, Ask.CHANGE, Ask.PERCENT, Ask.MONEY})
_SEVERAL = "may"
_HELP = ("support",)
_PARTS = frozenset({"part_of_whole", "structure_share"})
_APART = 5  # hits from the verb within which its object stands


class Joiner:
    """Reads hits of one lexicon together."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def join(self, words: Words, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits with what they mean together."""
        joined = _of_sectors(_of_economy(self._composed(_polite(words, self._plural(words, hits)))))
        return self._elided(words, self._interrupted(words, self._spent(words, joined)))

    def _plural(self, words: Words, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """`mấy doanh nghiệp FDI tăng bao nhiêu %`: only the second asks for a number, the first is a plural."""
        if _SEVERAL not in words.said:
            return hits
        several = next((h for h in hits if fold(h.text) == _SEVERAL and self._is_amount(h)), None)
        if several is None or several.end == len(words):
            return hits
        asking = [h for h in hits if self._is_amount(h)]
        if asking[-1] is several:
            return hits
        last = asking[-1]
        apart = any(b.start - a.end > 1 or a.folded in _JOINING for a, b in pairwise(words[several.end : last.end]))
        if apart or last.start - several.end < _PAIR:
            return hits
        return tuple(h._replace(concepts=(_LITTLE,)) if h is several else h for h in hits)

    def _is_amount(self, hit: Hit) -> bool:
        return not _AMOUNTS.isdisjoint(self._lexicon.asked_by(hit))

    def _spent(self, words: Words, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """`vốn nhà nước bố trí cho các công trình`: money put into works is public investment."""
        if _INTO.isdisjoint(words.said):
            return hits
        money = next((h for h in hits if not _MONEY.isdisjoint(h.concepts)), None)
        works = next((h for h in hits if money and h.start > money.end and "construction_work" in h.concepts), None)
        if money is None or works is None or works.start - money.end > _APART:
            return hits
        if _INTO.isdisjoint(words.folded[money.end : works.start]):
            return hits
        invested = money._replace(concepts=("public_investment",))
        return tuple(
            invested if h is money else h._replace(concepts=("function_word",)) if h is works else h for h in hits
        )

    def _composed(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """`nhà đầu tư nước ngoài rót … vốn`: a thing and a measure said apart that together are another thing.

        Only concepts with contrasts are made up this way: they are the ones that must not be taken for a neighbour.
        """
        measures = {c for h in hits for c in h.concepts if c in self._wholes}
        if not measures:
            return hits
        made = {part: whole for measure in measures for part, whole in self._wholes[measure].items()}
        return tuple(
            h._replace(concepts=(made[h.concepts[0]],)) if len(h.concepts) == 1 and h.concepts[0] in made else h
            for h in hits
        )

    def _interrupted(self, words: Words, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """`phát triển được mấy trăm đảng viên`: a phrase whose verb and object stand around how many are asked for."""
        found = list(hits)
        for at, verb in enumerate(hits):
            if not self._lexicon.kinds(verb) <= _VERBS:
                continue
            rest = hits[at + 1 : at + _APART]
            noun = next((n for n, h in enumerate(rest) if not self._lexicon.kinds(h) <= _BETWEEN), 0)
            asked = any(self._lexicon.asked_by(h) for h in rest[:noun])
            if not asked or rest[noun - 1].end != rest[noun].start:
                continue
            if not _JOINING.isdisjoint(words.folded[verb.end : rest[noun].start]):
                continue  # `số đảng viên mới kết nạp và tổng số đảng viên`
            said = (*words[verb.start : verb.end], *words[rest[noun].start : rest[noun].end])
            whole = self._lexicon.cut_exactly(said)
            if len(whole) == 1 and whole[0].end == len(said) and whole[0].concepts != rest[noun].concepts:
                found[at + 1 + noun] = rest[noun]._replace(concepts=whole[0].concepts)
        return tuple(found)

    def _elided(self, words: Words, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """`xuất với nhập khẩu`: the first of two joined things leaves out what both end with."""
        if _JOINING.isdisjoint(words.said):
            return hits
        found: list[Hit] = []
        for hit in hits:
            at = hit.start - 2
            if hit.end - hit.start != _PAIR or at < 0 or words[at + 1].folded not in _JOINING:
                continue
            whole = self._lexicon.cut_exactly((words[at], words[hit.end - 1]))
            within = any(h.start <= at < h.end and h.end - h.start > 1 for h in hits)
            apart = len(whole) == 1 and whole[0].end == _PAIR and self._lexicon.are_neighbours(hit, whole[0])
            if apart and not within:
                found.append(Hit(at, at + 1, whole[0].concepts, 0, 0.0, words[at].text))
        if not found:
            return hits
        taken = {h.start for h in found}
        return tuple(sorted((*(h for h in hits if h.start not in taken), *found), key=lambda h: h.start))

    @once
    def _wholes(self) -> dict[str, dict[str, str]]:
        """Per measure that asks nothing, the concept that each thing makes together with it."""
        found: dict[str, dict[str, str]] = {}
        for concept in self._lexicon.concepts.values():
            parts = [c for c in concept.implies if c in self._lexicon.concepts]
            measures = [
                c for c in parts if self._lexicon.kind(c) is ConceptKind.MEASURE and not self._lexicon.concepts[c].asks
            ]
            if len(parts) == len(concept.implies) == _PAIR and len(measures) == 1 and concept.contrasts:
                thing = next(c for c in parts if c not in measures)
                found.setdefault(measures[0], {})[thing] = concept.id
        return found


def _polite(words: Sequence[Token], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """`viết đủ họ tên giúp`: at the end of what is asked, the word for help asks politely."""
    if _HELP not in [h.concepts for h in hits]:
        return hits
    return tuple(
        h._replace(concepts=(_LITTLE,))
        if h.concepts == _HELP and h.end - h.start == 1 and _ends_clause(words, h.end, hits)
        else h
        for h in hits
    )


def _ends_clause(words: Sequence[Token], end: int, hits: Sequence[Hit]) -> bool:
    """Whether nothing, a mark, or only who is helped follows the words before `end`."""
    helped = any(h.start == end and h.end == len(words) and h.concepts == ("address_form",) for h in hits)
    return helped or end == len(words) or words[end].start - words[end - 1].end > 1


def _of_economy(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """`chiếm mấy % kinh tế`, `kinh tế chia tỷ trọng …`: a part of the economy is a part of its structure."""
    if _PARTS.isdisjoint([c for h in hits for c in h.concepts]):
        return hits
    return tuple(h._replace(concepts=("economic_structure",)) if h.concepts == ("economy",) else h for h in hits)


def _of_sectors(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """`công nghiệp … trong nước, địa phương, FDI`: beside the others, the place is a part of industry.

    Foreign capital beside industry is the sector it owns.
    """
    named = {c for h in hits for c in h.concepts}
    if named.isdisjoint(_INDUSTRY) or named.isdisjoint(_SECTORS):
        return hits
    return tuple(h._replace(concepts=_IN_INDUSTRY.get(h.concepts, h.concepts)) for h in hits)
