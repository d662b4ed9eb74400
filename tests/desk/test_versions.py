"""The versions in the database are what counts: for replicas, after a crash, and between two hands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.editing.folder import KnowledgeFolder, digest
from bot.editing.judgement import Judge
from bot.editing.versions import Versions
from bot.knowledge import Knowledge
from bot.storage import knowledge_rows as rows
from bot.storage.database import Database
from bot.storage.knowledge_rows import NewVersion
from tests.desk.office import BRIEFING, QUESTION, Office
from tests.storage.conftest import (  # noqa: F401 (fixtures)
    anyio_backend,
    database,
    postgresql_server,
    postgresql_url,
    sqlite_url,
    url,
)
from tests.telegram.stage import ROOT, lead, until

pytestmark = pytest.mark.anyio
EDITOR = 71
INVENTED = ROOT / "tests" / "knowledge"


class Replica:
    """A knowledge directory of its own, beside a database it shares."""

    def __init__(self, database: Database, directory: Path) -> None:  # noqa: F811
        self.folder = KnowledgeFolder(directory)
        self.in_force: list[Knowledge] = []
        self.versions = Versions(database, self.folder, Judge(directory), self._put)

    async def _put(self, knowledge: Knowledge) -> None:
        self.in_force.append(knowledge)

    def text(self, name: str) -> str:
        return (self.folder.content(name) or b"").decode()


def _replica(database: Database, directory: Path) -> Replica:  # noqa: F811
    shutil.copytree(INVENTED / "briefings", directory / "briefings")
    return Replica(database, directory)


NAME = "briefings/tn-giao-ban-quy-3-2024.yaml"


async def _remark(replica: Replica, words: str, cause: str) -> rows.Version | None:
    """Put a remark at the end of one file."""
    before = replica.folder.content(NAME) or b""
    after = before + f"# {words}\n".encode()
    return (await replica.versions.change(EDITOR, NAME, digest(before), after, cause)).version


async def test_a_change_reaches_every_replica(database: Database, tmp_path: Path) -> None:  # noqa: F811
    """One applies, the other finds it in the database and writes it; undoing goes the same way."""
    one, other = _replica(database, tmp_path / "1"), _replica(database, tmp_path / "2")
    original = one.text(NAME)
    assert await _remark(one, "thử", "a")
    assert one.in_force
    assert await other.versions.sync()
    assert other.text(NAME) == one.text(NAME) == original + "# thử\n"
    assert not await other.versions.sync()
    undone = await other.versions.undo(EDITOR, "b")
    assert undone.version
    assert await one.versions.sync()
    assert one.text(NAME) == other.text(NAME) == original


async def test_the_same_cause_changes_once(database: Database, tmp_path: Path) -> None:  # noqa: F811
    """A retry of the same press or command finds its own version instead of making another."""
    one = _replica(database, tmp_path / "1")
    first = await _remark(one, "thử", "a")
    assert await _remark(one, "thử lại", "a") == first
    assert one.text(NAME).endswith("# thử\n")
    undone = await one.versions.undo(EDITOR, "b")
    assert await one.versions.undo(EDITOR, "b") == undone


async def test_a_crash_between_commit_and_file_is_made_good(database: Database, tmp_path: Path) -> None:  # noqa: F811
    """The version was committed and the process died: the next start puts the file in place."""
    one = _replica(database, tmp_path / "1")
    before = one.folder.content(NAME) or b""
    after = before + "# thử\n".encode()
    new = NewVersion(NAME, before, after, digest(before), digest(after), EDITOR, "", "a")
    assert await database.write(lambda c: rows.commit_version(c, new, 0, None))
    assert await one.versions.sync()
    assert one.text(NAME) == after.decode()


async def test_what_a_hand_wrote_later_stays(database: Database, tmp_path: Path) -> None:  # noqa: F811
    """A file the versions never knew is newer than they are: neither syncing nor undoing overwrites it."""
    one = _replica(database, tmp_path / "1")
    assert await _remark(one, "thử", "a")
    path = one.folder.directory / NAME
    path.write_text(one.text(NAME) + "# bằng tay\n", encoding="utf-8")
    again = Replica(database, one.folder.directory)
    assert not await again.versions.sync()
    assert (await again.versions.undo(EDITOR, "b")).refusal == "changed"
    assert one.text(NAME).endswith("# bằng tay\n")


async def test_a_directory_that_cannot_be_written_leaves_no_version(database: Database, tmp_path: Path) -> None:  # noqa: F811
    """Nothing is written down that could not be put in place."""
    one = _replica(database, tmp_path / "1")
    path = one.folder.directory / NAME
    content = path.read_bytes()
    shutil.rmtree(path.parent)
    path.parent.symlink_to(tmp_path)
    with pytest.raises(Exception, match="ngoài kho"):
        await one.versions.change(EDITOR, NAME, digest(content), content, "a")
    assert await database.read(rows.newest_id) == 0


async def test_a_running_bot_follows_another_replica(office: Office, tmp_path: Path) -> None:
    """What another process wrote down is answered from within seconds."""
    assert "405" in lead(office.account.ask(31, QUESTION))
    other = tmp_path / "other"
    shutil.copytree(office.knowledge, other)
    shared = await Database.open(office.bot.settings["DATABASE_URL"])
    try:
        replica = Replica(shared, other)
        base = digest(replica.folder.content(BRIEFING))
        assert (await replica.versions.change(EDITOR, BRIEFING, base, office.raised().encode(), "a")).version
    finally:
        await shared.close()
    until(lambda: '"411"' in office.text(), 30)
    until(lambda: "411" in lead(office.account.ask(31, QUESTION)), 30)
