"""How fast one person may ask: a bucket of tokens each, refilled with time, kept in memory."""

from __future__ import annotations

import time
from collections.abc import Callable

_SWEEP_EVERY = 1024


class RateLimiter:
    """`burst` questions at once, then one every `seconds` seconds, for each person on their own.

    Memory stays bounded by the people who asked lately: a bucket that is full again is forgotten.
    """

    def __init__(self, burst: int = 10, seconds: float = 3.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._full_at: dict[int, float] = {}  # when the person's bucket will be full again
        self._until_sweep = _SWEEP_EVERY

    def wait_for(self, user_id: int) -> float:
        """0.0 when the person may ask now, which takes a token; else the seconds until they may, which takes none."""
        now = self._clock()
        self._sweep(now)
        full_at = max(self._full_at.get(user_id, now), now)
        wait = full_at - now - (self._burst - 1) * self._seconds
        if wait > 0:
            return wait
        self._full_at[user_id] = full_at + self._seconds
        return 0.0

    def _sweep(self, now: float) -> None:
        self._until_sweep -= 1
        if self._until_sweep > 0:
            return
        self._until_sweep = max(_SWEEP_EVERY, len(self._full_at))
        self._full_at = {user_id: full_at for user_id, full_at in self._full_at.items() if full_at > now}
