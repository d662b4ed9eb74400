"""Honest refusals: what there is no data on, why, and what is nearest, without asserting a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cards import citations, footer, when
from bot.gates import in_year_of, place_fits
from bot.item import Item
from bot.match import Match
from bot.model import Fact
from bot.number_mention import NumberMention
from bot.outcome import Card, NotFound, Reason, Suggestion, Unsure
from bot.phrases import answers as phrases
from bot.reading import Reading

_MOST_BUTTONS = 3
_MOST_PERIODS = 4


def suggestions(items: Iterable[Item]) -> tuple[Suggestion, ...]:
    """At most three buttons that open items; one a subject and period."""
    found: dict[str, Suggestion] = {}
    for item in items:
        label = phrases.open_item(item.subject, when(item))
        found.setdefault(label, Suggestion(item.id, label))
        if len(found) == _MOST_BUTTONS:
            break  # a subject may have thousands of items
    return tuple(found.values())


def small_talk(reason: Reason, *, thanked: bool = False) -> NotFound:
    if thanked:
        return NotFound(Card(phrases.THANKS), reason=reason)
    return NotFound(Card(phrases.SMALL_TALK, lines=(phrases.ASK_DIFFERENTLY,)), reason=reason)


def plain(lead: str, reason: Reason | None = None) -> NotFound:
    return NotFound(Card(lead, lines=(phrases.ASK_DIFFERENTLY,)), reason=reason or {})


def unexplained(reading: Reading, ranked: Sequence[Match], reason: Reason) -> NotFound:
    """Nothing explains the whole question: name the words without data, offer what shares the rest."""
    best = ranked[0].explanation if ranked else None
    named: list[str] = []
    if best:
        named += [reading_text(reading, hit.start, hit.end) for hit in (*best.contradicted, *best.unexplained)]
        named += list(best.unknown)
    else:
        named += [reading_text(reading, hit.start, hit.end) for hit in reading.content] or [
            w.text for w in reading.leftovers
        ]
    named += [p.text for p in reading.places if ranked and not any(place_fits(p, i) for i in ranked[0].subject.items)]
    lead = phrases.unknown_words(dict.fromkeys(named[:3])) if named else phrases.NOTHING
    near = [m.items[0] for m in ranked if m.items and m.explanation.signals.mean_explained >= 0.5]
    return NotFound(Card(lead, lines=(phrases.ASK_DIFFERENTLY,)), suggestions(near), reason)


def reading_text(reading: Reading, start: int, end: int) -> str:
    return " ".join(w.text for w in reading.words[start:end])


def barred(reading: Reading, items: Sequence[Item], reason: Reason, called: str = "") -> NotFound:
    """The subject is known, but not for the place or time asked; `called` is what it is to be called instead."""
    item = items[0]
    wrong = next((p for p in reading.places if not any(place_fits(p, i) for i in items)), None)
    if wrong:
        return NotFound(Card(phrases.wrong_place(wrong.text, item.place)), suggestions(items), reason)
    if not reading.subject_times:
        return NotFound(Card(phrases.other_meeting(item.briefing.title)), suggestions(items), reason)
    asked = phrases.AND.join(
        phrases.period(m.period(in_year_of(m, item).year or item.latest.year)) for m in reading.subject_times
    )
    years = {m.year for m in reading.subject_times}
    near = sorted(items, key=lambda i: i.latest.year not in years)  # what there is of the asked year first
    lead = phrases.wrong_period(asked, called or item.subject)
    # What is offered under another name has periods of its own: its button says which.
    return NotFound(Card(lead, lines=() if called else (_known_periods(near),)), suggestions(near), reason)


def no_step(item: Item, known: Sequence[Item], months: int, reason: Reason) -> NotFound:
    """Figures of each quarter or month were asked for; the subject has them of longer stretches alone."""
    return NotFound(
        Card(phrases.no_step(item.subject, months), lines=(_known_periods(known),)), suggestions(known), reason
    )


def _known_periods(items: Iterable[Item]) -> str:
    periods: dict[str, None] = {}
    for item in items:
        periods[when(item)] = None
        if len(periods) == _MOST_PERIODS:
            break
    return phrases.other_periods(list(periods))


def conditional(reading: Reading, bound: NumberMention, ranked: Sequence[Match], reason: Reason) -> NotFound:
    """Only those within a bound are asked for, `dưới 30 tuổi`, and no entry counts them alone."""
    within = reading_text(reading, bound.start - 1, min(bound.end + 1, reading.end))
    near = [m.items[0] for m in ranked if m.items and m.score > 0]
    card = Card(phrases.unknown_words([within]), lines=(phrases.ASK_DIFFERENTLY,))
    return NotFound(card, suggestions(near), reason)


def wrong_kind(reading: Reading, ranked: Sequence[Match], reason: Reason) -> NotFound:
    """The subject is known, but not as what was asked: no difficulty, task or name is recorded for it."""
    item = (ranked[0].items or ranked[0].barred)[0]
    lead = phrases.no_such_kind(reading.asks, item.subject)
    near = [m.items[0] for m in ranked if m.items and m.score > 0]
    return NotFound(Card(lead, lines=(phrases.ASK_DIFFERENTLY,)), suggestions(near), reason)


def no_names(item: Item, reason: Reason) -> NotFound:
    """Names were asked one by one; the source has only the count."""
    fact = item.entry
    figures = [phrases.figure(f) for f in fact.figures] if isinstance(fact, Fact) else []
    line = phrases.only_counted(item.subject, "; ".join(figures))
    return NotFound(
        Card(phrases.NO_NAMES, lines=(line,), footer=footer(item), citations=citations([item])), (), reason, (item.id,)
    )


def no_chair(item: Item, name: str, reason: Reason) -> NotFound:
    """Who chaired was asked; the source only says who spoke or directed."""
    card = Card(phrases.NO_CHAIR, lines=(phrases.directed_by(name),), footer=footer(item), citations=citations([item]))
    return NotFound(card, (), reason, (item.id,))


def no_author(item: Item, reason: Reason) -> NotFound:
    """Who wrote it was asked; the source is shown, and names nobody."""
    card = Card(phrases.NO_AUTHOR, footer=footer(item), citations=citations([item]))
    return NotFound(card, (), reason, (item.id,))


def no_deadline(items: Sequence[Item], reason: Reason) -> NotFound:
    """By when something has to be done was asked; what is to be done can be opened."""
    return NotFound(Card(phrases.NO_DEADLINE, lines=(phrases.ASK_DIFFERENTLY,)), suggestions(items), reason)


def no_figure(item: Item, reason: Reason) -> NotFound:
    """The entry speaks of it in words only; the words are shown, the status stays none."""
    card = Card(
        lead=phrases.no_figure(item.subject),
        lines=(phrases.only_words(item.statement_text),) if item.statement_text else (),
        footer=footer(item),
        citations=citations([item]),
    )
    return NotFound(card, (), reason, (item.id,))


def no_rest(item: Item, reason: Reason) -> NotFound:
    """What is left without a part was asked, and cannot be worked out; the whole can be opened."""
    return NotFound(Card(phrases.NOTHING, lines=(phrases.ASK_DIFFERENTLY,)), suggestions([item]), reason)


def no_such_aspect(item: Item, fact: Fact, what: str, related: Iterable[Item], reason: Reason) -> NotFound:
    """The fact has figures, but none of the kind asked for; what is told about it in words is shown."""
    told = [phrases.only_words(i.statement_text) for i in related if i.statement_text]
    return NotFound(
        Card(phrases.no_such_figure(what, fact.subject), lines=tuple(told)), suggestions([item]), reason, (item.id,)
    )


def unsure(items: Sequence[Item], reason: Reason) -> Unsure:
    return Unsure(Card(phrases.UNSURE), suggestions(items), reason, tuple(i.id for i in items[:_MOST_BUTTONS]))
