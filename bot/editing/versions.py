"""Changes of the knowledge made through the bot: each judged, written down, put in place, and brought to every replica.

The versions in the database are what counts. A file is put in place after its version is committed, so a process that
dies in between, and every other replica, finds the version and puts the file in place itself, within seconds.

A content that no version knows was written by hand after them, and is left alone. A file set back by hand to a content
the versions do know counts as one that lags behind, and gets the newest version again at the next start: take a change
back with /hoantac instead.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import structlog

from bot.editing.folder import KnowledgeFolder, digest
from bot.editing.judgement import Judge
from bot.errors import KnowledgeError, StorageError
from bot.knowledge import Knowledge
from bot.pause import rest
from bot.problem import Problem
from bot.storage import knowledge_rows as rows
from bot.storage.database import Database
from bot.storage.knowledge_rows import NewVersion, Proposal, Version

_LOG = structlog.get_logger(__name__)
_LOOK_SECONDS = 3.0  # how soon a replica notices what another has changed
_TRIES = 5  # how often a change is judged again because others were faster
_KEPT_DAYS = 14  # how long a proposal waits for its yes

Refusal = Literal["changed", "broken", "gone", "nothing"]
PutInForce = Callable[[Knowledge], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A version when the change was made; else why not: the file changed meanwhile, the knowledge would break, …"""

    version: Version | None
    refusal: Refusal | None = None
    problems: tuple[Problem, ...] = ()


class Versions:
    """The one way a knowledge file is changed by the bot. Every method may raise StorageError."""

    def __init__(self, database: Database, folder: KnowledgeFolder, judge: Judge, put_in_force: PutInForce) -> None:
        """`put_in_force` makes this process answer from other knowledge."""
        self._database = database
        self._folder = folder
        self._judge = judge
        self._put_in_force = put_in_force
        self._changing = asyncio.Lock()
        self._seen = 0  # the last version this directory is known to have

    async def propose(self, editor_id: int, name: str, base: bytes | None, after: bytes, cause: str) -> int:
        """Keep a judged change until its editor says yes; its id. The same `cause` makes one proposal."""
        change = (name, digest(base), after)
        return await self._database.write(lambda c: rows.add_proposal(c, editor_id, change, "", cause))

    async def proposal(self, proposal_id: int) -> Proposal | None:
        return await self._database.read(lambda c: rows.find_proposal(c, proposal_id))

    async def drop(self, proposal: Proposal) -> None:
        """Its editor does not want it any more."""
        if proposal.state == "waiting":
            await self._database.write(lambda c: rows.close_proposal(c, proposal.id, "dropped"))

    async def apply(self, proposal: Proposal) -> Outcome:
        """Make the change, unless the file has changed since it was judged. Saying yes twice changes nothing twice.

        Raises KnowledgeError when the directory cannot be written.
        """
        cause = f"proposal:{proposal.id}"
        if proposal.state == "dropped":
            return Outcome(None, "gone")
        return await self.change(
            proposal.editor_id, proposal.name, proposal.base_digest, proposal.content, cause, proposal.id
        )

    async def change(
        self, editor_id: int, name: str, base: str, after: bytes, cause: str, proposal_id: int | None = None
    ) -> Outcome:
        """Make the file hold `after` if it still holds what `base` is the digest of.

        Raises KnowledgeError when the directory cannot be written.
        """

        async def next_change() -> NewVersion | Refusal:
            before = self._folder.content(name)
            if digest(before) != base:
                return "changed"
            return NewVersion(name, before, after, base, digest(after), editor_id, "", cause)

        return await self._make(cause, next_change, proposal_id)

    async def undo(self, editor_id: int, cause: str) -> Outcome:
        """Take back the last change that stands, as a new version.

        Raises KnowledgeError when the directory cannot be written.
        """

        async def next_change() -> NewVersion | Refusal:
            last = await self._database.read(rows.last_standing)
            if last is None:
                return "nothing"
            if digest(self._folder.content(last.name)) != last.after_digest:
                return "changed"
            return NewVersion(
                last.name, last.after, last.before, last.after_digest, last.before_digest, editor_id, "", cause, last.id
            )

        return await self._make(cause, next_change, None)

    async def version_undone(self, version: Version) -> Version | None:
        """The version that an undoing took back."""
        return next(
            (v for v in await self._database.read(lambda c: rows.versions(c, 500)) if v.id == version.undoes), None
        )

    async def sync(self) -> bool:
        """Bring the directory up to the versions made elsewhere or before a crash; whether a file was written.

        A file that no version ever found or left was put there by hand, later than the versions: it stays.
        """
        async with self._changing:
            return await self._sync()

    async def follow(self, stop: asyncio.Event) -> None:
        """Sync every few seconds until `stop` is set."""
        while not stop.is_set():
            try:
                await self.sync()
            except (StorageError, KnowledgeError):
                _LOG.error("knowledge_not_synced", exc_info=True)
            await rest(stop, _LOOK_SECONDS)

    async def tidy(self) -> None:
        """Forget proposals nobody answered."""
        before = dt.datetime.now(dt.UTC) - dt.timedelta(days=_KEPT_DAYS)
        await self._database.write(lambda c: rows.forget_proposals(c, before))

    async def _make(
        self, cause: str, next_change: Callable[[], Awaitable[NewVersion | Refusal]], proposal_id: int | None
    ) -> Outcome:
        async with self._changing:
            for _ in range(_TRIES):
                done = await self._database.read(lambda c: rows.version_of_cause(c, cause))
                if done is not None:
                    return Outcome(done)
                await self._sync()
                expected = self._seen
                new = await next_change()
                if isinstance(new, str):
                    return Outcome(None, new)
                judge = self._judge.judge if new.undoes is None else self._judge.readable
                judgement = await asyncio.to_thread(judge, new.name, new.after)
                if judgement.knowledge is None:
                    return Outcome(None, "broken", judgement.problems)
                self._folder.require_writable(new.name)
                version = await self._commit(new, expected, proposal_id)
                if version is not None:
                    self._folder.put(version.name, version.after)
                    self._seen = version.id
                    await self._put_in_force(judgement.knowledge)
                    _LOG.info("knowledge_changed", file=version.name, version=version.id, undoes=version.undoes)
                    return Outcome(version)
            return Outcome(None, "changed")

    async def _commit(self, new: NewVersion, expected: int, proposal_id: int | None) -> Version | None:
        return await self._database.write(lambda c: rows.commit_version(c, new, expected, proposal_id))

    async def _sync(self) -> bool:
        wrote = False
        newer = await self._database.read(lambda c: rows.newest_of_each_file(c, self._seen))
        for version in newer:
            wrote = await self._bring(version) or wrote
        self._seen = max((version.id for version in newer), default=self._seen)
        return wrote

    async def _bring(self, version: Version) -> bool:
        has = digest(self._folder.content(version.name))
        if has == version.after_digest:
            return False
        if not await self._database.read(lambda c: rows.was_ever(c, version.name, has)):
            _LOG.warning("knowledge_changed_by_hand", file=version.name, version=version.id)
            return False
        self._folder.put(version.name, version.after)
        _LOG.info("knowledge_synced", file=version.name, version=version.id)
        return True
