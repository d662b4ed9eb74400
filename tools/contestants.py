"""The bots under load: ours in each way it can be run, and the echo bot, each a process beside the emulator's."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests import databases
from tests.telegram.stage import free_port, http, until
from tools.measure import processor_seconds, resident

ROOT = Path(__file__).parent.parent
Mode = Literal["polling", "webhook"]
Storage = Literal["", "SQLite", "PostgreSQL"]  # nothing: the echo bot, which stores nothing
MODES: tuple[Mode, ...] = ("polling", "webhook")
_SECRET = "load-secret_1"  # noqa: S105 (of a webhook on this machine, for some minutes)
_STOP_SECONDS = 15.0
_STUCK_SECONDS = 30.0  # without a single answer: whoever is still waiting has been lost
_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Burst:
    """What became of the questions of one call; `waits` are milliseconds until the first message of each answer."""

    asked: int
    waits: tuple[float, ...]
    twice: int
    seconds: float  # from the first question to the last answer
    cpu: float  # processor seconds of the bot
    emulator_cpu: float

    @property
    def lost(self) -> int:
        return self.asked - len(self.waits)


@dataclass(slots=True)
class Contestant:
    """One bot, running. Everybody who asks it is somebody new, so that an answer can belong to one question only."""

    mode: Mode
    storage: Storage
    token: str
    hook: str
    process: subprocess.Popen[bytes]
    emulator: str
    emulator_process: int
    next_person: int = 1

    @property
    def name(self) -> str:
        return f"ours, {self.mode}, {self.storage}" if self.storage else f"echo, {self.mode}"

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return resident(self.process.pid)

    def ask(
        self, texts: Sequence[str], *, window: int = 0, moments: Sequence[float] = (), told: Callable[[int], None]
    ) -> Burst:
        """Put the questions, each at its moment (seconds from now) or keeping `window` of them unanswered.

        `told` hears now and then how many are answered.
        """
        wanted = {"token": self.token, "hook": self.hook, "secret": _SECRET, "first": self.next_person}
        self.next_person += len(texts)
        before = processor_seconds(self.process.pid), processor_seconds(self.emulator_process)
        self._call("/load", {**wanted, "texts": list(texts), "window": window, "moments": list(moments)})
        self._wait(len(texts), max(moments, default=0.0), told)
        after = processor_seconds(self.process.pid), processor_seconds(self.emulator_process)
        report = self._call(f"/load?token={self.token}")
        pairs = [(due, at) for due, at in zip(report["due"], report["answered"], strict=True) if at is not None]
        return Burst(
            asked=len(texts),
            waits=tuple((at - due) * 1000 for due, at in pairs),
            twice=report["twice"],
            seconds=max((at for _, at in pairs), default=0.0) - min(report["due"], default=0.0),
            cpu=after[0] - before[0],
            emulator_cpu=after[1] - before[1],
        )

    def _wait(self, count: int, silence: float, told: Callable[[int], None]) -> None:
        """Until all are answered, or none has been for long: `silence` is how long nobody may have been asked."""
        answered, since = 0, time.monotonic()
        while answered < count and time.monotonic() - since < silence + _STUCK_SECONDS:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}")
            time.sleep(_LOOK_SECONDS)
            now: int = self._call(f"/load?token={self.token}&brief=1")["answered"]
            if now > answered:
                answered, since = now, time.monotonic()
                told(answered)

    def _call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        sent = json.dumps(body).encode() if body is not None else None
        status, answer = http(f"{self.emulator}{path}", sent, {"Content-Type": "application/json"})
        if status != 200:
            raise RuntimeError(f"the emulator said {status} to {path.partition('?')[0]}")
        found: dict[str, Any] = json.loads(answer)
        return found


@contextmanager
def contestants(directory: Path, knowledge: Path, *, postgresql: bool) -> Iterator[list[Contestant]]:
    """All bots at one emulator, started and not asked anything yet; an idle bot costs the others next to nothing."""
    storages: tuple[Storage, ...] = ("", "SQLite", "PostgreSQL") if postgresql else ("", "SQLite")
    with ExitStack() as closing:
        port = free_port()
        log = directory / "emulator.log"
        emulator = closing.enter_context(_running(["tools.emulator", "--port", str(port)], {}, log))
        url = f"http://127.0.0.1:{port}"
        until(lambda: http(f"{url}/botx/getMe", b"")[0])
        server = closing.enter_context(databases.postgresql_server()) if postgresql else None
        found: list[Contestant] = []
        for mode, storage in itertools.product(MODES, storages):
            number = len(found) + 1
            own = directory / f"bot{number}"
            own.mkdir(parents=True)
            database = databases.new_database(server) if storage == "PostgreSQL" else databases.sqlite_in(own)
            settings = _settings(number, mode, url)
            told = {"DATABASE_URL": database, "KNOWLEDGE_DIR": str(knowledge.resolve())}
            program = ["bot", "run"] if storage else ["tools.echo"]
            process = closing.enter_context(_running(program, {**settings, **told}, own / "bot.log"))
            hook = settings.get("WEBHOOK_URL", "")
            found.append(Contestant(mode, storage, settings["BOT_TOKEN"], hook, process, url, emulator.pid))
        yield found


def _settings(number: int, mode: Mode, emulator: str) -> dict[str, str]:
    web = free_port()
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{web}/telegram", "WEBHOOK_SECRET": _SECRET}
    return {
        "BOT_TOKEN": f"{number}:LOAD-token_{os.getpid()}",
        "BOT_API_URL": f"{emulator}/bot",
        "BOT_FILE_URL": f"{emulator}/file/bot",
        "BOT_ADMINS": "1000000001",
        "BOT_ACCESS": "open",
        "WEB_PORT": str(web),
        **(hook if mode == "webhook" else {}),
    }


@contextmanager
def _running(program: list[str], settings: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program of ours as a process; what it writes lies in `log`, a fresh folder being where it runs."""
    log.parent.mkdir(parents=True, exist_ok=True)
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**inherited, "PYTHONPATH": str(ROOT), **settings}
    with log.open("ab") as written:
        process = subprocess.Popen(  # noqa: S603 (our own programs)
            [sys.executable, "-m", *program], cwd=log.parent, env=environment, stdout=written, stderr=written
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
