"""The holder of an award answers a finding, once; and sees in the status where it stands.

State: claw_back, phase (text, sure), text (sealed).
"""

from base64 import b64decode, b64encode

from core import reading
from core.conduct import (
    HearingOver,
)
from core.errors import (
    NotFound,
)
from core.workflow import State
from handlers import clawback, receipts, tribunal
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application, ClawBack

AFTER = (State.PAID, State.COMPLETED, State.CLAWED_BACK, State.REVOKED)
PLACE = "replying.text"
SHOWN = 3  # receipts, newest first


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the finding."""
    visit.go("replying", claw_back=int(told), phase="text")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, found = visit.say, await _mine(visit)
    if found.state != "hearing" or found.answered_at is not None:
        raise HearingOver(found.answer_by or visit.today, found.cite)
    back = Offer("back", say("asking.back"))
    if visit.state["phase"] == "text":
        text = say(
            "clawback.answer.ask",
            most=tribunal.LONGEST,
            ground=say.scheme(found.say),
            cite=say.article(found.cite),
            finding=found.finding,
        )
        human = Offer("human", say("clawback.button.human"))
        return visit.ask(text, [human, back], expects="text", secret=True)
    offers = [
        Offer("send", say("clawback.answer.send"), "primary"),
        Offer("again", say("clawback.answer.again")),
        back,
    ]
    return visit.ask(say("clawback.answer.sure", text=_kept(visit)), offers, secret=True)


async def answer(visit: Visit) -> Outcome:
    match visit.token:
        case "back":
            return Go("status")
        case "human":
            return Go("human")
        case "again":
            visit.state["phase"] = "text"
        case "send" if visit.state["phase"] == "sure":
            worker = visit.talk.worker_id or 0
            about = (visit.office, visit.unit, worker, visit.state["claw_back"])
            await clawback.answer(*about, _kept(visit))
            visit.note(visit.say("clawback.answer.thanks"))
            return Go("status")
        case _ if visit.state["phase"] == "text":
            _keep(visit)
    return await proceed(visit)


async def lines(visit: Visit, application: Application) -> list[str]:
    """What the status says of a finding; nothing where there is none."""
    found = await _about(visit, application)
    if found is None:
        return []
    say = visit.say
    if found.state == "hearing":
        key = "clawback.status.answered" if found.answered_at else "clawback.status.hearing"
        until = say.day(found.answer_by, visit.today) if found.answer_by else ""
        ground, cite = say.scheme(found.say), say.article(found.cite)
        return [say(key, ground=ground, cite=cite, until=until)]
    if not found.amount_fen:
        return []
    debt = await visit.unit.claw_backs.debt(found)
    if not debt.left:
        return [say("clawback.status.done", amount=say.money(debt.fen))]
    sums = {"amount": debt.fen, "back": debt.back, "left": debt.left}
    told = [say("clawback.status.owed", **{name: say.money(fen) for name, fen in sums.items()})]
    for part in debt.open[:1]:
        day, amount = say.day(part.due, visit.today), say.money(part.fen)
        told.append(say("clawback.status.next", day=day, amount=amount))
    return told


async def offers(visit: Visit, application: Application) -> list[Offer]:
    """To answer, to ask people, to see the newest receipts."""
    found = await _about(visit, application)
    if found is None:
        return []
    say = visit.say
    given = []
    if found.state == "hearing" and found.answered_at is None:
        label = say("clawback.button.answer", number=application.number)
        given.append(Offer(f"reply:{found.id}", label, "primary"))
    for came in list(await visit.unit.claw_backs.repayments(found.id))[: -SHOWN - 1 : -1]:
        day, amount = say.day(came.came_on, visit.today), say.money(came.amount_fen)
        label = say("clawback.status.receipt", receipt=came.number, day=day, amount=amount)
        given.append(Offer("receipt", label, url=receipts.address(visit.office, came.id)))
    return [*given, Offer("human", say("clawback.button.human"))]


async def _about(visit: Visit, application: Application) -> ClawBack | None:
    if application.state not in AFTER and application.paid_at is None:
        return None
    return await visit.unit.claw_backs.of_application(application.id)


async def _mine(visit: Visit) -> ClawBack:
    """Raises NotFound for anybody else's."""
    if visit.talk.worker_id is None:
        raise NotFound
    found = await visit.unit.claw_backs.by_id(visit.state["claw_back"])
    await visit.unit.applications.own(visit.talk.worker_id, found.application_id)
    return found


def _keep(visit: Visit) -> None:
    """Nobody is to read it in the conversation's row."""
    text = reading.read_prose(visit.prose, tribunal.LONGEST)
    sealed = visit.office.vault.seal(text, PLACE)
    visit.state.update(phase="sure", text=b64encode(sealed).decode())


def _kept(visit: Visit) -> str:
    return visit.office.vault.open(b64decode(visit.state["text"]), PLACE)
