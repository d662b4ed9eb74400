"""The same subject over several periods: a small table with sources, and points for a chart when they compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot import cards, declining
from bot.figures import first
from bot.gates import place_fits, time_fits
from bot.index import Index, series_key
from bot.intent import COMPARING
from bot.item import Item
from bot.match import Match
from bot.model import Ask, Aspect, Figure
from bot.outcome import Card, Found, Part, Reason, Series, SeriesPoint
from bot.period import Period
from bot.phrases import answers as phrases
from bot.phrases import derived
from bot.reading import Reading
from bot.time_mention import TimeMention, TimeRole

_PAIR = 2
_STEPS = {"quy": 3, "quarter": 3, "quarters": 3, "thang": 1, "month": 1}  # months
_APART = COMPARING | {"chenh", "thua"}  # words that ask how far apart two periods are
_ASPECTS = {
    Ask.PLAN_SHARE: Aspect.PLAN_SHARE,
    Ask.PERCENT: Aspect.SHARE,
    Ask.RANK: Aspect.RANK,
}


def wanted(reading: Reading) -> bool:
    """Whether several periods are asked for: by a word for it, a range of years, or two times set side by side."""
    if Ask.SERIES in reading.asks or any(m.first_year for _, _, m in reading.times):
        return True
    named = [m for _, _, m in reading.times if m.role in (TimeRole.SUBJECT, TimeRole.AGAINST) and not m.day]
    if "comparison_base" in reading.concepts or reading.asks >= {Ask.CHANGE, Ask.PERCENT}:
        # `giảm bao nhiêu so với cùng kỳ 2022` asks for the printed change; the year only says against what.
        named = [m for m in named if m.role is TimeRole.SUBJECT or m.first_month]
    if Ask.CHANGE in reading.asks and Ask.MONEY not in reading.asks and not reading.asks & {Ask.SERIES, Ask.PERCENT}:
        # `khá lên bao nhiêu so với năm trước`: the change that is printed is against the year before.
        named = [m for m in named if m.role is TimeRole.SUBJECT or m.first_month or not _year_before(m, named)]
    explicit = [m for m in named if m.year and not m.loose]  # the year of a plan is no period to compare
    return len(explicit) >= 2 and len({(m.year, m.first_month, m.last_month) for m in explicit}) >= 2


def _step(reading: Reading) -> int:
    """How many months each of the periods asked for has: 3 for `từng quý`, 1 for `theo tháng`; 0 when any will do."""
    asked = [h for h in reading.hits if "ask_series" in h.concepts and Ask.SERIES in reading.asks]
    said = {w.folded for h in asked for w in reading.words[h.start : h.end]}
    return next((months for word, months in _STEPS.items() if word in said), 0)


def _year_before(base: TimeMention, named: Sequence[TimeMention]) -> bool:
    """Whether a bare year is the one before that of a single stretch it is held against."""
    others = [m.year for m in named if m is not base]
    return len(others) == 1 and others[0] is not None and base.year == others[0] - 1


def answer(index: Index, reading: Reading, item: Item, peers: Sequence[Match], reason: Reason) -> Part | None:
    """The series the item belongs to, oldest first; None when fewer than two periods have the figure."""
    key = series_key(index, item)
    pool = {i.id: i for m in peers if m.subject.series == key for i in (*m.items, *m.barred)}
    in_range = _range_of(reading)
    step = _step(reading)
    chosen = [i for i in pool.values() if all(place_fits(p, i) for p in reading.places) and in_range(i)]
    if step:
        of_step = [i for i in chosen if i.latest.month_count == step]
        if len({i.latest for i in of_step}) < _PAIR:
            return declining.no_step(item, (*of_step, *(i for i in pool.values() if i not in of_step)), step, reason)
        chosen = of_step
    aspect = next((a for ask, a in _ASPECTS.items() if ask in reading.asks and _has(chosen, a)), Aspect.VALUE)
    if not _has(chosen, aspect):
        aspect = next((f.aspect for f in item.fact.figures), Aspect.VALUE) if item.fact else Aspect.VALUE
    rows = sorted(
        ((i, f) for i in chosen if i.fact and (f := first(i.fact, aspect))),
        key=lambda row: (row[0].latest.last, row[0].id),
    )
    if len({row[0].latest for row in rows}) < 2:
        return None
    chosen_figures = [f for _, f in rows]
    gap = _gap(rows)
    shown = [phrases.figure(f) for f in chosen_figures]
    if Ask.CHANGE in reading.asks:
        shown = [_with_change(i, f, text) for (i, f), text in zip(rows, shown, strict=True)]
    lines = [
        phrases.series_row(cards.when(i), text, cards.source_of(i).publisher)
        for (i, _), text in zip(rows, shown, strict=True)
    ]
    lead = phrases.series_lead(phrases.figure(rows[0][1]), phrases.figure(rows[-1][1]))
    if gap and Ask.MONEY in reading.asks and _APART & {w.folded for w in reading.words}:
        lead, gap = gap[0], ()
    card = Card(
        lead=lead,
        about=phrases.capital(
            f"{item.subject}: {phrases.series_span(cards.when(rows[0][0]), cards.when(rows[-1][0]))}"
        ),
        lines=(*gap, *lines, *((phrases.MIXED_PERIODS,) if len({r[0].latest.month_count for r in rows}) > 1 else ())),
        citations=cards.citations(i for i, _ in rows),
        series=_chart(item.subject, rows),
    )
    return Found((card,), tuple(i.id for i, _ in rows), reason)


def with_gaps(part: Part, reading: Reading, item: Item, known: Sequence[Item]) -> Part:
    """The part with a line for each stretch asked about beside others of which nothing is known."""
    figures_of = (m for m in reading.subject_times if m not in reading.meeting_times)
    named = [m for m in figures_of if m.first_month and m.year and not m.day]
    missing = [m for m in named if not any(time_fits(m, i) for i in known)]
    if not isinstance(part, Found) or not 0 < len(missing) < len(named):
        return part
    first, *others = part.cards
    lines = [phrases.wrong_period(phrases.period(m.period(item.latest.year)), item.subject) for m in missing]
    return replace(part, cards=(replace(first, lines=(*lines, *first.lines)), *others))


def _with_change(item: Item, figure: Figure, text: str) -> str:
    """The figure, and how it changed against the year before when that is another figure of the same fact."""
    change = first(item.fact, Aspect.CHANGE) if item.fact else None
    return f"{text}; {phrases.figure(change)}" if change and change is not figure else text


def _gap(rows: Sequence[tuple[Item, Figure]]) -> tuple[str, ...]:
    """How far apart two periods are, when there are just two and they are counted alike; other sources stand below."""
    of_period: dict[Period, Figure] = {}
    for item, figure in rows:
        of_period.setdefault(item.latest, figure)
    figures = list(of_period.values())
    if len(figures) != _PAIR or figures[0].unit != figures[1].unit:
        return ()
    rough = any(figure.qualifier for figure in figures)
    return (derived.gap_of(abs(figures[1].number - figures[0].number), figures[0].unit, rough=rough),)


def _has(items: Iterable[Item], aspect: Aspect) -> bool:
    return sum(bool(i.fact and first(i.fact, aspect)) for i in items) >= 2


def _range_of(reading: Reading) -> Callable[[Item], bool]:
    """Tells whether an item is in the range of years, or of one of the times when two or more are named outright."""
    spans = [m for _, _, m in reading.times if m.first_year and m.year]
    if spans:
        return lambda item: any((m.first_year or 0) <= item.latest.year <= (m.year or 0) for m in spans)
    named = [m for _, _, m in reading.times if m.role in (TimeRole.SUBJECT, TimeRole.AGAINST) and not m.loose]
    if len(named) >= 2:
        alike = [_like(m, named) for m in named]
        return lambda item: any(time_fits(m, item) for m in alike)
    return lambda item: not named or any(_same_months(m, item) and _same_year(m, item) for m in named)


def _like(mention: TimeMention, others: Sequence[TimeMention]) -> TimeMention:
    """`9 tháng 2023 so với 2022`: a bare year takes the months of its neighbour."""
    if mention.first_month:
        return mention
    model = next((o for o in others if o.first_month), mention)
    return TimeMention(
        mention.text, mention.start, mention.end, mention.role, mention.year, model.first_month, model.last_month
    )


def _same_year(mention: TimeMention, item: Item) -> bool:
    """`từng quý năm 2023`: a year that stands alone is the one asked about; months are held against those of others."""
    return bool(mention.first_month) or mention.year in (None, item.latest.year)


def _same_months(mention: TimeMention, item: Item) -> bool:
    if not mention.first_month:
        return True
    return (mention.first_month, mention.last_month) == (item.latest.first.month, item.latest.last.month)


def _chart(subject: str, rows: Sequence[tuple[Item, Figure]]) -> Series | None:
    """Points of one unit and one length of period: a line through a quarter and a half-year would lie."""
    groups: dict[tuple[str, int, int], list[tuple[Item, Figure]]] = {}
    for item, figure in rows:
        groups.setdefault((figure.unit, item.latest.first.month, item.latest.last.month), []).append((item, figure))
    unit, best = max(
        ((key[0], group) for key, group in groups.items()), key=lambda pair: len({r[0].latest for r in pair[1]})
    )
    seen: dict[str, SeriesPoint] = {}
    for item, figure in best:
        when = cards.when(item)
        seen.setdefault(when, SeriesPoint(when, float(figure.number), phrases.figure(figure), item.id))
    return Series(phrases.capital(subject), unit, tuple(seen.values())) if len(seen) >= 2 else None
