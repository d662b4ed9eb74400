"""What the bot answers over HTTP: Telegram's webhook, health and metrics."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StorageError
from bot.health import Health
from bot.metrics import Metrics
from bot.receiving import update_id

_LOG = structlog.get_logger(__name__)
_LARGEST_UPDATE = 1024 * 1024  # bytes; real updates stay far below
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)

Receive = Callable[[Mapping[str, object]], Awaitable[object]]
Refresh = Callable[[], Awaitable[None]]


def webhook(secret: str, receive: Receive, health: Health) -> Route:
    """`POST /telegram`: 200 only once `receive` has stored the update for good."""

    async def telegram(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            _LOG.warning("webhook_malformed", bytes=len(body))
            return Response(status_code=400)
        try:
            await receive(update)
        except StorageError:
            return Response(status_code=503, headers={"Retry-After": "5"})
        health.good("telegram", "webhook")
        return Response(status_code=200)

    return Route("/telegram", telegram, methods=["POST"])


def status(health: Health, metrics: Metrics, refresh: Refresh) -> tuple[Route, ...]:
    """`GET /health` and `GET /metrics`. `refresh` asks the parts that only speak when asked."""

    async def show_health(_: Request) -> Response:
        await refresh()
        parts = health.parts()
        ok = all(state.ok for state in parts.values())
        shown = {name: {"ok": state.ok, "detail": state.detail} for name, state in parts.items()}
        return JSONResponse({"ok": ok, "parts": shown}, status_code=200 if ok else 503)

    async def show_metrics(_: Request) -> Response:
        await refresh()
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return Route("/health", show_health), Route("/metrics", show_metrics)


async def _body(request: Request) -> bytes | None:
    """The whole body, or None when it is larger than any update or never came."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_UPDATE:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _update(body: bytes) -> Mapping[str, object] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and update_id(update) is not None else None
