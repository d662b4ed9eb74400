"""The words of a message cut into concepts.

The cut is the best path through all phrasings that fit (dynamic programming, as in word segmentation): long
phrasings beat short ones, exact letters beat slips, and typed marks decide between phrasings that fold alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.lattice import Edge, Lattice
from bot.model import Ask, ConceptKind
from bot.number_mention import NUMBER_WORDS
from bot.once import once
from bot.phrasebook import SOFT, Node, Phrasebook, Sense
from bot.scale import LENGTH_BONUS, Passage
from bot.spelling import Speller
from bot.text import Token, Words, fold, is_syllable

_BEFORE_NUMBER = 3  # words of a name that may stand before the number in it
_INITIALS = 0.3
_MOST_INITIALS = 8
_MANY = 3  # parts of a whole
_TIE = 1e-9  # what two ways through the words may differ by and still be as good

_OPENING = (frozenset({Ask.VALUE}), frozenset({Ask.PERCENT}))
_HEADED_FROM = 3  # words
_HEADED = frozenset({ConceptKind.TOPIC, ConceptKind.ACT, ConceptKind.GROUP})


class Hit(NamedTuple):
    """The words `start`..`end` (end excluded) read as one of `concepts`; `also` are measures inside the phrase."""

    start: int
    end: int
    concepts: tuple[str, ...]
    slips: int
    cost: float
    text: str
    also: tuple[str, ...] = ()


class Lexicon:
    """Cuts messages into the concepts of one phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        self.concepts = book.concepts
        self.kind = book.kind
        self.implied = book.implied
        self._lattice = Lattice(book)
        # As they are met:
        self._asks: dict[str, frozenset[Ask]] = {}
        self._kinds: dict[tuple[str, ...], frozenset[ConceptKind]] = {}
        self._asked: dict[tuple[str, ...], frozenset[Ask]] = {}
        self._askers: dict[tuple[str, ...], bool] = {}

    @once
    def speller(self) -> Speller:
        """Made when first needed: cutting the knowledge's own text needs none."""
        book = self.book
        return Speller(book.vietnamese | book.english, book.abbreviations, book.pairs, book.initials)

    @once
    def wholes(self) -> dict[str, frozenset[str]]:
        """The concepts that are made of three or more others, each with these."""
        made = ((concept.id, frozenset(concept.implies)) for concept in self.concepts.values())
        return {concept: parts for concept, parts in made if len(parts) >= _MANY}

    def asks(self, concept: str) -> frozenset[Ask]:
        """What a concept asks for, growth inside it included: `tăng trưởng công nghiệp` asks for a change."""
        found = self._asks.get(concept)
        if found is None:
            own = self.concepts[concept].asks if concept in self.concepts else ()
            inside = [self.concepts[c].asks for c in self.implied(concept) if c in self.concepts]
            grown = (Ask.CHANGE,) if (Ask.CHANGE,) in inside else ()
            found = self._asks[concept] = frozenset((*own, *grown))
        return found

    def kinds(self, hit: Hit) -> frozenset[ConceptKind]:
        """The kinds of all concepts a hit may be."""
        found = self._kinds.get(hit.concepts)
        if found is None:
            found = self._kinds[hit.concepts] = frozenset(self.kind(c) for c in hit.concepts)
        return found

    def asked_by(self, hit: Hit) -> frozenset[Ask]:
        """What the concepts a hit may be ask for."""
        found = self._asked.get(hit.concepts)
        if found is None:
            found = self._asked[hit.concepts] = frozenset(ask for c in hit.concepts for ask in self.asks(c))
        return found

    def is_asking(self, hit: Hit) -> bool:
        """Whether a hit asks for something by itself, and not by what it contains."""
        found = self._askers.get(hit.concepts)
        if found is None:
            own = [self.concepts[c].asks for c in hit.concepts if c in self.concepts]
            found = self._askers[hit.concepts] = any(own)
        return found

    def is_english(self, words: Words) -> bool:
        """Whether a message is written in English rather than in unaccented Vietnamese."""
        if any(words.marked):
            return False
        letters = [w.folded for w in words if w.is_word]
        english = [w for w in letters if w in self.book.english]
        return (
            2 * len(english) > len(letters)
            and any(not is_syllable(w) or w not in self.book.vietnamese for w in english)
            and 2 * sum(w in self.book.vietnamese and is_syllable(w) for w in letters) < 3 * len(english)
        )

    def has_in_a_name(self, words: Sequence[Token], at: int) -> bool:
        """Whether a number is one word of a longer phrasing, as in `học sinh cấp 3`."""
        if words[at].folded not in self.book.vietnamese:
            return False
        for start in range(max(0, at - _BEFORE_NUMBER), at):
            node: Node | None = self.book.root
            for end, word in enumerate(words[start:], start + 1):
                node = node.children.get(word.folded) if node else None
                if node is None:
                    break
                if node.senses and at < end:
                    return True
        return False

    def are_neighbours(self, one: Hit, other: Hit) -> bool:
        """Whether neither may be taken for the other, so that both are meant."""
        return any(
            c in self.concepts and not set(other.concepts).isdisjoint(self.concepts[c].contrasts) for c in one.concepts
        )

    def cut(self, passage: Passage) -> tuple[Hit, ...]:
        """The best reading of a passage as concepts, left to right; words in no hit are leftovers."""
        words, closed = passage.words, passage.closed
        walks = self._lattice.walks(passage)
        edges = [self._lattice.exact(passage, start, walk) if len(walk) > 1 else [] for start, walk in enumerate(walks)]
        exact = self._path(words, edges)
        sure = {i for h in exact for i in range(h.start, h.end) if h.end - h.start > 1}
        doubtful = frozenset(
            i
            for i, w in enumerate(words)
            if i not in sure and i not in closed and w.is_word and w.folded not in NUMBER_WORDS
        )
        hits = exact
        settled = frozenset([h.start for h in exact if h.end - h.start == 1 and self.kind(h.concepts[0]) in SOFT])
        # Little words that carry the right marks, with nothing doubtful beside them, were hardly meant to be others.
        sound = passage.strict and doubtful <= {at for at in settled if passage.cased[at] in self.book.forms}
        if doubtful and not sound:
            whole = tuple((h.start, h.end) for h in exact if h.end - h.start > 1)
            passage = passage._replace(doubtful=doubtful, whole=whole, settled=settled)
            guesses = self._lattice.guesses(passage, walks, self.speller)
            if any(guesses):
                hits = self._path(words, [[*sure, *guessed] for sure, guessed in zip(edges, guesses, strict=True)])
        covered = {i for h in hits for i in range(h.start, h.end)} | closed
        spelled_out = [h for i, w in enumerate(words) if i not in covered for h in self._by_initials(i, w)]
        return tuple(sorted((*hits, *spelled_out), key=lambda h: h.start))

    def cut_exactly(self, words: Sequence[Token]) -> tuple[Hit, ...]:
        """The same for text an editor wrote: nothing in it is taken for a slip."""
        said = Words(words)
        passage = self.passage(said, self.is_english(said))
        walks = self._lattice.walks(passage)
        return self._path(words, [self._lattice.exact(passage, start, walk) for start, walk in enumerate(walks)])

    def passage(
        self,
        words: Words,
        english: bool,
        closed: frozenset[int] = frozenset(),
        breaks: frozenset[int] = frozenset(),
        pauses: frozenset[int] = frozenset(),
    ) -> Passage:
        """The words with what the cut looks up in them; `english` as `is_english` says."""
        return Passage(
            words, words.folded, words.cased, words.marked, english, words.mostly_marked, closed, breaks, pauses
        )

    def _by_initials(self, at: int, word: Token) -> list[Hit]:
        """A capital or vowel-less word read as the initials of a phrase: GTSXCN, QLĐĐ."""
        if not 3 <= len(word.folded) <= _MOST_INITIALS or not (word.is_upper or not is_syllable(word.folded)):
            return []
        concepts = self.book.initials.get(word.folded, set())
        return [Hit(at, at + 1, tuple(sorted(concepts)), 0, _INITIALS, word.text)] if 0 < len(concepts) <= 3 else []

    def _path(self, words: Sequence[Token], found: Sequence[Sequence[Edge]]) -> tuple[Hit, ...]:
        """The best way through the words; `found` holds the edges by the word they start at."""
        best = [0.0] + [-math.inf] * len(words)
        taken: list[tuple[int, Edge] | None] = [None] * (len(words) + 1)
        for at, leaving in enumerate(found):
            here = best[at]
            if here + _TIE >= best[at + 1]:
                best[at + 1], taken[at + 1] = here, None  # a phrase must be worth more than leaving its last word over
            for edge in leaving:
                score = here + edge.score
                if score > best[edge.end] + _TIE:
                    best[edge.end], taken[edge.end] = score, (at, edge)
        hits: list[Hit] = []
        end = len(words)
        while end > 0:
            chosen = taken[end]
            if chosen is None:
                end -= 1
                continue
            start, edge = chosen
            hits.append(self._hit(words, start, edge))
            end = start
        return tuple(reversed(hits))

    def _hit(self, words: Sequence[Token], start: int, edge: Edge) -> Hit:
        end, score, slips, senses = edge
        concepts = tuple(dict.fromkeys([s.concept for s in senses])) if len(senses) > 1 else (senses[0].concept,)
        size = end - start
        cost = round(size + LENGTH_BONUS * (size - 1) - score, 3)
        text = " ".join([w.text for w in words[start:end]])
        return Hit(start, end, concepts, slips, cost, text, self._opening_measure(senses[0]))

    def _opening_measure(self, sense: Sense) -> tuple[str, ...]:
        """The measure a longer phrase opens with: `tỷ lệ hộ nghèo` asks for a share, though it is one concept."""
        if len(sense.spelled) < _HEADED_FROM or self.kind(sense.concept) not in _HEADED:
            return ()
        node: Node | None = self.book.root
        found: tuple[str, ...] = ()
        for word in sense.spelled[:2]:
            node = node.children.get(fold(word)) if node else None
            if node is None:
                break
            measures = tuple(
                s.concept
                for s in node.senses
                if self._opens(s.concept) and s.spelled == sense.spelled[: len(s.spelled)]
            )
            found = measures or found
        return found

    def _opens(self, concept: str) -> bool:
        """Only how much and what share; money, capital and speed at the head of a phrase are its thing."""
        known = self.concepts.get(concept)
        return known is not None and known.kind is ConceptKind.MEASURE and frozenset(known.asks) in _OPENING
