"""The files of a knowledge directory: which there are, their bytes read safely, and each as a model or as problems."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from bot.document import Document
from bot.integrity import briefing_problems
from bot.knowledge_cache import KnowledgeCache
from bot.model import Briefing, QuestionFile, Thesaurus
from bot.phrases import check as words
from bot.problem import Problem
from bot.validation import explain
from bot.yaml_source import MAX_BYTES, parse

Model = Briefing | Thesaurus | QuestionFile
Overlay = Mapping[str, bytes | None]

FOLDERS: dict[str, type[Model]] = {"briefings": Briefing, "thesaurus": Thesaurus, "questions": QuestionFile}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file read: `document` is None when its problems keep it from being used. `digest` names its content."""

    name: str  # inside the directory: briefings/giao-ban-quy-2-2023.yaml
    digest: str
    document: Document[Model] | None
    problems: tuple[Problem, ...]


class KnowledgeFiles:
    """Reads the files of one directory and remembers each, so that an unchanged file costs its hash alone."""

    def __init__(self, directory: Path, cache: KnowledgeCache) -> None:
        self._directory = directory
        self._cache = cache
        self._remembered: dict[tuple[str, str], ReadFile] = {}

    def slugs(self, overlay: Overlay) -> tuple[str, ...]:
        """The briefings there are, by file name."""
        return tuple(PurePosixPath(name).stem for name in self._names("briefings", overlay))

    def read(self, only: tuple[str, ...], overlay: Overlay) -> tuple[ReadFile, ...]:
        """Every file, in the order of folders and names; with `only`, no other briefing or question file."""
        found: dict[tuple[str, str], ReadFile] = {}
        for folder in FOLDERS:
            for name in self._names(folder, overlay):
                if only and folder != "thesaurus" and PurePosixPath(name).stem not in only:
                    continue
                content = overlay[name] if name in overlay else self._bytes(name)
                if isinstance(content, Problem):
                    found[name, ""] = ReadFile(name, "", None, (content,))
                elif content is not None:
                    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
                    known = self._remembered.get((name, digest))
                    found[name, digest] = known or self._model(name, content, digest, FOLDERS[folder])
        self._remembered = found
        return tuple(found.values())

    def stray_files(self) -> Iterator[Problem]:
        """Files an editor may believe to be read."""
        for folder in FOLDERS:
            for path in sorted((self._directory / folder).glob("*.yml")):
                yield Problem(self._shown(f"{folder}/{path.name}"), 1, 1, "extension", words.EXTENSION, "warning")

    def _names(self, folder: str, overlay: Overlay) -> list[str]:
        try:
            listed = set(os.listdir(self._directory / folder))  # noqa: PTH208 - names alone, thousands of them
        except OSError:
            listed = set()
        listed |= {name.removeprefix(f"{folder}/") for name in overlay if name.startswith(f"{folder}/")}
        return sorted(f"{folder}/{name}" for name in listed if name.endswith(".yaml") and not name.startswith("."))

    def _shown(self, name: str) -> str:
        return (self._directory / name).as_posix()

    def _bytes(self, name: str) -> bytes | Problem:
        """The content of a regular file inside the directory, at most one byte beyond the limit."""
        path = self._directory / name

        def refused(rule: str, message: str) -> Problem:
            return Problem(self._shown(name), 1, 1, rule, message)

        try:
            if path.is_symlink() and not path.resolve().is_relative_to(self._directory.resolve()):
                return refused("outside", words.OUTSIDE)
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe must not block the reading
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return refused("not-a-file", words.NOT_A_FILE)
                return file.read(MAX_BYTES + 1)
        except (OSError, RuntimeError) as error:  # RuntimeError: symlinks in a circle
            if isinstance(error, IsADirectoryError):
                return refused("not-a-file", words.NOT_A_FILE)
            return refused("unreadable", words.unreadable(getattr(error, "strerror", None) or type(error).__name__))

    def _model(self, name: str, content: bytes, digest: str, kind: type[Model]) -> ReadFile:
        file = self._shown(name)
        problems: tuple[Problem, ...] = ()
        model = self._cache.get(digest, kind)
        if model is None:
            model, problems = _validated(content, file, kind)
            if model is None:
                return ReadFile(name, digest, None, problems)
            if not problems:
                self._cache.put(digest, model)
        if isinstance(model, Briefing):
            problems += briefing_problems(Document(file, content, model))
        return ReadFile(name, digest, Document(file, content, model), problems)


def _validated(content: bytes, file: str, kind: type[Model]) -> tuple[Model | None, tuple[Problem, ...]]:
    """The model of the bytes, and everything wrong with them as YAML and as a model."""
    parsed = parse(content, file)
    if parsed.data is None:
        return None, parsed.problems
    try:
        return kind.model_validate(parsed.data), parsed.problems
    except ValidationError as error:
        # What is refused as YAML already needs no second complaint about its shape.
        told = {problem.line for problem in parsed.problems}
        shape = (problem for problem in explain(error, kind, content, file) if problem.line not in told)
        return None, tuple(sorted((*parsed.problems, *shape)))
