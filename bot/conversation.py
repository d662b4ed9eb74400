"""What a chat was just about, so that `thế tăng bao nhiêu?` can be understood; forgotten after ten minutes."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass

from bot.lexicon import Hit
from bot.model import Ask, ConceptKind
from bot.reading import Reading

LIFETIME = dt.timedelta(minutes=10)
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Carried:
    """The last answered question of a chat, as it was read."""

    text: str
    at: dt.datetime


class Conversations:
    """The last answered question per chat, in memory; the oldest chats are dropped first.

    Only its text: thousands of readings are millions of objects, and looking through them for garbage would stop
    everybody for a fifth of a second now and then.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[str, Carried] = OrderedDict()

    def recall(self, asker: str, now: dt.datetime) -> str | None:
        carried = self._last.get(asker)
        return carried.text if carried and now - carried.at <= LIFETIME else None

    def remember(self, asker: str, text: str, now: dt.datetime) -> None:
        if not asker:
            return
        self._last[asker] = Carried(text, now)
        self._last.move_to_end(asker)
        while len(self._last) > _MOST:
            self._last.popitem(last=False)

    def forget(self, asker: str) -> None:
        self._last.pop(asker, None)


_COUNTED = frozenset({ConceptKind.PLACE, ConceptKind.GROUP})
_OPENERS = frozenset({"con", "the", "vay", "and", "what", "how", "rieng", "the con", "thi"})


def follows_up(reading: Reading) -> bool:
    """Whether a message needs the one before: it names no subject, or opens like `còn …` and asks nothing."""
    if reading.of_kind(ConceptKind.SMALLTALK) and not reading.asks - {Ask.CHECK} and not reading.times:
        return False
    if not _subject(reading):
        return bool(reading.asks or reading.times or reading.numbers)
    first = reading.words[0].folded if reading.words else ""
    return first in _OPENERS and not (reading.asks and reading.times)


def asks_of_last(reading: Reading) -> bool:
    """Whether a message is about what was just told, though it could be answered alone: `nguồn nào`, `ai công bố`."""
    alone = not (reading.content or reading.meetings or reading.ordinals or reading.times)
    return bool(reading.asks & {Ask.SOURCE, Ask.ORGANISER}) and alone


def _subject(reading: Reading) -> tuple[Hit, ...]:
    """The content without what is only counted: the `xã` of `còn lại bao nhiêu xã` are those spoken of."""
    if Ask.REMAINING not in reading.asks or len(reading.content) != 1:
        return reading.content
    counted = reading.words[reading.content[0].start].folded == reading.counted
    return () if counted and reading.content_kinds[0] <= _COUNTED else reading.content


def continued(before: Reading, reading: Reading) -> str:
    """The message with what it leaves out taken from the one before: its subject, its time, what it asked."""
    pieces = [] if _subject(reading) else [_said(before, h) for h in before.content]
    pieces.append(reading.text)
    if not reading.asks - {Ask.CHECK}:
        pieces += [
            _said(before, h)
            for h, asks in zip(before.hits, before.asking, strict=True)
            if asks and h not in before.content
        ]
    if not reading.times:
        pieces += [before.text[m.start : m.end] for _, _, m in before.times]
    return " ".join(pieces)


def _said(reading: Reading, hit: Hit) -> str:
    return " ".join(w.text for w in reading.words[hit.start : hit.end])
