"""Settings work offline without any, hide what is secret, and say what is wrong."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsWrong, load, sqlite_file

KEY = "not a secret, but long enough for a test"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, _, _ in Settings.table():
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def wrong(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    for name, value in values.items():
        monkeypatch.setenv(f"HUIGONG_{name}", value)
    with pytest.raises(SettingsWrong) as refused:
        load()
    return str(refused.value)


def make_database(*officers: str) -> None:
    Path("var").mkdir(exist_ok=True)
    with closing(sqlite3.connect("var/huigong.db")) as archive, archive:
        archive.execute("CREATE TABLE officers (login TEXT)")
        archive.executemany("INSERT INTO officers VALUES (?)", [(name,) for name in officers])


def test_without_any_setting_it_is_a_demonstration_on_this_machine() -> None:
    settings = load()
    assert settings.database_url == "sqlite:///var/huigong.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.telegram_token is None
    assert settings.demo
    assert (settings.schemes.parent / "core").is_dir()


def test_the_public_address_follows_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGONG_PORT", "9000")
    assert load().public_url == "http://127.0.0.1:9000"
    monkeypatch.setenv("HUIGONG_PUBLIC_URL", "https://huigong.example/")
    assert load().public_url == "https://huigong.example"


def test_a_database_somebody_can_sign_in_to_is_no_demonstration() -> None:
    make_database("wang")
    assert not load().demo


def test_a_database_nobody_can_sign_in_to_is_still_empty() -> None:
    make_database()
    assert load().demo


def test_a_server_s_database_is_never_a_demonstration_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIGONG_SECRET_KEY", KEY)
    monkeypatch.setenv("HUIGONG_DATABASE_URL", "postgresql://huigong@127.0.0.1/huigong")
    assert not load().demo


def test_an_empty_file_elsewhere_is_a_demonstration_with_its_key_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUIGONG_DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere/other.db")
    assert load().demo
    assert (tmp_path / "elsewhere" / "secret.key").exists()


def test_a_small_office_keeps_the_key_that_was_made_at_first() -> None:
    first = load().secret_key.get_secret_value()
    make_database("wang")
    assert load().secret_key.get_secret_value() == first
    assert stat.S_IMODE(Path("var/secret.key").stat().st_mode) == 0o600


def test_a_given_key_is_used_and_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGONG_SECRET_KEY", KEY)
    assert load().secret_key.get_secret_value() == KEY
    assert not Path("var/secret.key").exists()


def test_a_real_office_has_to_bring_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://u:p@127.0.0.1/huigong"
    assert "HUIGONG_SECRET_KEY is missing" in wrong(monkeypatch, DATABASE_URL=url)
    assert not Path("var").exists()


def test_an_emptied_key_file_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    Path("var/secret.key").write_text("")
    assert "HUIGONG_SECRET_KEY" in wrong(monkeypatch)


def test_nothing_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGONG_SECRET_KEY", KEY)
    monkeypatch.setenv("HUIGONG_DATABASE_URL", "postgresql://huigong:opensesame@127.0.0.1/huigong")
    monkeypatch.setenv("HUIGONG_REDIS_URL", "redis://:opensesame@127.0.0.1")
    monkeypatch.setenv("HUIGONG_TELEGRAM_TOKEN", "42:opensesame")
    monkeypatch.setenv("HUIGONG_TELEGRAM_SECRET", "opensesame")
    shown = repr(load()) + str(load())
    assert "opensesame" not in shown
    assert KEY not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("DATABASE_URL", "mysql://root:opensesame@127.0.0.1/x"),
        ("REDIS_URL", "127.0.0.1"),
        ("PUBLIC_URL", "huigong.example"),
        ("TELEGRAM_TOKEN", "opensesame"),
        ("TELEGRAM_SECRET", "open sesame"),
        ("SECRET_KEY", "opensesame"),
        ("LOG_LEVEL", "loud"),
        ("DEMO", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sentence = wrong(monkeypatch, **{name: value})
    assert sentence.startswith(f"HUIGONG_{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "sesame" not in sentence


def test_a_webhook_needs_a_token_a_secret_and_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGONG_TELEGRAM_TOKEN", "42:token")
    url = "https://huigong.example/telegram"
    assert "HUIGONG_TELEGRAM_SECRET" in wrong(monkeypatch, TELEGRAM_WEBHOOK_URL=url)
    monkeypatch.setenv("HUIGONG_TELEGRAM_SECRET", "a-secret_1")
    assert load().telegram_webhook_url == url
    plain = wrong(monkeypatch, TELEGRAM_WEBHOOK_URL="http://huigong.example/telegram")
    assert "https://" in plain
    monkeypatch.setenv("HUIGONG_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("HUIGONG_TELEGRAM_WEBHOOK_URL", "http://127.0.0.1:8000/hook")
    assert load().telegram_webhook_url.endswith("/hook"), "a server of one's own may be near"


def test_settings_may_stand_in_a_file_beside_it() -> None:
    Path(".env").write_text("HUIGONG_LOG_LEVEL=debug\nOTHER=1\n")
    assert load().log_level == "DEBUG"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load().port = 9000  # type: ignore[misc]


def test_every_setting_has_a_meaning() -> None:
    rows = list(Settings.table())
    assert len(rows) == len(Settings.model_fields)
    assert [name for name, _, meaning in rows if not meaning.endswith(".")] == []
    assert [row for row in rows if str(Path.cwd()) in "".join(row)] == []


def test_the_file_of_a_database() -> None:
    assert sqlite_file("sqlite:///var/huigong.db") == Path("var/huigong.db")
    assert sqlite_file("sqlite+aiosqlite:////srv/a.db?timeout=3") == Path("/srv/a.db")
    assert sqlite_file("sqlite://") is None
    assert sqlite_file("sqlite:///:memory:") is None
    assert sqlite_file("postgresql://127.0.0.1/huigong") is None
