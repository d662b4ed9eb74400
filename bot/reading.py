"""A question as data: its concepts, times, places, numbers, what it asks, and what it could not place."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from bot.asking import asked_by_signs, asks_of, wanted_of
from bot.counted import counted_words
from bot.intent import COMPARING
from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.number import SCALES
from bot.number_mention import NUMBER_WORDS, NumberMention
from bot.once import once
from bot.places import PlaceMention
from bot.text import Token, Words
from bot.time_mention import TimeMention, TimeRole

CONTENT = frozenset(
    {
        ConceptKind.TOPIC,
        ConceptKind.ACT,
        ConceptKind.BODY,
        ConceptKind.OFFICE,
        ConceptKind.GROUP,
        ConceptKind.PLACE,
        ConceptKind.QUALIFIER,
    }
)
_CONTENT_AND_MEASURES = CONTENT | {ConceptKind.MEASURE}
THINGS = frozenset({ConceptKind.TOPIC, ConceptKind.ACT, ConceptKind.GROUP})  # what figures are about
_WITHIN = frozenset(
    {"district", "commune", "ward", "village", "city_town", "industrial_park", "industrial_cluster"}
)  # which of these is a question of its own
_OR = frozenset({"hay", "hoac", "or"})
_BOUNDS = frozenset({"duoi", "tren", "under", "over", "below", "above"})
_DOLLARS = frozenset({"usd", "dola", "do", "dollars"})
_NEXT_NAMED = 3  # words from there within which the second thing is named: hơn so với …, hơn số …


class _Read(NamedTuple):
    """What was read. A tuple: one question makes and changes several, and a frozen dataclass is slow at both."""

    text: str
    words: Words
    start: int
    end: int
    hits: tuple[Hit, ...]
    kinds: tuple[frozenset[ConceptKind], ...]  # per hit: the kinds of all concepts it may be
    asking: tuple[bool, ...]  # per hit: whether it asks for something
    asks: frozenset[Ask]
    times: tuple[tuple[int, int, TimeMention], ...]  # word span and mention
    places: tuple[PlaceMention, ...]
    numbers: tuple[NumberMention, ...]
    ordinals: tuple[NumberMention, ...]  # numbers that name a meeting: phiên họp thứ 23
    labels: frozenset[int]  # words that are numbers only by name: mức độ 2
    breaks: tuple[int, ...]  # words before which a comma or a stronger mark stands
    hard_breaks: tuple[int, ...]  # words before which a question or sentence ends
    signs: tuple[int, ...]  # where per cent signs end in the text that belong to no number
    english: bool
    asking_itself: bool = True  # for a clause: whether its own words ask, or it leans on its neighbours
    affirmed: Reading | None = None  # `bao nhiêu … chưa …` without the chưa, when only what is not yet so is asked
    ruled: frozenset[int] = frozenset()  # words that a negation rules out
    excepted: frozenset[str] = frozenset()  # whom the question sets apart from those it asks about
    set_aside: frozenset[int] = frozenset()  # words understood but not to be answered: who asks, a name to check


class Reading(_Read):
    """One message, or one clause of it (`start`..`end` of the same words)."""

    @once
    def content(self) -> tuple[Hit, ...]:
        """The hits an entry has to explain. A hit that may also be a filler or a way of asking is not one."""
        return tuple(
            h
            for h, kinds, asking in zip(self.hits, self.kinds, self.asking, strict=True)
            if kinds <= _CONTENT_AND_MEASURES
            and kinds & CONTENT
            and not (asking and ConceptKind.QUALIFIER in kinds)
            and not (Ask.RANK in self.asks and kinds == {ConceptKind.PLACE} and not set(h.concepts) & _WITHIN)
            and not (Ask.LIST in self.asks and "region" in h.concepts)  # `theo từng khu vực` says how to list
        )

    @once
    def focus(self) -> tuple[Hit, ...]:
        """The content, or what stands in for it when nothing else is named: `ai phát biểu chỉ đạo`, `chậm thế nào`."""
        spare = (ConceptKind.EFFORT, ConceptKind.JUDGEMENT, ConceptKind.MEASURE)
        return self.content or self.of_kind(*spare) or self.of_kind(ConceptKind.MEETING)

    def of_kind(self, *kinds: ConceptKind) -> tuple[Hit, ...]:
        return tuple([h for h, found in zip(self.hits, self.kinds, strict=True) if not found.isdisjoint(kinds)])

    @once
    def content_kinds(self) -> tuple[frozenset[ConceptKind], ...]:
        """Per hit of the content: the kinds of all concepts it may be."""
        return tuple(kinds for hit, kinds in zip(self.hits, self.kinds, strict=True) if hit in self.content)

    @once
    def content_concepts(self) -> frozenset[str]:
        """The concepts an entry has to explain."""
        return frozenset(c for h in self.content for c in h.concepts)

    @once
    def concepts(self) -> frozenset[str]:
        return frozenset(c for h in self.hits for c in (*h.concepts, *h.also))

    @once
    def counted(self) -> str:
        """The folded word that `bao nhiêu` or `mấy` counts: vụ, người, ha, xã; empty when none follows."""
        return next(iter(self.counted_phrase), "")

    @once
    def counted_phrase(self) -> tuple[str, ...]:
        """The same with the word after it: the `đảng bộ` of `bao nhiêu đảng bộ` are no `đảng viên`."""
        return counted_words(self.text, self.words, self.hits, self.start, self.end)

    @once
    def compared(self) -> int | None:
        """The word before which a second thing begins that the first is held against; None when nothing is."""
        if COMPARING.isdisjoint(self.words.said):
            return None
        things = [h for h in self.content if self.kinds[self.hits.index(h)] & THINGS]
        for at in range(self.start, self.end):
            if self.words[at].folded in COMPARING and any(h.end <= at for h in things):
                near = range(at, at + 1 + _NEXT_NAMED)
                if any(h.start in near for h in things) and not any(start in near for start, _, _ in self.times):
                    return next((h.start for h in self.hits if h.start <= at < h.end), at)
        return None

    @once
    def condition(self) -> NumberMention | None:
        """`bao nhiêu người dưới 30`: a number that only some of what is counted meet; None when there is none."""
        if len(self.numbers) != 1 or self.asks - {Ask.VALUE, Ask.COUNT}:
            return None
        number = self.numbers[0]
        bound = number.start > self.start and self.words[number.start - 1].folded in _BOUNDS
        amount = number.percent or number.whole or (number.end < self.end and self.words[number.end].folded in SCALES)
        return number if bound and not amount else None

    @once
    def in_dollars(self) -> bool:
        """Whether an amount in US dollars is asked for: `mấy tỷ đô`, `bao nhiêu USD`."""
        if _DOLLARS.isdisjoint(self.words.said):
            return False
        folded = self.words.folded[self.start : self.end]
        return bool({"usd", "dola"} & set(folded)) or any(
            a in SCALES and b in ("do", "dollars") for a, b in pairwise(folded)
        )

    @once
    def leftovers(self) -> tuple[Token, ...]:
        """Words that are in no concept, time, place or number, and long enough to mean something."""
        used = {i for h in self.hits for i in range(h.start, h.end)}
        used |= {i for start, end, _ in self.times for i in range(start, end)}
        used |= {i for p in self.places for i in range(p.start, p.end)}
        used |= {i for n in (*self.numbers, *self.ordinals) for i in range(n.start, n.end)}
        used |= self.set_aside
        return tuple(
            w
            for i, w in enumerate(self.words[self.start : self.end], self.start)
            if i not in used and (w.is_word or i in self.labels) and w.folded not in NUMBER_WORDS
        )

    @once
    def meetings(self) -> tuple[Hit, ...]:
        """The hits that name a kind of meeting."""
        return self.of_kind(ConceptKind.MEETING)

    @once
    def meeting_times(self) -> frozenset[TimeMention]:
        """The times that say which meeting is meant: `họp UBND tỉnh tháng 6/2023`."""
        if not (self.times and self.meetings):
            return frozenset()
        held = (*self.meetings, *self.of_kind(ConceptKind.BODY, ConceptKind.PLACE, ConceptKind.FILLER))
        passed = {i for h in held for i in range(h.start, h.end)}
        passed |= {i for n in self.ordinals for i in range(n.start, n.end)}
        named = {i for h in self.meetings for i in range(h.start, h.end)}

        def reaches(at: int, step: int) -> bool:
            while at in passed and at not in named:
                at += step
            return at in named

        return frozenset(m for start, end, m in self.times if reaches(start - 1, -1) or reaches(end, 1))

    @once
    def direction(self) -> int:
        """1 when what rose is spoken of, −1 when what fell is, 0 when neither or both."""
        return ("growth" in self.concepts) - ("decrease" in self.concepts)

    @once
    def subject_times(self) -> tuple[TimeMention, ...]:
        return tuple(m for _, _, m in self.times if m.role is TimeRole.SUBJECT)

    @once
    def as_read(self) -> dict[str, object]:
        """What was understood, ready for JSON."""
        return {
            "read": self.text,
            "concepts": [{"text": h.text, "concepts": list(h.concepts), "slips": h.slips} for h in self.hits],
            "asks": sorted(self.asks),
            "times": [f"{m.text} ({m.role})" for _, _, m in self.times],
            "places": [p.text for p in self.places],
            "numbers": [n.text for n in self.numbers],
            "leftovers": [w.text for w in self.leftovers],
        }

    @once
    def which_of_two(self) -> bool:
        """`39,7 là phần trăm hay nghìn tỷ`: whether it is left open which of two things something is."""
        return self.between_two is not None

    @once
    def between_two(self) -> int | None:
        """The word between two things of which it is left open which is meant; None when there are none."""
        if _OR.isdisjoint(self.words.said):
            return None
        return next((at for at in range(self.start, self.end) if self.words[at].folded in _OR), None)

    def without(self, dropped: Collection[Hit]) -> Reading:
        """The reading with some hits understood and set aside."""
        rows = [r for r in zip(self.hits, self.kinds, self.asking, strict=True) if r[0] not in dropped]
        return self._replace(
            hits=tuple(h for h, _, _ in rows),
            kinds=tuple(k for _, k, _ in rows),
            asking=tuple(a for _, _, a in rows),
            set_aside=self.set_aside | {i for h in dropped for i in range(h.start, h.end)},
        )

    def naming(self, old: Hit, concept: str) -> Reading:
        """The reading with a concept in place of another, which it may name twice: `cán cân thương mại thặng dư`."""
        again = [h for h in self.hits if h is not old and (h.concepts == old.concepts or "surplus" in h.concepts)]
        hits = tuple(h._replace(concepts=(concept,)) if h is old else h for h in self.hits)
        return self._replace(hits=hits).without(again)

    def clause(self, start: int, end: int, lexicon: Lexicon) -> Reading:
        """The part of this reading that lies within the words `start`..`end`."""
        kept = [
            h for h in zip(self.hits, self.kinds, self.asking, strict=True) if start <= h[0].start and h[0].end <= end
        ]
        rest = self.words[end].start if end < len(self.words) else len(self.text) + 1
        signs = tuple(at for at in self.signs if self.words[start].start < at <= rest)
        hits = [h for h, _, _ in kept]
        return self._replace(
            start=start,
            end=end,
            hits=tuple(hits),
            kinds=tuple(k for _, k, _ in kept),
            asking=tuple(a for _, _, a in kept),
            asks=asks_of(wanted_of(hits, self.ruled), lexicon) | asked_by_signs(self.words, hits, signs),
            signs=signs,
            times=tuple(t for t in self.times if start <= t[0] < end),
            places=tuple(p for p in self.places if start <= p.start < end),
            numbers=tuple(n for n in self.numbers if start <= n.start < end),
            ordinals=tuple(n for n in self.ordinals if start <= n.start < end),
            affirmed=None,
        )
