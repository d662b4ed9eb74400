"""The HTTP server inside the bot's own event loop: it starts, serves and stops with the other parts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator

import uvicorn
from starlette.types import ASGIApp

from bot.errors import SettingsError
from bot.phrases.chat import PORT_TAKEN

_BACKLOG = 512
_GRACE_SECONDS = 2


class WebServer:
    """One listening address. The socket is bound at once, so that a taken port is known before anything runs."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        """Raises SettingsError when the address cannot be bound."""
        self._socket = _bind(host, port)
        # Trusting forwarded headers is the proxy's business; access lines would repeat every update.
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = _Server(config)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then give open requests two seconds."""
        serving = asyncio.create_task(self._server.serve([self._socket]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        self._server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Signals belong to the whole program, not to one of its parts."""
        yield


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
        listening.setblocking(False)
    except OSError as error:
        raise SettingsError(PORT_TAKEN) from error
    return listening
