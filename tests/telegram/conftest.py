"""Processes of the Telegram tests: a bot and an emulator for each test, or shared where tests only talk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram import stage


@pytest.fixture
def account() -> Iterator[stage.Telegram]:
    """A bot account on an emulator of this test's own."""
    with stage.emulator() as url, stage.telegram(url) as account:
        yield account


@pytest.fixture
def bot(account: stage.Telegram, tmp_path: Path) -> Iterator[stage.Bot]:
    """A bot for this test alone, not started."""
    with stage.bot(account, tmp_path) as bot:
        yield bot


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stage.Telegram]:
    """A running bot open to everybody, shared by a module; each test uses a person of its own."""
    directory = tmp_path_factory.mktemp("bot")
    with stage.emulator() as url, stage.telegram(url) as account, stage.bot(account, directory) as bot:
        bot.start()
        yield account
        assert "Traceback" not in bot.output()
        assert '"level": "error"' not in bot.output()
