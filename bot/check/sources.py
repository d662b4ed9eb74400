"""Sources an asker can open, and files an editor's tools understand."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.document import Document
from bot.integrity import entries
from bot.model import Briefing, Source
from bot.phrases import rules as words
from bot.problem import Problem
from bot.yaml_source import Steps

_INVENTED = ("example.com", "example.org", "example.net", "localhost")


def source_leads_to_page(document: Document[Briefing]) -> Iterator[Problem]:
    """A link to a front page is no source, unless a note says why there is no better one."""
    for steps, source in _sources(document.model):
        try:
            link = urlsplit(source.url)
        except ValueError:
            yield document.problem((*steps, "url"), "broken-link", words.BROKEN_LINK)
            continue
        host = link.hostname or ""
        if "." not in host or any(host == name or host.endswith(f".{name}") for name in _INVENTED):
            yield document.problem((*steps, "url"), "broken-link", words.BROKEN_LINK)
        elif link.path in ("", "/") and not link.query and source.note is None:
            yield document.problem((*steps, "url"), "front-page", words.FRONT_PAGE, "warning")


def source_is_dated(document: Document[Briefing]) -> Iterator[Problem]:
    """Neither a meeting's date nor a day of publication: nobody can tell how old the figures are."""
    if document.model.date is None and document.model.source.published is None:
        yield document.problem(("source",), "undated", words.UNDATED, "warning")


def extra_source_used(document: Document[Briefing]) -> Iterator[Problem]:
    used = {entry.source for _, entry in entries(document.model)}
    for place, source in enumerate(document.model.extra_sources):
        if source.id not in used:
            yield document.problem(("extra_sources", place), "unused-source", words.unused_source(source.id), "warning")


def says_something(document: Document[Briefing]) -> Iterator[Problem]:
    if not any(True for _ in entries(document.model)):
        yield document.problem((), "no-entry", words.NO_ENTRY, "warning")


def _sources(briefing: Briefing) -> Iterator[tuple[Steps, Source]]:
    yield ("source",), briefing.source
    for place, source in enumerate(briefing.extra_sources):
        yield ("extra_sources", place), source
