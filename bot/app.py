"""`run`: every part made once, wired together, kept running together and stopped together."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.routing import Route

from bot import logs
from bot.chat import commands
from bot.chat.access import Access
from bot.chat.admin import Administration, link_to
from bot.chat.annex import Annex
from bot.chat.asking import Asking
from bot.chat.browsing import Browsing
from bot.chat.buttons import Seal
from bot.chat.connection import Connection, build_application
from bot.chat.courier import Courier
from bot.chat.editing_desk import EditingDesk
from bot.chat.editing_unanswered import UnansweredDesk
from bot.chat.handlers import Handlers, Rooms
from bot.chat.inline import Inline
from bot.chat.polling import PART, Ending
from bot.chat.turn import Turns
from bot.chat.worker import Workers
from bot.desk import Desk
from bot.editing.folder import KnowledgeFolder
from bot.editing.judgement import Judge
from bot.editing.settled import Settled
from bot.editing.stores import Stores
from bot.editing.versions import Versions
from bot.errors import StorageError
from bot.health import Health
from bot.inbox import Inbox
from bot.knowledge import Knowledge, KnowledgeReader, Loaded
from bot.metrics import Metrics
from bot.pause import rest
from bot.people import People, Role
from bot.phrases import chat as phrases
from bot.query_log import QueryLog
from bot.rate import RateLimiter
from bot.receiving import Receiver
from bot.reload import Reloader
from bot.settings import Settings
from bot.storage.database import Database
from bot.web.routes import status, webhook
from bot.web.server import WebServer

_LOG = structlog.get_logger(__name__)
_SILENCE_SECONDS = 90.0  # polling: longer without a good getUpdates is an illness
_SWITCH_SECONDS = 0.0001
_DATA = Path("data")  # where what is this machine's own lies when the database is elsewhere
_HOUSEKEEPING_SECONDS = 6 * 3600.0
_BURST, _PACE_SECONDS = 30, 1.0  # one person's questions at once, and then one a second


def run(settings: Settings, briefings: tuple[str, ...] = ()) -> int:
    """Run the bot on all briefings or some, until SIGTERM or SIGINT; the exit code, not 0 when it had to give up.

    Raises SettingsError, KnowledgeError or StorageError when it cannot even start.
    """
    token = settings.token.get_secret_value()
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    logs.configure(settings.log_level, (token, secret, settings.database_url.get_secret_value()))
    # SQLite's thread needs the interpreter for a moment after every statement; while it waits, an answer that has been
    # sent is not written down. Measured: with Python's 5 ms a third fewer answers a second.
    sys.setswitchinterval(_SWITCH_SECONDS)
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        return runner.run(_run(settings, briefings))


def _new_loop() -> asyncio.AbstractEventLoop:
    """The faster loop where it can be installed, else the ordinary one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _run(settings: Settings, briefings: tuple[str, ...]) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    read = partial(KnowledgeReader(settings.knowledge_dir).read, briefings)
    desk = Desk(read().required())
    async with AsyncExitStack() as closing:
        database = await Database.open(settings.database_url.get_secret_value())
        closing.push_async_callback(database.close)
        log = await QueryLog.open(database)
        inbox = await Inbox.open(database, log, journal=database.path.parent if database.path else _DATA)
        closing.push_async_callback(inbox.close)
        stores = _stores(database, log, settings.knowledge_dir, briefings, desk)
        if await stores.versions.sync():
            desk.swap(read().required())
        people = People(database, settings.bot_admins)
        return await _Program(settings, stop, desk, read, log, inbox, people, stores).run()


def _stores(database: Database, log: QueryLog, directory: Path, briefings: tuple[str, ...], desk: Desk) -> Stores:
    judge, folder = Judge(directory), KnowledgeFolder(directory)

    async def put_in_force(knowledge: Knowledge) -> None:
        await asyncio.to_thread(lambda: desk.swap(knowledge.only(briefings)))

    return Stores(folder, judge, Versions(database, folder, judge, put_in_force), Settled(database), log)


class _Program:
    """All parts side by side; when one ends, all of them end: no half of a bot stays behind."""

    def __init__(
        self,
        settings: Settings,
        stop: asyncio.Event,
        desk: Desk,
        read: Callable[[], Loaded],
        log: QueryLog,
        inbox: Inbox,
        people: People,
        stores: Stores,
    ) -> None:
        self._settings = settings
        self._stop = stop
        self._log = log
        self._inbox = inbox
        self._people = people
        self._stores = stores
        self._health = Health(deadlines={} if settings.webhook_url else {PART: _SILENCE_SECONDS})
        self._metrics = Metrics(CollectorRegistry())
        self._receiver = Receiver(inbox, self._metrics)
        self._reloader = Reloader(settings.knowledge_dir, read, desk, self._health, self._metrics)
        self._application = build_application(settings)
        self._connection = Connection(self._application, self._health, self._metrics, stop)
        turns = Turns()
        self._annex = Annex(desk)
        self._handlers(desk, turns).install(self._application)
        self._workers = Workers(self._application, inbox, turns, self._metrics)
        self._web = WebServer(Starlette(routes=self._routes()), settings.web_host, settings.web_port)

    async def run(self) -> int:
        """The exit code once everything has ended."""
        parts = {
            "web": self._web.run(self._stop),
            "reload": self._reloader.run(self._stop),
            "versions": self._stores.versions.follow(self._stop),
            "housekeeping": self._housekeeping(),
            "annex": self._annex.run(self._stop),
            "telegram": self._telegram(),
        }
        # All that is made by now stays to the end: the collector need not look through it while people wait.
        gc.collect()
        gc.freeze()
        tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self._stop.set()
        code = 0
        for task, outcome in zip(tasks, await asyncio.gather(*tasks, return_exceptions=True), strict=True):
            if isinstance(outcome, BaseException):
                _LOG.critical("part_failed", part=task.get_name(), exc_info=outcome)
                code = 1
            elif outcome in (Ending.CONFLICT, Ending.REFUSED):
                code = 1
        _LOG.info("stopped", code=code)
        return code

    async def _telegram(self) -> Ending:
        ending = await self._connection.open()
        if ending is None:
            await self._invite_first_admin()
            working = asyncio.create_task(self._workers.run(self._stop))
            working.add_done_callback(lambda _: self._stop.set())
            await commands.publish(self._application.bot, await self._staff())
            try:
                ending = await self._receive()
            finally:
                self._stop.set()
                await working
                await self._connection.close()
        if ending is Ending.CONFLICT:
            sys.stderr.write(f"{phrases.SECOND_POLLER}\n")
        if ending is Ending.REFUSED:
            sys.stderr.write(f"{phrases.REFUSED_BY_TELEGRAM}\n")
        return ending

    async def _invite_first_admin(self) -> None:
        """Without any admin nobody could invite anybody: the operator gets a one-time link."""
        invitation = await self._people.first_admin_link()
        if invitation is not None:
            sys.stdout.write(f"{phrases.claim(link_to(self._application.bot, invitation.payload))}\n")
            sys.stdout.flush()

    async def _staff(self) -> dict[int, Role]:
        """Everybody with commands of their own."""
        members = {one.user_id: one.role for one in await self._people.everyone() if one.role.covers(Role.EDITOR)}
        return {**members, **dict.fromkeys(await self._people.admins(), Role.ADMIN)}

    async def _receive(self) -> Ending:
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        if url and secret:
            return await self._connection.hook(url, secret.get_secret_value())
        return await self._connection.poll(self._receiver.many, await self._inbox.offset())

    async def _refresh(self) -> None:
        """Ask the parts that only speak when asked."""
        self._metrics.receive_lag.set(self._health.silence(PART))
        try:
            depth, dead = await self._inbox.depth(), await self._inbox.dead_count()
        except StorageError as error:
            self._health.bad("database", str(error))
            return
        self._metrics.inbox_depth.set(depth)
        self._metrics.inbox_dead.set(dead)
        self._health.good("database")
        self._health.good("inbox", f"{depth} waiting, {dead} dead")
        # Without it everything goes on, only slower: no reason to be taken for ill and replaced.
        trouble = self._inbox.journal_trouble
        self._health.good("journal", f"not written: {trouble}" if trouble else "ok")

    async def _housekeeping(self) -> None:
        """Forget what is past its time, now and every few hours."""
        while not self._stop.is_set():
            try:
                await self._log.retain(self._settings.log_retention_days)
                await self._inbox.purge_done()
                await self._stores.versions.tidy()
            except StorageError:
                _LOG.warning("housekeeping_failed", exc_info=True)
            await rest(self._stop, _HOUSEKEEPING_SECONDS)

    def _routes(self) -> list[Route]:
        routes = [*status(self._health, self._metrics, self._refresh)]
        secret = self._settings.webhook_secret
        if self._settings.webhook_url and secret:
            routes.append(webhook(secret.get_secret_value(), self._receiver.one, self._health))
        return routes

    def _handlers(self, desk: Desk, turns: Turns) -> Handlers:
        settings = self._settings
        seal = Seal(settings.token.get_secret_value())
        courier = Courier(self._application.bot)
        asking = Asking(desk, self._annex, courier, seal, self._log, self._metrics)
        browsing = Browsing(desk, courier, seal, asking)
        administration = Administration(self._people, self._log, self._inbox, courier, seal, self._application.bot)
        editing = EditingDesk(self._stores, self._people, courier, seal)
        unanswered = UnansweredDesk(self._stores, desk, editing, courier, seal)
        rooms = Rooms(asking, browsing, administration, Inline(desk, courier), editing, unanswered)
        access = Access(self._people, settings.bot_access, RateLimiter(_BURST, _PACE_SECONDS))
        return Handlers(rooms, access, courier, seal, turns)
