"""200 invented persons with an answer to every question the library may ask a worker.

`python -m bench.people` makes them anew and stores them in people.json, column by column: what a
fact is for each person in turn. A question that came later has no column: nobody knows it.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.facts import read_back
from core.guide import Asker, Guide
from core.periods import ANNOUNCED
from core.questions import Kind, Question
from core.rules import Condition, Rules, Value
from storage import schemes

HOW_MANY = 200
STORED = Path(__file__).with_name("people.json")
FOLDER = Path(__file__).resolve().parents[1] / "schemes"
MADE_ON = date(2026, 11, 21)
BAD, GOOD = 0.06, 0.3  # how often a bar is met, and how often a condition
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
NONE_OF_THEM = 0.4  # how often the last choice (都不是) is true


def people() -> list[dict[str, Any]]:
    """As they are stored: bare values in the form a client would send them."""
    stored: dict[str, Any] = json.loads(STORED.read_text("utf-8"))
    columns = {fact: _unpacked(column) for fact, column in stored.items()}
    return [{fact: column[one] for fact, column in columns.items()} for one in range(HOW_MANY)]


def answers(person: dict[str, Any], questions: dict[str, Question]) -> dict[str, Value]:
    """What this person answers to these questions."""
    read = {f: read_back(q, person[f]) for f, q in questions.items() if f in person}
    return {fact: value for fact, value in read.items() if value is not None}


def make() -> dict[str, Any]:
    guide = Guide(schemes.read(FOLDER).known(MADE_ON), Asker.MYSELF, MADE_ON, ANNOUNCED)
    bars = barring(each.scheme.rules for each in guide.candidates)
    chance = random.Random(20261121)
    return {
        fact: _packed([_invented(chance, fact, question, fact in bars) for _ in range(HOW_MANY)])
        for fact, question in sorted(guide.questions.items())
    }


def barring(trees: Iterator[Rules]) -> set[str]:
    """The facts that only ever speak against somebody."""
    found: dict[str, set[bool]] = {}
    waiting = [(tree, False) for tree in trees]
    while waiting:
        rule, barred = waiting.pop()
        if isinstance(rule, Condition):
            found.setdefault(rule.fact, set()).add(barred)
            continue
        waiting += [(part, barred) for part in (*rule.all, *rule.any)]
        waiting += [(part, not barred) for part in rule.none]
    return {fact for fact, how in found.items() if how == {True}}


def _invented(chance: random.Random, fact: str, question: Question, bars: bool) -> Any:
    match question.answer:
        case Kind.YES_NO:
            return chance.random() < (BAD if bars else GOOD)
        case Kind.CHOICE:
            last = chance.random() < NONE_OF_THEM
            return question.choices[-1] if last else chance.choice(question.choices)
        case Kind.DATE if "birth" in fact:
            return (date(1966, 1, 1) + timedelta(chance.randrange(14_600))).isoformat()
        case Kind.DATE:
            return (MADE_ON - timedelta(int(chance.expovariate(1 / 500)))).isoformat()
        case Kind.NUMBER:
            return int(chance.expovariate(1 / 8))
        case Kind.MONEY:
            return chance.randrange(100_000, 900_000, 100)
        case Kind.TEXT:
            return "写了"


def _packed(column: list[Any]) -> Any:
    """Answers out of a few are numbered: one sign for each person."""
    kinds = list(dict.fromkeys(column))
    if len(kinds) > len(SIGNS):
        return column
    return {"of": kinds, "are": "".join(SIGNS[kinds.index(answer)] for answer in column)}


def _unpacked(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    return [column["of"][SIGNS.index(sign)] for sign in column["are"]]


if __name__ == "__main__":
    STORED.write_text(json.dumps(make(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{STORED.stat().st_size:,} bytes\n")
