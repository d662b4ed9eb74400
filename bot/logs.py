"""One structured line per event on standard error, with every secret masked wherever it appears."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

import structlog
from structlog.typing import EventDict, WrappedLogger

_MASK = "***"


def configure(level: str, secrets: Iterable[str]) -> None:
    """Write our events and those of every library as lines of one form, masked in the same way.

    `secrets` are the token, the webhook secret and the database URL; of a URL only the password is masked.
    """
    mask = _Mask(secrets)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    rendered = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask,  # the last before the line is written: whatever was added on the way has come by
                rendered,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These narrate every request, with the token in its URL: masked, and too many to be of use.
    for noisy in ("httpx", "httpcore", "telegram", "apscheduler", "watchfiles", "asyncio", "matplotlib", "uvicorn"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    # Our own events do not pass through the standard library: that takes twice the time, once for every question.
    structlog.configure(
        processors=[*shared, mask, rendered],
        wrapper_class=structlog.make_filtering_bound_logger(root.level),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=True,
    )


class _StandardError:
    """Writes finished lines; a log that cannot be written is no reason to leave a question unanswered."""

    def line(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{text}\n")

    debug = info = warning = error = critical = line


class _Mask:
    """A structlog processor that replaces each secret in every string of an event."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret)}
        self._secrets = tuple(sorted(forms, key=len, reverse=True))

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> EventDict:  # noqa: ARG002
        return {key: self._masked(value) for key, value in event.items()}

    def _masked(self, value: object) -> object:
        if isinstance(value, bool | int | float | None):
            return value
        if isinstance(value, dict):
            return {key: self._masked(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            # The formatter's own records pass through here too; only text can carry a secret.
            return [self._masked(part) for part in value]
        text = value if isinstance(value, str) else None
        if text is None:
            return value
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        return text


def _forms(secret: str) -> Iterable[str]:
    """The secret as given and as a URL would carry it; of a database URL its password only."""
    word = urlsplit(secret).password if "://" in secret else secret
    return {word, quote(word, safe="")} if word else ()
