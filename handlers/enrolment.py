"""A real union's tree, officers and members, from one file: the way from an empty archive to work.

Reading the same file again changes what has changed and doubles nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from argon2 import PasswordHasher
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import SchemeFileError, Unreadable
from core.facts import noted
from core.jurisdiction import Level
from core.people import Role, normal_identity, normal_name, normal_phone
from handlers import register
from handlers.office import Office
from storage.tables import Officer, Union, Worker
from storage.titles import Holder
from storage.unit import Unit

MEMBER = {"union_member": True, "employer_has_union": True}


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnionRow(Row):
    """A body of the tree; parents stand before their children."""

    code: str = Field(pattern=r"^[a-z0-9-]{2,40}$")
    name: str = Field(min_length=2, max_length=120)
    name_en: str = ""
    kind: Level
    parent: str = ""
    contact: str = ""


class OfficerRow(Row):
    login: str = Field(pattern=r"^[a-z0-9._-]{2,60}$")
    name: str
    union: str
    role: Role
    identity: str = ""  # by which their own file and two offices of one person are known
    relatives: dict[str, str] = {}  # relation -> identity number


class TitleRow(Row):
    """A title somebody holds (劳模, 云岭工匠 …); `since` is the day it was conferred."""

    title: str = Field(max_length=80)
    since: date | None = None
    proof: str = Field("", max_length=200)


class MemberRow(Row):
    name: str
    identity: str
    phone: str = ""
    union: str
    facts: dict[str, bool | str] = {}
    titles: tuple[TitleRow, ...] = ()


class Plan(Row):
    """The whole file."""

    unions: tuple[UnionRow, ...] = ()
    officers: tuple[OfficerRow, ...] = ()
    members: tuple[MemberRow, ...] = ()


@dataclass
class Enrolled:
    """How many there are now of each, and the first passwords of new officers, shown once."""

    unions: int = 0
    members: int = 0
    passwords: dict[str, str] = field(default_factory=dict)


def read(raw: Mapping[str, Any], name: str) -> Plan:
    """The file, checked. Raises SchemeFileError with every row that is wrong."""
    try:
        return Plan.model_validate(raw)
    except ValidationError as wrong:
        rows = [(".".join(map(str, each["loc"])), each["msg"]) for each in wrong.errors()]
        raise SchemeFileError([(name, 1, path, why) for path, why in rows]) from None


async def enrol(office: Office, plan: Plan) -> Enrolled:
    """Writes it down in one transaction. Raises Unreadable for a number that cannot be right."""
    done = Enrolled()
    async with office.unit() as unit:
        for row in plan.unions:
            await _union(unit, row)
            done.unions += 1
        for officer in plan.officers:
            await _officer(office, unit, officer, done)
        for member in plan.members:
            worker = await _member(unit, member, office.today())
            await _titles(office, unit, member, worker)
            done.members += 1
        await unit.acts.append(
            "system", "enrol", "union:0", unions=done.unions, members=done.members
        )
    return done


async def _union(unit: Unit, row: UnionRow) -> None:
    parent = (await unit.unions.coded(row.parent)).id if row.parent else None
    union = await unit.unions.coded_or_none(row.code) or Union(code=row.code)
    union.name, union.name_en, union.contact = row.name, row.name_en, row.contact
    union.kind, union.parent_id = row.kind.value, parent
    unit.session.add(union)
    await unit.session.flush()


async def _officer(office: Office, unit: Unit, row: OfficerRow, done: Enrolled) -> None:
    union = await unit.unions.coded(row.union)
    officer = await unit.officers.by_login(row.login)
    if officer is None:
        done.passwords[row.login] = secrets.token_urlsafe(9)
        hashed = PasswordHasher().hash(done.passwords[row.login])
        officer = Officer(login=row.login, password_hash=hashed)
    officer.name, officer.union_id, officer.role = row.name, union.id, row.role.value
    if row.identity:
        officer.identity_index = _index(office, row.identity)
    unit.session.add(officer)
    await unit.session.flush()
    for relation, identity in row.relatives.items():
        await unit.officers.declare(officer.id, _index(office, identity), relation)


def _index(office: Office, identity: str) -> str:
    return office.vault.index(normal_identity(identity, office.today()), "identity")


async def _titles(office: Office, unit: Unit, row: MemberRow, worker: Worker) -> None:
    """The titles of the row, and those its facts name (model_worker_standing: 省劳模…)."""
    known = register.known_titles(office)
    named = [TitleRow(title=str(value)) for value in row.facts.values() if value in known]
    there = {each.title for each in row.titles}
    for each in (*row.titles, *(title for title in named if title.title not in there)):
        if each.title not in known:
            raise Unreadable("title", title=each.title)
        holder = Holder(unit.workers.name(worker), worker.union_id, worker)
        await unit.titles.enter(holder, each.title, each.since, proof=each.proof)


async def _member(unit: Unit, row: MemberRow, today: date) -> Worker:
    union = await unit.unions.coded(row.union)
    name, identity = normal_name(row.name), normal_identity(row.identity, today)
    phone = normal_phone(row.phone) if row.phone else None
    facts = {f: noted(value, "roster", today) for f, value in (MEMBER | row.facts).items()}
    there = await unit.workers.by_identity(identity)
    if there is None:
        return await unit.workers.add(union.id, name, identity, phone, facts)
    there.union_id, there.facts = union.id, facts
    there.active, there.guest = True, False
    unit.workers.enter(there, name, None, phone)
    await unit.workers.write(there)
    return there
