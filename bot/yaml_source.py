"""YAML as the editor typed it: every scalar stays text, and whatever could mislead is refused by name and place.

The file is read as libyaml's events, not as its composed tree: that is five times faster, cannot be bombed by
aliases or depth, and still knows where every key stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import yaml
from yaml._yaml import CParser

from bot.phrases import check as words
from bot.problem import Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_SCALAR = 20_000
MAX_PROBLEMS = 200  # of one file: a broken file must not bury the others

Node = str | list["Node"] | dict[str, "Node"]
Steps = tuple[str | int, ...]  # from the top of the file to one node: ("facts", 3, "figures", 0, "number")

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
_EMPTY_WORDS = frozenset({"~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands, counted from 1; `key_*` is its key, or the node itself when it has none."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """`data` is None when the file could not be read to its end."""

    data: Node | None
    problems: tuple[Problem, ...]


def parse(content: bytes, file: str) -> Parsed:
    """The file's data and everything wrong with it as YAML. Never raises, whatever the bytes."""
    refused = _refusal(content, file)
    if refused:
        return Parsed(None, (refused,))
    text = _text(content)
    hidden = tuple(_hidden(text, file))
    if hidden:
        return Parsed(None, hidden)
    walk = _Walk(file)
    walk.run(text)
    if walk.twice:
        first = positions(content)
        for steps, line, column in walk.twice:
            message = words.duplicate_key(str(steps[-1]), first[steps].key_line)
            walk.problems.append(Problem(file, line, column, "duplicate-key", message))
    return Parsed(walk.root if walk.complete else None, tuple(sorted(walk.problems)))


def positions(content: bytes) -> dict[Steps, Place]:
    """The place of every node of a file that `parse` has read; of a repeated key the first."""
    walk = _Walk("")
    walk.places = {}
    walk.run(_text(content))
    return walk.places


def _text(content: bytes) -> str:
    # One written form of each letter: a Mac types ế as three characters, and `trên` must equal `trên`.
    return unicodedata.normalize("NFC", content.decode())


def _refusal(content: bytes, file: str) -> Problem | None:
    """What makes the bytes no YAML text at all."""

    def at_start(rule: str, message: str) -> Problem:
        return Problem(file, 1, 1, rule, message)

    if len(content) > MAX_BYTES:
        return at_start("too-large", words.too_large(len(content), MAX_BYTES))
    if content.startswith(_BINARY):
        return at_start("binary", words.BINARY)
    if content.startswith(_UTF16) or content[1:2] == b"\x00":
        return at_start("encoding", words.UTF16)
    if content.startswith(b"\xef\xbb\xbf"):
        return at_start("byte-order-mark", words.BYTE_ORDER_MARK)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        return Problem(file, *_line_and_column(before), "encoding", words.NOT_UTF8)
    return None


def _hidden(text: str, file: str) -> Iterator[Problem]:
    for found in islice(_UNSEEN.finditer(text), 10):
        place = _line_and_column(text[: found.start()])
        yield Problem(file, *place, "hidden-character", words.hidden_character(ord(found.group())))


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class _Open:
    """A collection whose end has not come yet, and, in a mapping, the key that waits for its value."""

    __slots__ = ("key", "key_event", "node", "steps")

    def __init__(self, node: dict[str, Node] | list[Node], steps: Steps) -> None:
        self.node = node
        self.steps = steps
        self.key: str | None = None
        self.key_event: yaml.Event | None = None


class _Walk:
    """One pass over the events of a file, building its data (and, when asked, the place of every node)."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.twice: list[tuple[Steps, int, int]] = []
        self.places: dict[Steps, Place] | None = None
        self.root: Node | None = None
        self.complete = False
        self._open: list[_Open] = []

    def run(self, text: str) -> None:
        try:
            self.complete = self._build(CParser(text))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            at = text.split("\n", line + 1)[line : line + 1]
            character = at[0][column : column + 1] if at else ""
            self._report(line + 1, column + 1, "yaml-syntax", words.syntax(error.problem or "", character))
        except yaml.YAMLError:
            self._report(1, 1, "yaml-syntax", words.syntax("", ""))

    def _report(self, line: int, column: int, rule: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, rule, message))

    def _refuse(self, event: yaml.Event, rule: str, message: str) -> None:
        line, column = _start(event)
        self._report(line, column, rule, message)

    def _build(self, parser: CParser) -> bool:
        """Whether the file was read to its end; what stops the reading is reported."""
        documents = 0
        while (event := parser.get_event()) is not None:
            if len(self.problems) + len(self.twice) >= MAX_PROBLEMS:
                self._refuse(event, "too-many-problems", words.too_many(MAX_PROBLEMS))
                return False
            if isinstance(event, yaml.ScalarEvent):
                self._check_scalar(event)
                if not self._place(event, event.value):
                    return False
            elif isinstance(event, yaml.CollectionStartEvent):
                self._check_properties(event, event.tag)
                if len(self._open) == MAX_DEPTH:
                    self._refuse(event, "too-deep", words.too_deep(MAX_DEPTH))
                    return False
                if not self._place(event, {} if isinstance(event, yaml.MappingStartEvent) else []):
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event, "alias", words.ALIAS)
                if not self._place(event, ""):
                    return False
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "multiple-documents", words.MULTIPLE_DOCUMENTS)
                    return False
        if self.root is None:
            self._report(1, 1, "empty-file", words.EMPTY_FILE)
        return self.root is not None

    def _place(self, event: yaml.Event, node: Node) -> bool:
        """Put a node where it belongs; False when it stands in the place of a key and is none."""
        top = self._open[-1] if self._open else None
        named_by = event
        steps: Steps = ()
        if top is None:
            self.root = node
        elif isinstance(top.node, list):
            steps = (*top.steps, len(top.node))
            top.node.append(node)
        elif top.key is None:
            if not isinstance(node, str):
                self._refuse(event, "key-not-text", words.KEY_NOT_TEXT)
                return False
            top.key, top.key_event = node, event
            return True
        else:
            steps = (*top.steps, top.key)
            named_by = top.key_event or event
            if top.key in top.node:
                self.twice.append((steps, *_start(named_by)))
            else:
                top.node[top.key] = node
            top.key = None
        if self.places is not None:
            self.places.setdefault(steps, Place(*_start(event), *_start(named_by)))
        if not isinstance(node, str):
            self._open.append(_Open(node, steps))
        return True

    def _check_scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_properties(event, event.tag)
        value = event.value
        if len(value) > MAX_SCALAR:
            self._refuse(event, "scalar-too-long", words.scalar_too_long(len(value), MAX_SCALAR))
        elif value in _EMPTY_WORDS and not event.style:
            self._refuse(event, "empty-value", words.EMPTY_VALUE)
        elif event.style == '"' and (found := _UNSEEN.search(value)):  # written as an escape: "\\u200b"
            self._refuse(event, "hidden-character", words.hidden_character(ord(found.group())))

    def _check_properties(self, event: yaml.NodeEvent, tag: str | None) -> None:
        if event.anchor:
            self._refuse(event, "anchor", words.ANCHOR)
        if tag:
            self._refuse(event, "tag", words.TAG)


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
