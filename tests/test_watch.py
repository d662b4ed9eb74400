"""Hot reload on real files: a save changes the knowledge in force, a broken save does not."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeReader
from bot.knowledge_cache import KnowledgeCache
from bot.problem import Problem
from bot.watch import watch

WHOLE = Path(__file__).parent / "broken" / "whole"
PATIENCE = 10  # seconds a busy test machine may take; a save is live within one on an idle machine


class Room:
    """What is in force, as the desk would hold it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.reader = KnowledgeReader(directory, KnowledgeCache(None))
        self.knowledge = self.reader.read().required()
        self.reports: list[tuple[Problem, ...]] = []
        self.applied = 0

    def apply(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.applied += 1

    @property
    def subject(self) -> str:
        return next(self.knowledge.entries())[1].subject

    @property
    def file(self) -> Path:
        return self.directory / "briefings" / "a-goc.yaml"

    def save(self, text: str) -> None:
        """As editors save: a new file put in the place of the old one."""
        draft = self.file.with_suffix(".tmp")
        draft.write_text(text)
        draft.replace(self.file)

    async def until(self, true: Callable[[], bool]) -> None:
        started = time.monotonic()
        while not true():
            assert time.monotonic() - started < PATIENCE
            await asyncio.sleep(0.02)


@asynccontextmanager
async def watching(room: Room) -> AsyncIterator[None]:
    stop = asyncio.Event()
    version = room.knowledge.version
    task = asyncio.create_task(watch(room.directory, room.apply, room.reports.append, room.reader.read, version, stop))
    await asyncio.sleep(0.3)  # the system has begun to tell of changes
    yield
    stop.set()
    await asyncio.wait_for(task, PATIENCE)


def run(tmp_path: Path, story: Callable[[Room], Awaitable[None]]) -> Room:
    room = Room(Path(shutil.copytree(WHOLE, tmp_path / "knowledge")))

    async def told() -> None:
        async with watching(room):
            await story(room)

    asyncio.run(told())
    return room


def test_a_save_is_applied(tmp_path: Path) -> None:
    """The changed entry is in force a moment after the save."""

    async def story(room: Room) -> None:
        room.save(room.file.read_text().replace("thu ngân sách", "thu nội địa"))
        await room.until(lambda: room.subject == "thu nội địa")

    room = run(tmp_path, story)
    assert (room.applied, room.reports) == (1, [])


def test_a_broken_save_keeps_the_last_good_knowledge(tmp_path: Path) -> None:
    """Problems are reported once, the old answers stay, and a mended file is applied and reported clean."""

    async def story(room: Room) -> None:
        good, before = room.file.read_text(), room.knowledge
        room.save(good.replace("date: 2023-04-05", "date: hôm qua"))
        await room.until(lambda: len(room.reports) == 1)
        assert room.knowledge is before
        room.save(good.replace("thu ngân sách", "thu nội địa"))
        await room.until(lambda: room.subject == "thu nội địa")

    room = run(tmp_path, story)
    assert [[problem.rule for problem in report] for report in room.reports] == [["format"], []]


def test_a_new_and_a_deleted_file_are_seen(tmp_path: Path) -> None:
    """A briefing added tonight answers at once, and one taken away stops answering."""

    async def story(room: Room) -> None:
        new = room.directory / "briefings" / "moi.yaml"
        new.write_text(room.file.read_text().replace("slug: a-goc", "slug: moi"))
        await room.until(lambda: room.knowledge.briefing("moi") is not None)
        new.unlink()
        await room.until(lambda: room.knowledge.briefing("moi") is None)

    run(tmp_path, story)


def test_saving_without_a_change_applies_nothing(tmp_path: Path) -> None:
    """Touching a file, or saving something that is no knowledge, leaves the knowledge in force alone."""

    async def story(room: Room) -> None:
        room.save(room.file.read_text())
        (room.directory / "ghi-chu.txt").write_text("nháp")
        await asyncio.sleep(1)

    room = run(tmp_path, story)
    assert (room.applied, room.reports) == (0, [])


def test_a_change_before_watching_is_seen(tmp_path: Path) -> None:
    """What was saved between loading and watching is applied at the first look."""
    room = Room(Path(shutil.copytree(WHOLE, tmp_path / "knowledge")))
    room.save(room.file.read_text().replace("thu ngân sách", "thu nội địa"))

    async def told() -> None:
        async with watching(room):
            await room.until(lambda: room.subject == "thu nội địa")

    asyncio.run(told())


def test_readers_never_see_half_a_change(tmp_path: Path) -> None:
    """While files change, whoever reads holds one whole knowledge whose entries fit its version."""

    async def story(room: Room) -> None:
        text, seen = room.file.read_text(), {}
        for number in range(5):
            room.save(text.replace("thu ngân sách", f"thu lần {number}"))
            until = time.monotonic() + 0.3
            while time.monotonic() < until:
                held = room.knowledge
                subject = next(held.entries())[1].subject
                assert seen.setdefault(held.version, subject) == subject
                await asyncio.sleep(0)
        await room.until(lambda: room.subject == "thu lần 4")

    run(tmp_path, story)


def test_a_failing_apply_is_not_swallowed(tmp_path: Path) -> None:
    """Watching that can no longer apply ends with the error, so that its owner notices."""
    room = Room(Path(shutil.copytree(WHOLE, tmp_path / "knowledge")))

    def refuse(_: Knowledge) -> None:
        raise RuntimeError("no index")

    with pytest.raises(RuntimeError, match="no index"):
        asyncio.run(watch(room.directory, refuse, room.reports.append))
