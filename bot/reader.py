"""Reads messages: mends the typing, finds times, places and numbers, cuts the rest into concepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.asking import asked, bare_percent
from bot.lexicon import Hit, Lexicon
from bot.model import ConceptKind
from bot.number_mention import find_numbers
from bot.phrases.meeting import MONTHS
from bot.places import Gazetteer, PlaceMention
from bot.reading import Reading
from bot.text import Token, clean, fold, fold_in_place, tokenize
from bot.time_mention import TimeMention
from bot.timeline import find_times

MAX_LENGTH = 1500  # characters; a longer message is no question
_CLAUSE_MARKS = frozenset(";?!\n")
_PHRASE_MARKS = frozenset(":") | _CLAUSE_MARKS
_SOFT_MARKS = frozenset(",:.")
_MONTHS_IN_YEAR = 12
_AFTER_MONTHS = frozenset({"dau", "cuoi", "nam"})
_REQUESTS = frozenset({"nghi", "mong", "xin", "kinh", "tran", "can"})  # đề nghị, mong, xin, kính, trân trọng, cần


class Reader:
    """Reads messages with one lexicon and gazetteer."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, anchor: dt.date, expansions: Mapping[str, str]) -> None:
        self.lexicon = lexicon
        self._expansions = expansions
        self._gazetteer = gazetteer
        self._anchor = anchor

    def read(self, text: str, today: dt.date) -> Reading:
        """The whole message as data. Never raises, whatever the text."""
        repaired = self._repair(clean(text)[:MAX_LENGTH])
        tokens = tokenize(repaired)
        words, breaks, hard = _words(tokens)
        mentions = find_times(fold_in_place(repaired), self._anchor, today)
        times = tuple(span for m in mentions if (span := _word_span(words, m)))
        closed = {i for start, end, _ in times for i in range(start, end)}
        numbers = tuple(n for n in find_numbers(words) if n.start not in closed)
        closed |= {i for n in numbers for i in range(n.start, n.end)}
        places = tuple(p for p in self._gazetteer.find(words) if not closed & set(range(p.start, p.end)))
        if any(_lower(p) for p in places):
            hits = self.lexicon.cut(words, frozenset(closed), frozenset(hard))
            places = tuple(p for p in places if not self._outweighed(p, hits))
        covered = {i for p in places for i in range(p.start, p.end)}
        hits = self.lexicon.cut(words, frozenset(closed | covered), frozenset(hard))
        asker = _asker(words, hits, self.lexicon)
        hits = tuple(h for h in hits if h is not asker)
        return Reading(
            text=repaired,
            words=words,
            start=0,
            end=len(words),
            hits=hits,
            kinds=tuple(frozenset(self.lexicon.kind(c) for c in h.concepts) for h in hits),
            asking=tuple(
                any(self.lexicon.concepts[c].asks for c in h.concepts if c in self.lexicon.concepts) for h in hits
            ),
            asks=asked(words, hits, self.lexicon) | bare_percent(tokens),
            times=times,
            places=places,
            numbers=numbers,
            breaks=tuple(breaks),
            hard_breaks=tuple(hard),
            english=self.lexicon.is_english(words),
            set_aside=frozenset(range(asker.start, asker.end)) if asker else frozenset(),
        )

    def _repair(self, text: str) -> str:
        """The text with Telex and VNI residue and glued words mended; everything else as it was typed."""
        tokens = tokenize(text)
        if self.lexicon.is_english(tuple(t for t in tokens if not t.is_mark)):
            return text
        pieces: list[str] = []
        at = 0
        for number, token in enumerate(tokens):
            pieces.append(text[at : token.start])
            if self._is_month_slip(tokens, number):
                pieces.append(MONTHS)
            else:
                pieces.append(self._meant(token) if token.is_word else token.text)
            at = token.end
        return "".join((*pieces, text[at:]))

    def _is_month_slip(self, tokens: Sequence[Token], at: int) -> bool:
        """`9 thnág 2022`, `6 thánh đầu năm`: between a count of months and a year, a slip of the word for months."""
        if not 0 < at < len(tokens) - 1 or not tokens[at].is_word or tokens[at].folded == fold(MONTHS):
            return False
        before, after = tokens[at - 1].folded, tokens[at + 1].folded
        counted = before.isdecimal() and int(before) <= _MONTHS_IN_YEAR
        dated = after in _AFTER_MONTHS or (after.isdecimal() and len(after) == len("2023"))
        return counted and dated and fold(MONTHS) in self.lexicon.speller.slips(tokens[at].folded)

    def _meant(self, token: Token) -> str:
        repaired = self.lexicon.speller.repair(token)
        if repaired == token.text and token.is_upper and not self.lexicon.speller.knows(token.folded):
            return self._expansions.get(token.folded, repaired)
        return repaired

    @staticmethod
    def _outweighed(place: PlaceMention, hits: Sequence[Hit]) -> bool:
        """A lower-case name that a longer or equal phrasing covers too is that phrasing: `tam nông`."""
        return _lower(place) and any(h.start <= place.start and h.end >= place.end and h.slips == 0 for h in hits)


def _lower(place: PlaceMention) -> bool:
    return place.text.casefold() == place.text


def _asker(words: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> Hit | None:
    """The body that is asking, if it names itself first: `Tỉnh đoàn kính mong được biết …`."""
    for hit in hits[:2]:
        if hit.start > 2 or not any(lexicon.kind(c) in (ConceptKind.BODY, ConceptKind.OFFICE) for c in hit.concepts):
            continue
        following = {w.folded for w in words[hit.end : hit.end + 3]}
        if following & _REQUESTS:
            return hit
    return None


def _words(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], list[int], list[int]]:
    """(words and numbers, indexes a clause may start at, indexes a question or sentence starts at)."""
    words: list[Token] = []
    breaks: list[int] = []
    hard: list[int] = []
    for token in tokens:
        if not token.is_mark:
            words.append(token)
        elif words and token.text in _CLAUSE_MARKS | _SOFT_MARKS:
            breaks.append(len(words))
            if token.text in _PHRASE_MARKS:
                hard.append(len(words))
    return tuple(words), sorted(set(breaks)), sorted(set(hard))


def _word_span(words: Sequence[Token], mention: TimeMention) -> tuple[int, int, TimeMention] | None:
    inside = [i for i, w in enumerate(words) if w.start < mention.end and mention.start < w.end]
    return (inside[0], inside[-1] + 1, mention) if inside else None
