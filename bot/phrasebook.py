"""Every phrasing of every concept in one trie of folded words, with the vocabulary it makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from bot.model import Concept, ConceptKind
from bot.text import fold

SOFT = frozenset({ConceptKind.FILLER, ConceptKind.ASKING, ConceptKind.SMALLTALK})
_LONGEST_INITIALS = 8
_SPLIT = re.compile(r"[^\w%]+")


class Sense(NamedTuple):
    """One phrasing of one concept, as spelled."""

    concept: str
    spelled: tuple[str, ...]
    english: bool
    cased: tuple[str, ...]  # the same in lower case
    commas: tuple[int, ...] = ()  # before which of the words it is itself written with a comma


class Node:
    """A word reached on some path; `senses` are the phrasings that end here."""

    __slots__ = ("children", "senses")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.senses: tuple[Sense, ...] = ()


class Phrasebook:
    """All concepts by their phrasings; the knowledge's own words are added to those of the thesaurus."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {c.id: c for c in concepts}
        self.root = Node()
        self.english: set[str] = set()
        self.vietnamese: set[str] = set()
        self.abbreviations: set[str] = set()
        self.forms: set[str] = set()  # every word as spelled, lower case
        self.initials: dict[str, set[str]] = {}
        self.pairs: Counter[tuple[str, str]] = Counter()  # words that follow each other in phrasings, as spelled
        self._kinds = {c.id: c.kind for c in self.concepts.values()}
        self._closure: dict[str, frozenset[str]] = {}
        for concept in self.concepts.values():
            self._add_all(concept.id, (concept.label, *concept.phrasings), english=False)
            self._add_all(concept.id, concept.english, english=True)

    def add(self, name: str, kind: ConceptKind, phrasings: Sequence[str]) -> None:
        """A concept that only this knowledge has: a person, or a word of a subject that no thesaurus foresaw."""
        self._kinds[name] = kind
        self._add_all(name, phrasings, english=False)

    def kind(self, concept: str) -> ConceptKind:
        return self._kinds[concept]

    def implied(self, concept: str) -> frozenset[str]:
        """The concept and everything it contains: its broader concepts and parts, theirs too."""
        found = self._closure.get(concept)
        if found is None:
            reached, queue = {concept}, [concept]
            while queue:
                known = self.concepts.get(queue.pop())
                for other in known.implies if known else ():
                    if other not in reached:
                        reached.add(other)
                        queue.append(other)
            found = self._closure[concept] = frozenset(reached)
        return found

    def _add_all(self, concept: str, phrasings: Iterable[str], *, english: bool) -> None:
        vocabulary = self.english if english else self.vietnamese
        abbreviable = not english and self._kinds[concept] not in SOFT
        split, root, forms = _SPLIT.split, self.root, self.forms
        for spelled in phrasings:
            words = tuple(word for word in split(spelled) if word)
            if not words:
                continue
            folded = [fold(word) for word in words]
            lower = tuple(map(str.casefold, words))
            cased = words if words == lower else lower
            node = root
            for word in folded:
                children = node.children
                if word in children:
                    node = children[word]
                else:
                    node = children[word] = Node()
            if not any(s.concept == concept and s.spelled == words for s in node.senses):
                node.senses = (*node.senses, Sense(concept, words, english, cased, _commas(spelled)))
            vocabulary.update(folded)
            forms.update(cased)
            if len(words) == 1 and len(spelled) > 1 and spelled.isupper():
                self.abbreviations.add(folded[0])
            if abbreviable:
                self.pairs.update(pairwise(words))
            if abbreviable and 3 <= len(folded) <= _LONGEST_INITIALS:
                self.initials.setdefault("".join(word[0] for word in folded), set()).add(concept)


def _commas(phrasing: str) -> tuple[int, ...]:
    """How many words stand before each comma of a phrasing."""
    if "," not in phrasing:
        return ()
    pieces = phrasing.split(",")[:-1]
    return tuple(accumulate(sum(1 for word in _SPLIT.split(piece) if word) for piece in pieces))
