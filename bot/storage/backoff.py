"""When a failed row is tried again, and when it is given up."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often and how late a failed row is tried again; times in seconds."""

    first: float = 1.0
    longest: float = 60.0
    tries: int = 5  # failures of our own before a row is dead
    give_up_after: float = 86_400.0  # how long Telegram or the network may fail before a row is dead
    losses: int = 10  # workers a row may outlive: an update that kills the process must not do so for ever

    def pause(self, failures: int) -> float:
        """Seconds before the next try, doubled by every failure, with jitter so that rows do not return together."""
        return float(min(self.longest, self.first * 2 ** min(failures, 30))) * random.uniform(0.5, 1.0)  # noqa: S311


USUAL_BACKOFF = Backoff()
