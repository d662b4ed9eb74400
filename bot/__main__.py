"""`python -m bot …`, also installed as `giaoban`."""

from __future__ import annotations

import sys

from bot.cli import run_command
from bot.errors import BriefingBotError
from bot.phrases.commands import interrupted


def main() -> int:
    """Runs one command; every error on purpose is one Vietnamese line and exit code 2."""
    try:
        return run_command(sys.argv[1:])
    except BriefingBotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{interrupted()}\n")
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
