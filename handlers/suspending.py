"""暂停拨款: what a change that is being approved holds back from the payment lists."""

from collections.abc import Collection

from core.errors import AppError
from core.facts import plain
from core.suspending import PaymentsSuspended
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit


async def suspended(
    office: Office, unit: Unit, applications: Collection[Application]
) -> dict[int, AppError]:
    """Those of these applications that are not paid for now, by id, and why."""
    found: dict[int, AppError] = {}
    for scheme in office.schemes.known(unit.today):
        held = scheme.suspends
        if held is None:
            continue
        paid = [each for each in applications if each.scheme_id in held.payments_of]
        units = {each.base_union_id for each in paid}
        for change in await unit.payments.awaited(scheme.id, units):
            told = plain(change.facts, scheme_of(office, change).asked)
            for each in paid:
                theirs = plain(each.facts, scheme_of(office, each).asked)
                here = each.base_union_id == change.base_union_id
                if here and held.stops(told, theirs, unit.today, office.calendar):
                    found[each.id] = PaymentsSuspended(change.number, held.cite)
    return found
