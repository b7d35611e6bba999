"""What our own archive forbids: earlier awards, and money that has not been given back."""

from core.errors import LimitReached
from core.facts import plain
from core.limits import archive_facts
from core.scheme import Limit, Scheme
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit

# 第八条 demands the money back and enters the person in the record of integrity. It does not say
# that a new award has to wait: we read it so, because otherwise it would pay the debt.
OWED = "没有应当退回而还没有退回的补助"
OWED_CITE = "第八条"


async def check(office: Office, unit: Unit, application: Application) -> None:
    """Raises LimitReached if this application may not be granted (any more)."""
    await check_debts(unit, application.identity_index)
    scheme = scheme_of(office, application)
    limit = await reached(unit, scheme, application)
    if limit is not None:
        raise LimitReached(limit.say, limit.cite)


async def check_debts(unit: Unit, identity_index: str) -> None:
    """Raises LimitReached while this person owes a claw-back."""
    if await unit.claw_backs.owes(identity_index):
        raise LimitReached(OWED, OWED_CITE)


async def reached(unit: Unit, scheme: Scheme, application: Application) -> Limit | None:
    """The first limit that is reached by the person's earlier or paid applications."""
    others = await unit.applications.awards(application.worker_id, against=application.id)
    facts = plain(application.facts, scheme.asked)
    found = archive_facts(scheme, others, facts, application.year)
    return next((limit for limit in scheme.limits if found.get(limit.fact)), None)
