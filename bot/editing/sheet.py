"""YAML written line by line, so that every line can carry where it came from and what an editor must look at."""

from __future__ import annotations

import json
import re

from bot.phrases import editing as words

_PLAIN = re.compile(r"[^\W\d_][^:#\n\"\\\[\]{}]*[^\s:#\n\"\\\[\]{}]|[^\W\d_]")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_WIDTH = 100


class Sheet:
    """A YAML text that grows downward. `marks` counts the lines an editor must look at."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.marks = 0

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def remark(self, indent: int, text: str) -> None:
        """A comment on its own line."""
        self._lines.append(f"{' ' * indent}# {_one_line(text)}")

    def check(self, indent: int, text: str) -> None:
        """A comment that asks the editor to look."""
        self.marks += 1
        self.remark(indent, words.check(text))

    def key(self, indent: int, key: str, *, item: bool = False) -> None:
        """`key:` with whatever comes below it; `item` starts a list item with it."""
        self._lines.append(f"{' ' * indent}{'- ' if item else ''}{key}:")

    def value(
        self, indent: int, key: str, value: str, *, item: bool = False, source: str = "", doubt: str = ""
    ) -> None:
        """`key: value  # source; KIỂM TRA: doubt`. A long value is folded, and its comment stands above it."""
        comment = _one_line("; ".join(part for part in (source, words.check(doubt) if doubt else "") if part))
        self.marks += bool(doubt)
        head = f"{' ' * indent}{'- ' if item else ''}{key}:"
        folded = len(value) > _WIDTH and not item and _is_plain(value.split()[0])
        if folded and comment:
            self._lines.append(f"{' ' * indent}# {comment}")
        if folded:
            self._lines.append(f"{head} >-")
            self._lines += [f"{' ' * (indent + 2)}{line}" for line in _wrapped(value)]
            return
        shown = json.dumps(value, ensure_ascii=False) if not _is_plain(value) else value
        self._lines.append(f"{head} {shown}" + (f"  # {comment}" if comment else ""))

    def entry(self, indent: int, value: str, *, source: str = "") -> None:
        """One scalar of a list."""
        shown = json.dumps(value, ensure_ascii=False) if not _is_plain(value) else value
        self._lines.append(f"{' ' * indent}- {shown}" + (f"  # {_one_line(source)}" if source else ""))


def _is_plain(value: str) -> bool:
    return _PLAIN.fullmatch(value) is not None and value.casefold() not in _RESERVED


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
