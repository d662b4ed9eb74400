"""A match as an answer: which figure, statement or name leads, given what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import cards, declining
from bot.computed import Computer, is_other_year, is_year_before
from bot.counting import by_month
from bot.figures import Lead, first, lead_of, matches_number
from bot.index import Index, person_concept, series_key
from bot.item import Item, Role
from bot.match import FIGURE_ASKS, Match, Matcher
from bot.model import Ask, Aspect, ConceptKind, Directive, Fact, Group, Person
from bot.number_mention import NumberMention
from bot.otherwise import is_of_some_of_year
from bot.outcome import Card, Found, NotFound, Part, Reason
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.text import fold, phrase
from bot.time_mention import TimeRole
from bot.verdict import verdicts

_IN_WORDS = frozenset({Ask.STATUS, Ask.CHECK, Ask.DIFFICULTY, Ask.CAUSE, Ask.DIRECTIVE, Ask.NAMES})
_YEAR = 12  # months
_SEVERAL = 3  # figures of one entry that make a list by themselves


class Replier:
    """Turns one match into a part of the answer."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._matcher = matcher
        self._computer = Computer(matcher)

    def reply(self, reading: Reading, item: Item, ranked: Sequence[Match], reason: Reason) -> Part:
        """The answer from one item that passed the gates. `ranked` are the other matches, for related entries."""
        if isinstance(item.entry, Fact) and item.entry.figures:
            return self._fact(reading, item, item.entry, ranked, reason)
        if isinstance(item.entry, Person):
            return self._person(reading, item, item.entry, reason)
        if isinstance(item.entry, Group):
            if Ask.NAMES in reading.asks and not reading.asks & {Ask.CHECK, Ask.PERSON}:
                return declining.no_names(item, reason)
            return Found((cards.group_card(item, item.entry, bool(reading.asks & FIGURE_ASKS)),), (item.id,), reason)
        if item.role is Role.PARTICIPANTS:
            if Ask.COUNT in reading.asks and not any(g.count for g in item.briefing.groups):
                return declining.no_figure(item, reason)
            return Found((cards.participants_card(item),), (item.id,), reason)
        if item.entry is None:
            return Found((cards.meeting_card(item),), (item.id,), reason)
        if self._wants_figure(reading, item):
            return declining.no_figure(item, reason)
        card = cards.statement_card(item, after=self._related(item, reading, ranked))
        if Ask.PERSON in reading.asks and isinstance(item.entry, Directive):
            card = cards.speaker_first(card, item, item.entry)
        elif "ask_recipients" in reading.concepts and isinstance(item.entry, Directive):
            card = cards.recipients_first(card, item.entry)
        return Found((card,), (item.id,), reason)

    def plain(self, item: Item) -> Part:
        """Everything one item says, when nothing in particular is asked."""
        if isinstance(item.entry, Fact) and item.entry.figures:
            figure = item.entry.figures[0]
            lead = Lead(phrases.figure(figure), figure)
            card = self._with_disagreements(cards.fact_card(item, item.entry, lead), item, item.entry)
        elif isinstance(item.entry, Person):
            card = cards.person_card(item, item.entry, titles_lead=False)
        elif isinstance(item.entry, Group):
            card = cards.group_card(item, item.entry, counted=False)
        elif item.role is Role.PARTICIPANTS:
            card = cards.participants_card(item)
        else:
            card = cards.meeting_card(item) if item.entry is None else cards.statement_card(item)
        return Found((card,), (item.id,))

    @staticmethod
    def _wants_figure(reading: Reading, item: Item) -> bool:
        """Whether only a number would answer; a question that also asks how it went is answered in words."""
        judged = bool(reading.of_kind(ConceptKind.JUDGEMENT)) and item.role is not Role.DIRECTIVE
        hard = reading.asks & {Ask.VALUE, Ask.COUNT, Ask.MONEY, Ask.PERCENT, Ask.RANK, Ask.AVERAGE, Ask.FORECAST}
        return bool(hard) and not (judged and Ask.MONEY not in reading.asks) and not reading.asks & _IN_WORDS

    def _fact(self, reading: Reading, item: Item, fact: Fact, ranked: Sequence[Match], reason: Reason) -> Part:
        asks = reading.asks
        if Ask.NAMES in asks and not asks & {Ask.PERCENT, Ask.PLAN_SHARE, Ask.CHANGE, Ask.MONEY, Ask.PERIOD}:
            return declining.no_names(item, reason)
        if asks == {Ask.LIST} and len(fact.figures) < _SEVERAL:
            return declining.no_names(item, reason)  # what it is made of, which no entry tells
        against = [m for _, _, m in reading.times if m.role is TimeRole.AGAINST]
        other_year = Ask.COMPARE in asks and any(is_other_year(m, item) for m in against)
        if other_year or any((m.first_month or Ask.CHANGE in asks) and not is_year_before(m, item) for m in against):
            return declining.no_such_aspect(item, fact, phrases.ASPECT_NAMES[Aspect.CHANGE], (), reason)
        if self._ahead(reading, item):
            asks |= {Ask.FORECAST}
        if Ask.AVERAGE in asks and self._is_average(item):
            asks -= {Ask.AVERAGE}
        lead = self._computer.lead(reading, item, fact, ranked) or lead_of(fact, item, asks, by_month(reading))
        if lead and lead.given and lead.given.aspect is Aspect.CHANGE and "part_of_whole" in reading.concepts:
            lead = None  # how much it grew is not how much of the whole it is
        if lead is None and Ask.PERCENT in asks and not asks & {Ask.PLAN_SHARE, Ask.PLAN, Ask.CHANGE, Ask.FORECAST}:
            lead = self._computer.share_of_other(reading, item, fact, ranked)
        if lead is None:
            lead = self._by_base(reading, fact)
        if lead is None:
            for other in self._index.twins(item):
                if other.fact and lead_of(other.fact, other, asks, by_month(reading)):
                    return self._fact(reading, other, other.fact, ranked, reason)
        if lead is None:
            related = [i for m in ranked[1:] if m.subject.role is Role.DIFFICULTY and m.score > 0 for i in m.items[:1]]
            return declining.no_such_aspect(item, fact, self._aspect_name(asks), related, reason)
        if lead.given and "excluding" in reading.concepts:
            return declining.no_rest(item, reason)
        before = verdicts(reading, fact, lead)
        latest = (phrases.LATEST,) if not reading.subject_times and self._other_periods(item, ranked) else ()
        card = cards.fact_card(item, fact, lead, before, latest)
        if is_of_some_of_year(reading) and item.latest.month_count < _YEAR:
            card = replace(card, lead=phrases.of_part(cards.when(item), card.lead))
        return Found((self._with_disagreements(card, item, fact),), (item.id,), reason)

    @staticmethod
    def _by_base(reading: Reading, fact: Fact) -> Lead | None:
        """The one per cent whose base the question names, in letters or initials: `bằng mấy % DT` is of the dự toán."""
        if Ask.PERCENT not in reading.asks:
            return None
        said = {w.folded for w in reading.words[reading.start : reading.end]}
        found = [f for f in fact.figures if f.unit == "%" and f.against and said & _base_names(f.against)]
        return Lead(phrases.figure(found[0]), found[0]) if len(found) == 1 else None

    def _other_periods(self, item: Item, ranked: Sequence[Match]) -> bool:
        """Whether the same subject is known for another period too, so that `latest` is worth saying."""
        key = series_key(self._index, item)
        return any(m.subject.series == key and any(i.latest != item.latest for i in m.items) for m in ranked)

    def number(self, items: Sequence[Item], number: NumberMention, reason: Reason) -> Part:
        """What one number stands for: each entry that has it, latest first."""
        made: list[Card] = []
        for item in items[:3]:
            fact = item.fact
            figure = next((f for f in fact.figures if matches_number(number, f)), None) if fact else None
            if fact and figure:
                made.append(cards.fact_card(item, fact, Lead(phrases.figure(figure), figure)))
        return Found(tuple(made), tuple(i.id for i in items[:3]), reason)

    def _is_average(self, item: Item) -> bool:
        """Whether the subject is an average by its own name, so that the word asks for nothing more."""
        concepts = self._index.lexicon.concepts
        return any(Ask.AVERAGE in concepts[c].asks for c in self._index.subject_of[item.id].named if c in concepts)

    @staticmethod
    def _ahead(reading: Reading, item: Item) -> bool:
        """Whether a coming time is asked of a figure that reports what has been; a plan may lie ahead."""
        ahead = any(m.role is TimeRole.FUTURE for _, _, m in reading.times)
        return ahead and not reading.asks & {Ask.PLAN, Ask.PLAN_SHARE, Ask.REMAINING} and item.role is Role.FACT

    @staticmethod
    def _aspect_name(asks: frozenset[Ask]) -> str:
        if Ask.FORECAST in asks:
            return phrases.NO_FORECAST
        if Ask.AVERAGE in asks:
            return phrases.NO_AVERAGE
        wanted = {
            Ask.RANK: Aspect.RANK, Ask.PLAN_SHARE: Aspect.PLAN_SHARE, Ask.PLAN: Aspect.PLAN, Ask.MONEY: Aspect.VALUE,
            Ask.CHANGE: Aspect.CHANGE, Ask.PERCENT: Aspect.SHARE,
        }  # fmt: skip
        return next((phrases.ASPECT_NAMES[aspect] for ask, aspect in wanted.items() if ask in asks), "")

    def _with_disagreements(self, card: Card, item: Item, fact: Fact) -> Card:
        """The card with the same figures of the same period as other sources give them, and those sources."""
        lines: list[str] = []
        sources: list[Item] = []
        for other in self._index.twins(item):
            twins = [(mine, first(other.fact, mine.aspect)) for mine in fact.figures if other.fact]
            differing = [
                phrases.figure(t) for mine, t in twins if t and t.unit == mine.unit and t.number != mine.number
            ]
            if differing:
                lines.append(phrases.other_source("; ".join(differing), cards.source_of(other).publisher))
                sources.append(other)
        if not lines:
            return card
        return replace(card, lines=(*card.lines, *dict.fromkeys(lines)), citations=cards.citations([item, *sources]))

    def _person(self, reading: Reading, item: Item, person: Person, reason: Reason) -> Part:
        tasks = [
            i
            for i in self._index.of_role(Role.DIRECTIVE)
            if isinstance(i.entry, Directive) and i.briefing is item.briefing and i.entry.by == person.id
        ]
        if Ask.SPEECH in reading.asks and Ask.PERSON not in reading.asks and tasks:
            lead = phrases.list_lead(len(tasks), phrases.DIRECTIVES)
            card = cards.list_card(lead, tasks, [cards.item_line(i, short=False) for i in tasks])
            return Found((card,), tuple(i.id for i in tasks), reason)
        if Ask.SPEECH in reading.asks and Ask.PERSON not in reading.asks and "director" not in person.roles:
            card = Card(
                person.name,
                phrases.listed(person.titles),
                (person.spoke or "",),
                cards.footer(item),
                cards.citations([item]),
            )
            if person.spoke and Ask.CHECK in reading.asks:
                return Found((card,), (item.id,), reason)  # that he did is what was asked
            return NotFound(card, (), reason, (item.id,)) if person.spoke else declining.plain(phrases.NOTHING, reason)
        named = [
            h.text
            for h in reading.hits
            if any(c.startswith("person:") and c != person_concept(person.name) for c in h.concepts)
        ]
        chairing = "chair_meeting" in reading.concepts and Ask.CHECK not in reading.asks
        if chairing and "chair" not in person.roles:
            return declining.no_chair(item, person.name, reason)
        before = (
            (phrases.check_person(named[0]), *self._titles(named[0])) if named and Ask.CHECK in reading.asks else ()
        )
        titles_lead = Ask.TITLE in reading.asks and Ask.PERSON not in reading.asks
        return Found((cards.person_card(item, person, titles_lead, before),), (item.id,), reason)

    def _titles(self, name: str) -> tuple[str, ...]:
        """What the source does say of somebody."""
        known = (i.entry for i in self._index.of_role(Role.PERSON) if isinstance(i.entry, Person))
        person = next((p for p in known if fold(p.name) == fold(name)), None)
        return (phrases.person_is(person.name, person.titles),) if person else ()

    def _related(self, item: Item, reading: Reading, ranked: Sequence[Match]) -> tuple[str, ...]:
        """For a difficulty asked without saying which kind, the directive on the same subject."""
        if item.role is not Role.DIFFICULTY or reading.asks & {Ask.DIFFICULTY, Ask.DIRECTIVE}:
            return ()
        likely = (m.items[0] for m in ranked if m.subject.role is Role.DIRECTIVE and m.score > 0.3 and m.items)
        same = next((i for i in likely if i.briefing is item.briefing), None)
        return (phrases.directive_also(cards.split_statement(same.statement_text)[0]),) if same else ()


def _base_names(against: str) -> set[str]:
    """What a figure is measured against, by its first two words: the pair run together and its initials."""
    words = phrase(against)[:2]
    return {"".join(word[0] for word in words), "".join(words)} if len(words) > 1 else set(words)
