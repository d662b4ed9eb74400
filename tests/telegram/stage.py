"""The stage of a Telegram test: the emulator and the bot as processes, the proxy between them, people who type."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.telegram.proxy import USERNAME, Call, Proxy
from tests.telegram.strict import bold, shown

ROOT = Path(__file__).parents[2]
ADMIN = 9001
_TOKENS = itertools.count(1)
_CHATTER = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(found: Callable[[], Any], seconds: float = 15.0) -> Any:
    """The first true result of `found`; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.02)
    raise AssertionError(f"nothing came in {seconds} s")


def http(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body, also of an error status; status 0 when nobody answers."""
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""


@dataclass(slots=True)
class Telegram:
    """The emulator behind the proxy, for one bot."""

    url: str
    proxy: Proxy
    token: str
    _updates: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _messages: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def inject(self, update: Mapping[str, Any]) -> int:
        """Queue one update as Telegram would; its id."""
        body = json.dumps({"token": self.token, "update": update}).encode()
        status, answer = http(f"{self.url}/__fixture/updates", body, {"Content-Type": "application/json"})
        assert status == 200, answer
        return int(json.loads(answer)["result"]["update_id"])

    def deliver(self) -> None:
        """Have the emulator try its webhook again."""
        http(f"{self.url}/__fixture/deliver", json.dumps({"token": self.token}).encode())

    def message(self, user: int, **content: Any) -> dict[str, Any]:
        """A message of `user` in their private chat unless `chat` says otherwise."""
        plain = {
            "message_id": next(self._messages),
            "date": int(time.time()),
            "chat": {"id": user, "type": "private", "first_name": "Người thử"},
            "from": {"id": user, "is_bot": False, "first_name": f"Người thử {user}"},
        }
        return {**plain, **content}

    def says(self, user: int, text: str, **content: Any) -> int:
        """`user` sends `text`; the update's id."""
        return self.inject({"message": self.message(user, text=text, **content)})

    def sends_file(self, user: int, name: str, content: bytes, **document: Any) -> int:
        """`user` sends a file; `document` overrides what Telegram says about it. The update's id."""
        boundary = "cut-here"
        parts = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{user}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="document"; filename="file"\r\n\r\n'.encode(),
            content,
            f"\r\n--{boundary}--\r\n".encode(),
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        status, answer = http(f"{self.url}/bot{self.token}/sendDocument", b"".join(parts), headers)
        assert status == 200, answer
        kept = json.loads(answer)["result"]["document"]
        told = {**kept, "file_name": name, "file_size": len(content), **document}
        return self.inject({"message": self.message(user, document=told)})

    def presses(self, user: int, data: str, under: Call) -> int:
        """`user` presses the button carrying `data` under a message the bot sent."""
        message = self.message(user, text="…", chat={"id": under.chat, "type": "private"})
        query = {"id": str(next(self._updates)), "from": message["from"], "chat_instance": "1", "data": data}
        return self.inject({"callback_query": {**query, "message": message}})

    def searches(self, user: int, query: str) -> int:
        """`user` types an inline query."""
        person = {"id": user, "is_bot": False, "first_name": "Người thử"}
        return self.inject({"inline_query": {"id": "7", "from": person, "query": query, "offset": ""}})

    def sent(self, chat: int) -> list[Call]:
        """What reached that chat so far, oldest first."""
        done = (call for call in tuple(self.proxy.calls) if call.method in _CHATTER and call.status == 200)
        return [call for call in done if call.chat == chat]

    def calls(self, method: str) -> list[Call]:
        return [call for call in tuple(self.proxy.calls) if call.method == method]

    def reply(self, chat: int, after: int, seconds: float = 30.0) -> Call:
        """The first thing sent to `chat` beyond the first `after`."""
        call: Call = until(lambda: self.sent(chat)[after:], seconds)[0]
        return call

    def ask(self, user: int, text: str, **content: Any) -> Call:
        """`user` asks, and the first message of the answer."""
        chat = content.get("chat", {"id": user})["id"]
        before = len(self.sent(chat))
        self.says(user, text, **content)
        return self.reply(chat, before)

    def press(self, user: int, label: str, under: Call) -> Call:
        """`user` presses the button whose words contain `label`, and what the bot sends or edits then."""
        data = next(button["callback_data"] for button in under.buttons if label in button["text"])
        before = len(self.sent(under.chat))
        self.presses(user, data, under)
        return self.reply(under.chat, before)


def words(call: Call) -> str:
    """What a reader sees of a message."""
    return shown(str(call.fields.get("text", "")))


def lead(call: Call) -> str:
    """The bold lead of a message."""
    return bold(str(call.fields.get("text", "")))


@contextmanager
def emulator() -> Iterator[str]:
    """The Bot API emulator as a process; its address."""
    port = free_port()
    program = str(Path(sys.executable).with_name("lo-bot-api-emulator"))
    command = [program, "--port", str(port), "--enable-control", "--allow-insecure-loopback-webhooks"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: http(f"http://127.0.0.1:{port}/botx/getMe", b"")[0])
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@contextmanager
def telegram(emulator_url: str) -> Iterator[Telegram]:
    """A fresh bot account with its own queue; every call of its bot must have been well formed."""
    proxy = Proxy(emulator_url).start()
    try:
        yield Telegram(emulator_url, proxy, f"{next(_TOKENS)}:TEST-token_{os.getpid()}")
    finally:
        proxy.stop()
    assert not proxy.violations


@dataclass(slots=True)
class Bot:
    """`python -m bot run` as a process."""

    settings: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.settings['WEB_PORT']}"

    def start(self, *, ready: bool = True) -> Bot:
        """Start it, and wait until it receives unless `ready` is False."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self.process = subprocess.Popen(
                command, cwd=self.log.parent, env=self._environment(), stdout=log, stderr=log
            )
        if ready:
            try:
                until(lambda: self.health()[0] == 200 or self._ended(), 30)
            except AssertionError as error:
                error.add_note(f"{self.health()}\n{self.output()[-2000:]}")
                raise
        return self

    def health(self) -> tuple[int, dict[str, Any]]:
        status, body = http(f"{self.web}/health")
        return status, json.loads(body)["parts"] if body else {}

    def metrics(self) -> str:
        return http(f"{self.web}/metrics")[1].decode()

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 10.0) -> int:
        """SIGTERM; the exit code. Fails when it takes longer than `seconds`."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def wait(self, seconds: float) -> int:
        """The exit code of a program that ends by itself."""
        assert self.process is not None
        return self.process.wait(seconds)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def _ended(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the bot ended:\n{self.output()}"
        return False

    def _environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::ResourceWarning", **self.settings}


@contextmanager
def bot(around: Telegram, directory: Path, **settings: str) -> Iterator[Bot]:
    """The bot for that account, not started yet, with its data under `directory`; killed at the end if still there."""
    defaults = {
        "BOT_TOKEN": around.token,
        "BOT_API_URL": around.proxy.api_url,
        "BOT_FILE_URL": around.proxy.file_url,
        "BOT_ADMINS": str(ADMIN),
        "BOT_ACCESS": "open",
        "DATABASE_URL": f"sqlite+aiosqlite:///{directory / 'bot.db'}",
        "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
        "WEB_PORT": str(free_port()),
        "LOG_LEVEL": "INFO",
    }
    one = Bot({**defaults, **settings}, directory / "bot.log")
    try:
        yield one
    finally:
        one.close()


BOT_NAME = USERNAME
