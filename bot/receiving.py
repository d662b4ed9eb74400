"""A raw update as a row of the inbox. Nothing is parsed here but what keeps rows apart and in order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.inbox import Arrival, Inbox
from bot.metrics import Metrics

_LARGEST = 2**63 - 1

Raw = Mapping[str, object]


class Receiver:
    """Puts updates into the inbox and counts the new ones."""

    def __init__(self, inbox: Inbox, metrics: Metrics) -> None:
        self._inbox = inbox
        self._metrics = metrics

    async def one(self, update: Raw) -> None:
        """Store one update that has a valid id. Raises StorageError when it could not be stored."""
        for arrival in arrivals((update,)):
            new = await self._inbox.put(arrival.update_id, arrival.chat_id, arrival.raw)
            self._metrics.updates.inc(new)

    async def many(self, updates: Sequence[Raw], offset: int) -> None:
        """Store a batch and the offset that confirms it. Raises StorageError when nothing was stored."""
        self._metrics.updates.inc(await self._inbox.put_many(arrivals(updates), offset=offset))


def arrivals(updates: Sequence[Raw]) -> tuple[Arrival, ...]:
    """The updates that can be kept: those with an id."""
    known = ((update_id(update), update) for update in updates)
    return tuple(Arrival(number, _chat(update), json.dumps(update)) for number, update in known if number is not None)


def update_id(update: Raw) -> int | None:
    """The id, or None when this is no update of Telegram's."""
    return _integer(update.get("update_id"), 0)


def _chat(update: Raw) -> int | None:
    """The chat whose order must be kept."""
    pressed = update.get("callback_query")
    place = pressed if isinstance(pressed, Mapping) else update
    message = next((place[kind] for kind in ("message", "edited_message") if kind in place), None)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    return _integer(chat.get("id"), -_LARGEST) if isinstance(chat, Mapping) else None


def _integer(value: object, least: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if least <= value <= _LARGEST else None
