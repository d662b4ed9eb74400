"""What a button carries: an action and its arguments, sealed for one person within Telegram's 64 bytes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

_SEAL_BYTES = 9  # 72 bits, 12 characters: nobody guesses it one click at a time
_SEAL = _SEAL_BYTES * 4 // 3
_ROOM = 64 - _SEAL


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was made by us for the person who pressed it."""

    action: str
    arguments: tuple[str, ...]


class Seal:
    """Makes and checks callback data. The key comes from the bot's token: every replica and restart has it."""

    def __init__(self, token: str) -> None:
        self._key = hashlib.sha256(f"buttons:{token}".encode()).digest()

    def data(self, person: int, action: str, *arguments: object) -> str:
        """Callback data that only `person` can use. Raises ValueError when it cannot fit."""
        body = ":".join((action, *map(str, arguments)))
        if len(body.encode()) > _ROOM:
            raise ValueError(f"callback data of action {action} does not fit")
        return self._sign(person, body) + body

    def open(self, person: int, data: str) -> Press | None:
        """The press, or None when the data is not ours or was made for someone else."""
        seal, body = data[:_SEAL], data[_SEAL:]
        if not body or not hmac.compare_digest(self._sign(person, body).encode(), seal.encode(errors="replace")):
            return None
        action, *arguments = body.split(":")
        return Press(action, tuple(arguments))

    def _sign(self, person: int, body: str) -> str:
        digest = hmac.digest(self._key, f"{person}:{body}".encode(errors="replace"), "sha256")
        return base64.urlsafe_b64encode(digest[:_SEAL_BYTES]).decode()


def short(name: str) -> str:
    """A name of any length as 12 characters, to be found again by comparing."""
    return base64.urlsafe_b64encode(hashlib.blake2b(name.encode(), digest_size=9).digest()).decode()
