"""What every officers' clerk stands on: who acts, in which unit, under which scheme."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.capacities import confidential
from core.errors import NotYours, Recused
from core.people import Role
from core.recusal import Judge, check
from core.scheme import Scheme, Stage
from handlers.meant import several
from handlers.office import Office
from storage.tables import Application, Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Actor:
    """`who` as the acts name it; officer and union are None for worker and calendar."""

    who: str
    officer_id: int | None = None
    union_id: int | None = None
    name: str = ""


CALENDAR = Actor("calendar")


def worker(worker_id: int) -> Actor:
    return Actor(f"worker:{worker_id}")


def acting(officer: Officer) -> Actor:
    return Actor(f"officer:{officer.id}", officer.id, officer.union_id, officer.name)


@asynccontextmanager
async def within(office: Office, unit: Unit | None) -> AsyncIterator[Unit]:
    """The unit at hand, or one of its own for a door that has none open."""
    if unit is not None:
        yield unit
        return
    async with office.unit() as fresh:
        yield fresh


async def present(unit: Unit, officer: Officer, *roles: Role) -> Officer:
    """As the archive knows the officer now. Raises NotYours for one who left, or another role."""
    known = await unit.officers.by_id(officer.id)
    if known is None or not known.active or (roles and known.role not in roles):
        raise NotYours
    return known


async def judge(unit: Unit, officer: Officer) -> Judge:
    """The officer as the rules of recusal see him."""
    relatives = frozenset(await unit.officers.relatives(officer.id))
    return Judge(officer.id, officer.identity_index or "", relatives)


async def recused(
    office: Office, unit: Unit, officer: Officer, applications: Collection[Application]
) -> dict[int, Recused]:
    """Those of these applications that this officer may not decide on, by id, and why.

    To enter what others have done is no decision: it neither bars nor is barred by one.
    """
    decided = await unit.passages.decided([each.id for each in applications])
    recorded = await unit.recordings.recorders([each.id for each in applications])
    sees = await judge(unit, officer)
    found = {}
    for each in applications:
        stages = scheme_of(office, each).stages
        here = stages[each.stage].judged
        rest = [
            done
            for done in decided[each.id]
            if here and stages[done.stage].judged and done.union != each.union_id
        ]
        if here and recorded.get(each.id) == officer.id:  # whoever wrote it down sends it on only
            found[each.id] = Recused("recorder")
            continue
        try:
            check(sees, each.identity_index, each.stage, rest)
        except Recused as why:
            found[each.id] = why
    return found | await _about(office, unit, officer, applications)


async def _about(
    office: Office, unit: Unit, officer: Officer, applications: Collection[Application]
) -> dict[int, Recused]:
    """Those that are about this officer, or about a colleague declared as a relative."""
    private = [each for each in applications if confidential(scheme_of(office, each))]
    found = {}
    for id_, who in (await several(office, unit, private)).items():
        if not who.accused:
            continue
        named = await unit.officers.named_in(who.accused)
        kin = await unit.officers.relatives(officer.id)
        if officer.id in {each.id for each in named}:
            found[id_] = Recused("accused")
        elif {each.identity_index for each in named} & set(kin):
            found[id_] = Recused("relative")
    return found


def scheme_of(office: Office, application: Application) -> Scheme:
    """The scheme in the version under which the round was opened."""
    return office.schemes.version(application.scheme_id, application.scheme_version)


def stage_of(office: Office, application: Application) -> Stage:
    return scheme_of(office, application).stages[application.stage]
