"""What else a message may ask when, taken at its word, it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.checked_name import people_of
from bot.model import Ask, ConceptKind
from bot.reading import THINGS, Reading
from bot.timeline import is_bare_year

_GROWTH = ("tang", "truong")


def readings_of(reading: Reading) -> Iterator[Reading]:
    """All of them, likeliest first."""
    for other in (_title_of_two, _without_alternative, _of_plan_year, _of_some_of_year, _of_whole_economy):
        found = other(reading)
        if found:
            yield found


def _without_alternative(reading: Reading) -> Reading | None:
    """`bí thư đi họp hay cử cấp phó`: the first of two that may be meant, when nothing is known of the second."""
    at = reading.between_two
    if at is None or reading.asks - {Ask.CHECK, Ask.PARTICIPANTS, Ask.PERSON}:
        return None
    end = next((b for b in reading.breaks if b > at), reading.end)
    rest = reading.without([h for h in reading.hits if at <= h.start < end])
    somebody = any(kinds & {ConceptKind.OFFICE, ConceptKind.BODY} for kinds in rest.content_kinds)
    return rest._replace(set_aside=rest.set_aside | set(range(at, end))) if somebody else None


def _title_of_two(reading: Reading) -> Reading | None:
    """`ông Sơn là Chủ tịch UBND hay Chủ tịch HĐND`: which office somebody holds."""
    people = people_of(reading)
    offices = [h for h in reading.of_kind(ConceptKind.OFFICE) if h not in people]
    at = reading.between_two
    if at is None or not people or not offices or not any(h.start > at for h in offices):
        return None
    return reading.without(offices)._replace(asks=frozenset({Ask.TITLE}))


def _of_plan_year(reading: Reading) -> Reading | None:
    """`nông nghiệp 2023, % kế hoạch`: the one year named as that of the plan, of which any part may be reported."""
    of_plan = Ask.PLAN_SHARE in reading.asks or reading.asks >= {Ask.PLAN, Ask.REMAINING}
    return _of_any_part(reading) if of_plan else None


def _of_some_of_year(reading: Reading) -> Reading | None:
    """`đảng viên học sinh THPT 2023`: keywords with a number for a year, which may be of any part of it."""
    keywords = not reading.asks and not reading.english and all(m.text.isdecimal() for _, _, m in reading.times)
    return _of_any_part(reading) if keywords else None


def _of_any_part(reading: Reading) -> Reading | None:
    """The reading with the one time it names, a bare year, taken for any part of that year; None for other times."""
    if len(reading.times) != 1 or not is_bare_year(reading.times[0][2]):
        return None
    return reading._replace(times=tuple((a, b, m._replace(loose=True)) for a, b, m in reading.times))


def _of_whole_economy(reading: Reading) -> Reading | None:
    """`tăng trưởng 6 tháng được mấy phẩy`: growth of nothing in particular is that of the gross product."""
    if reading.places or reading.which_of_two or any(kinds & THINGS for kinds in reading.content_kinds):
        return None
    for at, hit in enumerate(reading.hits):
        said = pairwise(w.folded for w in reading.words[hit.start : hit.end])
        if _GROWTH in said and not {"growth", "ask_change"}.isdisjoint(hit.concepts):
            grown = hit._replace(concepts=("grdp",), also=("growth",))
            return reading._replace(
                hits=(*reading.hits[:at], grown, *reading.hits[at + 1 :]),
                kinds=(*reading.kinds[:at], frozenset({ConceptKind.TOPIC}), *reading.kinds[at + 1 :]),
            )
    return None


def is_of_some_of_year(reading: Reading) -> bool:
    """Whether the number of a year was taken for any part of that year, which the answer then has to name."""
    return any(m.loose and m.text.isdecimal() for m in reading.subject_times)
