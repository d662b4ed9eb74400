"""Things named one after the other, each asked for alike: `bốn ngành: khai khoáng, chế biến, điện, nước`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.reading import THINGS, Reading

_FEWEST = 2
_LONG = 3
_MOST = 8  # nobody lists more; a flood of words is no list
_JOINS = frozenset({"va", "voi", "and", "lan", "cung", "hay", "hoac", "vs", "&"})


def is_long(reading: Reading) -> bool:
    """Whether so many things are named one after the other that no one entry is meant by them."""
    return any(len(run) >= _LONG for run in _runs(reading))


def goes_on(reading: Reading) -> bool:
    """Whether another piece follows the longest list, which may name one more thing in words that are not known."""
    run = max(_runs(reading), key=len, default=())
    return bool(run) and any(run[-1].start < at < reading.end for at in reading.breaks)


def terms(reading: Reading) -> list[Reading]:
    """The reading once for each thing of its longest list, without the others; empty when nothing is listed."""
    run = max(_runs(reading), key=len, default=())
    if not _FEWEST <= len(run) <= _MOST:
        return []
    alone = reading._replace(asks=reading.asks - {Ask.LIST, Ask.NAMES})
    return [alone.without([other for other in run if other is not hit]) for hit in run]


def as_whole(reading: Reading, lexicon: Lexicon) -> Reading | None:
    """`trồng trọt, rừng, nuôi cá … thế nào`: one part of each of what a sector is made of is the sector, in words."""
    if reading.asks & {Ask.LIST, Ask.NAMES, Ask.SUM}:
        return None
    for run in (_things(reading), max(_runs(reading), key=len, default=())):
        parts = [{c for concept in hit.concepts for c in (concept, *lexicon.implied(concept))} for hit in run]
        whole = _made_of(parts, lexicon) if len(run) >= _LONG else None
        if whole:
            return reading.without(run[1:]).naming(run[0], whole)
    return None


def _made_of(parts: Sequence[set[str]], lexicon: Lexicon) -> str | None:
    """The concept that is made of just these parts; None when there is none."""
    said = set().union(*parts)
    found = (c for c, whole in lexicon.wholes.items() if whole <= said and all(part & whole for part in parts))
    return next(found, None)


def _things(reading: Reading) -> list[Hit]:
    """What figures may be about, and bodies where their numbers are to be added up."""
    listed = THINGS | {ConceptKind.BODY} if Ask.SUM in reading.asks else THINGS
    return [h for h, kinds in zip(reading.hits, reading.kinds, strict=True) if h in reading.content and kinds & listed]


def _runs(reading: Reading) -> list[Sequence[Hit]]:
    """Runs of things with nothing between two of them but a comma, a dash or a word that joins."""
    things = _things(reading)
    runs: list[list[Hit]] = []
    for hit in things:
        if runs and _follows(reading, runs[-1][-1], hit):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [run for run in runs if len(run) >= _FEWEST]


def _follows(reading: Reading, before: Hit, hit: Hit) -> bool:
    between = range(before.end, hit.start)
    little = {i for h in reading.of_kind(ConceptKind.FILLER) for i in range(h.start, h.end)}
    joined = any(reading.words[i].folded in _JOINS for i in between) or any(
        i in reading.breaks for i in range(before.end, hit.start + 1)
    )
    gap = reading.text[reading.words[before.end - 1].end : reading.words[hit.start].start]
    return (joined or gap.strip() in ("-", "–", "+", "/")) and all(
        i in little or reading.words[i].folded in _JOINS for i in between
    )
