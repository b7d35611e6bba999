"""What our own archive forbids: earlier awards, and money that has not been given back."""

from collections.abc import Collection

from core.errors import LimitReached
from core.facts import plain
from core.limits import Award, archive_facts
from core.scheme import Limit, Scheme
from handlers import integrity
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit

# 第八条 demands the money back and enters the person in the record of integrity. It does not say
# that a new award has to wait: we read it so, because otherwise it would pay the debt.
OWED = "没有应当退回而还没有退回的补助"


async def reached(
    office: Office, unit: Unit, applications: Collection[Application]
) -> dict[int, LimitReached]:
    """Those of these applications that may not be granted (any more), by id, and why."""
    owing = await unit.claw_backs.owing({each.identity_index for each in applications})
    others = await unit.applications.awards_before(applications)
    found = await integrity.barred(unit, applications)
    for each in applications:
        limit = _limit(scheme_of(office, each), others[each.id], each)
        if each.identity_index in owing:
            found[each.id] = LimitReached(OWED, owing[each.identity_index])
        elif limit is not None:
            found[each.id] = LimitReached(limit.say, limit.cite)
    return found


async def check_record(unit: Unit, scheme_id: str, identity_index: str, base_union: int) -> None:
    """Raises LimitReached while this person owes a claw-back, or the record shuts them out."""
    owing = await unit.claw_backs.owing([identity_index])
    if owing:
        raise LimitReached(OWED, owing[identity_index])
    await integrity.check(unit, scheme_id, identity_index, base_union)


def _limit(scheme: Scheme, others: Collection[Award], application: Application) -> Limit | None:
    facts = plain(application.facts, scheme.asked)
    found = archive_facts(scheme, others, facts, application.year)
    return next((limit for limit in scheme.limits if found.get(limit.fact)), None)
