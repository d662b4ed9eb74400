"""The bot's line to Telegram: waited for at the start, then polled or hooked until the program ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.chat.line import Line
from bot.chat.polling import FIRST_PAUSE, LONGEST_PAUSE, PART, REFUSALS, UPDATES, Ending, Poller, Receive, seconds
from bot.chat.worker import RaisingApplication
from bot.health import Health
from bot.metrics import Metrics
from bot.pause import rest
from bot.settings import Settings

_LOG = structlog.get_logger(__name__)
_CONNECTIONS = 8
_PATIENCE_SECONDS = 20.0  # a shorter one sends an answer twice when Telegram stalls


def build_application(settings: Settings) -> RaisingApplication:
    """python-telegram-bot without its own updater and queue: the inbox does their work."""
    builder = Application.builder().application_class(RaisingApplication).updater(None).job_queue(None)
    builder = builder.token(settings.token.get_secret_value())
    builder = builder.base_url(settings.bot_api_url).base_file_url(settings.bot_file_url)
    builder = builder.request(Line(_CONNECTIONS, _PATIENCE_SECONDS)).get_updates_request(Line(1, _PATIENCE_SECONDS))
    return cast(RaisingApplication, builder.build())  # the builder's types forget the class it was given


class Connection:
    """Calls that must succeed before anything else can; each is repeated until it does or `stop` is set."""

    def __init__(self, application: RaisingApplication, health: Health, metrics: Metrics, stop: asyncio.Event) -> None:
        self._application = application
        self._health = health
        self._metrics = metrics
        self._stop = stop
        health.bad(PART, "not connected yet")

    async def open(self) -> Ending | None:
        """Learn who we are. An ending when the program was stopped first or the token stays refused."""
        return await self._insist(self._application.initialize)

    async def poll(self, receive: Receive, offset: int | None) -> Ending:
        """Receive by long polling until the end."""
        bot = self._application.bot
        ending = await self._insist(lambda: bot.delete_webhook(drop_pending_updates=False))
        return ending or await Poller(bot, receive, self._health, self._metrics).run(self._stop, offset)

    async def hook(self, url: str, secret: str) -> Ending:
        """Tell Telegram where our webhook is, and wait for the end."""
        bot = self._application.bot
        ending = await self._insist(
            lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES, drop_pending_updates=False)
        )
        if ending is None:
            self._health.good(PART, "webhook")
            await self._stop.wait()
        return ending or Ending.ASKED

    async def close(self) -> None:
        await self._application.shutdown()

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> Ending | None:
        pause, refusals = FIRST_PAUSE, 0
        while not self._stop.is_set():
            try:
                await call()
            except InvalidToken:
                refusals += 1
                self._failed("refused")
                if refusals >= REFUSALS:
                    return Ending.REFUSED
            except RetryAfter as flood:
                self._failed("flood")
                pause = max(pause, seconds(flood))
            except TelegramError as error:
                self._failed(type(error).__name__)
            else:
                return None
            await rest(self._stop, pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return Ending.ASKED

    def _failed(self, kind: str) -> None:
        self._health.bad(PART, kind)
        self._metrics.telegram_errors.labels(f"connect:{kind}").inc()
        _LOG.warning("connecting_failed", kind=kind)
