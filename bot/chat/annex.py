"""Questions thought over in a process of their own: meanwhile the bot's own loop serves Telegram and the database.

The process holds a desk with the same knowledge and nothing else; whatever happens to it, the bot's own desk answers.
What comes back is ready to be sent: what an answer is made of would take longer to carry over than to write out.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import pickle
import sys
from dataclasses import replace
from typing import NamedTuple

import structlog

from bot import model_pickle
from bot.chat.composed import Composed, compose
from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.outcome import Question
from bot.pause import rest

_LOG = structlog.get_logger(__name__)
SIZE_BYTES = 4  # before every message: how long it is
_ANSWER_SECONDS = 10.0  # longer than any question takes; whoever is silent longer is replaced
_LOOK_SECONDS = 1.0  # how soon a change of the knowledge, or the end of the process, is seen
_BREATH_SECONDS = 0.002  # between two questions thought over here; about what the loop has to do for one of them
_PAUSE_SECONDS = 5.0  # before a process that ended is replaced


class Asked(NamedTuple):  # tuples are pickled at a fraction of a dataclass's cost
    """One question, as the process gets it; a `Knowledge` comes before the first, and again when it has changed."""

    number: int
    question: Question
    earlier: str | None


class Answered(NamedTuple):
    """What the process says to one question; `kept` is what its asker's next question may go on from."""

    number: int
    answer: Composed
    kept: str | None


class Annex:
    """The line to the process. `run` keeps it there; `ask` works with or without it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._process: asyncio.subprocess.Process | None = None
        self._version = ""  # of the knowledge the process has
        self._numbers = itertools.count(1)
        self._turn = asyncio.Lock()
        self._waiting: dict[int, asyncio.Future[Answered | None]] = {}

    async def ask(self, question: Question) -> Composed:
        """The answer to one message, as `Desk.ask` gives it. Never raises for any text."""
        asked = Asked(next(self._numbers), question, self._desk.earlier(question))
        answered = await self._elsewhere(asked) or await self._here(asked)
        self._desk.keep(question, answered.kept)
        return answered.answer

    def serves(self) -> bool:
        """Whether the process is there and has the knowledge in force."""
        return self._process is not None and self._version == self._desk.knowledge_version

    def dismiss(self) -> None:
        """End the process; another one takes its place."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def run(self, stop: asyncio.Event) -> None:
        """Have a process as long as `stop` is not set. With a single processor it would only be in the way."""
        if _processors() < 2:
            await stop.wait()
        while not stop.is_set():
            with contextlib.suppress(OSError):  # no room for another process at this moment
                await self._serve(stop)
            if not stop.is_set():
                _LOG.warning("annex_ended")
                await rest(stop, _PAUSE_SECONDS)

    async def _here(self, asked: Asked) -> Answered:
        """What our own desk thinks. Between two questions the loop hears what Telegram has to say: an answer that was
        sent and not noted yet comes again if the program dies then.
        """
        async with self._turn:
            answered = answer(self._desk, asked)
            await asyncio.sleep(_BREATH_SECONDS)
        return answered

    async def _elsewhere(self, asked: Asked) -> Answered | None:
        """What the process thinks; None when there is none, or it has other knowledge, or it keeps silent."""
        process, version = self._process, self._desk.knowledge_version
        if process is None or not self.serves():
            return None
        coming: asyncio.Future[Answered | None] = asyncio.get_running_loop().create_future()
        self._waiting[asked.number] = coming
        try:
            _send(process, pickle.dumps(asked, protocol=5))
            async with asyncio.timeout(_ANSWER_SECONDS):
                answered = await coming
        except TimeoutError:
            self.dismiss()
            return None
        except OSError:
            return None
        finally:
            self._waiting.pop(asked.number, None)
        # Other knowledge may have been on its way to the process before the question was.
        return answered if answered and answered.answer.knowledge == version else None

    async def _serve(self, stop: asyncio.Event) -> None:
        """One process from its start to its end."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.chat.annex_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        hearing = asyncio.create_task(self._hear(process))
        try:
            taught = ""
            while not stop.is_set() and not hearing.done():
                knowledge = self._desk.knowledge
                if knowledge.version != taught:
                    taught = knowledge.version
                    await _teach(process, knowledge)
                await asyncio.wait((hearing,), timeout=_LOOK_SECONDS)
        finally:
            self._process, self._version = None, ""
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.gather(hearing, return_exceptions=True)
            await process.wait()
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_result(None)

    async def _hear(self, process: asyncio.subprocess.Process) -> None:
        """Hand out what comes back, until the process ends. The version of taken-in knowledge comes as a word."""
        assert process.stdout is not None  # noqa: S101 (a pipe, as asked for)
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                size = int.from_bytes(await process.stdout.readexactly(SIZE_BYTES), "big")
                told = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 (from our own process)
                if isinstance(told, str):
                    self._process, self._version = process, told
                    continue
                answered: Answered = told
                waiting = self._waiting.get(answered.number)
                if waiting is not None and not waiting.done():
                    waiting.set_result(answered)


def answer(desk: Desk, asked: Asked) -> Answered:
    """What a desk says to one question."""
    thought = desk.think(asked.question, asked.earlier)
    return Answered(asked.number, compose(thought.answer), thought.kept)


async def _teach(process: asyncio.subprocess.Process, knowledge: Knowledge) -> None:
    """Send what answers come from; the process names its version once it is ready to be asked."""
    assert process.stdin is not None  # noqa: S101 (a pipe, as asked for)
    message = await asyncio.to_thread(model_pickle.dumps, replace(knowledge, questions=()))
    with contextlib.suppress(OSError):
        _send(process, message)
        await process.stdin.drain()


def _send(process: asyncio.subprocess.Process, message: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 (a pipe, as asked for)
    process.stdin.write(len(message).to_bytes(SIZE_BYTES, "big") + message)


def _processors() -> int:
    """How many this program may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
