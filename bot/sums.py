"""Two answers put together when the question asks for it: `cộng cả hai`, `trừ đi`, `chênh nhau bao nhiêu`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot import cards
from bot.figures import HUNDRED, first, rounded
from bot.index import Index
from bot.item import Item
from bot.model import Ask, Aspect, Figure, Group
from bot.number import SCALES
from bot.outcome import Found, Part
from bot.phrases import answers as phrases
from bot.phrases import derived
from bot.reading import Reading
from bot.time_mention import TimeRole

_PAIR = 2
_POINTS = "diem"  # mấy điểm phần trăm
_AMOUNTS = SCALES.keys() | {"tien", "dong", "usd"}  # tăng bao nhiêu tỷ: no rate is asked for


@dataclass(frozen=True, slots=True)
class _Term:
    """One number of the sum, as its source gives it. Counts of groups may be added across units."""

    item: Item
    number: Decimal
    unit: str
    shown: str
    figure: Figure | None = None

    @property
    def line(self) -> str:
        return phrases.capital(f"{self.item.subject}, {cards.when(self.item)}: {self.shown}")


def over_time(index: Index, reading: Reading, find: Callable[[Reading], Part]) -> Part | None:
    """`9 tháng 2023 hơn cùng kỳ 2022 bao nhiêu nghìn tỷ`: the amount now less the amount then, when both are known.

    Points of a percentage are a difference of two rates: `tăng kém cùng kỳ mấy điểm phần trăm`.
    """
    parts = [find(term) for term in _now_and_then(reading)]
    if not parts:
        return None
    compared = frozenset({Ask.DIFFERENCE} if reading.counted == _POINTS else {Ask.DIFFERENCE, Ask.MONEY})
    return combined(index, reading._replace(asks=compared), parts)


def _now_and_then(reading: Reading) -> tuple[Reading, ...]:
    """The two amounts, each asked for alone."""
    if Ask.CHANGE not in reading.asks or len(reading.times) < _PAIR:
        return ()
    now = [(a, b, m) for a, b, m in reading.times if m.role is TimeRole.SUBJECT]
    then = [(a, b, m) for a, b, m in reading.times if m.role is TimeRole.AGAINST and m.year]
    points = reading.counted == _POINTS
    if len(now) != 1 or len(then) != 1:
        return ()
    if not (points or reading.counted in _AMOUNTS):
        return ()
    (start, end, base), (_, _, latest) = then[0], now[0]
    earlier = base if base.first_month else latest._replace(year=base.year)
    spoken = frozenset(i for a, b, _ in (*now, *then) for i in range(a, b))
    asked = frozenset({Ask.CHANGE} if points else {Ask.VALUE, Ask.MONEY})
    alone = reading._replace(asks=asked, set_aside=reading.set_aside | spoken)
    past = (start, end, earlier._replace(role=TimeRole.SUBJECT))
    return alone._replace(times=tuple(now)), alone._replace(times=(past,))


def combined(index: Index, reading: Reading, parts: Sequence[Part]) -> Part | None:
    """One part with the sum, difference, share or multiple of what each part found; None when not asked or not allowed.

    Only figures of one unit, one kind and one place are put together; counts of different groups may be added.
    """
    without = "excluding" in reading.concepts  # `trừ … ra thì còn bao nhiêu trong số …`
    shares = "part_of_whole" in reading.concepts and Ask.PERCENT in reading.asks and not without
    times = "multiple_times" in reading.concepts
    adding = Ask.SUM in reading.asks and Ask.DIFFERENCE not in reading.asks
    taking = without or Ask.DIFFERENCE in reading.asks or (reading.compared is not None and not adding)
    if not (shares or times or adding or taking) or len(parts) < _PAIR:
        return None
    aspects: tuple[Aspect, ...] = (Aspect.VALUE, Aspect.SHARE)
    if taking and not (shares or times):
        moved = bool(reading.direction) and Ask.MONEY not in reading.asks
        aspects = (Aspect.CHANGE,) if moved else (*aspects, Aspect.CHANGE)
    terms = [term for part in parts if (term := _term(index, part, aspects))]
    alike = len({term.item.id for term in terms}) == len(parts) and len({term.item.place for term in terms}) == 1
    if not alike:
        return None
    lead = _share(terms) if shares else _multiple(terms) if times else _sum(terms) if adding else _gap(terms)
    return _answer(index, lead, terms, parts[0]) if lead else None


def _sum(terms: Sequence[_Term]) -> str | None:
    units = {term.unit for term in terms}
    ids = {term.item.id for term in terms}
    inside = any(t.item.whole_id in ids for t in terms)
    if inside or (len(units) > 1 and any(term.figure for term in terms)):
        return None  # a part is in its whole already
    total = sum((term.number for term in terms), Decimal(0))
    return derived.sum_of(total, units.pop() if len(units) == 1 else derived.BODIES, rough=_rough(terms))


def _gap(terms: Sequence[_Term]) -> str | None:
    if len(terms) != _PAIR or terms[0].unit != terms[1].unit:
        return None
    return derived.gap_of(abs(terms[0].number - terms[1].number), terms[0].unit, rough=_rough(terms))


def _share(terms: Sequence[_Term]) -> str | None:
    """The first as per cent of the second: `mới thành lập chiếm bao nhiêu phần trăm số gia nhập`."""
    if len(terms) != _PAIR or terms[0].unit != terms[1].unit or not terms[0].number <= terms[1].number != 0:
        return None
    percent = rounded(terms[0].number / terms[1].number * HUNDRED, 2)
    return phrases.capital(derived.about(percent, "%") if _rough(terms) else derived.amount(percent, "%"))


def _multiple(terms: Sequence[_Term]) -> str | None:
    """The first as so many times the second: `FDI gấp mấy lần trong nước`."""
    if len(terms) != _PAIR or terms[0].unit != terms[1].unit or not terms[0].number >= terms[1].number > 0:
        return None
    return phrases.capital(derived.times(rounded(terms[0].number / terms[1].number, 1)))


def _rough(terms: Sequence[_Term]) -> bool:
    """Whether a source gives any of the figures as gần, trên or ước, so that what is computed is no surer."""
    return any(term.figure and term.figure.qualifier for term in terms)


def _answer(index: Index, lead: str, terms: Sequence[_Term], part: Part) -> Part | None:
    """The computed figure, what it was computed from, and what other sources say of the same."""
    if not isinstance(part, Found):
        return None
    lines = [term.line for term in terms]
    sources = [term.item for term in terms]
    for term in terms:
        for other in index.twins(term.item):
            twin = first(other.fact, term.figure.aspect) if other.fact and term.figure else None
            if twin and twin.unit == term.unit and twin.number != term.number:
                lines.append(phrases.other_source(phrases.figure(twin), cards.source_of(other).publisher))
                sources.append(other)
    card = replace(
        part.cards[0],
        lead=lead,
        about=derived.COMPUTED,
        lines=tuple(lines),
        citations=cards.citations(sources),
        series=None,
    )
    return Found((card,), tuple(term.item.id for term in terms), part.reason)


def _term(index: Index, part: Part, aspects: Sequence[Aspect]) -> _Term | None:
    if not isinstance(part, Found) or len(part.entries) != 1:
        return None
    item = index.by_id[part.entries[0]]
    if isinstance(item.entry, Group) and item.entry.count is not None:
        unit = item.entry.unit or item.subject
        return _Term(item, Decimal(item.entry.count), unit, derived.amount(Decimal(item.entry.count), unit))
    figure = next((f for aspect in aspects if item.fact and (f := first(item.fact, aspect))), None)
    return _Term(item, figure.number, figure.unit, phrases.figure(figure), figure) if figure else None
