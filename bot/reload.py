"""Hot reload: a saved YAML file changes the next answer; a broken one leaves the last good knowledge in force."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.desk import Desk
from bot.errors import KnowledgeError
from bot.health import Health
from bot.knowledge import Knowledge, Loaded
from bot.metrics import Metrics
from bot.phrases.chat import knowledge_refused
from bot.problem import Problem
from bot.watch import watch

_LOG = structlog.get_logger(__name__)
PART = "knowledge"


class Reloader:
    """Keeps the desk's knowledge that of one directory; `read` reads it whole and runs in a thread."""

    def __init__(
        self, directory: Path, read: Callable[[], Loaded], desk: Desk, health: Health, metrics: Metrics
    ) -> None:
        self._directory = directory
        self._read = read
        self._desk = desk
        self._health = health
        self._metrics = metrics
        self._announce(desk.knowledge_version)

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set."""
        await watch(self._directory, self._apply, self._report, self._look, self._desk.knowledge_version, stop)

    def _look(self) -> Loaded:
        """What a directory that cannot be read as asked has is one problem: the good knowledge stays in force."""
        try:
            return self._read()
        except KnowledgeError as error:
            return Loaded(None, (Problem(str(self._directory), 1, 1, "unreadable", str(error)),))

    async def _apply(self, knowledge: Knowledge) -> None:
        # A change made through the bot is in force before its file is seen here.
        if knowledge.version != self._desk.knowledge_version:
            await asyncio.to_thread(self._desk.swap, knowledge)
        self._announce(knowledge.version)

    def _report(self, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        if not errors:
            self._announce(self._desk.knowledge_version)
            return
        self._metrics.reload_failures.inc()
        # Still green: the bot answers well, and a restart would only lose the good knowledge.
        self._health.good(PART, f"{self._desk.knowledge_version}; {knowledge_refused(len(errors))}")
        _LOG.error("knowledge_refused", problems=[problem.text() for problem in errors[:20]])

    def _announce(self, version: str) -> None:
        self._metrics.knowledge.clear()
        self._metrics.knowledge.labels(version).set(time.time())
        self._health.good(PART, version)
        _LOG.info("knowledge_loaded", version=version)
