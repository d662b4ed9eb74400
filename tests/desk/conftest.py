"""A running bot for each test, on a knowledge directory it may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.office import Office
from tests.telegram import stage

KNOWLEDGE = stage.ROOT / "knowledge"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A started bot with one admin, open to everybody."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, knowledge)
    with (
        stage.emulator() as url,  # one each: an emulator keeps the queues of sixteen accounts at most
        stage.telegram(url) as account,
        stage.bot(account, tmp_path, KNOWLEDGE_DIR=str(knowledge)) as bot,
    ):
        bot.start()
        yield Office(account, bot, knowledge)
        assert "Traceback" not in bot.output(), bot.output()[-4000:]
