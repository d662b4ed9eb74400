"""Names inside one briefing that must be unique or must point at something: one rule a function."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from bot.document import Document
from bot.model import Briefing, Entry
from bot.phrases import check as words
from bot.phrases.editing import CHECK
from bot.problem import Problem
from bot.yaml_source import Steps


def entries(briefing: Briefing) -> Iterator[tuple[Steps, Entry]]:
    """Every entry of a briefing with the way to it."""
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = (
        ("facts", briefing.facts),
        ("difficulties", briefing.difficulties),
        ("directives", briefing.directives),
    )
    for key, group in groups:
        for place, entry in enumerate(group):
            yield (key, place), entry


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name an editor most likely meant."""
    return next(iter(difflib.get_close_matches(name, list(names), 1, 0.6)), None)


def briefing_problems(document: Document[Briefing]) -> tuple[Problem, ...]:
    """Everything wrong with the names inside one briefing, in the order of its lines."""
    rules = (slug_is_file_name, unique_ids, unique_sources, known_part_of, no_circle, known_speaker, known_source)
    found = [problem for rule in (*rules, fact_says_something, nothing_to_look_at) for problem in rule(document)]
    return tuple(sorted(found))


def slug_is_file_name(document: Document[Briefing]) -> Iterator[Problem]:
    stem = document.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if document.model.slug != stem:
        yield document.problem(("slug",), "file-name", words.file_name(document.model.slug, stem))


def unique_ids(document: Document[Briefing]) -> Iterator[Problem]:
    """Entries, people and groups share one space of names: any of them may be asked for by its id."""
    briefing = document.model
    named: list[tuple[Steps, str]] = [(steps, entry.id) for steps, entry in entries(briefing)]
    named += [(("people", place), person.id) for place, person in enumerate(briefing.people)]
    named += [(("groups", place), group.id) for place, group in enumerate(briefing.groups)]
    yield from _repeated(document, named)


def unique_sources(document: Document[Briefing]) -> Iterator[Problem]:
    yield from _repeated(
        document, [(("extra_sources", n), source.id) for n, source in enumerate(document.model.extra_sources)]
    )


def _repeated(document: Document[Briefing], named: list[tuple[Steps, str]]) -> Iterator[Problem]:
    if len({name for _, name in named}) == len(named):
        return
    first: dict[str, int] = {}
    for steps, name in sorted(named, key=lambda one: document.place(one[0]).line):
        place = (*steps, "id")
        if name in first:
            yield document.problem(place, "duplicate-id", words.duplicate_id(name, first[name]))
        else:
            first[name] = document.place(place).line


def known_part_of(document: Document[Briefing]) -> Iterator[Problem]:
    known = {fact.id for fact in document.model.facts}
    for place, fact in enumerate(document.model.facts):
        if fact.part_of is not None and fact.part_of not in known:
            yield _unknown(document, ("facts", place, "part_of"), fact.part_of, known, words.FACT)


def no_circle(document: Document[Briefing]) -> Iterator[Problem]:
    """A fact cannot be a part of its own part."""
    whole = {fact.id: fact.part_of for fact in document.model.facts}
    for place, fact in enumerate(document.model.facts):
        way = [fact.id]
        while (above := whole.get(way[-1])) is not None and above not in way:
            way.append(above)
        if above == fact.id:
            message = words.circle("part_of", (*way, fact.id))
            yield document.problem(("facts", place, "part_of"), "circle", message)


def known_speaker(document: Document[Briefing]) -> Iterator[Problem]:
    known = {person.id for person in document.model.people}
    for place, directive in enumerate(document.model.directives):
        if directive.by not in known:
            yield _unknown(document, ("directives", place, "by"), directive.by, known, words.PERSON)


def known_source(document: Document[Briefing]) -> Iterator[Problem]:
    known = {source.id for source in document.model.extra_sources}
    for steps, entry in entries(document.model):
        if entry.source is not None and entry.source not in known:
            yield _unknown(document, (*steps, "source"), entry.source, known, words.EXTRA_SOURCE)


def fact_says_something(document: Document[Briefing]) -> Iterator[Problem]:
    for place, fact in enumerate(document.model.facts):
        if not fact.figures and fact.statement is None:
            yield document.problem(("facts", place), "fact-without-words", words.FACT_WITHOUT_WORDS)


def nothing_to_look_at(document: Document[Briefing]) -> Iterator[Problem]:
    """What a machine drafted is used only once somebody has looked at every place it was unsure of."""
    mark = f"{CHECK}:"
    if mark.encode() not in document.content:
        return
    for line, text in enumerate(document.content.decode(errors="replace").splitlines(), 1):
        before, sign, comment = text.partition("#")
        if sign and mark in comment:
            yield Problem(document.file, line, len(before) + 1, "not-reviewed", words.UNREVIEWED)


def _unknown(document: Document[Briefing], steps: Steps, name: str, known: set[str], kind: str) -> Problem:
    message = words.unknown_reference(str(steps[-1]), name, nearest(name, sorted(known)), kind)
    return document.problem(steps, "unknown-reference", message)
