"""What every officers' clerk stands on: who acts, in which unit, under which scheme."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.capacities import confidential
from core.errors import NotYours, Recused
from core.people import Role
from core.recusal import Decided, Judge, check
from core.scheme import Scheme, Stage
from handlers import hats
from handlers.meant import several
from handlers.office import Office
from locales import Speaker
from storage.tables import Application, Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Actor:
    """`who` as the acts name it; officer and union are None for worker and calendar.

    `other` is the officer for whom it is done.
    """

    who: str
    officer_id: int | None = None
    union_id: int | None = None
    name: str = ""
    other_id: int | None = None
    other: str = ""

    def named(self, say: Speaker) -> str:
        """张三, or 张三 代 李四."""
        return by_name(say, self.name, self.other)


CALENDAR = Actor("calendar")


def worker(worker_id: int) -> Actor:
    return Actor(f"worker:{worker_id}")


def acting(officer: Officer) -> Actor:
    mine = (f"officer:{officer.id}", officer.id, officer.union_id, officer.name)
    other = officer.instead_of
    return Actor(*mine, other.id, other.name) if other else Actor(*mine)


def by_name(say: Speaker, name: str, other: str) -> str:
    """Who has done it, and for whom."""
    return say("standin.by", name=name, other=other) if other else name


def beside(say: Speaker, other: Officer | str | None) -> str:
    """（代 李四）, behind what lies before an office that is another's; else nothing."""
    name = other.name if isinstance(other, Officer) else other
    return say("standin.row", other=name) if name else ""


@asynccontextmanager
async def within(office: Office, unit: Unit | None) -> AsyncIterator[Unit]:
    """The unit at hand, or one of its own for a door that has none open."""
    if unit is not None:
        yield unit
        return
    async with office.unit() as fresh:
        yield fresh


async def present(unit: Unit, officer: Officer, *roles: Role) -> Officer:
    """As the archive knows the officer now, in the hat he wears.

    Raises NotYours for one who left, or another role; StandInOver.
    """
    known = await unit.officers.by_id(officer.id)
    if known is None or not known.active:
        raise NotYours
    if officer.instead_of is not None:
        known = await hats.again(unit, known, officer.instead_of)
    if roles:
        check_role(known, *roles)
    return hats.wear(unit, known)


def check_role(officer: Officer, *roles: Role) -> None:
    """Raises NotYours."""
    if officer.role not in roles:
        raise NotYours


async def judges(unit: Unit, officer: Officer) -> list[Judge]:
    """The officer as the rules of recusal see him, and the one for whom he acts.

    What is barred to either is barred to both.
    """
    both = [officer, officer.instead_of] if officer.instead_of else [officer]
    return [await _judge(unit, each) for each in both]


async def _judge(unit: Unit, officer: Officer) -> Judge:
    relatives = frozenset(await unit.officers.relatives(officer.id))
    return Judge(officer.id, officer.identity_index or "", relatives)


async def unconcerned(
    unit: Unit, officer: Officer, applicant: str, stage: int, done: Collection[Decided] = ()
) -> None:
    """Raises Recused(own | relative | twice), also for the one he acts for."""
    for one in await judges(unit, officer):
        check(one, applicant, stage, done)


async def recused(
    office: Office, unit: Unit, officer: Officer, applications: Collection[Application]
) -> dict[int, Recused]:
    """Those of these applications that this officer may not decide on, by id, and why.

    To enter what others have done is no decision: it neither bars nor is barred by one.
    """
    decided = await unit.passages.decided([each.id for each in applications])
    recorded = await unit.recordings.recorders([each.id for each in applications])
    both = await judges(unit, officer)
    meant = [each.draft_id for each in applications if scheme_of(office, each).about]
    subjects = await unit.subjects.some(meant) if meant else {}
    found = {}
    for each in applications:
        stages = scheme_of(office, each).stages
        here = stages[each.stage].judged
        rest = [
            done
            for done in decided[each.id]
            if here and stages[done.stage].judged and done.union != each.union_id
        ]
        if here and recorded.get(each.id, set()) & {one.officer for one in both}:
            found[each.id] = Recused("recorder")  # whoever wrote it down sends it on only
            continue
        try:
            for one in both:
                check(one, each.identity_index, each.stage, rest)
                if (whom := subjects.get(each.draft_id)) and whom.identity_index:
                    check(one, whom.identity_index, each.stage, ())  # whom it is about
        except Recused as why:
            found[each.id] = why
    return found | await _about(office, unit, officer, both, applications)


async def _about(
    office: Office,
    unit: Unit,
    officer: Officer,
    both: Collection[Judge],
    applications: Collection[Application],
) -> dict[int, Recused]:
    """Those that are about this officer or the one he acts for, or about one of their family."""
    private = [each for each in applications if confidential(scheme_of(office, each))]
    if not private:
        return {}
    own, kin = await _names(unit, officer, both)
    accused = await several(office, unit, private)
    named = {id_: _named(each.accused, own, kin) for id_, each in accused.items()}
    return {id_: why for id_, why in named.items() if why is not None}


async def unnamed(unit: Unit, officer: Officer, accused: str) -> None:
    """Raises Recused(accused | relative)."""
    own, kin = await _names(unit, officer, await judges(unit, officer))
    if why := _named(accused, own, kin):
        raise why


async def _names(
    unit: Unit, officer: Officer, both: Collection[Judge]
) -> tuple[set[str], set[str]]:
    """Their own, and of whom is known to be their family."""
    own = {officer.name} | ({officer.instead_of.name} if officer.instead_of else set())
    related = frozenset[str]().union(*(one.relatives for one in both))
    kin = await unit.officers.kin({one.person for one in both if one.person}, related)
    return own, kin | await unit.workers.names(related)


def _named(accused: str, own: Collection[str], kin: Collection[str]) -> Recused | None:
    """However the name was spaced."""
    text = "".join(accused.split())
    if any(name in text for name in own):
        return Recused("accused")
    return Recused("relative") if any(name in text for name in kin) else None


def scheme_of(office: Office, application: Application) -> Scheme:
    """The scheme in the version under which the round was opened."""
    return office.schemes.version(application.scheme_id, application.scheme_version)


def stage_of(office: Office, application: Application) -> Stage:
    return scheme_of(office, application).stages[application.stage]
