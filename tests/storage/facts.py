"""Random answers to real questions, some of them of the wrong kind, as the archive keeps them."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.facts import noted
from core.questions import Kind, Question

ON = date(2026, 3, 2)
UNFIT: tuple[Any, ...] = (
    None,
    "",
    "true",
    "1",
    "2026-02-30",
    "20260105",
    "不再有的选项",
    1,
    0,
    1.5,
    True,
    [],
    {"a": 1},
)


def answers(
    questions: Mapping[str, Question], seed: int
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """What the roster and a chat say of one person; most questions are answered by one of them."""
    chance = random.Random(seed)
    share = chance.choice((0.3, 0.7, 0.95))
    roster: dict[str, dict[str, Any]] = {}
    said: dict[str, dict[str, Any]] = {}
    for fact, question in questions.items():
        for facts in (roster, said):
            if chance.random() < share / 2:
                facts[fact] = _answer(question, chance)
    return roster, said


def _answer(question: Question, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.08:
        unfit = chance.choice(UNFIT)
        if question.answer is Kind.NUMBER and unfit == "20260105":  # a number, and kept as a day
            unfit = None
        return {"value": unfit, "origin": "worker", "on": ON.isoformat()}
    match question.answer:
        case Kind.YES_NO:
            value: Any = chance.random() < 0.5
        case Kind.CHOICE:
            value = chance.choice(question.choices)
        case Kind.DATE:
            value = ON - timedelta(days=int(chance.expovariate(1 / 900)))
        case Kind.NUMBER:
            whole = chance.choice((chance.randint(0, 5), chance.randint(0, 100)))
            value = chance.choice((whole, Decimal(whole) / 4))
        case Kind.MONEY:
            value = chance.randint(0, 1_000_000)
        case Kind.TEXT:
            value = chance.choice(("电工", "焊工", "2026-01-05"))
    return noted(value, "worker", ON)
