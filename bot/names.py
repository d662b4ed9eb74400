"""How much of a subject's name a question says: each concept of the name weighed by its kind and its rarity."""

from __future__ import annotations

from collections.abc import Mapping

from bot.lexicon import Lexicon
from bot.model import ConceptKind
from bot.subject import CORE
from bot.view import View

_PARTS_SOME = 0.7  # a concept made of parts is half said when half its parts are
_PART_ONLY = 0.3  # a question that names only what a concept contains has not named the concept
_IN_CONTEXT = 0.3  # weight left to a concept that any briefing has anyway
_KIND_WEIGHT: Mapping[ConceptKind, float] = {ConceptKind.MEASURE: 0.35, ConceptKind.QUALIFIER: 0.7}

_Named = tuple[float, tuple[str, ...], tuple[tuple[str, ...], ...]]  # weight, concepts it may be, what these contain


class Names:
    """Names in one lexicon; `context` are the concepts any briefing explains, `rarity` weighs concepts 0.5–1."""

    def __init__(self, lexicon: Lexicon, context: frozenset[str], rarity: Mapping[str, float]) -> None:
        self._lexicon = lexicon
        self._context = context
        self._rarity = rarity
        self._weights: dict[View, tuple[float, tuple[_Named, ...]]] = {}

    def said(self, name: View, concepts: frozenset[str]) -> float:
        """The part of a name that is among the concepts a question names. 0–1."""
        total, named = self._weighed(name)
        met = 0.0
        for weight, alternatives, made_of in named:
            if not concepts.isdisjoint(alternatives):
                met += weight
            elif made_of:
                met += weight * max([_partly(parts, concepts) for parts in made_of])
        return met / total if total else 0.0

    def _weighed(self, name: View) -> tuple[float, tuple[_Named, ...]]:
        """How much all concepts of a name matter, and each: by kind, rarity, and whether any briefing has it."""
        found = self._weights.get(name)
        if found is None:
            # `doanh nghiệp … đóng mã số thuế`: what one of its concepts is made of says nothing more of it.
            inside = {part for a in name.core for c in a for part in self._lexicon.implied(c) - set(a)}
            own = [a for a in name.core if not inside.issuperset(a)] or name.core
            named = tuple((self._weight(a), a, tuple(parts for c in a if (parts := self._parts(c)))) for a in own)
            found = self._weights[name] = (sum(weight for weight, _, _ in named), named)
        return found

    def _weight(self, alternatives: tuple[str, ...]) -> float:
        concept = next((c for c in alternatives if self._lexicon.kind(c) in CORE), alternatives[0])
        weight = _KIND_WEIGHT.get(self._lexicon.kind(concept), 1.0) * self._rarity.get(concept, 1.0)
        return weight * _IN_CONTEXT if concept in self._context else weight

    def _parts(self, concept: str) -> tuple[str, ...]:
        known = self._lexicon.concepts.get(concept)
        return known.implies if known else ()


def _partly(parts: tuple[str, ...], concepts: frozenset[str]) -> float:
    """How far a concept is named by the parts it contains alone."""
    share = sum([part in concepts for part in parts]) / len(parts)
    if len(parts) > 1:
        return 0.9 if share == 1 else _PARTS_SOME * share
    return _PART_ONLY * share
