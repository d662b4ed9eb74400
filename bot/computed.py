"""Figures computed from more than one: the year before, a whole without a part, a share, the way to a target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.figures import (
    Lead,
    first,
    previous,
    ratio_of,
    rest_of,
    shared_out,
    short_of,
    short_of_number,
    still_needed,
    whole_year,
)
from bot.item import Item
from bot.match import Match, Matcher
from bot.model import Ask, Aspect, Fact
from bot.reading import Reading
from bot.text import phrase
from bot.time_mention import TimeMention, TimeRole

_EACH = frozenset({"moi", "mot", "per", "each"})
_MONEY = frozenset({"dong", "usd"})
_OF_ALL = frozenset({("trong", "tong"), ("tren", "tong"), ("in", "total"), ("of", "total")})
_NAMED = 0.4  # coverage from which an entry takes part in an average
_NAMED_WELL = 0.7  # coverage from which a second fact counts as named


def is_year_before(mention: TimeMention, item: Item) -> bool:
    """Whether what is compared with can be the same stretch a year earlier: `cùng kỳ`, and no quarter before."""
    own = (item.latest.first.month, item.latest.last.month)
    return mention.first_month is None or (mention.first_month, mention.last_month) == own


def is_other_year(mention: TimeMention, item: Item) -> bool:
    """Whether something is held against a year that is neither the item's nor the one before: no source does that."""
    return mention.year is not None and mention.year not in (item.latest.year, item.latest.year - 1)


class Computer:
    """Leads that need more than the asked aspect of one fact."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def lead(self, reading: Reading, item: Item, fact: Fact, ranked: Sequence[Match]) -> Lead | None:
        """The computed figure the question asks for; None when a given one answers."""
        if "excluding" in reading.concepts:
            return self._rest(reading, item, fact)
        return (
            self._short_of_number(reading, fact)
            or self._with_needed(reading, item, fact)
            or self._per_unit(reading, item, ranked)
            or self._previous(reading, item, fact)
            or self._share_of_whole(reading, item, fact)
            or self._short_of_target(reading, item, fact, ranked)
        )

    def _previous(self, reading: Reading, item: Item, fact: Fact) -> Lead | None:
        """The figure of the year before."""
        compared = any(m.role is TimeRole.AGAINST and is_year_before(m, item) for _, _, m in reading.times)
        amount = reading.asks & {Ask.VALUE, Ask.MONEY, Ask.COUNT} and not reading.asks & {Ask.CHANGE, Ask.PERCENT}
        if compared and ("work_back" in reading.concepts or amount):
            return previous(fact)
        if Ask.CHANGE in reading.asks and Ask.MONEY in reading.asks and not self._says_change(reading):
            return previous(fact)
        return None

    def _rest(self, reading: Reading, item: Item, fact: Fact) -> Lead | None:
        """A whole without its part: `trừ FDI thì công nghiệp còn bao nhiêu`."""
        whole = next((f for f in item.briefing.facts if f.id == fact.part_of), None) if fact.part_of else None
        value, part = first(whole, Aspect.VALUE) if whole else None, first(fact, Aspect.VALUE)
        alike = value and part and value.unit == part.unit
        return rest_of(value, part) if value and part and alike and self._negated(reading) else None

    @staticmethod
    def _short_of_number(reading: Reading, fact: Fact) -> Lead | None:
        """`còn thiếu bao nhiêu nữa thì tròn 100.000`: how far a figure is from the number the question names."""
        if Ask.REMAINING not in reading.asks or len(reading.numbers) != 1:
            return None
        goal = reading.numbers[0]
        reached = first(fact, Aspect.PLAN_SHARE) if goal.percent else first(fact, Aspect.VALUE)
        if reached is None or goal.whole is not None or goal.value <= reached.number:
            return None
        return short_of_number(goal.value, reached)

    @staticmethod
    def _with_needed(reading: Reading, item: Item, fact: Fact) -> Lead | None:
        """What the rest of the year still has to bring as the source gives it, or added to what was reached."""
        reached = first(fact, Aspect.VALUE)
        shares = Ask.MONEY not in reading.asks and reading.asks & {Ask.PERCENT, Ask.PLAN_SHARE}
        if shares or not reading.asks & {Ask.SUM, Ask.REMAINING}:
            return None
        if reached is None:
            return _with_reached(item, fact) if Ask.SUM in reading.asks else None
        for other in item.briefing.facts:
            needed = first(other, Aspect.PLAN)
            ahead = other.period is not None and other.period.first > item.latest.last
            if needed and ahead and needed.unit == reached.unit:
                return whole_year(reached, needed) if Ask.SUM in reading.asks else still_needed(needed)
        return None

    def _per_unit(self, reading: Reading, item: Item, ranked: Sequence[Match]) -> Lead | None:
        """`bình quân mỗi doanh nghiệp … bao nhiêu vốn`: an amount shared out over the things another entry counts."""
        if Ask.AVERAGE not in reading.asks:
            return None
        each = {b.folded for a, b in pairwise(reading.words[reading.start : reading.end]) if a.folded in _EACH}
        named = [m.subject for m in ranked if self._matcher.coverage(reading, m.subject) >= _NAMED]
        near = (
            i for subject in named for i in subject.items if i.briefing is item.briefing and i.latest == item.latest
        )
        values = [value for i in near if i.fact and (value := first(i.fact, Aspect.VALUE))]
        count = next((v for v in values if (unit := phrase(v.unit)) and {unit[0], _initials(unit)} & each), None)
        amount = next((v for v in values if phrase(v.unit)[-1:] and phrase(v.unit)[-1] in _MONEY), None)
        return shared_out(amount, count) if amount and count and count.number else None

    @staticmethod
    def _short_of_target(reading: Reading, item: Item, fact: Fact, ranked: Sequence[Match]) -> Lead | None:
        """A rate and the year's target of the same thing, each an entry of its own: 8 − 5,17 points."""
        reached = first(fact, Aspect.VALUE, Aspect.CHANGE)
        if (
            Ask.REMAINING not in reading.asks
            or reached is None
            or reached.unit != "%"
            or first(fact, Aspect.PLAN_SHARE)
        ):
            return None
        others = (i for m in ranked if m.score > 0 for i in (*m.items, *m.barred) if i.briefing is item.briefing)
        for other in others:
            plan = first(other.fact, Aspect.PLAN) if other.fact and other is not item else None
            if plan and plan.unit == "%" and plan.number > reached.number and other.latest.year == item.latest.year:
                return short_of(plan, reached)
        return None

    @staticmethod
    def _share_of_whole(reading: Reading, item: Item, fact: Fact) -> Lead | None:
        """`chiếm bao nhiêu %` of a part whose share the source does not print: computed from the whole's value."""
        if Ask.PERCENT not in reading.asks or not fact.part_of or first(fact, Aspect.SHARE):
            return None
        folded = [w.folded for w in reading.words]
        if not {"chiem", "account", "share"} & set(folded) and _OF_ALL.isdisjoint(pairwise(folded)):
            return None
        whole = next((f for f in item.briefing.facts if f.id == fact.part_of), None)
        value, total = first(fact, Aspect.VALUE), first(whole, Aspect.VALUE) if whole else None
        return ratio_of(value, total) if value and total else None

    def share_of_other(self, reading: Reading, item: Item, fact: Fact, ranked: Sequence[Match]) -> Lead | None:
        """One value as a share of another that the question names too: new members among all members."""
        value = first(fact, Aspect.VALUE)
        for match in ranked:
            other = match.subject.items[0]
            whole = first(other.fact, Aspect.VALUE) if other.fact else None
            if other is item or whole is None or value is None or other.briefing is not item.briefing:
                continue
            if self._matcher.coverage(reading, match.subject) >= _NAMED_WELL:
                lead = ratio_of(value, whole)
                if lead:
                    return lead
        return None

    def _says_change(self, reading: Reading) -> bool:
        return any(
            "growth" in h.concepts or "decrease" in h.concepts or "change_up_or_down" in h.concepts
            for h in reading.hits
        )

    @staticmethod
    def _negated(reading: Reading) -> bool:
        """Whether the question takes its subject away from a whole: `trừ FDI`."""
        excluded = next((h for h in reading.hits if "excluding" in h.concepts), None)
        return excluded is not None and all(h.start > excluded.start for h in reading.content)


def _initials(unit: Sequence[str]) -> str:
    """`mỗi DN`: a unit as it is abbreviated."""
    return "".join(word[0] for word in unit)


def _with_reached(item: Item, fact: Fact) -> Lead | None:
    """What the end of a year still has to bring, added to what the whole has reached right before it."""
    needed = first(fact, Aspect.PLAN)
    for other in item.briefing.facts if needed else ():
        reached = first(other, Aspect.VALUE)
        period = other.period or item.briefing.period
        before = (item.latest.first - period.last).days == 1
        if needed and reached and before and not other.part_of and reached.unit == needed.unit:
            return whole_year(reached, needed)
    return None
