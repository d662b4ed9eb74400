"""The words of a message cut into concepts.

The cut is the best path through all phrasings that fit (dynamic programming, as in word segmentation): long
phrasings beat short ones, exact letters beat slips, and typed marks decide between phrasings that fold alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.model import Ask, ConceptKind
from bot.number_mention import NUMBER_WORDS
from bot.phrasebook import SOFT, Node, Phrasebook, Sense
from bot.scale import LENGTH_BONUS, Passage, Scale
from bot.spelling import Speller, sound
from bot.text import Token, accented, fold, is_syllable

# Costs of the path, in words: a slip must lose against the same words read exactly, and win against a leftover.
_SLIP = 0.9
_DROPPED = 0.8  # a letter left out is likelier than a wrong one
_SOUND_SLIP = 0.6  # the same sound in some region, inside a phrase of four words or more
_MEANT = 0.95  # a word of the language that carries its marks was hardly meant to be another
_LONG_PHRASE = 3
_SURE_PHRASE = 4  # words from which a phrase outweighs the words it is made of
_INITIALS = 0.3
_MOST_INITIALS = 8

_OPENING = (frozenset({Ask.VALUE}), frozenset({Ask.PERCENT}))
_HEADED = frozenset({ConceptKind.TOPIC, ConceptKind.ACT, ConceptKind.GROUP})


@dataclass(frozen=True, slots=True)
class Hit:
    """The words `start`..`end` (end excluded) read as one of `concepts`; `also` are measures inside the phrase."""

    start: int
    end: int
    concepts: tuple[str, ...]
    slips: int
    cost: float
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edge:
    end: int
    score: float
    slips: int
    senses: tuple[Sense, ...]


class Lexicon:
    """Cuts messages into the concepts of one phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        self.concepts = book.concepts
        self.kind = book.kind
        self.implied = book.implied
        self._scale = Scale(book)

    @cached_property
    def speller(self) -> Speller:
        """Made when first needed: cutting the knowledge's own text needs none."""
        return Speller(self.book.vietnamese | self.book.english, self.book.abbreviations, self.book.pairs)

    def is_english(self, words: Sequence[Token]) -> bool:
        """Whether a message is written in English rather than in unaccented Vietnamese."""
        letters = [w.folded for w in words if w.is_word]
        english = [w for w in letters if w in self.book.english]
        return (
            not any(accented(w.text) for w in words)
            and 2 * len(english) > len(letters)
            and any(not is_syllable(w) or w not in self.book.vietnamese for w in english)
            and 2 * sum(w in self.book.vietnamese and is_syllable(w) for w in letters) < 3 * len(english)
        )

    def cut(
        self, words: Sequence[Token], closed: frozenset[int] = frozenset(), breaks: frozenset[int] = frozenset()
    ) -> tuple[Hit, ...]:
        """The best reading of the words as concepts, left to right; words in no hit are leftovers.

        `closed` are words already understood (times, places, numbers); a phrase never spans a word in `breaks`
        that starts a new clause.
        """
        passage = self._passage(words, closed, breaks)
        exact = self._path(passage)
        sure = {i for h in exact for i in range(h.start, h.end) if h.end - h.start > 1}
        doubtful = frozenset(
            i
            for i, w in enumerate(words)
            if i not in sure and i not in closed and w.is_word and w.folded not in NUMBER_WORDS
        )
        hits = exact
        if doubtful:
            whole = tuple((h.start, h.end) for h in exact if h.end - h.start > 1)
            settled = frozenset(h.start for h in exact if h.end - h.start == 1 and self.kind(h.concepts[0]) in SOFT)
            hits = self._path(replace(passage, doubtful=doubtful, whole=whole, settled=settled))
        covered = {i for h in hits for i in range(h.start, h.end)} | closed
        spelled_out = [h for i, w in enumerate(words) if i not in covered for h in self._by_initials(i, w)]
        return tuple(sorted((*hits, *spelled_out), key=lambda h: h.start))

    def cut_exactly(self, words: Sequence[Token]) -> tuple[Hit, ...]:
        """The same for text an editor wrote: nothing in it is taken for a slip."""
        return self._path(self._passage(words, frozenset(), frozenset()))

    def _passage(self, words: Sequence[Token], closed: frozenset[int], breaks: frozenset[int]) -> Passage:
        strict = sum(accented(w.text) for w in words) * 2 > sum(w.is_word for w in words)
        return Passage(words, closed, breaks, self.is_english(words), strict)

    def _by_initials(self, at: int, word: Token) -> list[Hit]:
        """A capital or vowel-less word read as the initials of a phrase: GTSXCN, QLĐĐ."""
        if not 3 <= len(word.folded) <= _MOST_INITIALS or not (word.is_upper or not is_syllable(word.folded)):
            return []
        concepts = self.book.initials.get(word.folded, set())
        return [Hit(at, at + 1, tuple(sorted(concepts)), 0, _INITIALS, word.text)] if 0 < len(concepts) <= 3 else []

    def _path(self, passage: Passage) -> tuple[Hit, ...]:
        words = passage.words
        best: list[tuple[float, int, _Edge | None]] = [(0.0, -1, None)]
        edges: list[list[tuple[int, _Edge]]] = [[] for _ in range(len(words) + 1)]
        options = [self._options(passage, at) for at in range(len(words))]
        for start in range(len(words)):
            for edge in self._edges(passage, options, start):
                if edge.slips and passage.tears(start, edge.end):
                    continue
                edges[edge.end].append((start, edge))
        for end in range(1, len(words) + 1):
            top: tuple[float, int, _Edge | None] = (best[end - 1][0], end - 1, None)
            for start, edge in edges[end]:
                score = best[start][0] + edge.score
                if score > top[0] + 1e-9:
                    top = (score, start, edge)
            best.append(top)
        hits: list[Hit] = []
        at = len(words)
        while at > 0:
            _, start, chosen = best[at]
            if chosen:
                concepts = tuple(dict.fromkeys(s.concept for s in chosen.senses))
                size = at - start
                cost = size + LENGTH_BONUS * (size - 1) - chosen.score
                also = self._opening_measure(chosen.senses[0])
                hits.append(
                    Hit(
                        start,
                        at,
                        concepts,
                        chosen.slips,
                        round(cost, 3),
                        " ".join(w.text for w in words[start:at]),
                        also,
                    )
                )
            at = start
        return tuple(reversed(hits))

    def _opening_measure(self, sense: Sense) -> tuple[str, ...]:
        """The measure a longer phrase opens with: `tỷ lệ hộ nghèo` asks for a share, though it is one concept."""
        folded = tuple(fold(w) for w in sense.spelled)
        if len(folded) < 3 or self.kind(sense.concept) not in _HEADED:
            return ()
        node: Node | None = self.book.root
        found: tuple[str, ...] = ()
        for word in folded[:2]:
            node = node.children.get(word) if node else None
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

    def _options(self, passage: Passage, at: int) -> tuple[tuple[str, float], ...]:
        """What the word may be, each with the cost of the slip; none when it is understood already."""
        if at in passage.closed:
            return ()
        word = passage.words[at].folded
        if at not in passage.doubtful or len(word) < 2:
            return ((word, 0.0),)
        heard = sound(word)
        likely = _MEANT if self._is_meant(passage, at) else 0.0
        near = (
            (n, _SOUND_SLIP if sound(n) == heard else likely or (_DROPPED if len(n) > len(word) else _SLIP))
            for n in self.speller.neighbours(word)
        )
        return ((word, 0.0), *near)

    def _is_meant(self, passage: Passage, at: int) -> bool:
        """Whether a word that carries its marks, among others that do, is a word of the language: `chê` is no `chết`.

        It may still be written as it sounds: `lông thôn`.
        """
        text = passage.words[at].text
        return passage.strict and accented(text) and text.casefold() in self.book.forms

    def _edges(self, passage: Passage, options: Sequence[Sequence[tuple[str, float]]], start: int) -> list[_Edge]:
        words = passage.words
        found: list[_Edge] = []
        states: list[tuple[Node, int, float, frozenset[int]]] = [(self.book.root, 0, 0.0, frozenset())]
        for at in range(start, len(words)):
            if at > start and at in passage.breaks:
                break
            following: list[tuple[Node, int, float, frozenset[int]]] = []
            for node, slips, cost, slipped in states:
                children = node.children
                if not children:
                    continue
                for word, slip in options[at]:
                    child = children.get(word)
                    if child is None:
                        continue
                    if not slip:
                        following.append((child, slips, cost, slipped))
                    elif slips < 2:
                        following.append((child, slips + 1, cost + slip, slipped | {at}))
            if not following:
                break
            states = following
            size = at + 1 - start
            for node, slips, cost, slipped in states:
                if not node.senses or not self._slips_allowed(size, slips, words[start]):
                    continue
                if size < _SURE_PHRASE and slipped & passage.settled:
                    continue  # a known little word is not misspelt for the sake of a short phrase
                if size < _LONG_PHRASE and cost >= _MEANT:
                    continue  # nor is a word of the language for the sake of a pair
                cost = cost if size >= _SURE_PHRASE else max(cost, slips * _DROPPED)
                edge = self._scale.weigh(passage, start, at + 1, node.senses, slips, cost, slipped)
                if edge:
                    found.append(_Edge(at + 1, *edge))
        return found

    @staticmethod
    def _slips_allowed(size: int, slips: int, first: Token) -> bool:
        """One slip needs another word to hold on to, or a long word that is no syllable anyway."""
        if slips == 0:
            return True
        if size == 1:
            return slips == 1 and len(first.folded) >= 5 and not is_syllable(first.folded) and not first.is_upper
        return slips == 1 if size < 4 else slips <= 2
