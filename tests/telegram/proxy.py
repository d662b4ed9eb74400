"""A thin server between the bot and the emulator: it records calls, checks them strictly, and breaks on demand.

It is also the load balancer in front of webhook replicas, and it fills the emulator's gaps: the bot's user name,
edited messages (a queued message with `edit_date` is handed out as one), the names of files, and
`link_preview_options`, which the emulator does not know.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, web

from tests.telegram.strict import violations_of

USERNAME = "giaoban_test_bot"
_WORDS = ("text", "caption")
Fields = Mapping[str, Any]
Files = Mapping[str, tuple[str, bytes]]  # field → name and content
FaultKind = Literal["status", "drop_before", "drop_after", "delay"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made. `status` is what the bot got, 0 when the connection was dropped."""

    method: str
    fields: Fields
    files: Files
    status: int
    at: float

    @property
    def chat(self) -> int:
        return int(self.fields.get("chat_id", 0))

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All inline buttons, in reading order."""
        keyboard = self.fields.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in keyboard for button in row]


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls of `method` that `where` accepts."""

    method: str
    kind: FaultKind
    times: int = 1
    status: int = 500
    retry_after: int | None = None
    seconds: float = 0.0
    where: Callable[[Fields], bool] = lambda _: True


@dataclass(slots=True)
class Proxy:
    """Runs in a thread of its own; everything it saw is read from `calls` and `violations`."""

    emulator: str
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    port: int = 0
    backends: list[str] = field(default_factory=list)  # where webhook replicas listen, taken in turn
    _turn: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _runner: web.AppRunner | None = None
    _client: ClientSession | None = None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    def start(self) -> Proxy:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._await(self._open())
        return self

    def stop(self) -> None:
        self._await(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(10)
        self._loop.close()

    def go_down(self) -> None:
        """Refuse connections, as when Telegram cannot be reached."""
        self._await(self._unlisten())

    def come_back(self) -> None:
        self._await(self._listen())

    def _await(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _open(self) -> None:
        self._client = ClientSession(timeout=ClientTimeout(total=90))
        await self._listen()

    async def _close(self) -> None:
        await self._unlisten()
        if self._client is not None:
            await self._client.close()

    async def _listen(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self._handle)
        app.router.add_get("/file/{path:.*}", self._download)
        app.router.add_post("/telegram", self._balance)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def _unlisten(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        """A dead bot's long poll must end with it; a call that is under way must be counted whoever dies."""
        fields, files = await _read(request)
        work = self._answer(request, fields, files)
        return await (work if request.match_info["method"] == "getUpdates" else asyncio.shield(work))

    async def _answer(self, request: web.Request, fields: Fields, files: Files) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        fault = self._next_fault(method, fields)
        if method != "getUpdates":
            self.violations += violations_of(method, fields)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "drop_before":
            return self._drop(request, method, fields, files)
        if fault is not None and fault.kind == "status":
            self._record(method, fields, files, fault.status)
            return web.json_response(_refusal(fault), status=fault.status)
        status, body = await self._forward(token, method, fields, files)
        if fault is not None and fault.kind == "drop_after":
            return self._drop(request, method, fields, files)
        self._record(method, fields, files, status)
        return web.json_response(_completed(method, body), status=status)

    async def _balance(self, request: web.Request) -> web.StreamResponse:
        """Pass a webhook call to the next replica that takes it."""
        assert self._client is not None
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-Type"))}
        for _ in self.backends:
            self._turn += 1
            backend = self.backends[self._turn % len(self.backends)]
            try:
                async with self._client.post(f"{backend}/telegram", data=body, headers=headers) as response:
                    return web.Response(status=response.status, body=await response.read())
            except ClientError:
                continue
        return web.Response(status=502)

    async def _download(self, request: web.Request) -> web.Response:
        """A file a person sent."""
        assert self._client is not None
        async with self._client.get(f"{self.emulator}/file/{request.match_info['path']}") as response:
            return web.Response(status=response.status, body=await response.read())

    def _next_fault(self, method: str, fields: Fields) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.times > 0 and fault.where(fields):
                fault.times -= 1
                return fault
        return None

    def _drop(self, request: web.Request, method: str, fields: Fields, files: Files) -> web.Response:
        self._record(method, fields, files, 0)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _forward(self, token: str, method: str, fields: Fields, files: Files) -> tuple[int, Any]:
        assert self._client is not None
        url = f"{self.emulator}/bot{token}/{method}"
        passed = {name: value for name, value in fields.items() if name != "link_preview_options"}
        if files:
            form = FormData()
            for name, value in passed.items():
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
            for name, (file_name, content) in files.items():
                form.add_field(name, content, filename=file_name)
            sending = self._client.post(url, data=form)
        else:
            sending = self._client.post(url, json=passed)
        async with sending as response:
            return response.status, await response.json()

    def _record(self, method: str, fields: Fields, files: Files, status: int) -> None:
        self.calls.append(Call(method, fields, files, status, time.monotonic()))


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    fields: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.filename, value.file.read()
        else:
            fields[name] = str(value) if name in _WORDS else _decoded(str(value))
    return fields, files


def _decoded(value: str) -> Any:
    """Objects and lists as such, numbers as numbers; text stays text."""
    if value[:1] in "[{" or value in ("true", "false") or (value.lstrip("-").isascii() and value.lstrip("-").isdigit()):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _refusal(fault: Fault) -> dict[str, object]:
    answer: dict[str, object] = {"ok": False, "error_code": fault.status, "description": f"Injected {fault.status}"}
    if fault.retry_after is not None:
        answer["parameters"] = {"retry_after": fault.retry_after}
    return answer


def _completed(method: str, body: Any) -> Any:
    if method == "getMe" and body.get("ok"):
        body["result"].update(username=USERNAME, supports_inline_queries=True)
    if method == "getUpdates" and body.get("ok"):
        body["result"] = [_as_edit(update) for update in body["result"]]
    return body


def _as_edit(update: dict[str, Any]) -> dict[str, Any]:
    message = update.get("message")
    if isinstance(message, dict) and "edit_date" in message:
        return {"update_id": update["update_id"], "edited_message": message}
    return update
