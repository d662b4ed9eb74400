"""What Telegram would refuse or garble, checked harder than the emulator does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

_TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "blockquote"}
_STRAY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
_LONGEST = {"text": 4096, "caption": 1024}


def violations_of(method: str, fields: Mapping[str, Any]) -> list[str]:
    """Every rule of Telegram's that this call breaks, as readable lines."""
    return [f"{method}: {problem}" for problem in _problems(fields)]


def shown(html: str) -> str:
    """What a reader sees of an HTML message."""
    return _Checker.read(html).text


def bold(html: str) -> str:
    """The first bold words of a message."""
    found = re.search(r"<b>(.*?)</b>", html, re.DOTALL)
    return shown(found[1]) if found else ""


def _problems(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, longest in _LONGEST.items():
        if name in fields:
            yield from _text_problems(str(fields[name]), longest, fields.get("parse_mode") == "HTML")
    for row in fields.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if not button.get("text", "").strip():
                yield "a button without words"
            if len(button.get("callback_data", "").encode()) > 64:
                yield "callback data over 64 bytes"
    for result in fields.get("results", []):
        content = result.get("input_message_content", {})
        yield from _text_problems(str(content.get("message_text", "")), 4096, content.get("parse_mode") == "HTML")


def _text_problems(text: str, longest: int, is_html: bool) -> Iterator[str]:
    checker = _Checker.read(text) if is_html else None
    if checker is not None:
        yield from checker.problems
        if checker.entities > 100:
            yield f"{checker.entities} entities"
    visible = checker.text if checker is not None else text
    if not visible.strip():
        yield "nothing to read"
    if len(visible.encode("utf-16-le")) // 2 > longest:
        yield "too long after parsing"
    if "\x00" in visible:
        yield "NUL in the text"


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.entities = 0
        self.problems: list[str] = []
        self._open: list[str] = []

    @classmethod
    def read(cls, html: str) -> _Checker:
        checker = cls()
        if _STRAY.search(html):
            checker.problems.append("an & that is not an entity")
        if re.search(r"<(?!/?[a-z]+(?:\s[^<>]*)?>)", html):
            checker.problems.append("a < that opens no tag")
        checker.feed(html)
        checker.close()
        checker.problems += [f"<{tag}> is never closed" for tag in checker._open]
        return checker

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.entities += 1
        self._open.append(tag)
        if tag not in _TAGS:
            self.problems.append(f"<{tag}> is not allowed")
        href = dict(attrs).get("href") or ""
        if tag == "a" and not href.startswith(("https://", "http://", "tg://")):
            self.problems.append("a link that leads nowhere")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}.get(name, f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text += chr(int(name[1:], 16) if name.startswith("x") else int(name))
