"""What we hold about a person; withdrawing consent; forget me.

State: look ("", "withdraw", "forget").
"""

from core.workflow import State
from handlers import withdrawal
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit

OPEN = (State.WAITING, State.IN_STAGE, State.CORRECTING)


async def begin(visit: Visit) -> Outcome:
    visit.go("privacy", look="")
    return await proceed(visit)


async def forget(visit: Visit) -> Outcome:
    visit.go("privacy", look="forget")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    match visit.state["look"]:
        case "forget":
            return await _sure(visit, "privacy.forget_sure", "privacy.forget_yes")
        case "withdraw":
            return await _sure(visit, "privacy.withdraw_sure", "privacy.withdraw_yes")
    return await _held(visit)


async def answer(visit: Visit) -> Outcome:
    look = visit.state["look"]
    match visit.token:
        case "menu":
            return Go("menu")
        case "forget" | "withdraw":
            visit.state["look"] = visit.token
        case "no":
            visit.state["look"] = ""
        case "yes" if look == "forget":
            return await _forget(visit)
        case "yes" if look == "withdraw":
            await _withdraw(visit)
            visit.note(visit.say("privacy.withdrawn"))
            visit.state["look"] = ""
        case _:
            return Go("words")
    return await proceed(visit)


async def _held(visit: Visit) -> Reply:
    """What is there, counted; never the data themselves."""
    say, unit, talk = visit.say, visit.unit, visit.talk
    given = [consent for consent in await unit.consents.of(talk.id) if not consent.withdrawn_at]
    mine = await unit.applications.of_worker(talk.worker_id) if talk.worker_id else []
    text = say(
        "privacy.held",
        facts=len(talk.facts),
        consents=say.join([say(f"consent.name.{c.purpose}") for c in given]) or say("privacy.none"),
        applications=len(mine),
    )
    offers = [
        Offer("page", say("consent.page"), url=f"{visit.office.public_url}/privacy"),
        Offer("forget", say("privacy.forget"), "danger"),
        Offer("menu", say("menu.back")),
    ]
    if given:
        offers.insert(1, Offer("withdraw", say("privacy.withdraw")))
    return visit.ask(text, offers)


async def _sure(visit: Visit, key: str, yes: str) -> Reply:
    say = visit.say
    return visit.ask(say(key), [Offer("yes", say(yes), "danger"), Offer("no", say("asking.back"))])


async def _withdraw(visit: Visit) -> None:
    for purpose in ("general", "identity", "bank", "deceased"):
        await visit.unit.consents.withdraw(visit.talk.id, purpose)
    if visit.talk.worker_id:
        who = f"worker:{visit.talk.worker_id}"
        await visit.unit.acts.append(who, "withdraw_consent", who)
        await visit.unit.known.said(visit.talk.worker_id, {})  # no audience is chosen by it


async def _forget(visit: Visit) -> Reply:
    """Answers, chats, unsent folders and the binding go; what was decided has to stay."""
    unit, talk = visit.unit, visit.talk
    worker = talk.worker_id
    await _withdraw(visit)
    kept = await _let_go(visit, worker) if worker else 0
    visit.discard += await unit.privacy.erase(talk.id, worker)
    talk.worker_id, talk.facts, talk.reply = None, {}, {}
    visit.go("menu", page="forgotten")
    key = "privacy.forgotten_kept" if kept else "privacy.forgotten"
    return visit.ask(visit.say(key, count=kept), [Offer("menu", visit.say("menu.back"))])


async def _let_go(visit: Visit, worker: int) -> int:
    """Withdraws what is not decided; how many applications have to be kept."""
    mine = await visit.unit.applications.of_worker(worker)
    for application in mine:
        if application.state in OPEN and withdrawal.possible(visit.office, application):
            await withdrawal.withdraw(visit, application.id)
    await visit.unit.acts.append(f"worker:{worker}", "forget", f"worker:{worker}")
    return len(mine)
