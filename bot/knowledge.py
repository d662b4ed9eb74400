"""The knowledge as the other rooms see it: briefings, concepts and the editors' questions, read whole or not at all."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.concept_integrity import thesaurus_problems
from bot.cross_integrity import cross_problems
from bot.document import Document, documents_of
from bot.errors import KnowledgeError
from bot.integrity import entries, nearest
from bot.knowledge_cache import KnowledgeCache, default_folder
from bot.knowledge_files import KnowledgeFiles, Overlay
from bot.model import Briefing, Concept, Entry, QuestionFile, Thesaurus
from bot.once import once
from bot.phrases import check as words
from bot.problem import Problem, has_errors


@dataclass(frozen=True)
class Knowledge:
    """Everything an answer can come from. Never changes: a new reading makes a new one.

    `version` is a short hash of the content, the same on every machine.
    """

    briefings: tuple[Briefing, ...] = ()
    concepts: tuple[Concept, ...] = ()
    questions: tuple[QuestionFile, ...] = ()
    version: str = ""

    def entries(self) -> Iterator[tuple[Briefing, Entry]]:
        """Every entry with its briefing, in the order of the files."""
        for briefing in self.briefings:
            for _, entry in entries(briefing):
                yield briefing, entry

    def entry(self, public_id: str) -> tuple[Briefing, Entry] | None:
        """The entry called `<briefing slug>/<entry id>`, with its briefing."""
        slug, _, name = public_id.partition("/")
        briefing = self._by_slug.get(slug)
        if briefing is None:
            return None
        return next(((briefing, entry) for _, entry in entries(briefing) if entry.id == name), None)

    def briefing(self, slug: str) -> Briefing | None:
        return self._by_slug.get(slug)

    def only(self, slugs: tuple[str, ...]) -> Knowledge:
        """The same knowledge with these briefings alone; all of it when no slug is given.

        Raises KnowledgeError naming the nearest slug when one is unknown.
        """
        if not slugs:
            return self
        require_known(slugs, tuple(self._by_slug))
        wanted = set(slugs)
        return Knowledge(
            briefings=tuple(one for one in self.briefings if one.slug in wanted),
            concepts=self.concepts,
            questions=tuple(one for one in self.questions if one.briefing in wanted),
            version=short_hash(self.version, *sorted(wanted)),
        )

    @once
    def _by_slug(self) -> dict[str, Briefing]:
        return {briefing.slug: briefing for briefing in self.briefings}


@dataclass(frozen=True)
class Loaded:
    """What a reading found. `knowledge` is None when any problem is an error; the documents are those read well."""

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]
    briefings: tuple[Document[Briefing], ...] = ()
    thesaurus: tuple[Document[Thesaurus], ...] = ()
    questions: tuple[Document[QuestionFile], ...] = ()

    def required(self) -> Knowledge:
        """The knowledge. Raises KnowledgeError with all problems when there is none."""
        if self.knowledge is None:
            errors = [problem for problem in self.problems if problem.severity == "error"]
            raise KnowledgeError(words.unusable(len(errors), errors[0].text()), self.problems)
        return self.knowledge


def require_known(slugs: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Raises KnowledgeError naming the nearest slug when one is unknown."""
    for slug in slugs:
        if slug not in known:
            raise KnowledgeError(words.unknown_briefing(slug, nearest(slug, known)))


def short_hash(*parts: str) -> str:
    """Ten hexadecimal digits that stand for the parts in this order."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=5).hexdigest()


class KnowledgeReader:
    """Reads one directory again and again; each time only what has changed is parsed.

    Models of unchanged files also come from `cache`, kept on disk between runs.
    """

    def __init__(self, directory: Path, cache: KnowledgeCache | None = None) -> None:
        """Raises KnowledgeError when there is no such directory."""
        if not directory.is_dir():
            raise KnowledgeError(words.no_directory(str(directory)))
        self._directory = directory
        self._files = KnowledgeFiles(directory, cache or KnowledgeCache(default_folder()))

    def read(self, only: tuple[str, ...] = (), overlay: Overlay | None = None) -> Loaded:
        """The directory as it is now, with every problem of every file.

        `only` leaves out all other briefings. `overlay` maps a name (`briefings/x.yaml`) to bytes that stand in for
        that file, or to None when it is to be taken as deleted: a change can be judged before it is made.
        Raises KnowledgeError when `only` names an unknown briefing.
        """
        standing_in = overlay or {}
        require_known(only, self._files.slugs(standing_in))
        with no_collector():
            files = self._files.read(only, standing_in)
        problems = [problem for file in files for problem in file.problems]
        if not only:
            problems += self._files.stray_files()
        documents = [file.document for file in files if file.document]
        briefings = documents_of(documents, Briefing)
        thesaurus = documents_of(documents, Thesaurus)
        questions = documents_of(documents, QuestionFile)
        if not any(file.name.startswith("briefings/") for file in files):
            where = (self._directory / "briefings").as_posix()
            problems.append(Problem(where, 1, 1, "no-briefing", words.no_briefings(str(self._directory))))
        problems += thesaurus_problems(thesaurus)
        if len(documents) == len(files):  # a name in a file that could not be read must not look unknown
            problems += cross_problems(briefings, questions, whole=not only)
        ordered = tuple(sorted(set(problems)))
        if has_errors(ordered):
            return Loaded(None, ordered, briefings, thesaurus, questions)
        knowledge = Knowledge(
            briefings=tuple(document.model for document in briefings),
            concepts=tuple(concept for document in thesaurus for concept in document.model.concepts),
            questions=tuple(document.model for document in questions),
            version=short_hash(*(f"{file.name} {file.digest}" for file in files)),
        )
        return Loaded(knowledge, ordered, briefings, thesaurus, questions)


_MANY = 100_000  # new objects that are worth keeping out of the collector's sight


@contextmanager
def no_collector() -> Iterator[None]:
    """A million new objects and no garbage among them: looking for some doubles the time, now and ever after."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()


def read(directory: Path, only: tuple[str, ...] = ()) -> Loaded:
    """Read a knowledge directory once.

    Raises KnowledgeError when the directory is missing or `only` names an unknown briefing.
    """
    return KnowledgeReader(directory).read(only)


def load(directory: Path, only: tuple[str, ...] = ()) -> Knowledge:
    """The knowledge of a directory, or of some of its briefings.

    Raises KnowledgeError: with all problems, when the directory is missing, when a slug is unknown.
    """
    return read(directory, only).required()
