"""What is written stands in every language, under the same key, with the same fields."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import locales
from core.jurisdiction import Level
from core.people import Role
from core.scheme import StageKind
from core.workflow import Move, State
from locales import LANGUAGES, speaker

HERE = Path(locales.__file__).parent


def areas(language: str) -> set[str]:
    return {path.stem for path in (HERE / language).glob("*.po")}


def messages(language: str, area: str) -> dict[str, Message]:
    with (HERE / language / f"{area}.po").open("rb") as lines:
        return {str(entry.id): entry for entry in read_po(lines) if entry.id}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_areas(language: str) -> None:
    assert areas(language) == areas("zh_CN") >= {"common", "refusal"}


@pytest.mark.parametrize("area", sorted(areas("zh_CN")))
def test_both_languages_hold_the_same_keys_and_fields(area: str) -> None:
    chinese, english = messages("zh_CN", area), messages("en", area)
    assert chinese.keys() == english.keys()
    differing = {
        key
        for key in chinese
        if fields(str(chinese[key].string)) != fields(str(english[key].string))
    }
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_marked_as_doubtful(language: str) -> None:
    read = [entry for area in areas(language) for entry in messages(language, area).values()]
    assert len(read) > 100
    assert [entry.id for entry in read if not str(entry.string).strip() or entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_plain_names(language: str) -> None:
    speak = speaker(language)
    parts = [
        (key, part)
        for area in areas(language)
        for key, entry in messages(language, area).items()
        for part in Formatter().parse(str(entry.string))
        if part[1] is not None
    ]
    assert [key for key, (_, name, spec, how) in parts if not str(name).isidentifier()] == []
    assert [key for key, (_, name, spec, how) in parts if spec or how] == []
    assert speak.language == language


def test_the_english_catalogue_is_english() -> None:
    words_of_choice = {"words", "language"}  # what people may type; how a language calls itself
    chinese = [
        key
        for area in areas("en")
        for key, entry in messages("en", area).items()
        if key.split(".")[0] not in words_of_choice
        and sum("\u4e00" <= sign <= "\u9fff" for sign in str(entry.string)) > 4
    ]
    assert chinese == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_law_has_a_word_for_people(language: str) -> None:
    needed = {f"state.{reader}.{state}" for state in State for reader in ("worker", "officer")}
    needed |= {f"role.{role}" for role in Role} | {f"level.{level}" for level in Level}
    needed |= {f"stage.{kind}" for kind in StageKind} | {f"move.{move}" for move in Move}
    assert needed - speaker(language).keys() == set()
