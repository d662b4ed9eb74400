"""Names that lead from one file to another: slugs, later entries, expected answers. One rule a function."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.document import Document
from bot.integrity import entries, nearest
from bot.model import Briefing, QuestionFile, public_name
from bot.phrases import check as words
from bot.problem import Problem

Briefings = tuple[Document[Briefing], ...]
Questions = tuple[Document[QuestionFile], ...]


def cross_problems(briefings: Briefings, questions: Questions, whole: bool) -> tuple[Problem, ...]:
    """Names that lead nowhere. `whole` is False when only some briefings were read: then others may exist unseen."""
    problems = [*unique_slugs(briefings), *questions_name_entries(briefings, questions)]
    if whole:
        problems += known_later_entry(briefings)
        problems += questions_name_briefings(briefings, questions)
    return tuple(problems)


def unique_slugs(briefings: Briefings) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for document in briefings:
        slug = document.model.slug
        if slug in first:
            yield document.problem(("slug",), "duplicate-slug", words.duplicate_slug(slug, first[slug]))
        first.setdefault(slug, document.file)


def known_later_entry(briefings: Briefings) -> Iterator[Problem]:
    """`superseded_by` names an entry of the same file by its id, one of another file by `<slug>/<id>`.

    The way from an entry to what replaces it, and on, must have an end: answers follow it.
    """
    replaced = [
        (document, steps, entry)
        for document in briefings
        for steps, entry in entries(document.model)
        if entry.superseded_by is not None
    ]
    if not replaced:
        return
    later = {
        f"{document.model.slug}/{entry.id}": entry.superseded_by
        and public_name(entry.superseded_by, document.model.slug)
        for document in briefings
        for _, entry in entries(document.model)
    }
    for document, steps, entry in replaced:
        way = [f"{document.model.slug}/{entry.id}"]
        while (following := later.get(way[-1])) and following not in way:
            way.append(following)
        place = (*steps, "superseded_by")
        if following == way[0]:
            yield document.problem(place, "circle", words.circle("superseded_by", (*way, way[0])))
        elif way[1] not in later:
            near = nearest(way[1], sorted(later))
            message = words.unknown_reference("superseded_by", entry.superseded_by or "", near, words.ENTRY)
            yield document.problem(place, "unknown-reference", message)


def questions_name_briefings(briefings: Briefings, questions: Questions) -> Iterator[Problem]:
    slugs = [document.model.slug for document in briefings]
    for document in questions:
        slug = document.model.briefing
        if slug not in slugs:
            message = words.unknown_reference("briefing", slug, nearest(slug, slugs), words.BRIEFING)
            yield document.problem(("briefing",), "unknown-reference", message)


def questions_name_entries(briefings: Briefings, questions: Questions) -> Iterator[Problem]:
    """An expected answer is an entry, a person, a group or the briefing itself."""
    models = {document.model.slug: document.model for document in briefings}
    answers = cache(lambda slug: _answers(models[slug]))
    for document in questions:
        own = document.model.briefing
        for place, question in enumerate(document.model.questions):
            for number, name in enumerate(question.expect):
                slug, name_in = public_name(name, own).split("/", 1)
                if name in models or slug not in models or name_in in answers(slug):
                    continue
                near = nearest(name_in, sorted(answers(slug)))
                message = words.unknown_reference("expect", name, near, words.ENTRY)
                yield document.problem(("questions", place, "expect", number), "unknown-reference", message)


def _answers(briefing: Briefing) -> set[str]:
    named = {entry.id for _, entry in entries(briefing)}
    return named | {person.id for person in briefing.people} | {group.id for group in briefing.groups}
