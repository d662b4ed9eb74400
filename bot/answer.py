"""From a message read to the parts of its answer: how many things it asks, and which parts belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import declining, enumeration, series, sums
from bot.aside import without_asides, without_title
from bot.clauses import ClauseCutter, about
from bot.explanation import reason_of
from bot.finding import Finder
from bot.index import Index
from bot.lists import Lister
from bot.match import Matcher
from bot.model import Ask
from bot.otherwise import readings_of
from bot.outcome import Found, NotFound, Part
from bot.parts import answers_more, distinct
from bot.reading import Reading

_ANY_UNIT = frozenset({"don", "dau"})  # `… và … có bao nhiêu đơn vị`: units of any kind, so all of them together


class Answerer:
    """Answers readings from one index."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._lister = Lister(index, matcher)
        self.finder = Finder(index, matcher, self._lister)
        self._cutter = ClauseCutter(index)

    def answer(self, reading: Reading) -> tuple[Part, ...]:
        """One part for each thing asked. What stands beside the question is set aside when the whole finds nothing."""
        parts = self._parts(reading)
        if any(isinstance(part, NotFound) for part in parts):
            for other in self._otherwise(reading):
                found = self._parts(other)
                if answers_more(found, parts):
                    return found
        return parts

    def _otherwise(self, reading: Reading) -> Iterator[Reading]:
        """What else the message may ask when, taken at its word, it finds nothing."""
        yield from without_asides(reading, self._index.lexicon)
        yield from readings_of(reading)
        if together := enumeration.as_whole(reading, self._index.lexicon):
            yield together
        if untitled := without_title(reading, self._index.is_title):
            yield untitled

    def _parts(self, reading: Reading) -> tuple[Part, ...]:
        """A message is cut only where both sides name something of their own."""
        whole = self.finder.find(reading)
        if isinstance(whole, Found) and series.wanted(reading) and len(whole.entries) > 1:
            return (whole,)
        added = Ask.SUM in reading.asks or reading.counted in _ANY_UNIT or " + " in reading.text
        if not isinstance(whole, Found) or added or Ask.LIST in reading.asks or enumeration.is_long(reading):
            listed = self._enumerated(reading)
            if listed:
                return (listed,)
            if Ask.SUM in reading.asks and isinstance(whole, Found) and enumeration.terms(reading):
                items = [self._index.by_id[e] for e in whole.entries if e in self._index.by_id]
                whole = declining.unsure(items, whole.reason)  # one of several is not all of them together
        clauses = self._cutter.cut(reading)
        if len(clauses) < 2:
            return (whole,)
        if "multiple_times" in reading.concepts or (
            not isinstance(whole, Found) and "part_of_whole" in reading.concepts
        ):
            clauses = [clause._replace(asks=frozenset({Ask.VALUE})) for clause in clauses]
        parts = [self.finder.find(clause) for clause in clauses]
        parts = self._completed(clauses, parts)
        entries = {p.entries for p in parts if isinstance(p, Found)}
        apart = clauses[0].asking_itself and all(c.start in reading.hard_breaks and c.content for c in clauses[1:])
        if isinstance(whole, Found) and len(entries) < 2 and not apart:
            return (whole,)
        if Ask.LIST in clauses[0].asks and isinstance(parts[0], Found) and len(parts[0].entries) > 2:
            return (parts[0],)  # what follows only spells out what the list is of
        together = sums.combined(self._index, reading, distinct(parts))
        if together:
            return (together,)
        if "excluding" in reading.concepts:
            return (whole,)  # what is left without the other is neither of the two
        compared = reading.asks & {Ask.COMPARE, Ask.DIFFERENCE, Ask.SUM}
        if compared and not isinstance(whole, Found) and not all(isinstance(p, Found) for p in parts):
            return (whole,)  # one side alone is no comparison
        leaning = [c for c in clauses if not c.asking_itself]
        whole_only = not all(isinstance(p, Found) for p in parts) and not self._cutter.are_neighbours(clauses)
        if not isinstance(whole, Found) and leaning and whole_only:
            return (whole,)
        if not entries:
            return (whole,) if not all(p.entries for p in parts) else tuple(distinct(parts))
        return tuple(distinct(parts))

    def _enumerated(self, reading: Reading) -> Part | None:
        """One list of what each of several named things has; None when one of them has nothing of its own."""
        parts: list[Found] = []
        alone: set[tuple[str, ...]] = set()
        for term in enumeration.terms(reading):
            part = self.finder.find(term)
            if not isinstance(part, Found) or len(part.entries) != 1 or part.entries in alone:
                return None
            parts.append(part)
            alone.add(part.entries)
        if not parts:
            return None
        whole_sum = reading._replace(asks=reading.asks | {Ask.SUM}) if reading.counted in _ANY_UNIT else reading
        together = sums.combined(self._index, whole_sum, parts)
        if together:
            return together
        wholes = {self._index.by_id[entry].whole_id for entries in alone for entry in entries}
        unsaid = reading.leftovers or enumeration.goes_on(reading)
        whole = self._index.by_id.get(wholes.pop()) if len(wholes) == 1 and unsaid else None
        made_of = self._lister.made_of(whole, reading.asks, reason_of(reading)) if whole else None
        return made_of or self._lister.of_all(parts, reason_of(reading))

    def _completed(self, clauses: Sequence[Reading], parts: Sequence[Part]) -> list[Part]:
        """A clause with no answer of its own may leave out what the first names: `khách …, doanh thu bao nhiêu`."""
        done = list(parts)
        seen = {p.entries for p in parts if isinstance(p, Found)}
        for at, clause in enumerate(clauses[1:], 1):
            if not isinstance(done[at], NotFound) or done[at].entries:
                continue
            for other in (about(clauses[0], clause) if clause.content else None, _alone(clause)):
                fuller = self.finder.find(other) if other else None
                if isinstance(fuller, Found) and fuller.entries not in seen:
                    seen.add(fuller.entries)
                    done[at] = fuller
                    break
        return done


def _alone(clause: Reading) -> Reading | None:
    """A clause without what it has taken over from its neighbours, but for their meeting; None when that is nothing."""
    meetings = clause.meetings
    taken = [h for h in clause.hits if not clause.start <= h.start < clause.end and h not in meetings]
    return clause.without(taken) if taken else None
