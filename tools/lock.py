"""Writes the lock files from pyproject.toml: every package with its hashes, no index and no path of this machine.

Run `make lock`; with `--upgrade` everything moves to its newest allowed version, without it only what must.
Wheels only: installing then never runs a package's own build script.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.lock": ("pyproject.toml",),
    "requirements-build.lock": ("--group", "pyproject.toml:build", "--constraint", "requirements.lock"),
    "requirements-dev.lock": (
        "pyproject.toml", "--group", "pyproject.toml:dev",
        "--constraint", "requirements.lock", "--constraint", "requirements-build.lock",
    ),
}  # fmt: skip
_FORM = ("--universal", "--generate-hashes", "--only-binary", ":all:", "--python-version", "3.11")
_SILENT = ("--no-header", "--no-annotate", "--no-emit-index-url", "--quiet")
_FOREIGN = re.compile(r"://|^-|^\s*@|@ |\+cpu", re.MULTILINE)


def main(options: list[str]) -> None:
    """Makes the files in the order in which they build on each other; refuses to leave a host or a path in one."""
    for name, inputs in LOCKS.items():
        sys.stdout.write(f"==> {name}\n")
        command = [sys.executable, "-m", "uv", "pip", "compile", *inputs, *_FORM, *_SILENT, *options, "-o", name]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own arguments)
        if found := _FOREIGN.search((ROOT / name).read_text()):
            raise SystemExit(f"{name} names a place to install from: {found[0]!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
