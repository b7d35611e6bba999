"""The demonstration union: a province to try everything in. Every person in it is invented.

Its password is printed at the start and belongs to nothing else; a real union never loads this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import yaml
from argon2 import PasswordHasher

from core.facts import noted
from core.jurisdiction import Level
from core.people import check_sign
from core.terms import needs_opening
from handlers import round as rounds
from handlers.office import Office
from storage.tables import Officer, Union
from storage.unit import Unit

PASSWORD = "huigong-demo"
ROSTER = {
    "union_member": True,
    "employment": "企业",
    "employer_in_yunnan": True,
    "employer_has_union": True,
}


@dataclass(frozen=True)
class Person:
    """An invented member, as printed at the start."""

    name: str
    identity: str
    phone: str
    unit: str


async def load(office: Office) -> None:
    """Fills an empty archive."""
    plan = read_plan()
    async with office.unit() as unit:
        unions = await _unions(unit, plan)
        await _members(unit, plan, unions, office.today())
        manager = await _officers(unit, plan, unions, office)
        await unit.acts.append("calendar", "demonstration", f"union:{unions['yn'].id}")
    await _rounds(office, manager, plan)


async def loaded(office: Office) -> bool:
    """Whether this archive is the demonstration's."""
    async with office.reading() as unit:
        acts = await unit.acts.of("union:1")
    return any(act.what == "demonstration" for act in acts)


def read_plan() -> dict[str, Any]:
    text = files("handlers").joinpath("demonstration.yaml").read_text("utf-8")
    plan: dict[str, Any] = yaml.safe_load(text)
    return plan


def people(plan: dict[str, Any]) -> Iterator[Person]:
    """The same members every time, unit by unit."""
    each = plan["members_per_unit"]
    for index in range(each * len(plan["base_units"])):
        unit = plan["base_units"][index // each]
        given = plan["given"][(index * 7) % len(plan["given"])]
        name = plan["surnames"][index % len(plan["surnames"])] + given
        born = date(1968, 1, 15) + timedelta(days=index * 211)
        yield Person(name, _identity(born, index), f"1990000{index:04}", unit[0])


def _identity(born: date, index: int) -> str:
    """A number with a valid check sign in an area code that was never given to anybody."""
    first = f"530099{born:%Y%m%d}{index + 100:03}"
    return first + check_sign(first)


async def _unions(unit: Unit, plan: dict[str, Any]) -> dict[str, Union]:
    made: dict[str, Union] = {}

    async def add(code: str, name: str, english: str, kind: str, parent: str | None) -> None:
        made[code] = Union(
            code=code,
            name=name,
            name_en=english,
            kind=kind,
            parent_id=made[parent].id if parent else None,
            contact=plan["contact"],
        )
        unit.session.add(made[code])
        await unit.session.flush()

    await add("yn", "云南省总工会", "Yunnan Federation of Trade Unions", Level.PROVINCE, None)
    for code, name, english, kind in plan["offices"]:
        await add(code, name, english, kind, "yn")
    for code, name, english in plan["prefectures"]:
        await add(code, name, english, Level.PREFECTURE, "yn")
    for code, name, english in plan["industrial"]:
        await add(code, name, english, Level.INDUSTRIAL, "yn")
    for code, name, english, parent in plan["counties"]:
        await add(code, name, english, Level.COUNTY, parent)
    for code, name, english, parent in plan["base_units"]:
        await add(code, name, english, Level.BASE_UNIT, parent)
    return made


async def _members(unit: Unit, plan: dict[str, Any], unions: dict[str, Union], today: date) -> None:
    for person in people(plan):
        facts = dict(ROSTER)
        if person.unit == "riders":
            facts["employment"] = "平台或灵活就业"
        kept = {fact: noted(value, "roster", today) for fact, value in facts.items()}  # type: ignore[arg-type]
        await unit.workers.add(
            unions[person.unit].id, person.name, person.identity, person.phone, kept
        )


async def _officers(
    unit: Unit, plan: dict[str, Any], unions: dict[str, Union], office: Office
) -> Officer:
    hashed = PasswordHasher().hash(PASSWORD)
    for login, name, union, role in plan["officers"]:
        officer = Officer(
            login=login, name=name, password_hash=hashed, union_id=unions[union].id, role=role
        )
        unit.session.add(officer)
    await unit.session.flush()
    manager = await unit.officers.by_login("manager")
    assert manager is not None
    return manager


async def _rounds(office: Office, manager: Officer, plan: dict[str, Any]) -> None:
    """One open round for each scheme that needs opening, inside one calendar year."""
    today = office.today()
    closes = min(today + timedelta(days=plan["days_open"]), date(today.year, 12, 31))
    called = [s for s in office.schemes.in_force(today) if needs_opening(s) and s.applied_for]
    for scheme in sorted(called, key=lambda scheme: not scheme.ranks):
        await rounds.open_round(
            office,
            manager,
            scheme_id=scheme.id,
            places=plan["places"] if scheme.ranks else None,
            opens=today,
            closes=closes,
            stage_days=10,
        )
