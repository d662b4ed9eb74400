"""Everything that can be an answer, in one shape: an editor's entries and the meeting's own data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.model import Briefing, Difficulty, Directive, Fact, Group, Person
from bot.period import Period
from bot.phrases import meeting as phrases

Key = TypeVar("Key", bound=Hashable)


class Role(StrEnum):
    """What kind of answer an item is."""

    FACT = "fact"
    DIFFICULTY = "difficulty"
    DIRECTIVE = "directive"
    DATE = "date"
    PERSON = "person"
    GROUP = "group"
    PARTICIPANTS = "participants"
    PURPOSE = "purpose"
    DISCUSSION = "discussion"
    PERIOD = "period"
    OUTLOOK = "outlook"
    VENUE = "venue"
    SOURCE = "source"
    ORGANISER = "organiser"


ENTRY_ROLES = frozenset({Role.FACT, Role.DIFFICULTY, Role.DIRECTIVE})
MEETING_ROLES = frozenset(Role) - ENTRY_ROLES - {Role.PERSON, Role.GROUP}


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One possible answer. `views` are the short names it goes by; the first is its subject."""

    id: str  # <briefing slug>/<entry id>
    role: Role
    briefing: Briefing
    subject: str
    views: tuple[str, ...]
    place: str
    periods: tuple[Period, ...]
    statement: str = ""
    entry: Fact | Difficulty | Directive | Person | Group | None = None

    @property
    def fact(self) -> Fact | None:
        return self.entry if isinstance(self.entry, Fact) else None

    @property
    def whole_id(self) -> str:
        """The id of the fact this one is a part of; empty when it is none's."""
        return f"{self.briefing.slug}/{self.fact.part_of}" if self.fact and self.fact.part_of else ""

    @property
    def statement_text(self) -> str:
        """What is said in words: the entry's statement, or the meeting's own text."""
        return getattr(self.entry, "statement", None) or self.statement

    @property
    def topics(self) -> tuple[str, ...]:
        return getattr(self.entry, "topics", ())

    @property
    def latest(self) -> Period:
        """The period by which items of one subject are ordered in time."""
        return self.periods[0]


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    """The items by what they have in common, each group in the order they came in."""
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in found.items()}


def items_of(briefing: Briefing) -> Iterator[Item]:
    """All items of a briefing, in the order of its file."""
    for role, entries in (
        (Role.FACT, briefing.facts),
        (Role.DIFFICULTY, briefing.difficulties),
        (Role.DIRECTIVE, briefing.directives),
    ):
        for entry in entries:
            yield _entry_item(briefing, role, entry)
    for person in briefing.people:
        yield _person_item(briefing, person)
    for group in briefing.groups:
        views = (group.name, *group.aliases)
        yield _meeting_item(briefing, Role.GROUP, group.id, views, entry=group)
    if briefing.date:
        yield _meeting_item(briefing, Role.DATE, "ngay-hop", phrases.DATE)
    if briefing.people or briefing.groups:
        yield _meeting_item(briefing, Role.PARTICIPANTS, "thanh-phan", phrases.PARTICIPANTS)
    if briefing.purpose:
        yield _meeting_item(briefing, Role.PURPOSE, "muc-dich", phrases.PURPOSE, statement=briefing.purpose)
    if briefing.discussion:
        yield _meeting_item(briefing, Role.DISCUSSION, "thao-luan", phrases.DISCUSSION, statement=briefing.discussion)
    if briefing.venue:
        yield _meeting_item(briefing, Role.VENUE, "dia-diem", phrases.VENUE, statement=briefing.venue)
    if briefing.organiser:
        yield _meeting_item(
            briefing, Role.ORGANISER, "co-quan-to-chuc", phrases.ORGANISER, statement=briefing.organiser
        )
    yield _meeting_item(briefing, Role.SOURCE, "nguon", phrases.SOURCE)
    yield _meeting_item(briefing, Role.PERIOD, "ky-bao-cao", phrases.PERIOD)
    if briefing.looks_ahead:
        yield _meeting_item(briefing, Role.OUTLOOK, "giai-doan-toi", phrases.OUTLOOK)


def _entry_item(briefing: Briefing, role: Role, entry: Fact | Difficulty | Directive) -> Item:
    scope = (entry.scope,) if entry.scope and role is Role.FACT else ()
    return Item(
        id=f"{briefing.slug}/{entry.id}",
        role=role,
        briefing=briefing,
        subject=entry.subject,
        views=(entry.subject, *entry.aliases, *entry.examples),
        place=entry.place or briefing.place,
        periods=(entry.period or (briefing.covers[0] if briefing.covers else briefing.period), *entry.also_periods),
        statement=" ".join((entry.statement or "", *scope)).strip(),
        entry=entry,
    )


def _person_item(briefing: Briefing, person: Person) -> Item:
    spoken = {
        "chair": phrases.CHAIR,
        "director": phrases.DIRECTOR,
        "concluder": phrases.DIRECTOR,
        "speaker": phrases.SPEAKER,
        "reporter": phrases.REPORTER,
    }
    roles = tuple(view for role in person.roles if role in spoken for view in spoken[role])
    return _meeting_item(
        briefing,
        Role.PERSON,
        person.id,
        (person.name, *person.titles, *roles),
        statement=person.spoke or "",
        entry=person,
    )


def _meeting_item(
    briefing: Briefing,
    role: Role,
    name: str,
    views: tuple[str, ...],
    statement: str = "",
    entry: Person | Group | None = None,
) -> Item:
    on = (Period(briefing.date, briefing.date, as_of=True),) if briefing.date else ()
    return Item(
        id=f"{briefing.slug}/{name}",
        role=role,
        briefing=briefing,
        subject=views[0],
        views=views,
        place=briefing.place,
        periods=(briefing.period, *briefing.covers, *on),
        statement=statement,
        entry=entry,
    )
