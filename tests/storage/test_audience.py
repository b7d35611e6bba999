"""The same tree as SQL says of everybody what the judge says of each, on both databases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from core.facts import noted, plain
from core.periods import ANNOUNCED
from core.questions import Kind, Question
from core.rules import Rules, Value
from core.truth import NO, UNKNOWN, YES, Truth
from core.verdict import judge
from storage.database import Database
from storage.known import bare
from storage.rule_sql import RuleSql
from storage.tables import Known, Union, Worker
from tests import run
from tests.core.trees import TODAY, people, trees
from tests.storage.facts import answers

Noted = Mapping[str, Mapping[str, Any]]
SAYS: dict[bool | None, Truth] = {True: YES, False: NO, None: UNKNOWN}
EACH = 12  # people to a tree


def question(answer: Kind, **more: Any) -> Question:
    return Question(ask="怎么样？", name="某事", why="看看合不合适。", answer=answer, **more)


QUESTIONS = {
    "member": question(Kind.YES_NO),
    "level": question(Kind.CHOICE, choices=("甲", "乙", "丙")),
    "age": question(Kind.NUMBER),
    "issued": question(Kind.DATE),
    "handed_in": question(Kind.DATE),
    "born": question(Kind.DATE),
    "income": question(Kind.MONEY),
    "line": question(Kind.MONEY),
}


async def known(database: Database, members: Sequence[tuple[Noted, Noted]]) -> None:
    """Members with these facts of the roster and of the chat, and nobody else."""
    rows = [
        {"worker_id": n, "union_id": 1, "roster": bare(roster), "said": bare(said)}
        for n, (roster, said) in enumerate(members, 1)
    ]
    async with database.unit() as unit:
        write = unit.connection.execute
        await write(insert(Union), [{"id": 1, "code": "1", "name": "总工会", "kind": "union"}])
        person = {"union_id": 1, "name_sealed": b"-", "facts": {}, "active": True}
        await write(insert(Worker), [person | {"id": row["worker_id"]} for row in rows])
        await write(insert(Known), rows)


async def judged(
    database: Database, rules: Iterable[Rules], questions: Mapping[str, Question]
) -> list[list[Truth]]:
    """What the database says of every member, for each of these trees."""
    sql = RuleSql(database.postgres, questions, TODAY, ANNOUNCED)
    async with database.reading() as unit:
        found = []
        for tree in rules:
            each = select(sql.of(tree)).select_from(Known).order_by(Known.worker_id)
            found.append([SAYS[row[0]] for row in await unit.connection.execute(each)])
    return found


def written(facts: Mapping[str, Value]) -> Noted:
    return {fact: noted(value, "roster", TODAY) for fact, value in facts.items()}


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """So many examples, the same at every run."""
    found: list[Any] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None)
    @given(strategy)
    def draw(example: Any) -> None:
        found.append(example)

    draw()
    return found


async def test_random_trees_and_people_are_judged_alike(database: Database) -> None:
    crowd = drawn(people, 120)
    woods = drawn(trees, 80)
    await known(database, [(written(facts), {}) for facts in crowd])
    for tree, said in zip(woods, await judged(database, woods, QUESTIONS), strict=True):
        assert said == [judge(tree, facts, TODAY, ANNOUNCED).truth for facts in crowd], tree


async def test_every_scheme_judges_random_people_alike(database: Database) -> None:
    library = run.catalogue()
    every = [s for id_ in library.every_id for s in library.versions(id_)]
    with_rules = [s for s in every if s.eligibility.all or s.eligibility.any or s.eligibility.none]
    assert len(with_rules) > 100
    asked = {f: q for scheme in with_rules for f, q in scheme.asked.items()}
    crowd = [answers(asked, seed) for seed in range(EACH)]
    await known(database, crowd)
    for scheme in with_rules:
        open_ = {f: q for f, q in asked.items() if not q.sensitive}
        [said] = await judged(database, [scheme.eligibility], asked)
        values = [plain({**chat, **roster}, open_) for roster, chat in crowd]
        right = [judge(scheme.eligibility, v, TODAY, ANNOUNCED).truth for v in values]
        assert said == right, scheme.id
