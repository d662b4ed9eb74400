"""What is measured: wall and processor seconds, resident memory, and percentiles of many short calls."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

Result = TypeVar("Result")
_PROCESSES = Path("/proc")
_USED, _IN_SYSTEM = 11, 12  # fields of /proc/…/stat behind the program's name


@dataclass(frozen=True, slots=True)
class Cost:
    """One long step: seconds on the wall clock, seconds of processor time, and MB of resident memory it added."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Many short calls: milliseconds on the wall clock, and the median of their processor time."""

    p50: float
    p99: float
    worst: float
    cpu: float


def resident(process: int | None = None) -> float:
    """MB of memory a process holds with those it started, this one unless told; 0 where the system does not tell."""
    pages = 0
    for one in _family(process or os.getpid()):
        statm = _PROCESSES / str(one) / "statm"
        pages += int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds(process: int) -> float:
    """Processor time another process and those it started have taken so far; 0 where the system does not tell."""
    ticks = 0
    for one in _family(process):
        stat = _PROCESSES / str(one) / "stat"
        fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * (_IN_SYSTEM + 1)
        ticks += int(fields[_USED]) + int(fields[_IN_SYSTEM])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> list[int]:
    """A process and the running ones it started, and theirs."""
    family = [process]
    for parent in family:
        for children in (_PROCESSES / str(parent) / "task").glob("*/children"):
            family += map(int, children.read_text().split())
    return family


def measured(work: Callable[[], Result]) -> tuple[Result, Cost]:
    """The result of the work, and what it cost."""
    memory, wall, cpu = resident(), time.perf_counter(), time.process_time()
    result = work()
    return result, Cost(time.perf_counter() - wall, time.process_time() - cpu, resident() - memory)


class Stopwatch(Generic[Result]):
    """Times one kind of work, call by call, and keeps what it gave."""

    def __init__(self, work: Callable[[str], Result]) -> None:
        self._work = work
        self._walls: list[float] = []
        self._cpus: list[float] = []
        self.results: list[Result] = []

    def time(self, text: str) -> None:
        """Does the work for one text."""
        cpu, wall = time.process_time(), time.perf_counter()
        self.results.append(self._work(text))
        self._walls.append((time.perf_counter() - wall) * 1000)
        self._cpus.append((time.process_time() - cpu) * 1000)

    @property
    def latency(self) -> Latency:
        walls = self._walls
        return Latency(quantile(walls, 0.5), quantile(walls, 0.99), max(walls, default=0.0), quantile(self._cpus, 0.5))


def settle() -> None:
    """As the running bot does: what was loaded is not looked through while somebody waits."""
    gc.collect()
    gc.freeze()


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else 0.0


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def percent(part: float, whole: float) -> str:
    """A share in per cent with one decimal; a dash of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "—"
