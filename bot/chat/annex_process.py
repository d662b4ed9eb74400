"""The program of the process that `annex.py` starts: a desk at the other end of two pipes.

It ends when its input ends, and so with the bot, however that ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from bot.chat.annex import SIZE_BYTES, Asked, answer
from bot.desk import Desk
from bot.knowledge import Knowledge


def main() -> None:
    """Answer until there is nobody to answer."""
    # Ctrl-C reaches the whole group of processes; when to stop is the bot's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray word must not get among the answers
        _serve(sys.stdin.buffer, answers)


def _serve(questions: BinaryIO, answers: BinaryIO) -> None:
    desk: Desk | None = None
    while size := questions.read(SIZE_BYTES):
        # Only the bot writes to this pipe.
        told: Knowledge | Asked = pickle.loads(questions.read(int.from_bytes(size, "big")))  # noqa: S301
        if isinstance(told, Asked):
            if desk is None:
                raise RuntimeError("asked before there was any knowledge")
            _send(answers, answer(desk, told))
            continue
        if desk is None:
            desk = Desk(told)
        else:
            desk.swap(told)
        _send(answers, told.version)


def _send(answers: BinaryIO, message: object) -> None:
    content = pickle.dumps(message, protocol=5)
    answers.write(len(content).to_bytes(SIZE_BYTES, "big") + content)
    answers.flush()


if __name__ == "__main__":
    main()
