"""The obvious matchers the bot is measured against: each finds the one text most like a question, and says how like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

import bm25s
import numpy as np
import tantivy
from rapidfuzz import fuzz, process

from bot.text import fold

_WORD = re.compile(r"\w+")


class Rival(Protocol):
    """A matcher over numbered texts."""

    name: str

    def best(self, question: str) -> tuple[int, float]:
        """(number of the best text, its score); −1 when nothing is alike at all."""


RivalKind = Callable[[Sequence[str]], Rival]  # made from the texts it looks through


def words(text: str) -> list[str]:
    """Folded syllables, so that no rival loses for want of marks."""
    return _WORD.findall(fold(text))


def _terms(text: str) -> list[str]:
    """Syllables and pairs of neighbouring syllables: the best plain terms for Vietnamese."""
    single = words(text)
    return [*single, *(f"{a}_{b}" for a, b in pairwise(single))]


class Fuzzy:
    """rapidfuzz: the highest `token_set_ratio` of all texts."""

    name = "rapidfuzz token_set_ratio"

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [" ".join(words(text)) for text in texts]

    def best(self, question: str) -> tuple[int, float]:
        found = process.extractOne(" ".join(words(question)), self._texts, scorer=fuzz.token_set_ratio)
        return (found[2], found[1]) if found else (-1, 0.0)


class Bm25:
    """bm25s over syllables and pairs."""

    name = "BM25 (bm25s)"

    def __init__(self, texts: Sequence[str]) -> None:
        self._index = bm25s.BM25()
        self._index.index([_terms(text) for text in texts], show_progress=False)
        self._known = frozenset(self._index.vocab_dict)

    def best(self, question: str) -> tuple[int, float]:
        terms = [term for term in _terms(question) if term in self._known]
        if not terms:
            return -1, 0.0
        found, scores = self._index.retrieve([terms], k=1, show_progress=False)
        return int(found[0, 0]), float(scores[0, 0])


class Tantivy:
    """tantivy: a search engine's index in memory, any word may match."""

    name = "tantivy"

    def __init__(self, texts: Sequence[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False)
        builder.add_unsigned_field("at", stored=True)
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer()
        for at, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=" ".join(words(text)), at=at))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, question: str) -> tuple[int, float]:
        query = self._index.parse_query(" ".join(words(question)), ["text"])
        hits = self._searcher.search(query, 1, count=False).hits
        if not hits:
            return -1, 0.0
        score, address = hits[0]
        return int(self._searcher.doc(address)["at"][0]), float(score)


class TfIdf:
    """TF-IDF with cosine over syllables and pairs; a dense matrix, so for thousands of texts, not for a country."""

    name = "TF-IDF (cosine)"

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_terms(text)) for text in texts]
        self._place = {term: at for at, term in enumerate(dict.fromkeys(term for one in counts for term in one))}
        found = Counter(term for one in counts for term in one)
        self._weight = np.array([1 + np.log((1 + len(texts)) / (1 + found[term])) for term in self._place])
        self._matrix = np.stack([self._vector(one) for one in counts]) if counts else np.zeros((0, 0))

    def best(self, question: str) -> tuple[int, float]:
        likeness = self._matrix @ self._vector(Counter(_terms(question)))
        at = int(np.argmax(likeness))
        return (at, float(likeness[at])) if likeness[at] > 0 else (-1, 0.0)

    def _vector(self, counts: Counter[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        vector = np.zeros(len(self._place))
        for term, count in counts.items():
            at = self._place.get(term)
            if at is not None:
                vector[at] = (1 + np.log(count)) * self._weight[at]
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector
