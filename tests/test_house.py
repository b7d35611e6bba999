"""The rules of the house that a machine can hold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from locales import LANGUAGES, speaker

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", ".hypothesis", "var", "__pycache__", "build", "node_modules"}
SOURCE = {".py", ".js", ".css", ".html"}
ROOMS = ("bot", "admin", "handlers", "storage", "locales", "core")
LOCKS = ("requirements.txt", "requirements-dev.txt")

# Loops that must go on, whatever one turn, row or update did.
MAY_CATCH_ALL = {
    "handlers/desk.py",
    "bot/delivery.py",
    "bot/lanes.py",
    "bot/clock.py",
    "bot/telegram/polling.py",
    "storage/gather.py",
}
# In two pieces, so that this file does not break its own rules.
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "data", "info", "process"}
ELSEWHERE = re.compile("py" r"pi\.org|python" "hosted|npm" r"js|(?<![\w.-])/(?:wo" "rk|ro" "ot)/")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|raise NotImpl" r"ementedError)\b")
CATCHES_ALL = re.compile(r"^\s*except\b[^:\n]*\bEx" r"ception\b", re.MULTILINE)
AIOGRAM = re.compile(r"^\s*(?:from|import) aiogram\b", re.MULTILINE)
CLOCK = re.compile(r"\b(?:date\.today|datetime\.now|utcnow|time\.time|time_ns|localtime)\(")
SAID = re.compile(r"""\b(?:speak|say)(?:\([^()]*\))?\(\s*(f?)["']([\w.]+)(["'{])""")
HINTED = re.compile(r'\b(Unreadable|FileRefused|Recused)\(\s*"(\w+)"')


def files() -> Iterator[Path]:
    """Every file of the project, whether it is committed yet or not."""
    waiting = [ROOT]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.name in SKIPPED or path.name.endswith(("_cache", ".egg-info")):
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                yield path


def texts(suffixes: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Name and content of every text file, or of those with these suffixes."""
    for path in files():
        if suffixes is None or path.suffix in suffixes:
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def room(*names: str, suffixes: set[str]) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in texts(suffixes) if name.split("/")[0] in names)


def test_the_house_is_seen_at_all() -> None:
    seen = {name for name, _ in texts()}
    assert {"Makefile", ".ci/run", "core/errors.py", "locales/en/refusal.po"} <= seen


def test_no_source_file_is_longer_than_300_lines() -> None:
    lengths = {name: text.count("\n") for name, text in texts(SOURCE)}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_every_name_says_something() -> None:
    modules = [path.relative_to(ROOT) for path in files() if path.suffix == ".py"]
    words = {name: {*name.parts[:-1], name.stem} for name in modules}
    assert [str(name) for name, parts in words.items() if parts & EMPTY_NAMES] == []


def test_only_the_loops_catch_everything() -> None:
    catching = {name for name, text in texts({".py"}) if CATCHES_ALL.search(text)}
    assert catching - MAY_CATCH_ALL == set()


def test_only_one_door_lets_aiogram_in() -> None:
    importing = [name for name, text in room("bot", suffixes={".py"}) if AIOGRAM.search(text)]
    assert importing == ["bot/telegram/types.py"]


def test_no_file_knows_this_machine_or_a_registry() -> None:
    assert [name for name, text in texts() if ELSEWHERE.search(text)] == []


def test_nothing_is_left_unfinished() -> None:
    assert [name for name, text in texts() if UNFINISHED.search(text)] == []


def test_the_core_is_told_what_day_it_is() -> None:
    assert [name for name, text in room("core", suffixes={".py"}) if CLOCK.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_said_is_written(language: str) -> None:
    speak = speaker(language)
    keys = speak.keys()
    missing = []
    for name, text in room("handlers", "admin", "bot", suffixes={".py", ".html"}):
        for formatted, key, end in SAID.findall(text):
            if formatted and end == "{":
                written = any(known.startswith(key) for known in keys)
            else:
                written = key in keys
            if "." in key and not written:
                missing.append(f"{name}: {key}")
    assert missing == []


def test_every_hint_has_a_sentence_of_its_own() -> None:
    keys = speaker("zh_CN").keys()
    hints = {
        f"refusal.{kind}.{hint}"
        for _, text in room(*ROOMS, suffixes={".py"})
        for kind, hint in HINTED.findall(text)
    }
    assert hints - keys == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_by_hash_and_by_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    requirements = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)[1:]
    assert len(requirements) > 20
    assert [row for row in requirements if "==" not in row or "--hash=sha256:" not in row] == []
    assert not re.search(r"index-url|find-links|://", text)


def test_the_readme_lists_every_setting() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name, _, _ in Settings.table() if name not in text] == []
