"""A name to be checked: who holds the office decides, or what the one named really is."""

from __future__ import annotations

from bot.asking import GIVING
from bot.lexicon import Hit
from bot.model import Ask, ConceptKind
from bot.reading import Reading


def without_checked_name(reading: Reading) -> Reading:
    """`Chủ trì là đồng chí … đúng không`: the office or role decides, the name is what is checked."""
    if Ask.CHECK not in reading.asks:
        return reading
    people = people_of(reading)
    rest = [k for h, k in zip(reading.hits, reading.kinds, strict=True) if h not in people]
    if not people or not any(kinds <= {ConceptKind.ACT, ConceptKind.OFFICE} for kinds in rest):
        return reading
    return reading.without(people)


def only_checked_name(reading: Reading) -> Reading | None:
    """`Ông … là Chủ tịch UBND tỉnh đúng không`, when nobody known is: what the one named really is."""
    if Ask.CHECK not in reading.asks:
        return None
    given = [h for h in reading.of_kind(ConceptKind.BODY) if _gave_out(reading, h)]
    if given:
        return reading.without(given)._replace(asks=frozenset({Ask.ORGANISER}))  # `do Sở … tổ chức phải không`
    people = people_of(reading)
    held = (ConceptKind.OFFICE,) if "participants" in reading.concepts else (ConceptKind.OFFICE, ConceptKind.BODY)
    offices = [h for h in reading.of_kind(*held) if h not in people]
    if len(people) == 1 and reading.of_kind(ConceptKind.EFFORT):
        return reading.without(people)._replace(asks=frozenset({Ask.PERSON}))  # `… là người yêu cầu …, phải không`
    if not offices:
        return None
    if not people and {"chair_meeting", "directing_meeting"} & reading.concepts:
        return reading.without(offices)._replace(asks=frozenset({Ask.PERSON}))  # who it really was
    if len({h.concepts for h in people}) != 1:
        return None
    return reading.without(offices)._replace(asks=frozenset({Ask.TITLE}))


def people_of(reading: Reading) -> list[Hit]:
    """The hits that name somebody the knowledge tells of."""
    return [h for h in reading.hits if any(c.startswith("person:") for c in h.concepts)]


def _gave_out(reading: Reading, body: Hit) -> bool:
    """`do Sở … tổ chức`, `là Sở … công bố`: whether a body is said to have held or given out something."""
    folded = [w.folded for w in reading.words]
    after = tuple(folded[body.end : body.end + 2])
    return folded[body.start - 1 : body.start] == ["do"] or (after in GIVING and folded[body.start - 1] == "la")
