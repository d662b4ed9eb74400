"""Rules about the meaning of the knowledge. Each is one function; this file only lists and runs them.

Rules about shape and names, without which the knowledge cannot be used at all, run while it is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.check import (
    arithmetic,
    contradictions,
    dates,
    freshness,
    prose,
    questions,
    series,
    sources,
    thesaurus,
    topics,
    units,
)
from bot.check.table import rows_of
from bot.concept_integrity import rows as concept_rows
from bot.knowledge import Loaded
from bot.problem import Problem

BRIEFING_RULES = (
    dates.covered_begun,
    dates.meeting_near_period,
    dates.published_after_meeting,
    dates.looks_ahead_forward,
    sources.source_leads_to_page,
    sources.source_is_dated,
    sources.extra_source_used,
    sources.says_something,
)
ENTRY_RULES = (
    dates.period_begun,
    units.known_unit,
    units.share_is_percent,
    arithmetic.part_within_whole,
    arithmetic.share_of_whole,
    arithmetic.possible_numbers,
    prose.figures_in_prose,
)
TABLE_RULES = (
    dates.year_of_briefing,
    arithmetic.parts_within_fact,
    series.change_fits_values,
    series.plan_share_fits,
    contradictions.one_number_each,
    contradictions.one_entry_each,
    contradictions.name_of_one_entry,
    freshness.superseded_by_later,
    topics.one_spelling,
)
CONCEPT_RULES = (
    thesaurus.said_once,
    thesaurus.readable,
    thesaurus.no_function_word,
    thesaurus.asks_where_it_may,
)


def run_checks(loaded: Loaded, today: dt.date, ask: questions.Ask | None = None) -> list[Problem]:
    """Every problem of the knowledge, those of the reading included, in the order of files and lines.

    Documents that could be read are checked even when others could not. `ask` answers the editors' own questions
    from the whole knowledge; without it, or without a whole knowledge, they are not asked.
    """
    problems = {*loaded.problems, *_found(loaded, today)}
    if ask is not None and loaded.knowledge is not None:
        for document in loaded.questions:
            problems.update(questions.expected_answers(document, ask))
    return sorted(problems)


def errors_first(problems: Iterable[Problem]) -> list[Problem]:
    """For a reader who sees only the beginning of the list."""
    rank = {"error": 0, "warning": 1, "note": 2}
    return sorted(problems, key=lambda problem: (rank[problem.severity], problem))


def _found(loaded: Loaded, today: dt.date) -> Iterator[Problem]:
    for document in loaded.briefings:
        for briefing_rule in BRIEFING_RULES:
            yield from briefing_rule(document)
        yield from dates.not_in_the_future(document, today)
    table = rows_of(loaded.briefings)
    for row in table:
        for entry_rule in ENTRY_RULES:
            yield from entry_rule(row)
        yield from freshness.review_due(row, today)
    for table_rule in TABLE_RULES:
        yield from table_rule(table)
    concepts = concept_rows(loaded.thesaurus)
    for concept in concepts:
        for concept_rule in CONCEPT_RULES:
            yield from concept_rule(concept)
    yield from thesaurus.one_concept_each(concepts)
