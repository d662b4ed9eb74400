"""A message that asks several things, cut where both sides name something of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.asking import PLANS
from bot.index import Index
from bot.lexicon import Hit
from bot.match import FIGURE_ASKS
from bot.meeting import MEETING_ASKS
from bot.model import Ask, ConceptKind
from bot.reading import Reading

_JOINS = frozenset({"va", "roi", "and", "con", "rieng", "cung", "voi", "vs", "lan"})
_STILL = frozenset({"dang", "di", "ngoi", "la", "o"})  # đảng viên còn đang học: no second question
_KINDS = frozenset({Ask.DIFFICULTY, Ask.DIRECTIVE, Ask.SPEECH})  # kinds of entries a whole message may be about
_TOLD = frozenset({Ask.DIRECTIVE, Ask.SOLUTION})
_OWN_MEASURES = frozenset({"capital"})  # measures that are asked for beside what they belong to
_HANGING = frozenset({"cua", "trong", "ve", "cho", "tai", "o", "of", "in", "for"})  # `của riêng ngành …`: goes on

_WHERE = frozenset({ConceptKind.BODY, ConceptKind.PLACE})
_TOGETHER = frozenset({Ask.SUM, Ask.DIFFERENCE})
_SET_BESIDE = frozenset({"part_of_whole", "multiple_times"})  # one thing as so many per cent, or so many times, another

_MOST_CUTS = 8  # nobody asks more things in one message; a flood of joins is no question


class ClauseCutter:
    """Cuts readings into clauses that stand alone."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def cut(self, reading: Reading) -> list[Reading]:
        """The message cut at joins and marks, each piece with content or a meeting ask of its own."""
        inner = range(reading.start + 1, 0 if _JOINS.isdisjoint(reading.words.said) else reading.end)
        cuts = sorted(
            {i for i in (*reading.breaks, *reading.hard_breaks) if reading.start < i < reading.end}
            | {i for i in inner if self._joins(reading, i)}
            | {h.start for h in reading.hits if h.start > reading.start and self._puts_together(h)}
            | {reading.compared or reading.start} - {reading.start}
        )
        if not cuts:
            return []
        # `trong số …, bao nhiêu …`: the first only says what the asked is a part of, unless it is taken from that.
        partly = not reading.asks & {Ask.SUM, Ask.DIFFERENCE}
        inside = {i for h in reading.hits for i in range(h.start + 1, h.end)}
        pieces: list[Reading] = []
        start = reading.start
        for cut in (*[c for c in cuts if c not in inside][:_MOST_CUTS], reading.end):
            piece = reading.clause(start, cut, self._index.lexicon)
            if partly and not piece.asks and "including" in piece.concepts:
                continue
            if self._stands_alone(piece) and (cut == reading.end or self._goes_on(piece, self._rest(reading, cut))):
                pieces.append(piece)
                start = cut
        if start < reading.end and pieces:
            last = pieces.pop()
            pieces.append(self._rest(reading, last.start))
        return self._share(pieces, reading) if len(pieces) > 1 else []

    def are_neighbours(self, clauses: Sequence[Reading]) -> bool:
        """Whether each clause names what must never be taken for what another names: `xuất khẩu và nhập khẩu`."""
        concepts = self._index.lexicon.concepts
        named = [{c for h in clause.content for c in h.concepts if c in concepts} for clause in clauses]
        return all(any(not other.isdisjoint(concepts[c].contrasts) for other in named for c in own) for own in named)

    def _goes_on(self, piece: Reading, rest: Reading) -> bool:
        """Whether what follows asks anew: `đang viết bài nông thôn mới, được bao nhiêu xã` asks once."""
        anew = piece.asks or rest.content or rest.counted not in self._index.units
        return bool(anew) and self._stands_alone(rest)

    def _rest(self, reading: Reading, start: int) -> Reading:
        return reading.clause(start, reading.end, self._index.lexicon)

    @staticmethod
    def _joins(reading: Reading, at: int) -> bool:
        """A word that joins and is not the first of a phrase: the `cung` of `cung cấp` joins nothing."""
        if reading.words[at].folded not in _JOINS or reading.words[at - 1].folded in _HANGING:
            return False
        still = reading.words[at].folded == "con" and reading.words[min(at + 1, reading.end - 1)].folded in _STILL
        longer = [h for h in reading.hits if h.start == at and h.end - h.start > 1]
        return not still and all(h.concepts == ("function_word",) for h in longer)  # `với cả`, and no `cung cấp`

    def _puts_together(self, hit: Hit) -> bool:
        """`hộ nghèo cộng hộ cận nghèo`: between what is added or taken away stands the word for it."""
        together = not _TOGETHER.isdisjoint(self._index.lexicon.asked_by(hit))
        return together or not _SET_BESIDE.isdisjoint(hit.concepts)

    def _stands_alone(self, piece: Reading) -> bool:
        if not piece.asks and piece.meetings and all(kinds <= _WHERE for kinds in piece.content_kinds):
            return False  # `…, theo phiên họp của UBND tỉnh`: only where it was said
        if Ask.SOURCE in piece.asks and piece.start not in (0, *piece.hard_breaks):
            return False
        if not piece.content and piece.asks & FIGURE_ASKS and piece.counted in self._index.units:
            return True
        if any(not self._only_where(h) for h in piece.content):
            return True
        if not piece.asks:
            return False
        concepts = self._index.lexicon.concepts
        measures = {c for h in piece.of_kind(ConceptKind.MEASURE) for c in h.concepts if c in concepts}
        if piece.start > 0 and Ask.VALUE in piece.asks and any(not concepts[c].asks for c in measures & _OWN_MEASURES):
            return True  # `bao nhiêu doanh nghiệp mới và tổng vốn là bao nhiêu`
        if piece.start > 0 and Ask.VALUE in piece.asks and not (PLANS.isdisjoint(piece.concepts) or piece.content):
            return True  # `GRDP ước tăng bao nhiêu và mục tiêu cả năm là mấy`
        if piece.start > 0 and piece.asks and piece.asks <= {Ask.DIFFICULTY, Ask.DIRECTIVE} and not piece.content:
            return True  # `giải ngân khó khăn gì và chỉ đạo thế nào`
        if piece.start in piece.breaks and piece.subject_times and piece.asks & FIGURE_ASKS:
            return True  # `KH 2023 bao nhiêu, 6 tháng được bao nhiêu`
        if piece.start in piece.hard_breaks and piece.asks & set(MEETING_ASKS):
            return True
        if piece.asks >= {Ask.PARTICIPANTS, Ask.COUNT}:
            return True  # `ai chủ trì và có bao nhiêu cơ quan dự`
        if piece.start in piece.breaks and piece.asks == {Ask.PARTICIPANTS}:
            return True  # `chủ trì là ai, có những ai dự`
        named = piece.of_kind(ConceptKind.MEETING, ConceptKind.EFFORT) or piece.content
        return bool(piece.asks & {Ask.PERSON, *MEETING_ASKS}) and bool(named)

    @staticmethod
    def _leans(piece: Reading) -> bool:
        """Whether a piece names nothing of its own but who speaks: `… và Bí thư bảo phải làm sao`."""
        speakers = {ConceptKind.OFFICE} if piece.asks & _TOLD else set()
        return all(kinds <= speakers for kinds in piece.content_kinds) and not piece.asks & (set(MEETING_ASKS) - _TOLD)

    def _with_measure(self, piece: Reading) -> Reading:
        """`…, vốn bao nhiêu`: a measure that is all a piece names is what it asks about, and no mere form of asking."""
        own = [h for h in piece.of_kind(ConceptKind.MEASURE) if not _OWN_MEASURES.isdisjoint(h.concepts)]
        topic = frozenset({ConceptKind.TOPIC})
        return piece._replace(
            kinds=tuple(topic if h in own else k for h, k in zip(piece.hits, piece.kinds, strict=True))
        )

    def _only_where(self, hit: Hit) -> bool:
        """A hit that only says where, in words that fit any briefing."""
        kinds = self._index.lexicon.kinds(hit)
        return kinds == {ConceptKind.PLACE} and set(hit.concepts) <= self._index.context

    def _share(self, pieces: Sequence[Reading], whole: Reading) -> list[Reading]:
        """A piece that does not say what or when is asked takes it from its neighbours."""
        shared: list[Reading] = []
        for at, piece in enumerate(pieces):
            others = [*pieces[at + 1 :], *reversed(pieces[:at])]
            told = frozenset({Ask.STATUS}) if _asks_how(piece) else frozenset()
            asks = piece.asks or told or next((o.asks for o in others if o.asks), frozenset())
            kinds = whole.asks & ({Ask.CHECK} if piece.asks & _KINDS else _KINDS | {Ask.CHECK})
            if piece.asks & FIGURE_ASKS:
                kinds -= _KINDS  # `tăng mấy % và Bí thư chỉ đạo gì`
            if Ask.STATUS in piece.asks and any(Ask.DIRECTIVE in o.asks for o in others):
                kinds -= {Ask.DIRECTIVE}  # `giải ngân ra sao và Bí thư yêu cầu gì`
            times = (
                piece.times
                or next((o.times for o in reversed(pieces[:at]) if o.times), ())
                or next((o.times for o in pieces[at + 1 :] if o.times), ())
            )
            if times is not piece.times and Ask.PLAN in piece.asks and not piece.asks & {Ask.PLAN_SHARE, Ask.PERCENT}:
                times = tuple((a, b, m._replace(first_month=None, last_month=None)) for a, b, m in times if m.year)
            own = piece
            if not piece.ordinals and not piece.meetings:
                own = _in_meeting(others, piece)
            if at and self._leans(piece):
                own = about(pieces[at - 1], self._with_measure(own))
            shared.append(own._replace(asks=asks | kinds, times=times, asking_itself=bool(piece.asks)))
        return shared


def _asks_how(piece: Reading) -> bool:
    """`…, tình hình nông nghiệp`: how things are, whatever was asked before."""
    words = [w.folded for w in piece.words[piece.start : piece.end]]
    return ("tinh", "hinh") in set(pairwise(words))


def _in_meeting(others: Sequence[Reading], piece: Reading) -> Reading:
    """A piece that names no meeting is about the one its neighbour names: `phiên họp 23 họp ngày nào, ai chủ trì`."""
    named = next((o for o in others if o.ordinals), None)
    if named is None:
        return piece
    rows = zip(named.hits, named.kinds, named.asking, strict=True)
    carried = [row for row in rows if ConceptKind.MEETING in row[1] and not row[2]]
    return _carrying(carried, piece)._replace(ordinals=named.ordinals)


def about(before: Reading, piece: Reading) -> Reading:
    """A piece that only counts something else of the same thing: `ma tuý: mấy vụ, mấy đối tượng`."""
    rows = zip(before.hits, before.kinds, before.asking, strict=True)
    return _carrying([row for row in rows if row[0] in before.content], piece)


def _carrying(rows: Sequence[tuple[Hit, frozenset[ConceptKind], bool]], piece: Reading) -> Reading:
    """The piece with hits of another before its own."""
    return piece._replace(
        hits=(*(h for h, _, _ in rows), *piece.hits),
        kinds=(*(k for _, k, _ in rows), *piece.kinds),
        asking=(*(a for _, _, a in rows), *piece.asking),
    )
