"""Settings from an environment and a `.env` file."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings

GOOD = {
    "BOT_TOKEN": "123456:AAE-very_secret",
    "BOT_API_URL": "http://127.0.0.1:8081/bot",
    "BOT_FILE_URL": "http://127.0.0.1:8081/file/bot",
    "BOT_ADMINS": "11, 22;33",
    "BOT_ACCESS": "open",
    "DATABASE_URL": "postgresql+asyncpg://u:very_secret@db/bot",
    "KNOWLEDGE_DIR": "/srv/knowledge",
    "WEBHOOK_URL": "https://bot.example/telegram",
    "WEBHOOK_SECRET": "very_secret-1",
    "WEB_HOST": "0.0.0.0",  # noqa: S104 (a value, nobody binds it here)
    "WEB_PORT": "9000",
    "LOG_RETENTION_DAYS": "30",
    "LOG_LEVEL": "debug",
}


def test_an_empty_environment_gives_the_defaults() -> None:
    """Without any setting everything has its documented default."""
    settings = load_settings({}, None)
    assert settings.bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org/bot"
    assert settings.bot_file_url == "https://api.telegram.org/file/bot"
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///data/bot.db"
    assert (settings.bot_admins, settings.bot_access) == (frozenset(), "invited")
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert (settings.knowledge_dir, settings.log_retention_days, settings.log_level) == (Path("knowledge"), 365, "INFO")


def test_every_setting_is_read() -> None:
    """Each name of the contract arrives, typed."""
    settings = load_settings(GOOD, None)
    assert settings.token.get_secret_value() == GOOD["BOT_TOKEN"]
    assert (settings.bot_api_url, settings.bot_file_url) == (GOOD["BOT_API_URL"], GOOD["BOT_FILE_URL"])
    assert (settings.bot_admins, settings.bot_access) == (frozenset({11, 22, 33}), "open")
    assert settings.database_url.get_secret_value() == GOOD["DATABASE_URL"]
    assert settings.webhook_url == GOOD["WEBHOOK_URL"]
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == GOOD["WEBHOOK_SECRET"]
    assert (settings.web_host, settings.web_port) == (GOOD["WEB_HOST"], 9000)
    assert (settings.knowledge_dir, settings.log_retention_days) == (Path("/srv/knowledge"), 30)
    assert settings.log_level == "DEBUG"


def test_no_secret_shows() -> None:
    """Neither repr, nor str, nor a dump of the settings holds a token, a webhook secret or a database password."""
    settings = load_settings(GOOD, None)
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "very_secret" not in shown


def test_a_missing_token_is_named_when_it_is_needed() -> None:
    """Commands without Telegram need no token; whoever needs it is told its name."""
    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        load_settings({"BOT_TOKEN": " "}, None).token  # noqa: B018 (reading it is what fails)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "very_secret"),
        ("BOT_TOKEN", "123456:very secret"),
        ("BOT_API_URL", "ftp://very_secret/bot"),
        ("BOT_API_URL", "https://very_secret"),
        ("BOT_FILE_URL", "https://very_secret/bot"),
        ("BOT_ADMINS", "very_secret"),
        ("BOT_ADMINS", "-5"),
        ("BOT_ADMINS", "1,2,99999999999999999999999"),
        ("BOT_ACCESS", "very_secret"),
        ("DATABASE_URL", "mysql://u:very_secret@h/d"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("WEBHOOK_URL", "very_secret"),
        ("WEBHOOK_URL", "http://very.secret/telegram"),
        ("WEBHOOK_SECRET", "very_secret!"),
        ("WEBHOOK_SECRET", "very"),
        ("WEBHOOK_SECRET", "very_secret" * 30),
        ("WEBHOOK_SECRET", "véry_secret"),
        ("WEB_HOST", "very secret"),
        ("WEB_PORT", "very_secret"),
        ("WEB_PORT", "0"),
        ("WEB_PORT", "65536"),
        ("LOG_RETENTION_DAYS", "0"),
        ("LOG_RETENTION_DAYS", "1.5"),
        ("LOG_LEVEL", "very_secret"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str) -> None:
    """The error is one line with the setting's name; nothing of the error or its causes repeats a value."""
    with pytest.raises(SettingsError) as caught:
        load_settings({**GOOD, name: value}, None)
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    told = "".join(traceback.format_exception_only(caught.value)) + repr(caught.value.__context__)
    assert "very" not in told


def test_all_wrong_settings_are_named_at_once() -> None:
    """Two mistakes need one run to be found."""
    with pytest.raises(SettingsError, match=r"BOT_ADMINS.*WEB_PORT"):
        load_settings({"WEB_PORT": "x", "BOT_ADMINS": "y"}, None)


def test_a_webhook_needs_its_secret() -> None:
    """WEBHOOK_URL alone is refused with the name of what is missing."""
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET chưa"):
        load_settings({"WEBHOOK_URL": "https://bot.example/telegram"}, None)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A `.env` file as Windows writes it is read, unknown names in it are ignored, and the environment comes first."""
    file = tmp_path / ".env"
    file.write_bytes(b"\xef\xbb\xbfWEB_PORT=9001\r\nLOG_LEVEL=warning\r\nSOMETHING_ELSE=1\r\nBOT_ADMINS=\r\n")
    settings = load_settings({"WEB_PORT": "9002", "LOG_LEVEL": ""}, file)
    assert (settings.web_port, settings.log_level, settings.bot_admins) == (9002, "WARNING", frozenset())


def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    """A `.env` in another encoding is one clear line, without its content."""
    file = tmp_path / ".env"
    file.write_bytes("BOT_TOKEN=123456:very_secret".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env") as caught:
        load_settings({}, file)
    assert "very_secret" not in str(caught.value) + repr(caught.value.__context__)


def test_settings_and_the_log_command_load_no_driver() -> None:
    """What every command imports brings in neither the database layer nor Telegram."""
    code = (
        "import sys, bot.settings, bot.log_command;"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'aiosqlite', 'asyncpg', 'telegram')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
