"""The image, the compose file and the example settings, as far as they can be held without a container."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from bot.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
NAMES = {name.upper() for name in Settings.model_fields}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order: name and rest, continued lines joined."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined.splitlines() if line.strip()]


def the(name: str) -> str:
    """The last instruction of a kind: the one in force in the image."""
    return [rest for kind, rest in instructions() if kind == name][-1]


def copied() -> list[str]:
    """What the image takes from this directory."""
    copies = [rest.split() for kind, rest in instructions() if kind == "COPY" and "--from=" not in rest]
    return [word for words in copies for word in words[:-1] if not word.startswith("--")]


def test_what_the_image_copies_is_there_and_let_through() -> None:
    """Every COPY finds its source, and .dockerignore lets exactly those through."""
    let_through = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    assert sorted(let_through) == sorted(copied())


def test_the_image_is_not_run_by_root() -> None:
    """The user is a number other than 0, so that a cluster can tell that it is not root."""
    user, group = the("USER").split(":")
    assert int(user) > 0
    assert int(group) > 0


def test_the_image_starts_the_bot() -> None:
    """The entry point is the command line, and without arguments it runs the bot."""
    command = [*json.loads(the("ENTRYPOINT")), *json.loads(the("CMD"))]
    assert command == ["python", "-m", "bot", "run"]


def test_the_image_keeps_knowledge_and_data_outside() -> None:
    """What must outlive a container is a volume, where the default settings look for it."""
    kept = {Path(one) for one in json.loads(the("VOLUME"))}
    work = Path(the("WORKDIR"))
    settings = load_settings({}, env_file=None)
    database = Path(settings.database_url.get_secret_value().removeprefix("sqlite+aiosqlite:///"))
    assert kept == {work / settings.knowledge_dir, (work / database).parent}


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server whose every answer has this status; its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_reads_health(status: int, healthy: bool) -> None:
    """The container is healthy exactly when GET /health says so."""
    command = json.loads(the("HEALTHCHECK").partition("CMD ")[2])
    with answering(status) as port:
        done = subprocess.run(
            [sys.executable, *command[1:]], env={"WEB_PORT": str(port)}, capture_output=True, check=False
        )
    assert (done.returncode == 0) is healthy


def example() -> dict[str, str]:
    """The example settings, those commented out as well."""
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def test_the_example_names_every_setting() -> None:
    """Every setting is in .env.example, and nothing else but what compose.yaml asks for."""
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    assert set(example()) == NAMES | asked


def test_the_example_shows_the_defaults() -> None:
    """What .env.example shows as a default is the default."""
    shown = {name: value for name, value in example().items() if name in NAMES and value and name != "WEBHOOK_URL"}
    assert load_settings(shown, env_file=None) == load_settings({}, env_file=None)


def test_the_bots_of_compose_understand_their_settings() -> None:
    """With the example's values filled in, both bots receive by webhook and share PostgreSQL."""
    given = {**example(), "BOT_TOKEN": "1:a", "WEBHOOK_SECRET": "secret", "POSTGRES_PASSWORD": "password"}
    bot = compose()["services"]["bot"]
    filled = {
        name: re.sub(r"\$\{([A-Z_]+)[^}]*\}", lambda found: given[found[1]], value)
        for name, value in bot["environment"].items()
    }
    assert filled.keys() <= NAMES
    settings = load_settings(filled, env_file=None)
    assert settings.database_url.get_secret_value() == "postgresql+asyncpg://giaoban:password@postgres/giaoban"
    assert settings.webhook_url == given["WEBHOOK_URL"]
    assert bot["deploy"]["replicas"] == 2


def test_compose_holds_no_secret() -> None:
    """Tokens and passwords come from outside, and a missing one stops the start."""
    for service in compose()["services"].values():
        for name, value in service["environment"].items():
            if re.search("TOKEN|SECRET|PASSWORD", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]+\}", value), name


def test_services_restart_and_tell_their_health() -> None:
    """Every service comes back by itself and can be seen to be ill; the bots' check is in the image."""
    services = compose()["services"]
    assert [name for name, service in services.items() if service.get("restart") != "unless-stopped"] == []
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["bot"]
    assert compose()["volumes"].keys() >= {"postgres", "data", "certificates"}


def test_the_proxy_reaches_the_bots_and_hides_their_insides() -> None:
    """The proxy asks for the bots where they listen, and only the webhook and the admins' page are public."""
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    environment = dict(re.findall(r"([A-Z_]+)=(\S+)", the("ENV")))
    assert re.findall(r"name (\S+)\s+port (\S+)", text) == [("bot", environment["WEB_PORT"])]
    assert re.findall(r"path (.+)", text) == ["/telegram /admin /admin/*"]
