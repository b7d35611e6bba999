"""Every setting: its type, its meaning, a default that works offline.

Settings come from environment variables named HUIGONG_…, or from the same names in a file
`.env`. `load` reads them once at the start and says in one sentence what is wrong.
"""

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "HUIGONG_"
ROOT = Path(__file__).resolve().parent.parent
TELEGRAM = "https://api.telegram.org"
DEFAULT_DATABASE = "sqlite:///var/huigong.db"
SECRET_LENGTH = 32


class SettingsWrong(Exception):
    """A setting cannot be used; the text is one sentence for the person who starts us."""


def load() -> "Settings":
    """The settings of this process. Raises SettingsWrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        raise SettingsWrong(_sentence(wrong)) from None


class Settings(BaseSettings):
    """Read once, never changed. Relative paths are counted from the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        DEFAULT_DATABASE,
        repr=False,  # it may hold a password
        description="The archive: sqlite:///path, or postgresql://user:password@host/name.",
    )
    redis_url: str = Field(
        "",
        repr=False,
        description="Redis shared by several processes; empty for a single process.",
    )
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web server listens on.")
    public_url: str = Field(
        default_factory=lambda given: f"http://{given['host']}:{given['port']}",
        json_schema_extra={"default": "http://HOST:PORT"},
        description="Address under which people reach the web server; it stands in links.",
    )
    telegram_token: SecretStr | None = Field(
        None, description="Token of the Telegram bot; without it only the web chat is open."
    )
    telegram_api: str = Field(TELEGRAM, description="Bot API server, for those who run their own.")
    telegram_webhook_url: str = Field(
        "",
        description="Address for Telegram's webhook, https for Telegram itself, served at its "
        "path (/telegram/webhook if it has none); empty for long polling.",
    )
    telegram_secret: SecretStr | None = Field(
        None,
        description="Secret Telegram sends with each webhook call: 1-256 of A-Z a-z 0-9 _ -.",
    )
    files: Path = Field(Path("var/files"), description="Folder for the sealed papers.")
    schemes: Path = Field(
        ROOT / "schemes",
        json_schema_extra={"default": "schemes"},
        description="Folder with the scheme files.",
    )
    demo: bool = Field(
        default_factory=lambda given: _untouched(given["database_url"]),
        json_schema_extra={"default": "true while an SQLite database is empty"},
        description="Fill an empty database with invented people and show how to sign in.",
    )
    secret_key: SecretStr = Field(
        default_factory=lambda given: _kept_key(given["database_url"], given["demo"]),
        json_schema_extra={"default": "made once, kept as secret.key beside an SQLite database"},
        description="At least 32 characters; seals personal data. Lose it and they are lost.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged."
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @field_validator("public_url", "telegram_api", "telegram_webhook_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if url and not re.match(r"https?://[^/\s]", url):
            raise ValueError("an address beginning with https:// or http:// is needed")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        if not re.match(r"(sqlite|postgresql)(\+\w+)?://", url):
            raise ValueError("an address beginning with sqlite:// or postgresql:// is needed")
        return url

    @field_validator("redis_url")
    @classmethod
    def _is_a_redis(cls, url: str) -> str:
        if url and not re.match(r"(rediss?|unix)://", url):
            raise ValueError("an address beginning with redis://, rediss:// or unix:// is needed")
        return url

    @field_validator("telegram_token")
    @classmethod
    def _is_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"\d+:\S+", token.get_secret_value()):
            raise ValueError("a token looks like 123456:ABC, as BotFather gives it")
        return token

    @field_validator("telegram_secret")
    @classmethod
    def _fits_a_header(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("1 to 256 letters, digits, _ or - are needed")
        return secret

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value()) < SECRET_LENGTH:
            raise ValueError(f"at least {SECRET_LENGTH} characters are needed")
        return key

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if not self.telegram_webhook_url:
            return self
        theirs = self.telegram_api == TELEGRAM
        if theirs and not self.telegram_webhook_url.startswith("https://"):
            raise ValueError("HUIGONG_TELEGRAM_WEBHOOK_URL has to begin with https://")
        if not (self.telegram_token and self.telegram_secret):
            raise ValueError(
                "HUIGONG_TELEGRAM_WEBHOOK_URL needs "
                "HUIGONG_TELEGRAM_TOKEN and HUIGONG_TELEGRAM_SECRET beside it"
            )
        return self

    @classmethod
    def table(cls) -> Iterator[tuple[str, str, str]]:
        """Name, default and meaning of every setting, in order: the rows of the README."""
        for name, field in cls.model_fields.items():
            extra = field.json_schema_extra
            default = extra["default"] if isinstance(extra, dict) else field.default
            shown = "" if default is None else str(default)
            yield PREFIX + name.upper(), shown, field.description or ""


def sqlite_file(database_url: str) -> Path | None:
    """Where an SQLite database lies; None for another database, or one in memory."""
    kind, _, path = database_url.partition(":///")
    path = path.partition("?")[0]
    return Path(path) if kind.startswith("sqlite") and path not in ("", ":memory:") else None


def _untouched(database_url: str) -> bool:
    """Whether this is an SQLite database and nobody can sign in to it yet."""
    path = sqlite_file(database_url)
    if path is None:
        return False
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as archive:
            tables = archive.execute("SELECT 1 FROM sqlite_master WHERE name = 'officers'")
            if tables.fetchone() is None:
                return True
            return archive.execute("SELECT 1 FROM officers LIMIT 1").fetchone() is None
    except sqlite3.Error:
        return False  # whatever it is, it is not ours to fill; opening it will say more


def _kept_key(database_url: str, demo: bool) -> SecretStr:
    """The key beside the database of a small office, made at the first start."""
    path = sqlite_file(database_url)
    if path is None and not demo:
        raise SettingsWrong(
            "HUIGONG_SECRET_KEY is missing: set it to at least 32 random characters and keep it "
            "safe, because personal data cannot be read without it."
        )
    kept = (path.parent if path else Path("var")) / "secret.key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return SecretStr(kept.read_text().strip())


def _sentence(wrong: ValidationError) -> str:
    """The first thing that is wrong, without the value, which may be a secret."""
    first = wrong.errors(include_input=False)[0]
    why = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{why}."
    return f"{PREFIX}{str(first['loc'][0]).upper()} cannot be used: {why[0].lower()}{why[1:]}."
