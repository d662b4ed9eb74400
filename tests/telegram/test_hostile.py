"""Nothing anybody sends brings the bot down."""

from __future__ import annotations

from pathlib import Path

from tests.telegram import fuzz


def test_mutated_updates_stop_nothing(tmp_path: Path) -> None:
    """Broken updates are set aside, the others answered, and the bot goes on; the rest of the 10,000 is in the soak."""
    dead, unparsable, _ = fuzz.run(800, tmp_path)
    assert dead == unparsable
