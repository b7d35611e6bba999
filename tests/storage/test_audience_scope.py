"""Whom an audience counts: members of the unions asked for, without earlier awards in the way."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert

from core.catalogue import Catalogue
from core.facts import noted, plain
from core.limits import archive_facts
from core.periods import ANNOUNCED
from core.scheme import Scheme
from core.truth import NO, YES
from core.verdict import judge
from storage.audience import Size
from storage.database import Database
from storage.tables import Application, Draft, Round, Union, Worker
from storage.unit import Unit
from tests import run
from tests.people import a_tree, a_union, identity_number

TODAY = date(2026, 3, 10)
SKILL, DEGREE = "yn-skill-upgrade-subsidy", "yn-degree-upgrade-subsidy"
FITS = {
    "certificate": "技师",
    "certificate_date": date(2026, 1, 5),
    "union_member": True,
    "employment": "企业",
    "employer_in_yunnan": True,
    "employer_has_union": True,
    "trained_by": "工会",
    "certificate_online": True,
    "trade": "焊工",
    "degree": "大专",
    "degree_date": date(2026, 1, 5),
    "degree_recognised": True,
    "degree_online": True,
}
numbers = count(1)
library: Catalogue = run.catalogue()


def scheme(name: str = SKILL) -> Scheme:
    return library.on(name, TODAY)


async def member(unit: Unit, union: Union, **other: Any) -> Worker:
    """Who qualifies for both schemes, but for these facts; None is not known."""
    told = {f: v for f, v in (FITS | other).items() if v is not None}
    kept = {fact: noted(value, "roster", TODAY) for fact, value in told.items()}
    identity = identity_number(next(numbers))
    return await unit.workers.add(union.id, "张春华", identity, facts=kept)


async def award(unit: Unit, worker: Worker, of: str, year: int, level: str, trade: str) -> None:
    n = next(numbers)
    write = unit.connection.execute
    around = {"opens": date(year, 1, 1), "closes": date(year, 12, 31), "places": 9}
    call = {"scheme_id": of, "scheme_version": "2021-01-01", "year": year}
    await write(insert(Round), {"id": n, **call, **around})
    draft = {"id": n, "worker_id": worker.id, "scheme_id": of, "began_at": unit.now}
    await write(insert(Draft), draft)
    row = {
        **call,
        "number": f"T{n}",
        "round_id": n,
        "worker_id": worker.id,
        "identity_index": worker.identity_index,
        "once_index": worker.identity_index,
        "draft_id": n,
        "base_union_id": worker.union_id,
        "rank": 1,
        "state": "paid",
        "level": level,
        "trade": trade,
        "amount_fen": 100_000,
        "facts": {},
        "trace": [],
        "submitted_at": unit.now,
    }
    await write(insert(Application), row)


async def test_only_the_unions_asked_for_are_counted(database: Database) -> None:
    async with database.unit() as unit:
        tree = await a_tree(unit)
        other = await a_union(unit, parent=tree.prefecture, code="other", name="另一个工会")
        far = await a_union(unit, parent=tree.province, code="far", name="外州工会")
        sure = await member(unit, tree.base)
        open_ = await member(unit, other, certificate_date=None)
        await member(unit, other, union_member=False)
        away = await member(unit, far)
        below = (await unit.unions.tree()).below(tree.prefecture.id)
        audience = unit.audience
        assert await audience.sizes(scheme(), TODAY, ANNOUNCED, below) == {
            tree.base.id: Size(1, 1, 1),
            other.id: Size(2, 0, 1),
        }
        everywhere = await audience.sizes(scheme(), TODAY, ANNOUNCED)
        assert sum(everywhere.values(), Size()) == Size(4, 2, 3)
        assert await audience.ids(scheme(), TODAY, ANNOUNCED, below) == [sure.id, open_.id]
        assert await audience.ids(scheme(), TODAY, ANNOUNCED, below, surely=True) == [sure.id]
        assert await audience.ids(scheme(), TODAY, ANNOUNCED, after=sure.id, limit=1) == [open_.id]
        assert await audience.ids(scheme(), TODAY, ANNOUNCED, surely=True) == [sure.id, away.id]
        assert await audience.sizes(scheme(), TODAY, ANNOUNCED, []) == {}


async def test_what_is_sensitive_chooses_nobody(database: Database) -> None:
    name = next(
        each.id
        for each in library.known(TODAY)
        if any(part.fact in each.asked and each.asked[part.fact].sensitive
               for part in each.eligibility.all if hasattr(part, "fact"))
    )  # fmt: skip
    one = scheme(name)
    secret = next(
        part for part in one.eligibility.all
        if hasattr(part, "fact") and one.asked[part.fact].sensitive
    )  # fmt: skip
    async with database.unit() as unit:
        tree = await a_tree(unit)
        facts = dict.fromkeys(FITS)
        values = [
            v for v in one.asked[secret.fact].values if v not in (secret.is_, *(secret.in_ or ()))
        ]
        await member(unit, tree.base, **facts, **{secret.fact: values[0]})
        told = {secret.fact: values[0]}
        assert judge(one.eligibility, told, TODAY, ANNOUNCED).truth is NO
        assert (await unit.audience.sizes(one, TODAY, ANNOUNCED))[tree.base.id] == Size(1, 0, 1)


async def test_limits_are_those_of_the_archive(database: Database) -> None:
    """As `core.limits` says; trades are not compared, and leave it open."""
    past = [
        (SKILL, 2026, "技师", "焊工"),
        (SKILL, 2025, "技师", "焊工"),
        (SKILL, 2025, "高级技师", "焊工"),
        (SKILL, 2025, "技师", "电工"),
        (DEGREE, 2025, "大专", ""),
        (DEGREE, 2025, "本科", ""),
        None,
    ]
    async with database.unit() as unit:
        tree = await a_tree(unit)
        for before in past:
            for level, degree in (("技师", "大专"), ("高级技师", "本科"), (None, None)):
                worker = await member(unit, tree.base, certificate=level, degree=degree)
                if before:
                    await award(unit, worker, *before)
    async with database.reading() as unit:
        for name in (SKILL, DEGREE):
            one = scheme(name)
            sure = set(await unit.audience.ids(one, TODAY, ANNOUNCED, surely=True))
            possible = set(await unit.audience.ids(one, TODAY, ANNOUNCED))
            for id_ in range(1, 3 * len(past) + 1):
                worker = await unit.workers.by_id(id_)
                assert worker is not None
                facts = plain(worker.facts, one.asked)
                awards = await unit.applications.awards(id_)
                told = archive_facts(one, awards, facts, TODAY.year)
                open_trade = name == SKILL and any(a.scheme == SKILL for a in awards)
                if open_trade:
                    told.pop("skill_subsidy_other_trade")
                truth = judge(one.rules, facts | told, TODAY, ANNOUNCED).truth
                assert (id_ in sure, id_ in possible) == (truth is YES, truth is not NO), id_
