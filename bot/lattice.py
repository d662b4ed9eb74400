"""Which phrasings fit the words of a message, word by word into the trie: exactly, or with slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.once import once
from bot.phrasebook import Node, Phrasebook, Sense
from bot.scale import Passage, Scale, Weighed
from bot.spelling import Speller
from bot.text import Token, is_syllable

# Costs of the path, in words: a slip must lose against the same words read exactly, and win against a leftover.
_SLIP = 0.9
_DROPPED = 0.8  # a letter left out is likelier than a wrong one
_SOUND_SLIP = 0.6  # the same sound in some region, inside a phrase of four words or more
_MEANT = 0.95  # a word of the language that carries its marks was hardly meant to be another
_LONG_PHRASE = 3
_SURE_PHRASE = 4  # words from which a phrase outweighs the words it is made of
_MOST_SLIPS = 2
_MOST_WEIGHED = 16384  # remembered
_NONE: frozenset[int] = frozenset()
_UNWEIGHED: Weighed = (0.0, 0, ())


class Edge(NamedTuple):
    """A phrasing from one word to before `end`, and what speaks for it."""

    end: int
    score: float
    slips: int
    senses: tuple[Sense, ...]


class State(NamedTuple):
    """A way into the phrasings on which words were read as others; `slipped` has a bit for each, from its start on."""

    node: Node
    slips: int
    cost: float
    slipped: int


class Meant(NamedTuple):
    """What else a doubtful word may be, each with the cost of the slip; the ways into the phrasings by these."""

    words: Mapping[str, float]
    openings: Sequence[State]


_SURE = Meant({}, ())


class Lattice:
    """All phrasings of one phrasebook that fit somewhere in a passage."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._scale = Scale(book)
        self._weighed: dict[tuple[tuple[str, ...], bool, bool], Weighed | None] = {}  # what was read exactly before
        self._known_meanings = lru_cache(maxsize=_MOST_WEIGHED)(self._meanings_of)

    def walks(self, passage: Passage) -> list[list[Node]]:
        """By the word it starts at, the way into the phrasings along the words as typed.

        Each holds where it stands before each word, as far as it goes.
        """
        folded, closed, breaks = passage.folded, passage.closed, passage.breaks
        walks: list[list[Node]] = []
        wall = len(folded)
        for start in range(len(folded) - 1, -1, -1):
            node = self._book.root
            walk = [node]
            for word in folded[start:wall] if start not in closed else ():
                following = node.children.get(word)
                if following is None:
                    break
                node = following
                walk.append(node)
            walks.append(walk)
            if start in closed or start in breaks:
                wall = start
        walks.reverse()
        return walks

    def exact(self, passage: Passage, start: int, walk: Sequence[Node]) -> list[Edge]:
        """The phrasings along one walk."""
        found: list[Edge] = []
        for end, node in enumerate(walk[1:], start + 1):
            if not node.senses:
                continue
            if passage.pauses and any(start < pause < end for pause in passage.pauses):
                edge = self._scale.weigh(passage, start, end, node.senses, 0, 0.0, _NONE)
            else:
                edge = self._usual(passage, start, end, node.senses)
            if edge:
                found.append(Edge(end, *edge))
        return found

    def _usual(self, passage: Passage, start: int, end: int, senses: tuple[Sense, ...]) -> Weighed | None:
        """The weight of words without a comma inside, which the words and the passage's language alone decide."""
        key = (passage.cased[start:end], passage.english, passage.strict)
        found = self._weighed.get(key, _UNWEIGHED)
        if found is _UNWEIGHED:
            if len(self._weighed) >= _MOST_WEIGHED:
                self._weighed.clear()
            found = self._weighed[key] = self._scale.weigh(passage, start, end, senses, 0, 0.0, _NONE)
        return found

    def guesses(self, passage: Passage, walks: Sequence[Sequence[Node]], speller: Speller) -> list[list[Edge]]:
        """By the word they start at: the phrasings there are when at least one doubtful word is read as another."""
        meant = [self._meanings(passage, at, speller) for at in range(len(passage.words))]
        doubts = [at for at, other in enumerate(meant) if other is not _SURE]
        found: list[list[Edge]] = []
        for start, walk in enumerate(walks):
            within = [at for at in doubts if start <= at < start + len(walk)]
            found.append(self._guesses_from(passage, meant, start, walk, within) if within else [])
        return found

    def _meanings(self, passage: Passage, at: int, speller: Speller) -> Meant:
        word = passage.words[at].folded
        if at not in passage.doubtful or len(word) < 2:
            return _SURE
        return self._known_meanings(word, self._is_meant(passage, at), speller)

    def _meanings_of(self, word: str, meant: bool, speller: Speller) -> Meant:
        """What else a word may be; `meant` that it is a word of the language as it was typed."""
        likely = _MEANT if meant else 0.0
        words = {
            near: _SOUND_SLIP if alike else likely or (_DROPPED if len(near) > len(word) else _SLIP)
            for near, alike in speller.neighbours(word).items()
        }
        openings = [State(node, 1, slip, 1) for node, slip in _misread(self._book.root, words)]
        return Meant(words, openings) if words else _SURE

    def _is_meant(self, passage: Passage, at: int) -> bool:
        """Whether a word that carries its marks, among others that do, is a word of the language: `chê` is no `chết`.

        It may still be written as it sounds: `lông thôn`.
        """
        return passage.strict and passage.marked[at] and passage.cased[at] in self._book.forms

    def _guesses_from(
        self, passage: Passage, meant: Sequence[Meant], start: int, walk: Sequence[Node], doubts: Sequence[int]
    ) -> list[Edge]:
        """`doubts` are the doubtful words the walk reaches: before the first of them there is nothing to guess."""
        found: list[Edge] = []
        states: Sequence[State] = ()
        for at in range(doubts[0], len(passage.words)):
            exact = walk[at - start] if at <= doubts[-1] else None
            if at in passage.closed or (at > start and at in passage.breaks) or not (exact or states):
                break
            if at == start:
                states = meant[at].openings
            else:
                word, others = passage.folded[at], meant[at].words
                slipping = _slipping(states, exact, others, 1 << (at - start)) if others else []
                following = self._opened(meant[start], word) if at == start + 1 else _following(states, word)
                states = following + slipping
            size = at + 1 - start
            allowed = self._slips_allowed(size, passage.words[start]) if states else 0
            for node, slips, cost, bits in states if allowed else ():
                if slips > allowed or not node.senses or passage.tears(start, at + 1):
                    continue
                slipped = frozenset([i for i in range(start, at + 1) if bits >> (i - start) & 1])
                if size < _SURE_PHRASE and slipped & passage.settled:
                    continue  # a known little word is not misspelt for the sake of a short phrase
                if size < _LONG_PHRASE and cost >= _MEANT:
                    continue  # nor is a word of the language for the sake of a pair
                cost = cost if size >= _SURE_PHRASE else max(cost, slips * _DROPPED)
                edge = self._scale.weigh(passage, start, at + 1, node.senses, slips, cost, slipped)
                if edge:
                    found.append(Edge(at + 1, *edge))
        return found

    @once
    def _first_words(self) -> dict[str, set[str]]:
        """By the second word of the phrasings: which words stand before it."""
        found: dict[str, set[str]] = {}
        for first, node in self._book.root.children.items():
            for second in node.children:
                found.setdefault(second, set()).add(first)
        return found

    def _opened(self, first: Meant, second: str) -> list[State]:
        """The ways into the phrasings by what their first word may be and the second one as it was typed."""
        firsts = first.words.keys() & self._first_words.get(second, set()) if first.words else set()
        openings = self._book.root.children
        return [State(openings[word].children[second], 1, first.words[word], 1) for word in sorted(firsts)]

    @staticmethod
    def _slips_allowed(size: int, first: Token) -> int:
        """One slip needs another word to hold on to, or a long word that is no syllable anyway."""
        if size == 1:
            return int(len(first.folded) >= 5 and not is_syllable(first.folded) and not first.is_upper)
        return 1 if size < _SURE_PHRASE else _MOST_SLIPS


def _following(states: Sequence[State], word: str) -> list[State]:
    """Where the ways go on by the next word as it was typed."""
    return [
        State(child, slips, cost, slipped)
        for node, slips, cost, slipped in states
        if (child := node.children.get(word)) is not None
    ]


def _slipping(states: Sequence[State], exact: Node | None, others: Mapping[str, float], bit: int) -> list[State]:
    """Where the ways go on by what the next word may be instead; new ones leave what was exact so far."""
    found = [State(child, 1, slip, bit) for child, slip in _misread(exact, others)] if exact else []
    likely = others.keys()
    for node, slips, cost, slipped in states:
        if slips < _MOST_SLIPS and not node.children.keys().isdisjoint(likely):
            found += [State(other, slips + 1, cost + slip, slipped | bit) for other, slip in _misread(node, others)]
    return found


def _misread(node: Node, words: Mapping[str, float]) -> list[tuple[Node, float]]:
    """Where the phrasings go on by what a word may be instead, each with the cost of the slip."""
    children = node.children
    if children.keys().isdisjoint(words.keys()):
        return []
    return [(children[word], words[word]) for word in sorted(children.keys() & words.keys())]
