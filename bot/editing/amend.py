"""Small edits made by the machine in an editor's file: comments, order and quotes stay as they were typed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from bot.errors import KnowledgeError
from bot.phrases import unanswered as words

_SECTIONS = ("facts", "difficulties", "directives")
_INDENTS = ((4, 2), (2, 0), (6, 4))  # of list items, as editors write them: how far the text, how far the dash
_MODELINE = "# yaml-language-server: $schema=../schema-questions.json\n"


def with_examples(content: bytes, entry_id: str, questions: Sequence[str]) -> bytes:
    """A briefing file whose entry has these questions among its examples.

    Raises KnowledgeError when the file has no such entry.
    """
    yaml, root = _opened(content)
    entries = (entry for section in _SECTIONS for entry in root.get(section) or ())
    entry = next((one for one in entries if str(one.get("id")) == entry_id), None)
    if entry is None:
        raise KnowledgeError(words.no_such_entry(entry_id))
    if not isinstance(entry.get("examples"), CommentedSeq):
        entry.insert(_place_of_examples(entry), "examples", CommentedSeq())
    known = {str(one) for one in entry["examples"]}
    for question in questions:
        if question not in known:
            _append(entry["examples"], question)
    return _closed(yaml, root)


def with_silent_question(content: bytes | None, slug: str, question: str) -> bytes:
    """A question file in which this question must stay unanswered; a new one when `content` is None.

    Raises KnowledgeError when the file cannot be edited.
    """
    yaml, root = _opened(content or f"{_MODELINE}briefing: {slug}\nquestions: []\n".encode())
    if content is None:
        root["questions"] = CommentedSeq()
    listed = root.get("questions")
    if not isinstance(listed, CommentedSeq):
        raise KnowledgeError(words.no_such_entry("questions"))
    expected = CommentedSeq()
    expected.fa.set_flow_style()
    _append(listed, CommentedMap(ask=question, expect=expected))
    return _closed(yaml, root)


def _opened(content: bytes) -> tuple[YAML, CommentedMap]:
    text = content.decode()
    try:
        for sequence, offset in _INDENTS:
            yaml = _yaml(sequence, offset)
            root = yaml.load(text)
            if _written(yaml, root) == text:
                return yaml, root
        yaml = _yaml(*_INDENTS[0])
        root = yaml.load(text)
    except YAMLError:
        raise KnowledgeError(words.NOT_EDITABLE) from None
    if not isinstance(root, CommentedMap):
        raise KnowledgeError(words.NOT_EDITABLE)
    return yaml, root


def _yaml(sequence: int, offset: int) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # lines stay as long as they were
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    return yaml


def _closed(yaml: YAML, root: CommentedMap) -> bytes:
    return _written(yaml, root).encode()


def _written(yaml: YAML, root: Any) -> str:
    stream = io.StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def _place_of_examples(entry: CommentedMap) -> int:
    """After what names the entry, before its figures."""
    keys = list(entry)
    last = max((keys.index(key) for key in ("subject", "aliases") if key in keys), default=len(keys) - 1)
    return last + 1


def _append(items: CommentedSeq, item: object) -> None:
    """Add at the end, ahead of the comment or blank line that stands between the list and what follows."""
    trailing = _trailing(items, len(items) - 1) if items else None
    items.append(item)
    if trailing is not None:
        target, key, comment = trailing
        target.ca.items.pop(key)
        if isinstance(item, CommentedMap):
            item.ca.items[next(reversed(item))] = comment
        else:
            items.ca.items[len(items) - 1] = comment


def _trailing(items: CommentedSeq, place: int) -> tuple[Any, Any, Any] | None:
    """Where ruamel keeps the lines that follow the last item: deep inside it."""
    owner: Any = items
    key: Any = place
    while True:
        value = owner[key]
        if isinstance(value, CommentedMap) and value:
            owner, key = value, next(reversed(value))
        elif isinstance(value, CommentedSeq) and value and not value.fa.flow_style():
            owner, key = value, len(value) - 1
        else:
            break
    comment = owner.ca.items.get(key)
    return (owner, key, comment) if comment else None
