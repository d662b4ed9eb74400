"""What each part of the running program last said about itself; read by `/health` and nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PartState:
    """One part's last word; `at` is monotonic seconds."""

    ok: bool
    detail: str
    at: float


@dataclass(slots=True)
class Health:
    """The states by part. A part with a deadline turns red by itself when it has been silent too long."""

    clock: Callable[[], float] = time.monotonic
    deadlines: dict[str, float] = field(default_factory=dict)  # seconds of allowed silence
    _parts: dict[str, PartState] = field(default_factory=dict)

    def good(self, part: str, detail: str = "ok") -> None:
        self._parts[part] = PartState(True, detail, self.clock())

    def bad(self, part: str, detail: str) -> None:
        self._parts[part] = PartState(False, detail, self.clock())

    def parts(self) -> dict[str, PartState]:
        """Every part as it stands now, the silent ones turned red."""
        now = self.clock()
        return {name: self._judged(name, state, now) for name, state in self._parts.items()}

    def silence(self, part: str) -> float:
        """Seconds since `part` last reported; 0 when it never has."""
        state = self._parts.get(part)
        return self.clock() - state.at if state else 0.0

    def _judged(self, name: str, state: PartState, now: float) -> PartState:
        limit = self.deadlines.get(name)
        if state.ok and limit is not None and now - state.at > limit:
            return PartState(False, f"silent for {now - state.at:.0f} s", state.at)
        return state
