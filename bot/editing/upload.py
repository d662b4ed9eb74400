"""A file an editor sent: which knowledge file it wants to be, or the article it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.errors import KnowledgeError
from bot.knowledge_files import FOLDERS
from bot.phrases import desk as words
from bot.yaml_source import Node, parse

_YAML_ENDINGS = (".yaml", ".yml")
_ARTICLE_ENDINGS = (".txt", ".html", ".htm")
_STEM = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_COPY = re.compile(r"\s*\(\d+\)$|[\s_-]+copy$", re.IGNORECASE)  # what a telephone adds to a second download
_MARKS = {"slug": "briefings", "questions": "questions", "concepts": "thesaurus"}  # a key only that kind of file has
_NAMED_BY = {"briefings": "slug", "questions": "briefing"}


@dataclass(frozen=True, slots=True)
class Change:
    """What one knowledge file is to hold; `name` as inside the directory."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article to draft a briefing from."""

    file_name: str
    content: bytes


def upload_of(file_name: str, content: bytes) -> Change | SentArticle:
    """What the sent file is for. Content decides, the name helps: telephones rename files.

    Raises KnowledgeError, with the problems found, for a file that is neither.
    """
    path = PurePosixPath(file_name.replace("\\", "/"))
    ending = path.suffix.lower()
    if ending not in _YAML_ENDINGS + _ARTICLE_ENDINGS:
        raise KnowledgeError(words.strange_ending(path.name))
    parsed = parse(content, path.name)
    kind = _kind(parsed.data)
    if ending in _ARTICLE_ENDINGS and kind is None:
        return SentArticle(path.name, content)
    folders = path.parts[:-1]
    if folders and (len(folders) > 1 or folders[0] not in FOLDERS):
        raise KnowledgeError(words.unknown_folder(file_name, tuple(FOLDERS)))
    if parsed.data is None:
        raise KnowledgeError(words.NOT_READABLE, parsed.problems)
    folder = folders[0] if folders else kind
    if folder is None:
        raise KnowledgeError(words.unknown_kind(path.name))
    return Change(f"{folder}/{_stem(folder, path, parsed.data)}.yaml", content)


def _kind(data: Node | None) -> str | None:
    if not isinstance(data, dict):
        return None
    return next((folder for key, folder in _MARKS.items() if key in data), None)


def _stem(folder: str, path: PurePosixPath, data: Node) -> str:
    """The name the file gives itself, else the name it was sent under.

    Raises KnowledgeError when neither can be a file's name.
    """
    own = data.get(_NAMED_BY.get(folder, "")) if isinstance(data, dict) else None
    if isinstance(own, str) and _STEM.fullmatch(own):
        return own
    stem = _COPY.sub("", path.stem)
    if not _STEM.fullmatch(stem):
        raise KnowledgeError(words.bad_name(path.name))
    return stem
