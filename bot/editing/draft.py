"""A first briefing file from an article: nothing in it that the article does not say, and every doubt marked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.editing.article import Article
from bot.editing.entries import Entries, FactDraft, GroupDraft, Names, WordsDraft
from bot.editing.figures import figures_of
from bot.editing.held import Said, Span
from bot.editing.meeting import Meeting, meeting_of
from bot.editing.mention import FigureMention
from bot.editing.passages import passages_of, title_of
from bot.editing.persons import NamedPerson, persons_of
from bot.editing.sections import SectionReader
from bot.editing.sheet import Sheet
from bot.model import Aspect
from bot.number import format_number
from bot.phrases import editing as words

_OF_SUBJECT = frozenset({"subject", "vague-subject", "long-subject"})
_LONGEST_LINE, _LONGEST_TEXT = 390, 1900  # a little below what the model allows


@dataclass(frozen=True, slots=True)
class DraftText:
    """`text` is a briefing YAML; `marks` is how many lines of it an editor must look at."""

    text: str
    slug: str
    facts: int
    difficulties: int
    directives: int
    marks: int


def draft(article: Article) -> DraftText:
    """Draft a briefing from an article. The text is valid once the empty values in it are filled in."""
    people = persons_of(article)
    passages = passages_of(article, people)
    meeting = meeting_of(article, passages, title_of(article))
    names = Names()
    slug = names.of(_slug(meeting))
    ids = {person.name: names.of(person.name) for person in people}
    entries = SectionReader(article, meeting, passages, figures_of(article, meeting.anchor), ids, names).entries()
    writer = _Writer(article)
    writer.head(meeting, slug)
    writer.quoted("purpose", entries.purpose)
    writer.quoted("discussion", entries.discussion)
    writer.source(meeting)
    writer.people(people, ids)
    writer.entries(entries)
    sheet = writer.sheet
    return DraftText(
        sheet.text, slug, len(entries.facts), len(entries.difficulties), len(entries.directives), sheet.marks
    )


def _slug(meeting: Meeting) -> str:
    """`giao ban quý 2 2023` when the headline names its period, as editors name their files; else the headline."""
    period = meeting.period
    if period is None or period.doubt:
        return meeting.title.value
    return words.file_name(meeting.kind.value, period.value)


class _Writer:
    """Puts what was read on a sheet."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.sheet = Sheet()

    def head(self, meeting: Meeting, slug: str) -> None:
        sheet = self.sheet
        sheet.remark(0, words.MODELINE)
        for line in words.drafted_from(self.article.name):
            sheet.remark(0, line)
        sheet.value(0, "slug", slug)
        self._said(0, "title", meeting.title)
        self._said(0, "kind", meeting.kind)
        if meeting.organiser:
            self._said(0, "organiser", meeting.organiser)
        if meeting.number:
            self._said(0, "number", meeting.number)
        if meeting.date:
            self._said(0, "date", meeting.date)
        else:
            sheet.check(0, words.DATE_MISSING)
        if meeting.session:
            sheet.value(0, "session", meeting.session)
        self._said(0, "period", meeting.period)
        for key, periods in (("covers", meeting.covers), ("looks_ahead", meeting.looks_ahead)):
            if periods:
                sheet.key(0, key)
                for period in periods:
                    sheet.entry(2, period)
        self._said(0, "place", meeting.place)

    def quoted(self, key: str, span: Span | None, indent: int = 0) -> None:
        """A sentence of the article that an editor must put into other words."""
        if span:
            self.sheet.value(
                indent, key, self._text(span)[:_LONGEST_TEXT], source=words.span(*span), doubt=words.REWRITE
            )

    def source(self, meeting: Meeting) -> None:
        sheet, publisher = self.sheet, self.article.publisher
        sheet.key(0, "source")
        sheet.value(2, "title", meeting.title.value[:_LONGEST_LINE])
        sheet.value(2, "publisher", publisher or "", doubt="" if publisher else words.PUBLISHER)
        self._said(2, "url", meeting.url)
        if meeting.author:
            self._said(2, "author", meeting.author)
        if self.article.published:
            sheet.value(2, "published", self.article.published, doubt=words.FROM_PAGE)

    def people(self, people: tuple[NamedPerson, ...], ids: dict[str, str]) -> None:
        sheet = self.sheet
        self._section("people", people)
        for person in people:
            sheet.value(2, "id", ids[person.name], item=True)
            sheet.value(4, "name", person.name, source=words.span(person.start, person.end))
            sheet.key(4, "titles")
            if not person.titles:
                sheet.check(6, words.TITLE_UNKNOWN)
            for title in person.titles or ("",):
                sheet.entry(6, title[:_LONGEST_LINE])
            if person.roles:
                sheet.key(4, "roles")
                for role in person.roles:
                    sheet.entry(6, role)

    def entries(self, entries: Entries) -> None:
        self._section("groups", entries.groups)
        for group in entries.groups:
            self._group(group)
        self._section("facts", entries.facts)
        for fact in entries.facts:
            self._fact(fact)
        self._section("difficulties", entries.difficulties)
        for difficulty in entries.difficulties:
            self._words(difficulty)
        self._section("directives", entries.directives)
        for directive in entries.directives:
            self._words(directive, directive=True)
        for span in entries.outlook:
            self.sheet.blank()
            self.sheet.check(0, words.OUTLOOK)
            self.sheet.remark(0, words.quoted(*span, self._text(span)))

    def _section(self, key: str, entries: tuple[object, ...]) -> None:
        if entries:
            self.sheet.blank()
            self.sheet.key(0, key)

    def _group(self, group: GroupDraft) -> None:
        sheet, figure = self.sheet, group.figure
        sheet.value(2, "id", group.id, item=True)
        sheet.value(4, "name", group.name[:_LONGEST_LINE], source=words.span(*group.span))
        if figure:
            sheet.value(4, "count", _shown(figure), source=self._place(figure), doubt=words.GROUP)
            sheet.value(4, "unit", figure.unit)

    def _fact(self, fact: FactDraft) -> None:
        sheet = self.sheet
        sheet.remark(2, words.span(*fact.span))
        sheet.value(2, "id", fact.id, item=True)
        doubts = {doubt for figure in fact.figures for doubt in figure.doubts} & _OF_SUBJECT
        told = "; ".join(words.DOUBTS[doubt] for doubt in sorted(doubts))
        sheet.value(
            4, "subject", fact.subject[:_LONGEST_LINE], doubt=told or ("" if fact.figures else words.SUBJECT_SHORT)
        )
        if not fact.figures:
            self.quoted("statement", fact.span, 4)
        if fact.period:
            carried = any("time" in figure.doubts for figure in fact.figures[:1])
            sheet.value(4, "period", fact.period, doubt=words.DOUBTS["time"] if carried else "")
        else:
            sheet.check(4, words.NO_PERIOD)
        if fact.scope:
            sheet.value(4, "scope", fact.scope[:_LONGEST_LINE])
        if fact.part_of:
            sheet.value(4, "part_of", fact.part_of, doubt=words.PART_OF)
        if fact.figures:
            sheet.key(4, "figures")
        for figure in fact.figures:
            if "earlier" in figure.doubts and len(fact.figures) > 1:
                sheet.check(6, words.earlier_level(self._place(figure)))
            else:
                self._figure(figure)

    def _figure(self, figure: FigureMention) -> None:
        sheet = self.sheet
        doubts = [words.DOUBTS[doubt] for doubt in figure.doubts if doubt not in (*_OF_SUBJECT, "time")]
        sheet.value(6, "aspect", figure.aspect.value, item=True)
        sheet.value(8, "number", _shown(figure), source=self._place(figure), doubt="; ".join(doubts))
        unit = figure.unit or (words.RANK_UNIT if figure.aspect is Aspect.RANK else "")
        sheet.value(8, "unit", unit, doubt="" if figure.unit else words.DOUBTS["no-unit"])
        if figure.of is not None:
            sheet.value(8, "of", format_number(figure.of), source=self._place(figure))
        if figure.qualifier:
            sheet.value(8, "qualifier", figure.qualifier.value)
        if figure.against:
            sheet.value(8, "against", figure.against[:_LONGEST_LINE])

    def _words(self, entry: WordsDraft, *, directive: bool = False) -> None:
        sheet = self.sheet
        sheet.value(2, "id", entry.id, item=True)
        sheet.value(4, "subject", entry.subject[:_LONGEST_LINE], doubt=words.SUBJECT_SHORT)
        self.quoted("statement", entry.span, 4)
        if entry.has_figures:
            sheet.check(4, words.DIRECTIVE_FIGURE)
        if directive:
            sheet.value(4, "by", entry.by or "", doubt="" if entry.by else words.SPEAKER_UNKNOWN)
        if entry.to:
            sheet.value(4, "to", entry.to[:_LONGEST_LINE])
        if entry.period:
            sheet.value(4, "period", entry.period)

    def _said(self, indent: int, key: str, said: Said | None) -> None:
        """A value with its place, or an empty one that `check` refuses until an editor fills it."""
        if said is None:
            self.sheet.value(indent, key, "", doubt=words.NOT_IN_ARTICLE)
            return
        start, end = said.span
        source = (
            (words.quoted(start, end, self._text(said.span)) if end - start < 60 else words.span(start, end))
            if end
            else ""
        )
        self.sheet.value(
            indent, key, said.value[:_LONGEST_LINE], source=source, doubt=words.DOUBTS[said.doubt] if said.doubt else ""
        )

    def _place(self, figure: FigureMention) -> str:
        return words.quoted(figure.start, figure.end, self._text((figure.start, figure.end)))

    def _text(self, span: Span) -> str:
        return " ".join(self.article.text[span[0] : span[1]].split())


def _shown(figure: FigureMention) -> str:
    return format_number(figure.number).replace("−", "-")
