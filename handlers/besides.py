"""What an officer takes in the chat beside single cases, and the topic in which it is taken."""

from collections.abc import Mapping

from core.errors import AppError
from core.people import Role
from core.stages import Manner
from core.workflow import State
from handlers import cards, clawback, dossier, handover, hats, yearly
from handlers.bench import stage_of
from handlers.decisions import CardView
from handlers.queue import heaps
from handlers.visit import Visit
from locales import Speaker
from storage.tables import Application, Officer
from storage.unit import Unit

TOPICS: Mapping[str, str] = {
    "meet": "convening",
    "pay": "paying",
    "asked": "asked",
    **dict.fromkeys(("claws", "find", "about"), "clawing"),
    **dict.fromkeys(("reports", "due"), "receiving"),
    "lists": "listing",
}
# Where the button under such a card leads.
CARDS: Mapping[str, str] = {
    cards.HANDOVER: "asked",
    cards.FINDING: "clawing",
    cards.REPORT: "receiving",
}
AWARDED = (*clawback.AWARDED, State.CLAWED_BACK, State.REVOKED)
COUNTED = ("asked", "claws", "reports")


async def before(visit: Visit, officer: Officer) -> dict[str, int]:
    """Those of `TOPICS` for which something lies before this officer, and how much."""
    unit = visit.unit
    there = await heaps(visit.office, unit, officer)
    piled = [visit.office.schemes.version(e.pile.scheme_id, e.pile.scheme_version) for e in there]
    manners = {one.stages[e.pile.stage].manner for one, e in zip(piled, there, strict=True)}
    pays = Manner.PAY in manners or await _unanswered(visit, officer)
    unions = await hats.unions(unit, officer, *handover.ANSWERING)
    found = {
        "meet": int(Manner.MEET in manners),
        "pay": int(pays),
        "asked": await unit.handovers.waiting(unions),
        "claws": await _findings(unit, officer),
        "lists": int(any(one.drawn for one in piled) or await _opens(visit, officer)),
        "reports": await unit.duties.waiting(await hats.unions(unit, officer)),
    }
    return {token: count for token, count in found.items() if count}


def lines(say: Speaker, found: Mapping[str, int]) -> list[str]:
    """What of it is counted."""
    return [say(f"besides.{each}", count=found[each]) for each in COUNTED if each in found]


async def about(visit: Visit, view: CardView, officer: Officer) -> list[str]:
    """Those of `TOPICS` in which this one is taken with the others of its round, or looked into
    after the award."""
    application = await visit.unit.applications.by_id(view.id)
    if view.state == State.IN_STAGE and view.bar is None:
        manner = stage_of(visit.office, application).manner
        taken = {Manner.MEET: ["meet"], Manner.PAY: ["pay"]}.get(manner, [])
    else:
        taken = []
    mine = await hats.unions(visit.unit, officer)
    due = await visit.unit.duties.standing(mine, 1, 0, application.id)
    return [*taken, *await _after(visit, application, officer), *(["due"] if due else [])]


async def _after(visit: Visit, application: Application, officer: Officer) -> list[str]:
    """To write a finding down, or to read the one there is."""
    if application.state not in AWARDED and application.paid_at is None:
        return []
    office, unit = visit.office, visit.unit
    found = await unit.claw_backs.of_application(application.id)
    try:
        if found is None:
            await clawback.check_findable(office, unit, officer, application)
            return ["find"]
        await dossier.opened(office, unit, officer, found.id)
    except AppError:
        return []
    return ["about"] if await hats.unions(unit, officer, *dossier.CONCERNED) else []


async def _findings(unit: Unit, officer: Officer) -> int:
    """Those being heard, and what is still to come back."""
    unions = await hats.unions(unit, officer, *dossier.CONCERNED)
    payers = await hats.unions(unit, officer, Role.FINANCE)
    return await unit.claw_backs.open_before(unions, payers)


async def _opens(visit: Visit, officer: Officer) -> bool:
    """Whether a yearly list is this officer's to open, or was opened in his union."""
    for each in await hats.of(visit.unit, officer):
        if each.role in yearly.OPENING and await yearly.openable(visit.office, visit.unit, each):
            return True
    return False


async def _unanswered(visit: Visit, officer: Officer) -> bool:
    """Whether the bank has not said of some line what came of it."""
    worn = await hats.of(visit.unit, officer)
    mine = {each.union_id for each in worn if each.role == Role.FINANCE}
    return any([await visit.unit.payments.unanswered(union) for union in mine])
