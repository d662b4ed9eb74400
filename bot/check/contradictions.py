"""The same thing said twice: with another number, or with other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.check.measure import Measure, measure
from bot.check.table import Row, plain
from bot.model import Figure
from bot.number import format_number
from bot.phrases import rules as words
from bot.problem import Problem
from bot.yaml_source import Steps

# Words a subject can gain or lose without becoming another subject.
_EMPTY = frozenset({"của", "các", "những", "được", "là", "và", "số", "tổng"})


def one_number_each(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """One subject, place, scope, period and aspect has one number in a source; that sources differ is told."""
    first: dict[tuple[object, ...], list[tuple[Row, int, Figure, Measure]]] = defaultdict(list)
    for row in rows:
        for place, figure in enumerate(row.figures):
            size = measure(figure)
            against = plain(figure.against)
            key = (row.subject, row.place, row.scope, row.period, figure.aspect, size.unit, against, row.kind)
            for other, other_place, other_figure, other_size in first[key]:
                if _same(figure, size, other_figure, other_size):
                    break
                where = other.where(("figures", other_place))
                shown = _shown(figure), _shown(other_figure)
                if other.source == row.source:
                    message = words.contradiction(row.entry.subject, *shown, where)
                    yield row.problem(("figures", place, "number"), "contradiction", message)
                else:
                    message = words.disagreement(row.entry.subject, *shown, where)
                    yield row.problem(("figures", place, "number"), "disagreement", message, "note")
                break
            first[key].append((row, place, figure, size))


def _same(one: Figure, size: Measure, other: Figure, other_size: Measure) -> bool:
    """Equal, or a rounded form of each other: gần 695 and 694,8."""
    if size.amount == other_size.amount:
        return True
    loose = one.qualifier is not None or other.qualifier is not None
    return loose and size.low <= other_size.high and other_size.low <= size.high


def one_entry_each(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Two entries of one briefing whose subjects are the same words are one entry, unless their sources differ."""
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        spoken = row.entry.subject.casefold().split()
        informative = plain(" ".join(sorted(word for word in spoken if word not in _EMPTY)))
        key = (row.source, row.kind, row.period, row.place, row.scope, informative)
        other = first.setdefault(key, row)
        if other is row:
            continue
        if row.subject != other.subject:
            message = words.near_subject(row.entry.subject, other.entry.subject, other.where())
            yield row.problem(("subject",), "near-duplicate-subject", message, "warning")
        elif _numbers(row) == _numbers(other):  # other numbers are a matter of one_number_each
            message = words.same_subject(row.entry.subject, other.where())
            yield row.problem(("subject",), "duplicate-subject", message, "warning")


def name_of_one_entry(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """A name claimed by two entries of a briefing, of one kind and period, can lead to neither."""
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        names: list[tuple[Steps, str]] = [(("subject",), row.entry.subject)]
        names += [(("aliases", place), alias) for place, alias in enumerate(row.entry.aliases)]
        own: set[str] = set()
        for way, name in names:
            spelled = plain(name)
            if spelled in own and way[0] == "aliases":
                yield row.problem(way, "repeated-alias", words.repeated_alias(name), "warning")
                continue
            own.add(spelled)
            other = first.setdefault((row.briefing.slug, row.kind, row.period, spelled), row)
            if other is row or (other.source != row.source and other.subject == row.subject):
                continue
            if way[0] == "aliases" or other.subject != row.subject:
                message = words.claimed_alias(name, other.entry.id, other.where())
                yield row.problem(way, "claimed-alias", message)


def _numbers(row: Row) -> set[tuple[str, object]]:
    return {(figure.aspect.value, measure(figure).amount) for figure in row.figures}


def _shown(figure: Figure) -> str:
    return f"{format_number(figure.number)} {figure.unit}"
