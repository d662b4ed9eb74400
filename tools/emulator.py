"""The Bot API emulator as a process of its own, and in it the people who ask; run by `tools/load.py`.

Both bots talk straight to the emulator: a proxy between them would take its share of the machine's few cores, and its
own time would stand in every figure. Asking and noting who was answered happens inside the emulator, because from
outside it shows neither chats nor times. Webhook updates are handed over up to forty at a time, as Telegram does; by
itself the emulator hands over one after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

_HANDED_OVER_AT_ONCE = 40  # Telegram's own default of max_connections
_AGAIN_SECONDS = 0.2  # before a refused webhook update is offered again
_MANY = 1_000_000


@dataclass(slots=True)
class Asking:
    """The questions put to one bot by one call, each by a person and in a chat of its own. Times are monotonic."""

    due: dict[int, float]  # chat → when the question was asked, or should have been
    answered: dict[int, float] = field(default_factory=dict)  # chat → when the first message for it arrived
    said: Counter[tuple[int, str]] = field(default_factory=Counter)  # chat and words → how often

    def report(self) -> dict[str, Any]:
        """What the measuring process reads; a message that came twice in the same words was sent twice."""
        return {
            "due": list(self.due.values()),
            "answered": [self.answered.get(chat) for chat in self.due],
            "twice": sum(count > 1 for count in self.said.values()),
        }


class Crowd(LoBotApiEmulator):  # type: ignore[misc]
    """The emulator with two routes more: `POST /load` has people ask, `GET /load` tells how far they got."""

    def __init__(self) -> None:
        super().__init__(max_updates=_MANY, max_assets=_MANY, allow_insecure_loopback_webhooks=True)
        self._ids = itertools.count(1)
        self._askings: dict[str, Asking] = {}  # token → what its bot is being asked
        self._heard = asyncio.Condition()
        self._client: ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def app(self) -> web.Application:
        app: web.Application = super().app()
        app.router.add_post("/load", self._start)
        app.router.add_get("/load", self._tell)
        app.on_cleanup.append(self._close)
        return app

    async def handle(self, request: web.Request) -> web.Response:
        """A call of a bot; a message that was accepted has been received when its request came in."""
        at = time.monotonic()
        response: web.Response = await super().handle(request)
        asking = self._askings.get(request.match_info["token"])
        if asking is not None and request.match_info["method"] == "sendMessage" and response.status == 200:
            fields = await request.post()
            chat = int(str(fields["chat_id"]))
            asking.answered.setdefault(chat, at)
            asking.said[chat, str(fields["text"])] += 1
            async with self._heard:
                self._heard.notify_all()
        return response

    async def _start(self, request: web.Request) -> web.Response:
        """`texts` are asked in turn by the people from `first` on, for the bot of `token` with its `hook`, if any.

        With `moments` each at its own (seconds from now), whatever the bot does; otherwise as soon as fewer than
        `window` are unanswered.
        """
        wanted = await request.json()
        token = wanted["token"]
        asking = self._askings[token] = Asking({})
        chats = itertools.count(wanted["first"])
        pace = (
            self._at_moments(asking, wanted["moments"])
            if wanted["moments"]
            else self._by_window(asking, wanted["window"], len(wanted["texts"]))
        )
        self._spawn(self._ask_all(asking, pace, chats, wanted))
        return web.json_response({})

    async def _tell(self, request: web.Request) -> web.Response:
        asking = self._askings[request.query["token"]]
        if "brief" in request.query:
            return web.json_response({"answered": len(asking.answered)})
        return web.json_response(asking.report())

    async def _ask_all(self, asking: Asking, pace: Any, chats: Iterator[int], wanted: dict[str, Any]) -> None:
        texts = iter(wanted["texts"])
        async for due in pace:
            chat = next(chats)
            asking.due[chat] = due
            update = {"update_id": next(self._ids), "message": _message(chat, next(texts))}
            if wanted["hook"]:
                self._spawn(self._hand_over(update, wanted["hook"], wanted["secret"]))
            else:
                await self.enqueue_update(update, token=wanted["token"])

    async def _at_moments(self, _: Asking, moments: list[float]) -> Any:
        start = time.monotonic()
        for moment in moments:
            await asyncio.sleep(max(0.0, start + moment - time.monotonic()))
            yield start + moment

    async def _by_window(self, asking: Asking, window: int, count: int) -> Any:
        for _ in range(count):
            async with self._heard:
                await self._heard.wait_for(lambda: len(asking.due) - len(asking.answered) < window)
            yield time.monotonic()

    async def _hand_over(self, update: dict[str, Any], url: str, secret: str) -> None:
        """Offer an update to a webhook until it is taken."""
        if self._client is None:
            connector = TCPConnector(limit=_HANDED_OVER_AT_ONCE)
            self._client = ClientSession(connector=connector, timeout=ClientTimeout(total=60))
        while True:
            try:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                async with self._client.post(url, json=update, headers=headers) as response:
                    if response.ok:
                        return
            except (ClientError, TimeoutError):
                pass
            await asyncio.sleep(_AGAIN_SECONDS)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close(self, _: web.Application) -> None:
        if self._client is not None:
            await self._client.close()


def _message(person: int, text: str) -> dict[str, Any]:
    return {
        "message_id": person,
        "date": int(time.time()),
        "chat": {"id": person, "type": "private", "first_name": "Người hỏi"},
        "from": {"id": person, "is_bot": False, "first_name": f"Người hỏi {person}"},
        "text": text,
    }


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(prog="python -m tools.emulator", description=__doc__)
    parser.add_argument("--port", help="where to listen on this machine", type=int, required=True)

    async def app() -> web.Application:
        return Crowd().app()

    web.run_app(app(), host="127.0.0.1", port=parser.parse_args().port, access_log=None, print=None)


if __name__ == "__main__":
    main()
