"""The process questions are thought over in: it says what the desk would say, and may end at any time."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.annex import Annex
from bot.chat.composed import compose
from bot.desk import Desk
from bot.knowledge import Knowledge, load
from bot.outcome import Question

ROOT = Path(__file__).parents[2]
WHEN = dt.datetime(2026, 1, 5, 2, 0, tzinfo=dt.UTC)
FIRST = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
NEXT = "thế tăng bao nhiêu?"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What is shipped."""
    return load(ROOT / "knowledge")


def with_annex(desk: Desk, talk: Callable[[Annex], Awaitable[None]]) -> None:
    """Have `talk` while the process runs and is ready."""

    async def all_of_it() -> None:
        annex, stop = Annex(desk), asyncio.Event()
        running = asyncio.create_task(annex.run(stop))
        try:
            await until_ready(annex)
            await talk(annex)
        finally:
            stop.set()
            await asyncio.wait_for(running, 10)

    asyncio.run(all_of_it())


async def until_ready(annex: Annex) -> None:
    async with asyncio.timeout(30):
        while not annex.serves():  # noqa: ASYNC110 (nobody tells when)
            await asyncio.sleep(0.02)


def asked(text: str, minute: int = 0) -> Question:
    return Question(text, "1:1", WHEN + dt.timedelta(minutes=minute))


def test_it_answers_as_the_desk_does(knowledge: Knowledge) -> None:
    """A question and its follow-up get the same messages, and the same reasons for the log, as from the desk itself."""
    alone = Desk(knowledge)
    expected = [compose(alone.ask(asked(FIRST))), compose(alone.ask(asked(NEXT, 1)))]

    async def talk(annex: Annex) -> None:
        answers = [await annex.ask(asked(FIRST)), await annex.ask(asked(NEXT, 1))]
        assert [a.messages for a in answers] == [a.messages for a in expected]
        assert [(a.status, a.entries, a.reason) for a in answers] == [(a.status, a.entries, a.reason) for a in expected]

    with_annex(Desk(knowledge), talk)


def test_its_end_is_not_noticed(knowledge: Knowledge) -> None:
    """When the process is killed, also with questions in it, all of them are answered and another one comes."""
    expected = compose(Desk(knowledge).ask(asked(FIRST))).messages

    async def talk(annex: Annex) -> None:
        asking = [asyncio.create_task(annex.ask(asked(FIRST)._replace(asker=""))) for _ in range(5)]
        await asyncio.sleep(0)
        annex.dismiss()
        assert [answer.messages for answer in await asyncio.gather(*asking)] == [expected] * 5
        await until_ready(annex)
        assert (await annex.ask(asked(FIRST))).messages == expected

    with_annex(Desk(knowledge), talk)


def test_it_follows_the_knowledge(knowledge: Knowledge) -> None:
    """Once other knowledge is in force no answer comes from the old one, and the process learns the new one."""
    desk = Desk(knowledge)
    newer = replace(knowledge.only((knowledge.briefings[0].slug,)), version="newer")

    async def talk(annex: Annex) -> None:
        desk.swap(newer)
        assert (await annex.ask(asked(FIRST))).knowledge == "newer"
        with suppress(TimeoutError):
            await until_ready(annex)
        assert (await annex.ask(asked(FIRST))).knowledge == "newer"

    with_annex(desk, talk)


def test_knowledge_that_is_taken_back_at_once_answers_nothing(knowledge: Knowledge) -> None:
    """While knowledge changes to and fro, each answer is from what was in force when it was asked."""
    desk = Desk(knowledge)
    newer = replace(knowledge.only((knowledge.briefings[0].slug,)), version="newer")

    async def talk(annex: Annex) -> None:
        for turn in range(16):
            in_force = (newer, knowledge)[turn % 2]
            desk.swap(in_force)
            for _ in range(5):
                assert (await annex.ask(asked(FIRST))).knowledge == in_force.version
                await asyncio.sleep(0.02)

    with_annex(desk, talk)
