"""Two answers put together when the question asks for it: `cộng cả hai`, `trừ đi`, `chênh nhau bao nhiêu`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot import cards
from bot.figures import HUNDRED, first, rounded
from bot.index import Index
from bot.item import Item
from bot.model import Ask, Aspect, Group
from bot.outcome import Found, Part
from bot.phrases import derived
from bot.reading import Reading

_PAIR = 2
_WHOLE_OR_RATE = (Aspect.VALUE, Aspect.SHARE, Aspect.CHANGE)


@dataclass(frozen=True, slots=True)
class _Term:
    """One number of the sum. `counted` is what a group is counted in; such counts may be added across units."""

    item: Item
    number: Decimal
    unit: str
    counted: bool


def combined(index: Index, reading: Reading, parts: Sequence[Part]) -> Part | None:
    """One part with the sum or the difference of what each part found; None when it is not asked or not allowed.

    Only figures of one unit, one kind and one place are put together; counts of different groups may be added.
    """
    shares = "part_of_whole" in reading.concepts and Ask.PERCENT in reading.asks
    if not (shares or reading.asks & {Ask.SUM, Ask.DIFFERENCE}) or len(parts) < 2:
        return None
    terms = [_term(index, part) for part in parts]
    if any(term is None for term in terms):
        return None
    known = [term for term in terms if term is not None]
    if len({term.item.id for term in known}) < len(known) or len({term.item.place for term in known}) > 1:
        return None
    if shares:
        return _share(known, parts[0]) if len(known) == _PAIR else None
    adding = Ask.DIFFERENCE not in reading.asks
    units = {term.unit for term in known}
    if len(units) > 1 and not (adding and all(term.counted for term in known)):
        return None
    if not adding and len(known) > 2:
        return None
    numbers = [term.number for term in known]
    unit = units.pop() if len(units) == 1 else derived.BODIES
    total = sum(numbers, Decimal(0)) if adding else max(numbers) - min(numbers)
    if not adding and unit == "%":
        unit = derived.POINTS
    named = [(term.item.subject, derived.amount(term.number, term.unit)) for term in known]
    lead = derived.sum_of(total, unit) if adding else derived.gap_of(total, unit)
    first_card = parts[0].cards[0] if isinstance(parts[0], Found) else None
    if first_card is None:
        return None
    card = replace(
        first_card,
        lead=lead,
        about=derived.computed_from([f"{subject}: {amount}" for subject, amount in named]),
        lines=tuple(f"{subject} ({cards.when(term.item)})" for (subject, _), term in zip(named, known, strict=True)),
        citations=cards.citations(term.item for term in known),
        series=None,
    )
    return Found((card,), tuple(term.item.id for term in known), parts[0].reason)


def _share(terms: Sequence[_Term], part: Part) -> Part | None:
    """The first as per cent of the second: `mới thành lập chiếm bao nhiêu phần trăm số gia nhập`."""
    small, whole = terms
    if small.unit != whole.unit or not whole.number or small.number > whole.number or not isinstance(part, Found):
        return None
    percent = rounded(small.number / whole.number * HUNDRED, 2)
    named = [f"{t.item.subject}: {derived.amount(t.number, t.unit)}" for t in terms]
    card = replace(
        part.cards[0],
        lead=derived.amount(percent, "%"),
        about=derived.computed_from(named),
        lines=(),
        citations=cards.citations(t.item for t in terms),
    )
    return Found((card,), tuple(t.item.id for t in terms), part.reason)


def _term(index: Index, part: Part) -> _Term | None:
    if not isinstance(part, Found) or len(part.entries) != 1:
        return None
    item = index.by_id[part.entries[0]]
    if isinstance(item.entry, Group) and item.entry.count is not None:
        return _Term(item, Decimal(item.entry.count), item.entry.unit or item.subject, counted=True)
    for aspect in _WHOLE_OR_RATE:
        figure = first(item.fact, aspect) if item.fact else None
        if figure is not None:
            return _Term(item, figure.number, figure.unit, counted=False)
    return None
