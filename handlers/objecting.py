"""Object to a public notice from the chat, under one's real name.

Whoever is bound objects with the name and number of the roster. State: notice, phase (entry,
contact, text, sure), entry (number of the application), contact and text (sealed).
"""

from base64 import b64decode, b64encode

from core import reading
from core.errors import NotFound, Unreadable
from handlers import objection
from handlers.chat import Reply
from handlers.consent import agreed
from handlers.visit import Go, Offer, Outcome, Visit
from storage.objections import Objector
from storage.tables import Notice

LONGEST_CONTACT, LONGEST_TEXT = objection.LONGEST_CONTACT, objection.LONGEST_TEXT


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the notice."""
    notice = await visit.unit.notices.by_id(int(told))
    then = f"objecting {notice.id}"
    if not await agreed(visit):
        return Go("consent", then)
    if visit.talk.worker_id is None:
        return Go("account", then)
    visit.go("objecting", notice=notice.id, phase="entry")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, stop = visit.say, Offer("menu", visit.say("menu.back"))
    match visit.state["phase"]:
        case "entry":
            return await _entries(visit, stop)
        case "contact":
            return visit.ask(say("objecting.contact"), [stop], expects="text", secret=True)
        case "text":
            return visit.ask(say("objecting.text"), [stop], expects="text", secret=True)
    sure = Offer("send", say("objecting.send"), "danger")
    return visit.ask(say("objecting.sure", number=visit.state["entry"]), [sure, stop])


async def answer(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind == "menu":
        return Go("menu")
    match visit.state["phase"]:
        case "entry":
            if kind != "entry":
                raise Unreadable("choice")
            visit.state.update(phase="contact", entry=number)
        case "contact":
            _keep(visit, "contact", LONGEST_CONTACT)
            visit.state["phase"] = "text"
        case "text":
            _keep(visit, "text", LONGEST_TEXT)
            visit.state["phase"] = "sure"
        case "sure" if kind == "send":
            return await _send(visit)
    return await proceed(visit)


async def _entries(visit: Visit, stop: Offer) -> Reply:
    notice: Notice = await visit.unit.notices.by_id(visit.state["notice"])
    offers = [
        Offer(f"entry:{entry['number']}", f"{entry['name']} {entry['unit']}")
        for entry in notice.entries
    ]
    return visit.ask(visit.say("objecting.which"), [*offers, stop])


def _keep(visit: Visit, what: str, most: int) -> None:
    """What an objector says is nobody's to read in the conversation's row."""
    text = reading.clean(visit.text)
    if not text:
        raise Unreadable(what)
    if len(text) > most:
        raise Unreadable("too_long", most=most)
    sealed = visit.office.vault.seal(text, f"objecting.{what}")
    visit.state[what] = b64encode(sealed).decode()


def _kept(visit: Visit, what: str) -> str:
    return visit.office.vault.open(b64decode(visit.state[what]), f"objecting.{what}")


async def _send(visit: Visit) -> Outcome:
    unit = visit.unit
    member = await unit.workers.by_id(visit.talk.worker_id or 0)
    identity = unit.workers.identity(member) if member else None
    if member is None or identity is None:
        raise NotFound(worker=visit.talk.worker_id)
    said = Objector(
        unit.workers.name(member), identity, _kept(visit, "contact"), _kept(visit, "text")
    )
    await objection.make(
        visit.office,
        visit.state["notice"],
        visit.state["entry"],
        said,
        visit.talk.id,
        unit=unit,
    )
    visit.note(visit.say("objecting.sent"))
    return Go("menu")
