"""The settings of one running program, read from the environment and a `.env` file when asked, never at import."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.phrases.settings import UNREADABLE_ENV_FILE, missing_setting, wrong_setting

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,200}", re.ASCII)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{6,256}", re.ASCII)
_IN_CLEAR = re.compile(r"http://(?!127\.|localhost\b|\[::1\])")  # beyond this machine
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


def _ids(value: object) -> object:
    """`12, 34` or `12 34` as a set of ids; anything else is refused by the field itself."""
    return frozenset(re.split(r"[,;\s]+", value.strip(" ,;\t\n"))) if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


PositiveId = Annotated[int, Field(gt=0, lt=2**63)]


class Settings(BaseSettings):
    """Every setting of the contract, typed and checked. Secrets are `SecretStr`: no repr or dump shows them."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None  # None: the terminal chat, `ask`, `check` and `log` need none
    bot_api_url: str = "https://api.telegram.org/bot"
    bot_file_url: str = "https://api.telegram.org/file/bot"
    bot_admins: Annotated[frozenset[PositiveId], NoDecode, BeforeValidator(_ids)] = frozenset()
    bot_access: Literal["invited", "open"] = "invited"
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/bot.db")  # may hold a password
    knowledge_dir: Path = Path("knowledge")
    webhook_url: str | None = None  # None: polling
    webhook_secret: SecretStr | None = None  # always there when webhook_url is
    web_host: Annotated[str, Field(pattern=r"^\S{1,253}$")] = "127.0.0.1"
    web_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    log_retention_days: Annotated[int, Field(ge=1, le=36500)] = 365
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)] = "INFO"

    @property
    def token(self) -> SecretStr:
        """The bot's token, for what cannot run without it.

        Raises SettingsError naming BOT_TOKEN when it is not set.
        """
        if self.bot_token is None:
            raise SettingsError(missing_setting("BOT_TOKEN"))
        return self.bot_token

    @field_validator("bot_token", "webhook_secret")
    @classmethod
    def _secret_form(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        pattern = _TOKEN if info.field_name == "bot_token" else _WEBHOOK_SECRET
        if value is not None and pattern.fullmatch(value.get_secret_value()) is None:
            raise ValueError
        return value

    @field_validator("bot_api_url", "bot_file_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None, info: ValidationInfo) -> str | None:
        ending = {"bot_api_url": "/bot", "bot_file_url": "/file/bot"}.get(info.field_name or "", "")
        if value is not None and (_WEB_ADDRESS.fullmatch(value) is None or not value.endswith(ending)):
            raise ValueError
        if value is not None and info.field_name == "webhook_url" and _IN_CLEAR.match(value):
            raise ValueError  # Telegram calls nothing else, and the secret would travel in the clear
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if not any(url.startswith(known) and len(url) > len(known) for known in _DATABASES):
            raise ValueError
        return value

    @model_validator(mode="after")
    def _webhook_is_secret(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (the names are pydantic-settings' own)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment arrives as arguments (see `load_settings`), so that a caller may hand in its own."""
        return init_settings, dotenv_settings


def load_settings(environ: Mapping[str, str] | None = None, env_file: str | Path | None = ".env") -> Settings:
    """The settings of `environ` (default: this process's environment), then of `env_file`, then the defaults.

    A name set to nothing counts as not set. A missing `env_file` is fine.
    Raises SettingsError: one line naming every wrong setting and never repeating a value.
    """
    given = os.environ if environ is None else environ
    texts = {field: given.get(field.upper(), "").strip() for field in Settings.model_fields}
    values: dict[str, Any] = {field: text for field, text in texts.items() if text}
    values["_env_file"] = env_file
    try:
        return Settings(**values)
    except ValidationError as error:
        problem = " ".join(_lines(error))
    except (OSError, UnicodeError):
        problem = UNREADABLE_ENV_FILE
    # Raised outside the handlers: the causes hold the values, secrets among them.
    raise SettingsError(problem)


def _lines(error: ValidationError) -> list[str]:
    names = [str(problem["loc"][0]).upper() for problem in error.errors(include_input=False) if problem["loc"]]
    lines = [wrong_setting(name) for name in dict.fromkeys(names)]
    return lines or [missing_setting("WEBHOOK_SECRET")]
