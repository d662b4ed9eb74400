"""Questions for what a number stands for: nothing else is named, or it is left open which of two things it is."""

from __future__ import annotations

from bot import declining
from bot.explanation import reason_of
from bot.figures import first, has_number
from bot.index import Index
from bot.item import Item, Role
from bot.match import FIGURE_ASKS, Matcher
from bot.meeting import MEETING_ASKS
from bot.model import Ask, Aspect, ConceptKind
from bot.number_mention import NumberMention
from bot.outcome import NotFound, Part
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.reply import Replier

_PAIR = 2
_LISTING = frozenset({Ask.DIFFICULTY, Ask.DIRECTIVE, Ask.RESULT, Ask.LIST, Ask.COUNT, *MEETING_ASKS})


class NumberDesk:
    """Looks numbers up among all figures."""

    def __init__(self, index: Index, matcher: Matcher, replier: Replier) -> None:
        self._index = index
        self._matcher = matcher
        self._replier = replier

    def answer(self, reading: Reading) -> Part | None:
        """`39,7 là con số gì`, `39,7 của công nghiệp là phần trăm hay nghìn tỷ`: the figures of that value."""
        if len(reading.numbers) == _PAIR and not reading.content and reading.asks & FIGURE_ASKS:
            return self._of_both(reading)
        if len(reading.numbers) != 1 or reading.asks & _LISTING:
            return None
        open_to = reading.which_of_two or "ask_period" in reading.concepts
        if reading.content and (not open_to or reading.of_kind(ConceptKind.BODY, ConceptKind.OFFICE)):
            return None  # which of two bodies said so is no question for the figure
        number = reading.numbers[0] if reading.content else reading.numbers[0].exact
        found = self._found(reading, number)
        reason = reason_of(reading)
        if not found and reading.content:
            return None
        if not found:
            return NotFound(declining.plain(phrases.number_of(number.text)).card, reason=reason)
        if Ask.PLAN_SHARE in reading.asks and not reading.content:  # `405 nghìn tỷ là bao nhiêu % kế hoạch`
            shared = next((i for i in found if i.fact and first(i.fact, Aspect.PLAN_SHARE)), None)
            return self._replier.reply(reading, shared or found[0], (), reason)
        return self._replier.number(found, number, reason)

    def _of_both(self, reading: Reading) -> Part | None:
        """`3,9 với 39,7, cái nào là mức tăng`: the figure asked for of the one thing that has both numbers."""
        one, other = (self._found(reading, number.exact) for number in reading.numbers)
        both = [item for item in one if item in other]
        if len({item.subject for item in both}) != 1:
            return None
        return self._replier.reply(reading._replace(numbers=()), both[0], (), reason_of(reading))

    def _found(self, reading: Reading, number: NumberMention) -> list[Item]:
        """The facts with such a figure that nothing named in the question speaks against, latest first."""
        admits = self._matcher.admission(_without_choice(reading)).passes
        explain = self._matcher.explainer(reading)
        found = [i for i in self._index.of_role(Role.FACT) if i.fact and has_number(i.fact, number) and admits(i)]
        if reading.content:
            found = [i for i in found if not explain(self._index.subject_of[i.id]).rejected]
        return sorted(found, key=lambda i: -i.latest.last.toordinal())


def _without_choice(reading: Reading) -> Reading:
    """`780 là từ đầu năm hay riêng quý II`: of which of these times it is, is what is asked."""
    at = reading.between_two
    if at is None:
        return reading
    return reading._replace(times=tuple(t for t in reading.times if t[1] < at))
