"""The people and unions of the tests: nobody real, but every number passes its check digit."""

from dataclasses import dataclass
from typing import Any

from core.jurisdiction import Level
from core.people import Role
from storage.conversations import Talk
from storage.tables import Officer, Union, Worker
from storage.unit import Unit

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PASSWORD_HASH = "no password opens this"


def identity_number(count: int = 1, region: str = "530102", born: str = "19900101") -> str:
    """The `count`th identity number of that region and birthday, with its check digit."""
    digits = f"{region}{born}{count:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def bank_card(count: int = 1) -> str:
    """The `count`th card number, which passes Luhn."""
    digits = f"622202{count:012}"
    doubled = [int(digit) * (2 - n % 2) for n, digit in enumerate(reversed(digits))]
    return f"{digits}{-sum(each - 9 if each > 9 else each for each in doubled) % 10}"


@dataclass(frozen=True)
class Tree:
    """One union of each kind; `base` hangs under `county`, and so on up to `province`."""

    province: Union
    office: Union
    chairs: Union
    finance: Union
    prefecture: Union
    county: Union
    base: Union


async def a_union(
    unit: Unit, kind: Level = Level.BASE_UNIT, parent: Union | None = None, **columns: Any
) -> Union:
    """With the kind for its name and code, unless they are given."""
    given = {"code": kind.value, "name": f"测试{kind.value}工会", **columns}
    union = Union(kind=kind.value, parent_id=parent.id if parent else None, **given)
    unit.session.add(union)
    await unit.session.flush()
    return union


async def a_tree(unit: Unit) -> Tree:
    province = await a_union(unit, Level.PROVINCE, name="省总工会")
    prefecture = await a_union(unit, Level.PREFECTURE, province, name="昆明市总工会")
    county = await a_union(unit, Level.COUNTY, prefecture, name="五华区总工会")
    return Tree(
        province=province,
        office=await a_union(unit, Level.OFFICE, province, name="职工服务处"),
        chairs=await a_union(unit, Level.CHAIRS, province, name="主席办公会"),
        finance=await a_union(unit, Level.FINANCE, province, name="财务部"),
        prefecture=prefecture,
        county=county,
        base=await a_union(unit, Level.BASE_UNIT, county, name="春城机械厂工会"),
    )


async def a_worker(
    unit: Unit,
    union: Union,
    name: str = "张春华",
    identity: str | None = None,
    phone: str | None = None,
    **facts: Any,
) -> Worker:
    """In the roster of `union`; `identity` is the first number unless another is given."""
    return await unit.workers.add(union.id, name, identity or identity_number(), phone, facts)


async def an_officer(
    unit: Unit, union: Union, role: Role = Role.REVIEWER, login: str = "", **columns: Any
) -> Officer:
    """With the role for a login, unless it is given; no password opens the account."""
    given = {"name": "李审核", "password_hash": PASSWORD_HASH, **columns}
    officer = Officer(login=login or role.value, union_id=union.id, role=role.value, **given)
    unit.session.add(officer)
    await unit.session.flush()
    return officer


async def a_talk(
    unit: Unit, address: str = "42", channel: str = "telegram", worker: Worker | None = None
) -> Talk:
    """A conversation, bound to `worker` if one is given."""
    talk = await unit.conversations.of(channel, address, "zh_CN")
    if worker is not None:
        talk.worker_id = worker.id
        await unit.conversations.write(talk)
    return talk
