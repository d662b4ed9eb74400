"""A running bot for each test, on a knowledge directory it may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.office import Office
from tests.telegram import stage

KNOWLEDGE = stage.ROOT / "knowledge"


@pytest.fixture(scope="session")
def emulator_url() -> Iterator[str]:
    """One emulator for all tests: each has a bot account of its own."""
    with stage.emulator() as url:
        yield url


@pytest.fixture
def office(emulator_url: str, tmp_path: Path) -> Iterator[Office]:
    """A started bot with one admin, open to everybody."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, knowledge)
    with (
        stage.telegram(emulator_url) as account,
        stage.bot(account, tmp_path, KNOWLEDGE_DIR=str(knowledge)) as bot,
    ):
        bot.start()
        yield Office(account, bot, knowledge)
        assert "Traceback" not in bot.output(), bot.output()[-4000:]
