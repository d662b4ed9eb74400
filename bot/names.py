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


class Names:
    """Names in one lexicon; `context` are the concepts any briefing explains, `rarity` weighs concepts 0.5–1."""

    def __init__(self, lexicon: Lexicon, context: frozenset[str], rarity: Mapping[str, float]) -> None:
        self._lexicon = lexicon
        self._context = context
        self._rarity = rarity
        self._weights: dict[View, tuple[tuple[float, tuple[str, ...]], ...]] = {}

    def said(self, name: View, concepts: frozenset[str]) -> float:
        """The part of a name that is among the concepts a question names. 0–1."""
        total = met = 0.0
        for weight, alternatives in self._weighed(name):
            total += weight
            if not concepts.isdisjoint(alternatives):
                met += weight
            else:
                met += weight * max([self._partly(c, concepts) for c in alternatives])
        return met / total if total else 0.0

    def _weighed(self, name: View) -> tuple[tuple[float, tuple[str, ...]], ...]:
        """How much each concept of a name matters, by kind, rarity, and whether any briefing has it."""
        found = self._weights.get(name)
        if found is None:
            # `doanh nghiệp … đóng mã số thuế`: what one of its concepts is made of says nothing more of it.
            inside = {part for a in name.core for c in a for part in self._lexicon.implied(c) - set(a)}
            own = [a for a in name.core if not inside.issuperset(a)] or name.core
            found = self._weights[name] = tuple((self._weight(a), a) for a in own)
        return found

    def _weight(self, alternatives: tuple[str, ...]) -> float:
        concept = next((c for c in alternatives if self._lexicon.kind(c) in CORE), alternatives[0])
        weight = _KIND_WEIGHT.get(self._lexicon.kind(concept), 1.0) * self._rarity.get(concept, 1.0)
        return weight * _IN_CONTEXT if concept in self._context else weight

    def _partly(self, concept: str, concepts: frozenset[str]) -> float:
        """How far a concept is named by what it contains alone."""
        known = self._lexicon.concepts.get(concept)
        parts = known.implies if known else ()
        if not parts:
            return 0.0
        share = sum(part in concepts for part in parts) / len(parts)
        if len(parts) > 1:
            return 0.9 if share == 1 else _PARTS_SOME * share
        return _PART_ONLY * share
