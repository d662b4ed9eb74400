"""Lists by topic: every result a briefing has on what editors file under one heading, such as `Công nghiệp`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import cards
from bot.figures import first
from bot.index import Index
from bot.item import Item, Role, grouped
from bot.lexicon import Hit
from bot.lists import of_direction, strangers, went
from bot.match import Matcher
from bot.meeting import MEETING_ASKS
from bot.model import Ask, Aspect
from bot.once import once
from bot.outcome import Found, Part, Reason
from bot.phrases import answers as phrases
from bot.places import places_meant
from bot.reading import Reading
from bot.subject import recency
from bot.text import phrase

_FEWEST = 2
_OTHER_KINDS = frozenset(
    {Ask.DIFFICULTY, Ask.DIRECTIVE, Ask.CAUSE, Ask.PERSON, Ask.TITLE, Ask.SPEECH, Ask.SERIES, *MEETING_ASKS}
)
# `các chỉ tiêu`, `các kết quả`: what is listed.
_LISTED = frozenset({"target", "plan", "ask_plan", "result", "indicator"})
_ASPECTS = (
    (Ask.PLAN_SHARE, Aspect.PLAN_SHARE),
    (Ask.CHANGE, Aspect.CHANGE),
    (Ask.RANK, Aspect.RANK),
)


@dataclass(frozen=True)
class _Topic:
    name: str
    core: Mapping[str, frozenset[str]]  # the concepts of its name, each with what it is made of
    closure: frozenset[str]  # the same and everything they contain
    items: tuple[Item, ...]

    # Made when first needed: putting changed knowledge in force must not wait for what few questions ask.
    @once
    def latest_first(self) -> tuple[Item, ...]:
        return tuple(sorted(self.items, key=recency))

    @once
    def by_place(self) -> Mapping[tuple[str, ...], tuple[Item, ...]]:
        """Its items of each place (folded words)."""
        return grouped(self.items, lambda item: phrase(item.place))

    @once
    def by_briefing(self) -> Mapping[str, tuple[Item, ...]]:
        """Its items in each briefing (slug), in the order they are told."""
        return grouped(self.items, lambda item: item.briefing.slug)


class TopicLister:
    """Answers `các số liệu về công nghiệp` with all results filed under that topic."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index = index
        self._matcher = matcher

    @once
    def _topics(self) -> tuple[_Topic, ...]:
        """All topics that have figures; made when first needed, for the same reason."""
        filed: dict[str, list[Item]] = {}
        for item in self._index.of_role(Role.FACT):
            fact = item.fact
            if fact and fact.figures:
                for topic in fact.topics:
                    filed.setdefault(topic, []).append(item)
        return tuple(self._topic(name, items) for name, items in filed.items())

    @staticmethod
    def _lists(reading: Reading) -> bool:
        """Whether results are to be listed; names can only be asked for as those of indicators."""
        return bool(reading.asks & {Ask.LIST, Ask.RESULT}) or (
            Ask.NAMES in reading.asks and bool(_LISTED & reading.concepts)
        )

    def _topic(self, name: str, items: Sequence[Item]) -> _Topic:
        hits, _ = self._index.maker.cut(name)
        known = self._index.lexicon.concepts
        core = {c: frozenset(known[c].implies if c in known else ()) for h in hits for c in h.concepts}
        return _Topic(name, core, self._index.maker.closure(hits), tuple(items))

    def answer(self, reading: Reading, reason: Reason) -> Part | None:
        """The list, of the asked or the latest briefing; None when no topic is named or something else is asked."""
        if not self._lists(reading) or reading.asks & _OTHER_KINDS or strangers(reading, self._index):
            return None
        aspect = next((a for ask, a in _ASPECTS if ask in reading.asks), None)
        for topic in sorted((t for t in self._topics if self._is_named(reading, t)), key=lambda t: -len(t.items)):
            chosen = self._latest(reading, topic)
            if aspect:
                chosen = [item for item in chosen if item.fact and first(item.fact, aspect)]
            chosen = of_direction(reading, chosen)
            if len(chosen) >= (1 if reading.direction else _FEWEST):
                lead = phrases.list_lead(len(chosen), phrases.RESULTS)
                lines = [cards.item_line(item, short=False) for item in chosen]
                return Found((cards.list_card(lead, chosen, lines),), tuple(i.id for i in chosen), reason)
        return None

    def _latest(self, reading: Reading, topic: _Topic) -> list[Item]:
        """What the topic holds of the latest briefing that has anything of the asked place and time."""
        passes = self._matcher.admission(reading).passes
        places = places_meant(reading.places)
        near = [i for place in places for i in topic.by_place.get(place, ())]
        ordered = sorted(near, key=recency) if places else topic.latest_first
        passed = (item for item in ordered if passes(item))
        latest = next(passed, None)
        if latest and reading.direction:
            latest = next((item for item in (latest, *passed) if went(reading, item)), latest)
        return [item for item in topic.by_briefing[latest.briefing.slug] if passes(item)] if latest else []

    def _is_named(self, reading: Reading, topic: _Topic) -> bool:
        """Whether all that is named belongs to the topic's name or to any briefing, and the topic is named by it."""
        names = [h for h in reading.hits if h in reading.content or set(h.concepts) & topic.closure]
        own = [h for h in names if topic.closure & self._implied(h)]
        specific = (c for h in own if h in reading.content for c in h.concepts if c not in topic.closure)
        if any(self._index.names_figure(concept) for concept in specific):
            return False  # `các số về ngành điện` are of one branch, and not of all industry
        if any(h not in own and not set(h.concepts) & (self._index.context | _LISTED) for h in names):
            return False
        named = self._index.context | {concept for h in own for concept in self._implied(h)}
        own = [h for h in own if h in reading.content]
        return any(self._opens(reading, h, topic) for h in own) or (
            bool(own)
            and all(
                c in named or (parts and all(self._reached(part, named) for part in parts))
                for c, parts in topic.core.items()
            )
        )

    def _reached(self, concept: str, named: frozenset[str]) -> bool:
        """Whether a part of a topic is named, if only by what it is part of: of growth and GRDP, the economy."""
        return bool(self._index.lexicon.implied(concept) & named)

    def _implied(self, hit: Hit) -> frozenset[str]:
        return frozenset(other for c in hit.concepts for other in self._index.lexicon.implied(c))

    @staticmethod
    def _opens(reading: Reading, hit: Hit, topic: _Topic) -> bool:
        """`kinh tế` is short for the topic `Kinh tế - xã hội`."""
        words = tuple(w.folded for w in reading.words[hit.start : hit.end])
        return phrase(topic.name)[: len(words)] == words
