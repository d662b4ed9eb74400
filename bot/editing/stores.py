"""Everything the editors' desk reads from and writes to, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.editing.folder import KnowledgeFolder
from bot.editing.judgement import Judge
from bot.editing.settled import Settled
from bot.editing.versions import Versions
from bot.query_log import QueryLog


@dataclass(frozen=True, slots=True)
class Stores:
    """The directory, the judge of changes to it, its versions, what is settled, and the log of questions."""

    folder: KnowledgeFolder
    judge: Judge
    versions: Versions
    settled: Settled
    log: QueryLog
