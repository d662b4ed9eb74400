"""Items as cards: the lead, what it is, its comparison figures, its briefing and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.figures import Lead
from bot.item import Item, Role
from bot.model import Directive, Fact, Group, Person, Source
from bot.number import format_number
from bot.outcome import Card, Citation
from bot.period import Period
from bot.phrases import answers as phrases


def citations(items: Iterable[Item]) -> tuple[Citation, ...]:
    """Each source once, in the order of the items."""
    found: dict[str, Citation] = {}
    for item in items:
        source = source_of(item)
        found.setdefault(
            source.url + source.title, Citation(source.title, source.publisher, source.url, source.published)
        )
    return tuple(found.values())


def source_of(item: Item) -> Source:
    named = getattr(item.entry, "source", None)
    return next((s for s in item.briefing.extra_sources if s.id == named), item.briefing.source)


def footer(item: Item) -> str:
    return phrases.briefing(item.briefing.title, item.briefing.date)


def when(item: Item) -> str:
    return phrases.period(item.latest)


def fact_card(item: Item, fact: Fact, lead: Lead, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> Card:
    """The asked figure first, then the other figures and what the source leaves unclear."""
    lines = list(before)
    if lead.base:
        lines.append(phrases.computed(lead.base))
    lines += [
        phrases.capital(phrases.figure(f))
        for f in fact.figures
        if f is not lead.given and phrases.figure(f) not in lead.base
    ]
    if fact.statement:
        lines.append(fact.statement)
    notes = [f.note for f in fact.figures if f.note and (f is lead.given or lead.given is None)]
    lines += [phrases.note(text) for text in (*notes, fact.note) if text]
    return Card(
        lead=phrases.capital(lead.text),
        about=phrases.about(fact.subject, when(item), item.place, fact.scope),
        lines=(*lines, *after),
        footer=footer(item),
        citations=citations([item]),
    )


def statement_card(item: Item, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> Card:
    """An entry told in words: the statement leads when it is short, else its first sentence."""
    lead, rest = split_statement(item.statement_text)
    lines = [*before, *([rest] if rest else [])]
    if isinstance(item.entry, Directive):
        speaker = next(p for p in item.briefing.people if p.id == item.entry.by)
        title = next((t for t in speaker.titles if t.startswith(("Bí thư", "Chủ tịch"))), speaker.titles[0])
        lines.append(phrases.said_by(speaker.name, title, item.entry.to))
    note = getattr(item.entry, "note", None)
    if note:
        lines.append(phrases.note(note))
    return Card(
        lead=lead,
        about=phrases.about(item.subject, when(item), item.place, None),
        lines=(*lines, *after),
        footer=footer(item),
        citations=citations([item]),
    )


def speaker_first(card: Card, item: Item, directive: Directive) -> Card:
    """Who said it leads, when the question is who."""
    speaker = next(p for p in item.briefing.people if p.id == directive.by)
    return replace(card, lead=speaker.name, lines=(card.lead, *card.lines))


def recipients_first(card: Card, directive: Directive) -> Card:
    """Whom it was said to leads, when the question is to whom."""
    return replace(card, lead=phrases.capital(directive.to), lines=(card.lead, *card.lines)) if directive.to else card


def split_statement(statement: str) -> tuple[str, str]:
    """(first sentence, the rest)."""
    sentences = re.split(r"(?<=[.!?])\s+", statement.strip(), maxsplit=1)
    return sentences[0], sentences[1] if len(sentences) > 1 else ""


def person_card(item: Item, person: Person, titles_lead: bool, before: tuple[str, ...] = ()) -> Card:
    titles = ", ".join(person.titles)
    roles = [phrases.ROLE_NAMES[role] for role in person.roles if role in phrases.ROLE_NAMES]
    about = phrases.capital(phrases.listed(roles)) + f" {item.briefing.title}" if roles else item.briefing.title
    return Card(
        lead=phrases.capital(titles) if titles_lead else person.name,
        about=person.name if titles_lead else titles,
        lines=(*before, about),
        footer=footer(item),
        citations=citations([item]),
    )


def group_card(item: Item, group: Group, counted: bool, before: tuple[str, ...] = ()) -> Card:
    if group.count is not None:
        lead = f"{format_number(group.count)} {group.unit or group.name}"
    else:
        lead = f"{phrases.YES_ATTENDED}: {group.name}" if not counted else phrases.capital(group.name)
    return Card(
        lead=phrases.capital(lead),
        about=f"{phrases.ATTENDING}: {group.name}",
        lines=before,
        footer=footer(item),
        citations=citations([item]),
    )


def meeting_card(item: Item) -> Card:
    """Date, purpose, discussion, period, outlook or venue of a meeting."""
    briefing = item.briefing
    lines: tuple[str, ...] = ()
    if item.role is Role.DATE and briefing.date:
        lead, about = phrases.held(briefing.session, briefing.date), f"{phrases.MEETING_DATE}: {briefing.title}"
    elif item.role is Role.PERIOD:
        lead = phrases.capital(phrases.period(briefing.period))
        about = f"{phrases.PERIOD_OF_MEETING}: {briefing.title}"
        lines = tuple(
            f"{label}: {phrases.listed(_periods(periods))}"
            for label, periods in ((phrases.COVERED, briefing.covers), (phrases.PLANNED, briefing.looks_ahead))
            if periods
        )
    elif item.role is Role.SOURCE:
        source = briefing.source
        lead, about = (
            source.title,
            ", ".join(filter(None, (source.publisher, source.author and phrases.author(source.author)))),
        )
        lines = (source.note,) if source.note else ()
    elif item.role is Role.OUTLOOK:
        lead, about = (
            phrases.capital(phrases.listed(_periods(briefing.looks_ahead))),
            f"{phrases.PLANNED}: {briefing.title}",
        )
    else:
        label = {
            Role.PURPOSE: phrases.PURPOSE,
            Role.DISCUSSION: phrases.DISCUSSED,
            Role.VENUE: phrases.VENUE,
            Role.ORGANISER: phrases.ORGANISER,
        }[item.role]
        first, rest = split_statement(item.statement)
        lead, about, lines = first, f"{label}: {briefing.title}", (rest,) if rest else ()
        if item.role is Role.DISCUSSION and briefing.purpose:
            lines = (*lines, f"{phrases.PURPOSE}: {briefing.purpose}")
    if briefing.note and item.role is Role.DATE:
        lines = (*lines, phrases.note(briefing.note))
    return Card(lead=lead, about=about, lines=lines, footer=footer(item), citations=citations([item]))


def _periods(periods: tuple[Period, ...]) -> list[str]:
    return [phrases.period(p) for p in periods]


def participants_card(item: Item) -> Card:
    """Everyone who took part: named people first, then bodies."""
    briefing = item.briefing
    people = [
        f"{p.name} — {', '.join(p.titles)}" + (f" ({phrases.ROLE_NAMES['chair']})" if "chair" in p.roles else "")
        for p in briefing.people
    ]
    groups = [
        f"{format_number(g.count)} {g.name.removeprefix('các ')}" if g.count else phrases.capital(g.name)
        for g in briefing.groups
    ]
    return Card(
        lead=phrases.PARTICIPANTS_LEAD,
        about=briefing.title,
        lines=(*people, *groups),
        footer=footer(item),
        citations=citations([item]),
    )


def list_card(lead: str, items: Iterable[Item], lines: Iterable[str]) -> Card:
    """Items in one card; figures of several periods say which each is of."""
    chosen = list(items)
    several = len({item.latest for item in chosen if item.fact and item.fact.figures}) > 1
    shown = list(lines)
    if several and len(shown) == len(chosen):
        lines = [f"{phrases.capital(when(item))}: {line}" for item, line in zip(chosen, shown, strict=True)]
    else:
        lines = shown
    meetings = "; ".join(dict.fromkeys(footer(item) for item in chosen))
    return Card(lead=lead, about=meetings, lines=tuple(lines), citations=citations(chosen))


def item_line(item: Item, *, short: bool) -> str:
    """An item as one line: its figures, who somebody is, its statement's first sentence, or (short) its subject."""
    if isinstance(item.entry, Fact) and item.entry.figures:
        return f"{phrases.capital(item.subject)}: {'; '.join(phrases.figure(f) for f in item.entry.figures)}"
    if isinstance(item.entry, Person):
        return f"{item.subject} — {', '.join(item.entry.titles)}"
    if short or not item.statement_text:
        return phrases.capital(item.subject)
    return split_statement(item.statement_text)[0]
