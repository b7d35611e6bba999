"""取消资格 for cheating found out before anything was paid: the ground, what was found, the record.

In the chat: the ground, a word of what was found, and once more whether it is meant.
Source: 云工办通〔2021〕27号 第八条 经查实存在弄虚作假 … 取消申报人资格，纳入诚信记录.
"""

from dataclasses import dataclass

from core.conduct import Consequence, before_payment
from core.errors import Unreadable
from core.scheme import Scheme
from core.workflow import Move
from handlers import grounding, integrity, onward, passage, returning, terminating
from handlers.bench import acting, scheme_of
from handlers.decisions import CardView, Disqualify
from handlers.office import Office
from handlers.passage import Why
from handlers.visit import Outcome, Visit
from storage.tables import Application, Officer
from storage.unit import Unit


def grounds(scheme: Scheme) -> tuple[Consequence, ...]:
    """The cheating for which its file disqualifies and enters the record, or bars."""
    return before_payment(scheme.misconduct, scheme.id)


def ground_of(scheme: Scheme, number: int) -> Consequence:
    """Raises Unreadable."""
    known = grounds(scheme)
    if not 0 <= number < len(known):
        raise Unreadable("choice")
    return known[number]


async def disqualify(
    office: Office, unit: Unit, officer: Officer, application: Application, decision: Disqualify
) -> None:
    """Found by who looks at it. Raises Unreadable for another ground, or without what was found."""
    ground = ground_of(scheme_of(office, application), decision.ground)
    note = terminating.said(decision.note)
    why = Why(reason={"ground": ground.say, "cite": ground.cite, "note": note})
    await ends(office, unit, officer, application, why, ground, Told(ground.cite, note, note))


@dataclass(frozen=True)
class Told:
    """By which article, what was found, and what the person is told of it."""

    cite: str
    finding: str
    reason: str


async def ends(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    why: Why,
    ground: Consequence | None,
    told: Told,
) -> None:
    """Disqualified; with a ground of cheating also entered in the record. The person is told."""
    await returning.cancel_timers(unit, application.id)
    await passage.move(office, unit, application, Move.DISQUALIFY, acting(officer), why)
    entered = None
    if ground is not None:
        found = (ground, told.finding, told.reason)
        entered = await integrity.disqualified(office, unit, officer, application, *found)
    key = "procedure.worker.disqualified"
    await onward.ended(office, unit, application, key, told.cite, told.reason, entered)


async def begin(visit: Visit, view: CardView) -> Outcome:
    visit.go("officer", page="disqualify", application=view.id, version=view.version)
    return await ask(visit)


async def ask(visit: Visit) -> Outcome:
    scheme = await grounding.scheme_at_hand(visit)
    return grounding.ask(visit, "disqualify.what", grounds(scheme))


def heard_ground(visit: Visit) -> bool:
    """Whether a ground was chosen; the next page is then asked."""
    return grounding.heard(visit, "disqualify_note")


async def note(visit: Visit) -> Outcome:
    return grounding.note(visit, "disqualify.note")


async def sure(visit: Visit) -> Outcome:
    ground = ground_of(await grounding.scheme_at_hand(visit), visit.state["ground"])
    return grounding.sure(visit, "disqualify.sure", "disqualify.yes", ground)


def decision(visit: Visit) -> Disqualify:
    return Disqualify(visit.state["ground"], visit.state["note"])
