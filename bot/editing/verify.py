"""Every figure, name and day of a briefing looked up in its source, and the source's figures that no entry has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.document import Document
from bot.editing.article import Article
from bot.editing.locate import Fault, Located, SourceText, prose_numbers
from bot.editing.mention import FigureMention
from bot.editing.wordlist import word_set
from bot.integrity import entries
from bot.model import Briefing, Directive, Entry, Fact, Figure
from bot.number import format_number
from bot.phrases import answers
from bot.phrases import editing as words
from bot.problem import Problem
from bot.text import phrase
from bot.yaml_source import Steps

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Words of nearly every subject; sharing one of them says nothing.
_EVERYWHERE = word_set(
    """
    so ty le gia tri tong toan tinh cac cua va trong tren dia ban muc nam ke hoach tang giam truong duoc co theo % dong
    trieu nghin usd ha cong
    """
)


@dataclass(frozen=True, slots=True)
class Covered:
    """One figure of the source, its line there, and the entries that have it."""

    mention: FigureMention
    line: int
    written: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`checked` counts figures, names and days looked up; `skipped` the entries that come from another source."""

    problems: tuple[Problem, ...]
    coverage: tuple[Covered, ...]
    checked: int
    skipped: int

    @property
    def uncovered(self) -> tuple[Covered, ...]:
        return tuple(row for row in self.coverage if not row.entries)


def verify(document: Document[Briefing], article: Article) -> Report:
    """Look everything of a briefing up in its source text."""
    return _Verifier(document, article).report()


class _Verifier:
    def __init__(self, document: Document[Briefing], article: Article) -> None:
        self.document = document
        self.briefing = document.model
        self.source = SourceText(article, self.briefing.date or dt.date(self.briefing.period.year, 7, 1))
        self.checked = 0
        self.has: dict[int, list[str]] = {}  # index of a mention → entries that have it

    def report(self) -> Report:
        problems = [*self._meeting(), *self._people(), *self._groups()]
        skipped = 0
        for steps, entry in entries(self.briefing):
            if entry.source:
                skipped += 1
                continue
            problems += self._entry(steps, entry)
        return Report(tuple(sorted(problems)), tuple(self._coverage()), self.checked, skipped)

    def _meeting(self) -> Iterator[Problem]:
        briefing = self.briefing
        if briefing.date:
            yield from self._day(("date",), briefing.date)
            day = self.source.day(briefing.date)
            if day and briefing.session and briefing.session not in day[0].casefold():
                yield self.document.problem(("session",), "session", words.session_missing(briefing.session))
        if briefing.number is not None:
            self.checked += 1
            if not self.source.has_number(briefing.number):
                yield self._missing(("number",), format_number(briefing.number))
        for key in ("purpose", "discussion"):
            yield from self._prose((key,), getattr(briefing, key), "")

    def _people(self) -> Iterator[Problem]:
        for place, person in enumerate(self.briefing.people):
            named: list[tuple[Steps, str]] = [(("people", place, "name"), person.name)]
            named += [(("people", place, "titles", at), title) for at, title in enumerate(person.titles)]
            for steps, name in named:
                self.checked += 1
                if not self.source.has_words(name):
                    yield self.document.problem(steps, "name", words.name_missing(name))
            yield from self._prose(("people", place, "spoke"), person.spoke, "")

    def _groups(self) -> Iterator[Problem]:
        for place, group in enumerate(self.briefing.groups):
            if group.count is None:
                continue
            self.checked += 1
            mention = self.source.count(group.count, group.unit)
            if mention is None:
                yield self._missing(("groups", place, "count"), answers.amount(group.count, group.unit or ""))
            else:
                self._note(mention, group.id)

    def _entry(self, steps: Steps, entry: Entry) -> Iterator[Problem]:
        for period in (entry.period, *entry.also_periods):
            if period and period.as_of:
                yield from self._day((*steps, "period"), period.last)
        yield from self._prose((*steps, "subject"), entry.subject, entry.id)
        yield from self._prose((*steps, "scope"), entry.scope, entry.id)
        yield from self._prose((*steps, "statement"), entry.statement, entry.id)
        if isinstance(entry, Directive):
            yield from self._prose((*steps, "to"), entry.to, entry.id)
        if isinstance(entry, Fact):
            for place, figure in enumerate(entry.figures):
                yield from self._figure((*steps, "figures", place), figure, entry)

    def _figure(self, steps: Steps, figure: Figure, entry: Fact) -> Iterator[Problem]:
        self.checked += 1
        located = self.source.figure(figure)
        if located.fault is not None:
            key = {Fault.UNIT: "unit", Fault.QUALIFIER: "qualifier", Fault.WHOLE: "of"}.get(located.fault, "number")
            yield self.document.problem((*steps, key), "figure", self._told(figure, located))
        elif located.other_aspect and located.mention:
            message = words.other_aspect(
                figure.aspect.value, located.mention.aspect.value, self._written(located.mention)
            )
            yield self.document.problem((*steps, "aspect"), "aspect", message, "warning")
        meant = self.source.mentions_of(figure)
        if meant and not any(_alike(entry, mention) for mention in meant):
            message = words.other_subject(answers.amount(figure.number, figure.unit), meant[0].subject)
            yield self.document.problem((*steps, "number"), "subject", message, "warning")
        for mention in meant:
            self._note(mention, entry.id)
        if figure.against and not figure.note:
            for year in _YEAR.findall(figure.against):
                if not self.source.has_year(int(year)):
                    yield self.document.problem((*steps, "against"), "year", words.year_missing(int(year)), "warning")

    def _told(self, figure: Figure, located: Located) -> str:
        shown = answers.amount(figure.number, figure.unit)
        mention = located.mention
        if mention is None:
            return words.only_in_name(shown) if located.fault is Fault.NAME else words.figure_missing(shown)
        written = self._written(mention)
        if located.fault is Fault.UNIT:
            return words.other_unit(shown, written)
        if located.fault is Fault.QUALIFIER:
            mine = figure.qualifier.value if figure.qualifier else ""
            return words.other_qualifier(shown, mine, mention.qualifier.value if mention.qualifier else "", written)
        if located.fault is Fault.DIRECTION:
            return words.other_direction(shown, written)
        return words.whole_missing(format_number(figure.of) if figure.of is not None else shown, written)

    def _prose(self, steps: Steps, text: str | None, entry: str) -> Iterator[Problem]:
        """Numbers in sentences are figures too."""
        for number in prose_numbers(text) if text else ():
            self.checked += 1
            if not self.source.has_number(abs(number)):
                yield self._missing(steps, format_number(number))
            for mention in self.source.mentions if entry else ():
                if abs(number) in (abs(mention.number), mention.written):
                    self._note(mention, entry)

    def _day(self, steps: Steps, day: dt.date) -> Iterator[Problem]:
        self.checked += 1
        found = self.source.day(day)
        if found is None:
            yield self.document.problem(steps, "day", words.day_missing(answers.day(day)))
        elif not found[1] and not self.source.has_year(day.year):
            yield self.document.problem(steps, "year", words.year_missing(day.year), "warning")

    def _missing(self, steps: Steps, shown: str) -> Problem:
        return self.document.problem(steps, "figure", words.figure_missing(shown))

    def _note(self, mention: FigureMention, entry: str) -> None:
        known = self.has.setdefault(mention.start, [])
        if entry not in known:
            known.append(entry)

    def _written(self, mention: FigureMention) -> str:
        """The figure with the words just before it, none of them cut."""
        text = self.source.article.text
        start = max(0, mention.start - 24)
        while 0 < start < mention.start and not text[start - 1].isspace():
            start += 1
        return " ".join(text[start : mention.end].split())

    def _coverage(self) -> Iterator[Covered]:
        text = self.source.article.text
        for mention in self.source.mentions:
            written = " ".join(text[mention.start : mention.end].split())
            line = text.count("\n", 0, mention.start) + 1
            yield Covered(mention, line, written, tuple(self.has.get(mention.start, ())))


def _alike(entry: Fact, mention: FigureMention) -> bool:
    """Whether the entry's names and the source's words about the figure share a word that means something."""
    named = phrase(" ".join((entry.subject, entry.scope or "", entry.statement or "", *entry.aliases)))
    told = phrase(f"{mention.subject} {mention.scope or ''} {mention.unit}")
    return bool(set(named) & set(told) - _EVERYWHERE)
