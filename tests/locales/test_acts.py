"""Whatever is written into the book of acts has words of its own."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from admin import deeds
from core.errors import NotYours
from core.oral import Proof
from core.results import Trouble
from core.titles import TitleState
from core.workflow import Move
from handlers import access
from locales import LANGUAGES, speaker
from storage.objections import CHANNELS, HERE

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("handlers", "storage", "admin", "bot")


def trees() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def written() -> set[str]:
    """The names of all acts that stand in the program."""
    calls = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
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


def particulars() -> set[str]:
    """The names of all particulars that are written with an act, read from the program."""
    found = {"instead_of"}  # written by the book itself
    for tree in trees():
        clerks = (ast.FunctionDef, ast.AsyncFunctionDef)
        for clerk in (node for node in ast.walk(tree) if isinstance(node, clerks)):
            known = assigned(clerk)
            for call in (node for node in ast.walk(clerk) if isinstance(node, ast.Call)):
                if ast.unparse(call.func).endswith("acts.append"):
                    for given in call.keywords:
                        found |= {given.arg} if given.arg else keys(given.value, known)
    return found


def assigned(clerk: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name of this function is set to, or has added to it."""
    known: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(clerk):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                known[name].append(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = zip(names, values, strict=True)
                for each, value in pairs:
                    known[ast.unparse(each)].append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                known[name].append(value)
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                known[name].append(value)
    return known


def keys(given: ast.expr, known: Mapping[str, list[ast.expr]]) -> set[str]:
    """Of `**given`: a dictionary, some of them together, or a name for one."""
    match given:
        case ast.Dict(keys=names):
            assert all(isinstance(each, ast.Constant) for each in names), ast.unparse(given)
            return {str(each.value) for each in names if isinstance(each, ast.Constant)}
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return keys(left, known) | keys(right, known)
        case ast.Name(id=name) if known[name]:
            return set[str]().union(*(keys(each, known) for each in known[name]))
    raise AssertionError(f"nobody can tell which keys {ast.unparse(given)} holds")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_is_told_in_words(language: str) -> None:
    say = speaker(language)
    titles = {f"title_{state}" for state in TitleState}
    every = written() | {move.value for move in Move} | titles | {"objection_upheld"}
    assert len(every) > 90
    lacking = {act for act in every if not (say.has(f"act.{act}") or say.has(f"move.{act}"))}
    assert lacking == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_particular_of_an_act_is_told_in_words(language: str) -> None:
    say, every = speaker(language), particulars()
    assert len(every) > 50
    assert {each for each in every if not say.has(f"acts.key.{each}")} == set()
    told = {key.removeprefix("acts.key.") for key in say.keys() if "acts.key." in key}  # noqa: SIM118
    assert told == every


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_out_of_a_closed_set_is_told(language: str) -> None:
    say = speaker(language)
    denials = {NotYours, *NotYours.__subclasses__()}
    closed = {
        "channel": {*CHANNELS, HERE},
        "door": {"web", "telegram", "terminal"},
        "proof": set(Proof),
        "reason": access.REASONS,
        "why": {*(each.value for each in Trouble), *(each.__name__ for each in denials)},
    }
    assert set(closed) == set(deeds.CLOSED)
    lacking = {f"acts.{key}.{each}" for key, words in closed.items() for each in words}
    assert {each for each in lacking if not say.has(each)} == set()
