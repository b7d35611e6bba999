"""Whatever is written into the book of acts has words of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.titles import TitleState
from core.workflow import Move
from locales import LANGUAGES, speaker

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("handlers", "storage", "admin", "bot")


def written() -> set[str]:
    """The names of all acts that stand in the program."""
    trees = [ast.parse(path.read_text("utf-8")) for room in ROOMS
             for path in (ROOT / room).rglob("*.py")]  # fmt: skip
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {name for call in calls for name in names(call)}


def names(call: ast.Call) -> Iterator[str]:
    """Of `acts.append(who, what, on)`, and of the `_note` some clerks write it with."""
    match call.func:
        case ast.Attribute(attr="append", value=ast.Attribute(attr="acts")):
            what = call.args[1:2]
        case ast.Name(id="_note"):
            what = call.args
        case _:
            return
    for argument in what:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_is_told_in_words(language: str) -> None:
    say = speaker(language)
    titles = {f"title_{state}" for state in TitleState}
    every = written() | {move.value for move in Move} | titles | {"objection_upheld"}
    assert len(every) > 90
    lacking = {act for act in every if not (say.has(f"act.{act}") or say.has(f"move.{act}"))}
    assert lacking == set()
