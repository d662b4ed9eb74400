"""The bot under load, beside an echo bot at the same emulator: answers per second, waiting times, memory that stays."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress

from bot.evaluation import read_questions
from tools.contestants import Burst, Contestant, contestants
from tools.measure import percent, quantile, table

_SEED = 20231
_WINDOW = 300  # unanswered questions that are always there while throughput is measured: the queue is never empty
_ROUNDS = 8  # the bots take turns, so that a slow minute of the machine falls on all of them
_WARM_UP = 60  # questions each bot answers before time is taken
_STEPS = 5  # of the long run

_THROUGHPUT = ("bot", "answered/s", "of the echo %", "CPU ms an answer", "the emulator's CPU ms", "lost", "twice")
_LATENCY = ("bot", "questions", "p50 ms", "p99 ms", "worst ms", "lost", "twice")
_LONG = ("questions", "answered/s", "CPU ms an answer", "memory MB", "lost", "twice")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many are asked: of each bot `questions` as fast as it answers, then `pace` a second; of one bot `long`."""

    questions: int = 4000
    pace: float = 30.0
    seconds: float = 30.0
    long: int = 20_000
    postgresql: bool = True


def run(plan: Plan, directory: Path, knowledge: Path, file: Path, progress: Progress) -> str:
    """The tables as Markdown. Databases and logs are written anew into a folder of their own in `directory`.

    Raises UsageError for a question file that cannot be read.
    """
    texts = [one.text for one in read_questions(file)]
    chance = random.Random(_SEED)  # noqa: S311 (the same questions in every run)
    own = directory / "load"
    shutil.rmtree(own, ignore_errors=True)
    with contestants(own, knowledge, postgresql=plan.postgresql) as bots:
        for bot in bots:
            _asked(bot, chance.choices(texts, k=_WARM_UP), f"{bot.name}: starting", progress)
        bursts = _throughput(bots, chance.choices(texts, k=plan.questions), progress)
        paced = _paced(bots, plan, texts, progress)
        ours = next(bot for bot in bots if bot.storage)
        steps = _long(ours, plan.long, texts, chance, progress)
    parts = [
        f"## Load: {len(bots)} bots at one emulator, questions of {file.name}\n",
        table(_THROUGHPUT, _throughput_rows(bots, bursts)),
        f"{plan.questions:,} questions to each bot in {_ROUNDS} turns, {_WINDOW} always unanswered, each from somebody",
        "new. The CPU is the bot's and of the process it starts; a PostgreSQL server's is not in it.\n",
        table(_LATENCY, [_latency_row(bot, own) for bot, own in zip(bots, paced, strict=True)]),
        f"{plan.pace:g} questions a second for {plan.seconds:g} s in {_ROUNDS} turns, at random moments, whatever the",
        "bot does; timed from the moment of the question until Telegram has the first message of the answer.\n",
    ]
    if steps:
        parts += [f"### {ours.name}: {plan.long:,} questions on end\n", table(_LONG, steps)]
    return "\n".join(parts)


def _asked(
    bot: Contestant, texts: Sequence[str], name: str, progress: Progress, moments: Sequence[float] = ()
) -> Burst:
    bar = progress.add_task(name, total=len(texts))
    progress.refresh()
    return bot.ask(
        texts, window=_WINDOW, moments=moments, told=lambda done: progress.update(bar, completed=done, refresh=True)
    )


def _throughput(bots: Sequence[Contestant], texts: Sequence[str], progress: Progress) -> list[list[Burst]]:
    """For each bot its bursts, one a round; all bots are asked the same."""
    bursts: list[list[Burst]] = [[] for _ in bots]
    for number in range(_ROUNDS):
        share = texts[number::_ROUNDS]
        for bot, own in zip(bots, bursts, strict=True):
            own.append(_asked(bot, share, f"{bot.name}, round {number + 1}", progress))
    return bursts


def _paced(bots: Sequence[Contestant], plan: Plan, texts: Sequence[str], progress: Progress) -> list[list[Burst]]:
    """The same in turns where everybody asks when they like: the gaps are those of chance, the same for every bot."""
    chance = random.Random(_SEED)  # noqa: S311 (the same moments in every run)
    length = plan.seconds / _ROUNDS
    bursts: list[list[Burst]] = [[] for _ in bots]
    for number in range(_ROUNDS):
        moments = sorted(chance.uniform(0, length) for _ in range(round(plan.pace * length)))
        share = chance.choices(texts, k=len(moments))
        for bot, own in zip(bots, bursts, strict=True):
            own.append(_asked(bot, share, f"{bot.name}, {plan.pace:g}/s, round {number + 1}", progress, moments))
    return bursts


def _long(
    bot: Contestant, count: int, texts: Sequence[str], chance: random.Random, progress: Progress
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for step in range(_STEPS if count else 0):
        done = count * (step + 1) // _STEPS
        share = chance.choices(texts, k=done - count * step // _STEPS)
        burst = _asked(bot, share, f"{bot.name}, to {done:,}", progress)
        cost = f"{1000 * burst.cpu / burst.asked:.2f}"
        rows.append((f"{done:,}", _speed([burst]), cost, f"{bot.megabytes:.0f}", str(burst.lost), str(burst.twice)))
    return rows


def _throughput_rows(bots: Sequence[Contestant], bursts: Sequence[Sequence[Burst]]) -> list[tuple[str, ...]]:
    echoes = {bot.mode: own for bot, own in zip(bots, bursts, strict=True) if not bot.storage}
    rows = []
    for bot, own in zip(bots, bursts, strict=True):
        asked = sum(one.asked for one in own)
        costs = (1000 * sum(one.cpu for one in own) / asked, 1000 * sum(one.emulator_cpu for one in own) / asked)
        ratio = percent(_rate(own), _rate(echoes[bot.mode]))
        rows.append((bot.name, _speed(own), ratio, *(f"{cost:.2f}" for cost in costs), *_faults(own)))
    return rows


def _latency_row(bot: Contestant, bursts: Sequence[Burst]) -> tuple[str, ...]:
    waits = [wait for burst in bursts for wait in burst.waits]
    shown = (quantile(waits, 0.5), quantile(waits, 0.99), max(waits, default=0.0))
    asked = sum(burst.asked for burst in bursts)
    return (bot.name, str(asked), *(f"{wait:.1f}" for wait in shown), *_faults(bursts))


def _faults(bursts: Sequence[Burst]) -> tuple[str, str]:
    return str(sum(one.lost for one in bursts)), str(sum(one.twice for one in bursts))


def _rate(bursts: Sequence[Burst]) -> float:
    """Answered questions a second."""
    seconds = sum(one.seconds for one in bursts)
    return sum(len(one.waits) for one in bursts) / seconds if seconds > 0 else 0.0


def _speed(bursts: Sequence[Burst]) -> str:
    return f"{_rate(bursts):.0f}"
