"""Reads messages: finds times, places and numbers in the mended text, cuts the rest into concepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bot.asker import asking_body, own_place
from bot.asking import asked, bare_percents, had_already, ruled_out, wanted_of
from bot.exclusion import is_refused, set_apart
from bot.intent import Read, settled
from bot.joining import Joiner
from bot.lexicon import Hit, Lexicon
from bot.mending import Mender
from bot.model import Ask, ConceptKind
from bot.number_mention import NumberMention, find_numbers
from bot.phrases.meeting import NOT_YET
from bot.places import Gazetteer, PlaceMention
from bot.plural import REACH
from bot.preamble import condition, held_against, spans
from bot.reading import CONTENT, Reading
from bot.segments import (
    SUFFIXES,
    Segments,
    asked_of,
    counts_what_is_asked,
    is_clock,
    is_label,
    little_words,
    segments_of,
    word_span,
)
from bot.text import Token, Words, clean, compatible, fold, fold_in_place
from bot.time_mention import TimeMention, TimeRole
from bot.timeline import find_times, is_bare_year

MAX_LENGTH = 1500  # characters; a longer message is no question
_PLANNED = frozenset({"hoach", "toan", "tieu"})  # kế hoạch, dự toán, chỉ tiêu
_NAMING = (CONTENT | {ConceptKind.MEETING}) - {ConceptKind.QUALIFIER}
_CLOSING = frozenset({"khong", "chua", "nhe", "vay", "nhi"})  # a comma behind one of these ends a question
_FULL = 100
NOT_YET_FOLDED = fold(NOT_YET)
_ORDINAL = frozenset({"thu", "so", "lan", "number", "no"})
_ADDRESSES = frozenset({"anh", "chi", "ong", "ba", "bac", "chu", "co"})


Span = tuple[int, int, TimeMention]  # the words a time stands in, and the time


class _Numbers(NamedTuple):
    """The numbers of a message that may be figures; the words at which the others stand."""

    figures: tuple[NumberMention, ...]
    labels: frozenset[int]  # mức độ 2
    counted: frozenset[int]  # 3 con số, 5 phút
    full: frozenset[int]  # `xong 100% kế hoạch` is no figure


_NO_NUMBERS = _Numbers((), frozenset(), frozenset(), frozenset())


class Reader:
    """Reads messages with one lexicon and gazetteer."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, anchor: dt.date, expansions: Mapping[str, str]) -> None:
        self.lexicon = lexicon
        self._mender = Mender(lexicon, expansions)
        self._joiner = Joiner(lexicon)
        self._gazetteer = gazetteer
        self._anchor = anchor

    def read(self, text: str, today: dt.date) -> Reading:
        """The whole message as data. Never raises, whatever the text."""
        typed = segments_of(self._mender.undotted(clean(text)[:MAX_LENGTH]))
        english = self.lexicon.is_english(typed.words)
        mended = typed.text if english else self._mender.mend(typed)
        if mended != typed.text:
            typed = segments_of(mended)
            english = self.lexicon.is_english(typed.words)
        whole = self._read(typed, english, today)
        negation = _not_yet(whole)
        if negation is None:
            return whole
        positive = segments_of(mended[: negation.start] + mended[negation.end :].lstrip())
        affirmed = self._read(positive, self.lexicon.is_english(positive.words), today)
        return whole._replace(affirmed=affirmed._replace(asks=affirmed.asks | {Ask.UNMET}))

    def _read(self, typed: Segments, english: bool, today: dt.date) -> Reading:
        text, tokens, words, breaks, hard, colons = typed
        mentions = find_times(fold_in_place(text), self._anchor, today)
        times = tuple(asked_of(words, span) for m in mentions if (span := word_span(words, m)))
        closed = {i for start, end, _ in times for i in range(start, end)}
        unneeded = had_already(words)
        ruled = ruled_out(words, breaks) | unneeded
        given = condition(words)
        years = {m.year for _, _, m in times}  # `đầu năm 2023, hết tháng 3` names the year apart from its months
        named = [
            n for n in find_numbers(words) if n.start not in closed and (n.whole is not None or n.value not in years)
        ]
        numbers, labels, counted, full = self._numbers(words, named, given) if named else _NO_NUMBERS
        asked_about = _of_question(times, given)
        kept = {start for start, _, _ in asked_about}
        passed = {i for start, end, _ in times if start not in kept for i in range(start, end)}
        times = asked_about
        walls = frozenset(hard) | {at for at in breaks if at and words[at - 1].folded in _CLOSING}
        closed |= {i for n in numbers for i in range(n.start, n.end)} | labels | full
        places = tuple(p for p in self._gazetteer.find(words) if not closed & set(range(p.start, p.end)))
        passage = partial(self.lexicon.passage, words, english, breaks=walls, pauses=frozenset(breaks))
        if any(_lower(p) or _addressed(words, p) for p in places):
            hits = self.lexicon.cut(passage(frozenset(closed)))
            places = tuple(p for p in places if not self._outweighed(words, p, hits))
        covered = {i for p in places for i in range(p.start, p.end)}
        hits = self.lexicon.cut(passage(frozenset(closed | covered)))
        apart = set_apart(words, hits, self.lexicon)
        hits = apart.hits
        ruled = unneeded | {i for i in ruled if not any(end <= i < end + REACH for end in apart.ends)}
        named_apart = (t for t in times if t[0] in ruled or is_refused(words, t[0]))
        refused_times = {i for start, end, _ in named_apart for i in range(start, end)}
        asker = asking_body(words, hits, breaks, self.lexicon) or own_place(words, hits, self.lexicon)
        around = self._around(spans(words, breaks, colons), hits)
        beside = little_words(text, words, numbers)
        aside = around | full | passed | counted | beside | refused_times
        if asker:
            aside |= set(range(asker.start, asker.end))
        aside |= {i for h in (*apart.people, *apart.left_out) for i in range(h.start, h.end)}
        if aside:
            hits = tuple(h for h in hits if not aside.issuperset(range(h.start, h.end)))
        hits = self._joiner.join(words, hits)
        refused = self._refused(hits, ruled) | {h for h in hits if h.start in unneeded}
        if refused:
            aside |= {i for h in refused for i in range(h.start, h.end)}
            hits = tuple(h for h in hits if h not in refused)
        no_rate = any(Ask.PERCENT in self.lexicon.asked_by(h) for h in refused)
        ordinals = self._ordinals(words, hits, numbers)
        asks = asked(words, [h for h in hits if h.start not in given] or hits, self.lexicon, ruled)
        if no_rate and Ask.VALUE in asks:
            asks -= {Ask.PLAN_SHARE}  # `so kế hoạch thì làm được bao nhiêu, khỏi ghi phần trăm`
        signs = tuple(bare_percents(tokens))
        figures = tuple(n for n in numbers if n not in ordinals)
        asks = settled(asks, Read(words, hits, times, figures, signs, self.lexicon))
        if asks & {Ask.PLAN_SHARE, Ask.PERCENT, Ask.STATUS, Ask.REMAINING}:
            times = tuple(_of_plan(words, span) for span in times)
        return Reading(
            text=text,
            words=words,
            start=0,
            end=len(words),
            hits=hits,
            kinds=tuple([self.lexicon.kinds(h) for h in hits]),
            asking=tuple([self.lexicon.is_asking(h) for h in hits]),
            asks=asks,
            times=tuple(
                t for t in times if t[0] not in refused_times and (t[2].role is TimeRole.SUBJECT or t[0] not in around)
            ),
            places=places,
            numbers=figures,
            ordinals=ordinals,
            labels=labels,
            breaks=tuple(breaks),
            hard_breaks=tuple(hard),
            signs=signs,
            english=english,
            set_aside=frozenset(aside),
            ruled=ruled,
            excepted=frozenset(c for h in apart.people for c in h.concepts),
        )

    def _numbers(self, words: Words, named: Sequence[NumberMention], given: range) -> _Numbers:
        """The numbers a message names, by what they may be."""
        counted = {n.start for n in named if counts_what_is_asked(words, n) or is_clock(words, n)}
        no_figures = {*given, *held_against(words), *counted}
        figures = [n for n in named if n.start not in no_figures]
        labels = frozenset(n.start for n in figures if is_label(words, n))
        figures = [n for n in figures if not self.lexicon.has_in_a_name(words, n.start)]
        full = frozenset(n.start for n in figures if n.percent and n.value == _FULL)
        figures = [n for n in figures if n.start not in labels | full]
        return _Numbers(tuple(figures), labels, frozenset(counted), full)

    def _around(self, spoken: frozenset[int], hits: Sequence[Hit]) -> frozenset[int]:
        """What stands around the question, unless nothing outside it names what is asked about."""
        inside = [not spoken.isdisjoint(range(h.start, h.end)) for h in hits]
        naming = [not _NAMING.isdisjoint(self.lexicon.kinds(h)) for h in hits]
        named = [within for within, names in zip(inside, naming, strict=True) if names]
        return spoken if not named or not all(named) else frozenset()

    def _refused(self, hits: Sequence[Hit], ruled: Container[int]) -> set[Hit]:
        """The measures and ways of asking that a negation sets aside."""
        wanted = wanted_of(hits, ruled)
        if len(wanted) == len(hits):
            return set()
        measures = {ConceptKind.MEASURE, ConceptKind.ASKING}
        return {h for h in set(hits) - set(wanted) if not measures.isdisjoint(self.lexicon.kinds(h))}

    def _ordinals(
        self, words: Sequence[Token], hits: Sequence[Hit], numbers: Sequence[NumberMention]
    ) -> tuple[NumberMention, ...]:
        """The numbers beside the name of a kind of meeting: `phiên họp 23`, `phiên thứ 23`, `the 23rd session`."""
        if not numbers:
            return ()
        ends: set[int] = set()
        for hit in hits:  # `phiên họp UBND tỉnh thứ 23`: who meets may stand in between
            kinds = self.lexicon.kinds(hit)
            if ConceptKind.MEETING in kinds or (hit.start in ends and kinds & {ConceptKind.BODY, ConceptKind.PLACE}):
                ends.add(hit.end)
        starts = {h.start for h in hits if ConceptKind.MEETING in self.lexicon.kinds(h)}
        before = {at - 1 for at in starts} | {at - 2 for at in starts if words[at - 1].folded in SUFFIXES}
        for _ in range(2):  # `phiên UBND lần thứ 23`
            ends |= {end + 1 for end in ends if end < len(words) and words[end].folded in _ORDINAL}
        return tuple(n for n in numbers if (n.start in ends or n.start in before) and n.whole is None and not n.percent)

    def _outweighed(self, words: Sequence[Token], place: PlaceMention, hits: Sequence[Hit]) -> bool:
        """A lower-case name a phrasing covers too is that phrasing, `tam nông`; not so a province there are data of.

        `Anh Sơn` is somebody the knowledge names rather than a district.
        """
        covering = [h for h in hits if h.start <= place.start and h.end >= place.end and h.slips == 0]
        if _addressed(words, place):
            covering = [h for h in covering if h.concepts[0].startswith("person:")]
        elif not _lower(place):
            return False
        return bool(covering) and not self._gazetteer.is_home(place)


def _of_question(times: tuple[Span, ...], given: range) -> tuple[Span, ...]:
    """`để cả năm 2023 tăng 9,5% thì quý 4 phải tăng mấy %`: the time asked about, in the year that was given."""
    inside = [m for at, _, m in times if at in given]
    asked_about = [m for at, _, m in times if at not in given and m.role is TimeRole.SUBJECT and m.first_month]
    if not inside or not asked_about:
        return times
    year = next((m.year for m in inside if m.year), None)
    return tuple((a, b, m if m.year else m._replace(year=year)) for a, b, m in times if a not in given)


def _of_plan(words: Sequence[Token], span: Span) -> Span:
    """`hoàn thành kế hoạch năm 2023`: the year is the plan's, of which any part may be reported."""
    start, end, mention = span
    planned = is_bare_year(mention) and start and words[start - 1].folded in _PLANNED
    return (start, end, mention._replace(loose=True)) if planned else span


def _lower(place: PlaceMention) -> bool:
    return place.text.casefold() == place.text


def _addressed(words: Sequence[Token], place: PlaceMention) -> bool:
    """A name whose first word addresses somebody, with nothing before it that says it is a place."""
    return words[place.start].folded in _ADDRESSES and not _lower(place)


def _not_yet(reading: Reading) -> Token | None:
    """The `chưa` of a question for how many are not yet so; None when it only ends the sentence: `xong chưa`."""
    if not reading.asks & {Ask.VALUE, Ask.PERCENT, Ask.COUNT, Ask.REMAINING}:
        return None
    inner = (w for i, w in enumerate(reading.words[:-1]) if i + 1 not in reading.breaks)
    return next((w for w in inner if w.folded == NOT_YET_FOLDED and compatible(w.text, NOT_YET)), None)
