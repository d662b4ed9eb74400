"""`make soak`: the full figures of the durability promise, printed. Exits 1 when one is missed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.telegram import fuzz
from tests.telegram.endurance import MODES, endure

QUESTIONS, KILLS = 600, 8
MOST_TWICE = 0.02
HOSTILE, MOST_GROWTH = 10_000, 40.0  # mutated updates; MB after the first fifth


def main() -> int:
    """Run every mode in turn, then the hostile updates."""
    kept = True
    for mode in MODES:
        with tempfile.TemporaryDirectory() as directory:
            tally = endure(mode, QUESTIONS, KILLS, Path(directory))
        sys.stdout.write(f"{tally}\n")
        sys.stdout.flush()
        kept &= tally.lost == 0 and tally.logged == tally.asked and tally.logged_twice == 0
        kept &= tally.twice <= MOST_TWICE * tally.asked
    with tempfile.TemporaryDirectory() as directory:
        dead, unparsable, grown = fuzz.run(HOSTILE, Path(directory))
    sys.stdout.write(f"fuzz      {HOSTILE} updates: {unparsable} unparsable, {dead} given up, memory {grown:+.0f} MB\n")
    kept &= dead == unparsable and grown <= MOST_GROWTH
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
