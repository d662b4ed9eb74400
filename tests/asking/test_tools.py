"""The tools that make the data the program is shipped with."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.asking.conftest import ROOT


@pytest.mark.parametrize(("tool", "option", "shows"), [("places.py", "--check", ""), ("fit.py", "--help", "--write")])
def test_a_tool_runs(tool: str, option: str, shows: str) -> None:
    """places.json is what its tool would write, and the fitting tool says how it is used."""
    done = subprocess.run(
        [sys.executable, f"tools/{tool}", option], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert shows in done.stdout
