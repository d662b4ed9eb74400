"""Killing the bot while people ask, and counting afterwards; the suite does it briefly, `tests/soak.py` in full."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import asyncpg  # type: ignore[import-untyped]

from tests import databases
from tests.telegram import stage

Mode = Literal["polling", "webhook", "replicas"]
MODES: tuple[Mode, ...] = ("polling", "webhook", "replicas")
_SECRET = "endurance-secret_1"
_FIRST_PERSON = 10_000
_QUESTION = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
_IN_WORK_SECONDS = 0.3  # a kill falls at most this long after the bot began on a burst
_SETTLE_SECONDS = 120.0  # a dead replica's lease, and then some


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the questions of one run."""

    mode: Mode
    asked: int
    kills: int
    lost: int
    twice: int
    logged: int
    logged_twice: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.mode:9} {self.asked} questions, {self.kills} kills: {self.lost} lost, {self.twice} answered twice,"
            f" {self.logged} logged ({self.logged_twice} more than once), {self.seconds:.0f} s"
        )


def endure(mode: Mode, questions: int, kills: int, directory: Path, seed: int = 1) -> Tally:
    """Ask `questions` questions, each from a person of its own, with `kills` kill -9 among them."""
    started = time.monotonic()
    moments = random.Random(seed)
    with ExitStack() as closing:
        account = closing.enter_context(stage.telegram(closing.enter_context(stage.emulator())))
        database = closing.enter_context(_database(mode, directory))
        bots = [closing.enter_context(one) for one in _bots(mode, account, directory, database)]
        account.proxy.backends[:] = [bot.web for bot in bots]
        for bot in bots:
            bot.start()
        people = iter(range(_FIRST_PERSON, _FIRST_PERSON + questions))
        for round_ in range(kills + 1):
            burst = [next(people) for _ in range(_share(questions, kills + 1, round_))]
            asking = threading.Thread(target=_ask_all, args=(account, burst))
            asking.start()
            victim = bots[round_ % len(bots)]
            stage.until(partial(_is_well, victim), 60)
            if round_ < kills:
                time.sleep(moments.uniform(0, _IN_WORK_SECONDS))
                victim.kill()
                victim.start(ready=False)
            asking.join()
        everybody = range(_FIRST_PERSON, _FIRST_PERSON + questions)
        _settle(account, bots, everybody)
        answers = [len(account.sent(one)) for one in everybody]
        logged = Counter(_logged(mode, database))
    return Tally(
        mode=mode,
        asked=questions,
        kills=kills,
        lost=answers.count(0),
        twice=sum(count > 1 for count in answers),
        logged=len(logged),
        logged_twice=sum(count > 1 for count in logged.values()),
        seconds=time.monotonic() - started,
    )


def _ask_all(account: stage.Telegram, people: list[int]) -> None:
    for person in people:
        account.says(person, _QUESTION)


def _is_well(bot: stage.Bot) -> bool:
    return bot.health()[0] == 200


def _share(questions: int, rounds: int, number: int) -> int:
    return questions * (number + 1) // rounds - questions * number // rounds


def _settle(account: stage.Telegram, bots: list[stage.Bot], everybody: range) -> None:
    """Wait until everybody has an answer and the inbox is empty, or long enough to call the rest lost."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < deadline:
        account.deliver()
        answered = {
            call.chat for call in tuple(account.proxy.calls) if call.method == "sendMessage" and call.status == 200
        }
        waiting = [bot for bot in bots if "giaoban_inbox_depth 0.0" not in bot.metrics()]
        if answered.issuperset(everybody) and not waiting:
            return
        time.sleep(0.2)


def _bots(mode: Mode, account: stage.Telegram, directory: Path, database: str) -> Iterator[Any]:
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{account.proxy.port}/telegram", "WEBHOOK_SECRET": _SECRET}
    settings = {"DATABASE_URL": database, **({} if mode == "polling" else hook)}
    for number in range(2 if mode == "replicas" else 1):
        own = directory / f"bot{number}"
        own.mkdir()
        yield stage.bot(account, own, **settings)


@contextmanager
def _database(mode: Mode, directory: Path) -> Iterator[str]:
    """A SQLite file, or for replicas a PostgreSQL server of this run's own."""
    if mode != "replicas":
        yield databases.sqlite_in(directory)
        return
    with databases.postgresql_server() as server:
        yield databases.new_database(server)


def _logged(mode: Mode, database: str) -> list[int]:
    """Whose questions the log holds, one id a row."""
    query = "SELECT user_id FROM query_log"
    if mode != "replicas":
        connection = sqlite3.connect(database.removeprefix("sqlite+aiosqlite:///"))
        try:
            return [row[0] for row in connection.execute(query)]
        finally:
            connection.close()

    async def read() -> list[int]:
        connection = await asyncpg.connect(database.replace("postgresql+asyncpg", "postgresql"))
        try:
            return [row[0] for row in await connection.fetch(query)]
        finally:
            await connection.close()

    return asyncio.run(read())
