"""Receiving by long polling: raw updates into the inbox first, Telegram told afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.errors import StorageError
from bot.health import Health
from bot.metrics import Metrics
from bot.pause import rest
from bot.receiving import Raw, update_id

_LOG = structlog.get_logger(__name__)
UPDATES = ("message", "edited_message", "callback_query", "inline_query")
PART = "telegram"
_HOLD_SECONDS = 25  # how long Telegram may keep an empty request open
# A request costs the same for one update and for a hundred. When they come faster than this for some time, people are
# waiting for answers and not for us, and asking less often leaves more time for answering.
_PRESSED_SECONDS = 0.02
_PRESSED_REQUESTS = 3
_MOST_UPDATES = 100  # in one request: a full one means that Telegram has more
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
REFUSALS = 5  # 401/404 in a row before giving up, some eight seconds
_CONFLICTS = 3  # a predecessor's last request may linger for a moment
_CONFLICT_PAUSE = 1.0

Receive = Callable[[Sequence[Raw], int], Awaitable[object]]


class Ending(Enum):
    """Why polling stopped."""

    ASKED = "asked"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Poller:
    """One `getUpdates` loop.

    `receive` gets updates with the offset that confirms them, and returns once they are safe.
    """

    def __init__(self, bot: Bot, receive: Receive, health: Health, metrics: Metrics) -> None:
        self._bot = bot
        self._receive = receive
        self._health = health
        self._metrics = metrics
        self._well = False
        self._went_on_at = 0.0
        self._pressed = 0  # requests in a row that were answered at once

    async def run(self, stop: asyncio.Event, offset: int | None) -> Ending:
        """Poll until `stop` is set, another poller is found, or Telegram keeps refusing the token.

        `offset` is the one kept last, None when it is unknown.
        """
        pause = FIRST_PAUSE
        refusals = conflicts = 0
        while not stop.is_set():
            try:
                # The first answer, and the first after trouble, should come at once: health waits for it.
                hold = _HOLD_SECONDS if self._well else 0
                updates = await _unless(stop, self._fetch(offset, hold))
                if updates is None:
                    return Ending.ASKED
                confirming = _next(updates)
                if confirming is not None:
                    await self._receive(updates, confirming)
                await rest(stop, self._breath(len(updates)))
            except (InvalidToken, EndPointNotFound):
                refusals += 1
                self._failed("refused")
                if refusals >= REFUSALS:
                    return Ending.REFUSED
            except Conflict:
                conflicts += 1
                self._failed("conflict")
                if conflicts >= _CONFLICTS:
                    return Ending.CONFLICT
                await rest(stop, _CONFLICT_PAUSE)
                continue
            except RetryAfter as flood:
                self._failed("flood")
                pause = max(pause, seconds(flood))
            except TelegramError as error:
                self._failed(type(error).__name__)
            except StorageError:
                # Not acknowledged: Telegram keeps them until the database is back.
                self._failed("storage")
            else:
                # Update ids start anew at random after an idle week. Once Telegram has confirmed all we
                # had, the old offset must not be sent again, or it could hide the new ones.
                offset = confirming
                refusals = conflicts = 0
                pause = FIRST_PAUSE
                self._well = True
                self._health.good(PART)
                continue
            await rest(stop, pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return Ending.ASKED

    def _breath(self, received: int) -> float:
        """Seconds to let updates gather at Telegram, none unless they keep coming."""
        now = asyncio.get_running_loop().time()
        left = _PRESSED_SECONDS - (now - self._went_on_at)
        self._pressed = self._pressed + 1 if left > 0 else 0
        pause = left if self._pressed > _PRESSED_REQUESTS and received < _MOST_UPDATES else 0.0
        self._went_on_at = now + pause
        return pause

    async def _fetch(self, offset: int | None, hold: int) -> list[Raw]:
        arguments: dict[str, object] = {"timeout": hold, "allowed_updates": list(UPDATES)}
        if offset is not None:
            arguments["offset"] = offset
        # Raw JSON: an update that this library cannot parse must not hold back the others. The odd spelling
        # becomes getUpdates on the wire; the plain one makes the library recommend its parsing method.
        fetched: object = await self._bot.do_api_request(
            "get_Updates", api_kwargs=arguments, read_timeout=_HOLD_SECONDS + 10
        )
        updates: list[Raw] = (
            [update for update in fetched if isinstance(update, dict)] if isinstance(fetched, list) else []
        )
        if updates and _next(updates) is None:
            raise TelegramError("updates without ids")
        return updates

    def _failed(self, kind: str) -> None:
        self._well = False
        self._health.bad(PART, kind)
        self._metrics.telegram_errors.labels(f"getUpdates:{kind}").inc()
        _LOG.warning("receiving_failed", kind=kind)


def _next(updates: Sequence[Raw]) -> int | None:
    ids = [number for update in updates if (number := update_id(update)) is not None]
    return max(ids) + 1 if ids else None


def seconds(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


async def _unless(stop: asyncio.Event, work: Awaitable[list[Raw]]) -> list[Raw] | None:
    """The result of `work`, or None as soon as `stop` is set: an open long poll holds up no shutdown."""
    fetching = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if fetching.done():
        return fetching.result()
    fetching.cancel()
    await asyncio.gather(fetching, return_exceptions=True)
    return None
