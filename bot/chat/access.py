"""Who may use the bot, and how fast."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from bot.chat.incoming import Person
from bot.chat.turn import Turn
from bot.people import Joining, People, Role
from bot.phrases import chat as phrases
from bot.rate import RateLimiter

_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the door decided: let in with a role, turned away with a line, or (both None) left without a reply."""

    role: Role | None
    refusal: str | None = None


class Access:
    """The door. In `open` mode everybody is at least an official; invited people keep their higher roles."""

    def __init__(self, people: People, mode: Literal["invited", "open"], rate: RateLimiter) -> None:
        self._people = people
        self._open = mode == "open"
        self._rate = rate
        self._told: dict[int, float] = {}  # until when a person who asks too fast has been told so

    async def role(self, person: int) -> Role | None:
        """The person's role, None for a stranger. Raises StorageError."""
        return await self._people.role_of(person) or (Role.OFFICIAL if self._open else None)

    async def enter(self, turn: Turn, person: int) -> Entrance:
        """Decide before anything is looked up. Everybody but an admin is paced. Raises StorageError."""
        role = await self.role(person)
        wait = 0.0 if turn.admitted or role is Role.ADMIN else self._rate.wait_for(person)
        if wait > 0:
            return Entrance(None, self._patience(person, wait))
        turn.admitted = True
        return Entrance(role, None if role else phrases.STRANGER)

    async def join(self, person: Person, payload: str) -> tuple[Joining, Role | None]:
        """Use an invitation or the first admin's link. Raises StorageError."""
        return await self._people.join(payload, person.id, person.name)

    def _patience(self, person: int, wait: float) -> str | None:
        """The polite line once a stretch, then silence: answering a flood with a flood helps nobody."""
        now = time.monotonic()
        if self._told.get(person, 0.0) > now:
            return None
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        self._told[person] = now + max(wait, 5.0)
        return phrases.too_fast(wait)
