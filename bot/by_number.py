"""Questions that name nothing but a number: what it stands for."""

from __future__ import annotations

from bot import declining
from bot.explanation import reason_of
from bot.figures import matches_number
from bot.index import Index
from bot.item import Role
from bot.match import Matcher
from bot.meeting import MEETING_ASKS
from bot.model import Ask
from bot.outcome import NotFound, Part
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.reply import Replier

_LISTING = frozenset({Ask.DIFFICULTY, Ask.DIRECTIVE, Ask.RESULT, Ask.LIST, Ask.COUNT, *MEETING_ASKS})


class NumberDesk:
    """Looks numbers up among all figures."""

    def __init__(self, index: Index, matcher: Matcher, replier: Replier) -> None:
        self._index = index
        self._matcher = matcher
        self._replier = replier

    def answer(self, reading: Reading) -> Part | None:
        """`39,7 là con số gì`: the figures of that value, when a number is all that is named."""
        if len(reading.numbers) != 1 or reading.content or reading.asks & _LISTING:
            return None
        number = reading.numbers[0]
        admits = self._matcher.admission(reading).passes
        found = [
            i
            for i in self._index.of_role(Role.FACT)
            if i.fact and any(matches_number(number, f) for f in i.fact.figures) and admits(i)
        ]
        reason = reason_of(reading)
        if not found:
            return NotFound(declining.plain(phrases.number_of(number.text)).card, reason=reason)
        found.sort(key=lambda i: -i.latest.last.toordinal())
        return self._replier.number(found, number, reason)
