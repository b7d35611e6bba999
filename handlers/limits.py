"""What our own archive forbids: earlier awards, and money that has not been given back."""

from collections.abc import Collection, Mapping

from core import limits
from core.errors import LimitReached, Refused
from core.facts import plain
from core.limits import Award, UnitLimitReached, of_units
from core.rules import Value
from core.scheme import Scheme
from handlers import integrity, subject
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit

# 第八条 demands the money back and enters the person in the record of integrity. It does not say
# that a new award has to wait: we read it so, because otherwise it would pay the debt.
OWED = "没有应当退回而还没有退回的补助"


async def reached(
    office: Office, unit: Unit, applications: Collection[Application]
) -> dict[int, Refused]:
    """Those of these applications that may not be granted (any more), by id, and why."""
    owing = await unit.claw_backs.owing({each.identity_index for each in applications})
    others = await unit.applications.awards_before(applications)
    guarded = [each for each in applications if of_units(scheme_of(office, each))]
    counted = {id_ for each in guarded for id_ in of_units(scheme_of(office, each))}
    colleagues = await unit.applications.unit_awards_before(guarded, counted) if guarded else {}
    found: dict[int, Refused] = {**await integrity.barred(unit, applications)}
    found |= await subject.reached(office, unit, applications)
    for each in applications:
        awards = [*others[each.id], *colleagues.get(each.id, ())]
        if each.identity_index in owing:
            found[each.id] = LimitReached(OWED, owing[each.identity_index])
        elif (why := _reached(scheme_of(office, each), awards, each)) is not None:
            found[each.id] = why
    return found


async def check_record(unit: Unit, scheme_id: str, identity_index: str, base_union: int) -> None:
    """Raises LimitReached while this person owes a claw-back, or the record shuts them out."""
    owing = await unit.claw_backs.owing([identity_index])
    if owing:
        raise LimitReached(OWED, owing[identity_index])
    await integrity.check(unit, scheme_id, identity_index, base_union)


async def check_unit(
    unit: Unit, scheme: Scheme, worker_id: int, facts: Mapping[str, Value]
) -> None:
    """Whether the person's whole unit may have one more. Raises UnitLimitReached."""
    if schemes := of_units(scheme):
        awards = await unit.applications.awards(worker_id)
        awards = [*awards, *await unit.applications.unit_awards(worker_id, schemes)]
        limits.check_unit(scheme, awards, facts, unit.today.year)


def _reached(
    scheme: Scheme, awards: Collection[Award], application: Application
) -> LimitReached | None:
    facts, year = plain(application.facts, scheme.asked), application.year
    this_round = str(application.round_id)
    try:
        limits.check_unit(scheme, awards, facts, year, this_round)
    except UnitLimitReached as why:
        return why
    found = limits.archive_facts(scheme, awards, facts, year, this_round)
    limit = next((limit for limit in scheme.limits if found.get(limit.fact)), None)
    return LimitReached(limit.say, limit.cite) if limit else None
