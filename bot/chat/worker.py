"""Answering: rows of the inbox through python-telegram-bot's handlers, each ended together with its log row."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

from bot.chat.narrows import Narrows, Passage
from bot.chat.polling import seconds
from bot.chat.shape import require_shape
from bot.chat.turn import Turns
from bot.errors import StorageError
from bot.inbox import Inbox, InboxRow
from bot.metrics import Metrics
from bot.pause import rest
from bot.phrases.chat import TROUBLE

_LOG = structlog.get_logger(__name__)
# Chats answered side by side; a chat that must wait gives its worker back. On PostgreSQL half as many are too few.
_WORKERS = 64
_NARROWS = 2  # of them between a send and the note of its end
_DRAIN_SECONDS = 4.0
_TAKE_SECONDS = 1.0  # how soon an idle worker notices the end of the program
_STORAGE_PAUSE = 1.0


class RaisingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application whose handlers' errors reach the caller of `process_update` instead of being swallowed."""

    async def process_error(self, update: object, error: Exception, *_: object, **__: object) -> bool:  # noqa: ARG002
        raise error


class Workers:
    """Take rows and answer them until told to stop."""

    def __init__(self, application: RaisingApplication, inbox: Inbox, turns: Turns, metrics: Metrics) -> None:
        self._application = application
        self._inbox = inbox
        self._turns = turns
        self._metrics = metrics
        self._narrows = Narrows(_NARROWS)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set; rows in work then get a few seconds, and are otherwise answered next time."""
        tasks = [asyncio.create_task(self._work(stop)) for _ in range(_WORKERS)]
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((stopping, *tasks), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        _, late = await asyncio.wait(tasks, timeout=_DRAIN_SECONDS)
        for task in late:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    async def _work(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                row = await self._inbox.take(_TAKE_SECONDS)
                if row is not None:
                    await self._pass(row)
            except StorageError:
                _LOG.error("storage_failed", exc_info=True)
                await rest(stop, _STORAGE_PAUSE)

    async def _pass(self, row: InboxRow) -> None:
        passage = self._narrows.passage()
        try:
            await self._answer(row, passage)
        finally:
            passage.leave()

    async def _answer(self, row: InboxRow, passage: Passage) -> None:
        turn = self._turns.begin(row.update_id)
        turn.before_call = passage.enter
        try:
            raw = json.loads(row.raw)
            require_shape(raw)
            update = Update.de_json(raw, self._application.bot)
        except Exception as error:  # whatever the library trips over: another try would trip again
            _LOG.warning("unparsable", update_id=row.update_id, kind=type(error).__name__)
            self._metrics.failures.labels(await self._inbox.failed(row, "unparsable", hopeless=True)).inc()
            self._turns.end(row.update_id)
            return
        try:
            await self._application.process_update(update)
        except RetryAfter as flood:
            self._metrics.telegram_errors.labels("flood").inc()
            await self._inbox.failed(row, "flood", retry_after=seconds(flood))
        except (BadRequest, StorageError) as error:
            await self._failed(row, error)
        except (NetworkError, InvalidToken) as error:
            self._metrics.telegram_errors.labels(type(error).__name__).inc()
            _LOG.warning("sending_failed", update_id=row.update_id, kind=type(error).__name__)
            await self._inbox.failed(row, type(error).__name__, counts=False)
        except Exception as error:
            await self._failed(row, error)
        else:
            await self._inbox.done(row, turn.entry)
            self._turns.end(row.update_id)
            if turn.entry is not None:
                self._metrics.answers.labels(turn.entry.status).inc()
            lag = dt.datetime.now(dt.UTC) - row.received_at
            self._metrics.latency.observe(max(0.0, lag.total_seconds()))

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        """Our own failure: it counts, and after the last try the person is told and the row kept for the admins."""
        kind = type(error).__name__
        _LOG.error("handling_failed", update_id=row.update_id, kind=kind, tries=row.tries + 1, exc_info=error)
        counts = not isinstance(error, StorageError)
        fate = await self._inbox.failed(row, kind, counts=counts)
        self._metrics.failures.labels(fate).inc()
        if fate == "dead":
            self._turns.end(row.update_id)
            if row.chat_id is not None:
                with contextlib.suppress(TelegramError):
                    await self._application.bot.send_message(row.chat_id, TROUBLE)
