"""Somebody on no roster says who they are, to send what is open to anybody.

Name and identity number were given before (`handlers.account`); here the phone number, by which
the union calls, and the place, by which it is found. State: then, name and identity (sealed),
phase (sure, phone, place), phone (sealed), prefecture.
"""

from base64 import b64decode, b64encode
from typing import Any

from core.capacities import asks_for_union
from core.people import normal_phone
from core.scheme import Scheme
from handlers import account, places
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Worker

PLACE = account.PLACE


async def begin(visit: Visit, then: str) -> Outcome:
    """Goes on from the state that `handlers.account` has left."""
    kept = {key: visit.state[key] for key in ("name", "identity")}
    visit.go("registering", then=then, phase="sure", prefecture=0, **kept)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, stop = visit.say, Offer("menu", visit.say("menu.back"))
    scheme = account.open_to_anybody(visit, visit.state["then"])
    if scheme is None:
        return Go("menu")
    name = say.scheme(scheme.name)
    match visit.state["phase"]:
        case "sure":
            go_on = Offer("yes", say("registering.yes"), "primary")
            again = Offer("again", say("registering.again"))
            return visit.ask(say("registering.sure", scheme=name), [go_on, again, stop])
        case "phone":
            expects = "phone" if visit.turn.channel == "telegram" else "text"
            return visit.ask(say("registering.phone"), [stop], expects=expects, secret=True)
    return await _place(visit, scheme, stop)


async def answer(visit: Visit) -> Outcome:
    token = visit.token
    match visit.state["phase"]:
        case _ if token == "menu":
            return Go("menu")
        case "sure" if token == "yes":
            visit.state["phase"] = "phone"
        case "sure" if token == "again":
            return Go("account", visit.state["then"])
        case "phone":
            phone = normal_phone(visit.turn.phone or visit.text)
            visit.state.update(phase="place", phone=sealed(visit, phone))
        case "place" if token == "elsewhere":
            visit.state["prefecture"] = 0
        case "place" if token.startswith("in:"):
            visit.state["prefecture"] = int(token.removeprefix("in:"))
        case "place" if token.startswith("at:"):
            return await _register(visit, int(token.removeprefix("at:")))
    return await proceed(visit)


async def _place(visit: Visit, scheme: Scheme, stop: Offer) -> Reply:
    say, tree = visit.say, await visit.unit.unions.tree(0)
    prefecture = visit.state["prefecture"]
    if prefecture:
        return places.counties(visit, tree, prefecture, say("behalf.county"), stop)
    text = say("registering.place")
    if scheme.intake is not None:
        at = say.join(say.scheme(each) for each in scheme.intake.at)
        text = say("registering.place_at", at=at, cite=say.article(scheme.intake.cite))
    return places.prefectures(visit, tree, text, stop)


async def _register(visit: Visit, union_id: int) -> Outcome:
    """One identity is one person: whoever is known here under another name is not taken in."""
    unit, then = visit.unit, visit.state["then"]
    await unit.tries.check(account.key(visit))
    name, identity, phone = (opened(visit, key) for key in ("name", "identity", "phone"))
    guest = await unit.workers.receive(union_id, name, identity, phone)
    visit.go("account", then=then, phase="name")
    if guest is None:
        there = await unit.workers.by_identity(identity)
        return await account.wrong(visit, "registering.differs", f"identity:{_id(there)}")
    await unit.tries.clear(account.key(visit))
    scheme = account.open_to_anybody(visit, then)
    if scheme is not None and asks_for_union(scheme):
        draft = await unit.drafts.begin(guest.id, scheme.id)
        draft.accepting_union_id = union_id
    detail: dict[str, Any] = {"union": union_id, "door": visit.turn.channel}
    await unit.acts.append(f"worker:{guest.id}", "register", f"worker:{guest.id}", **detail)
    visit.note(visit.say("registering.done"))
    return await account.found(visit, guest)


def sealed(visit: Visit, text: str) -> str:
    return b64encode(visit.office.vault.seal(text, PLACE)).decode()


def opened(visit: Visit, key: str) -> str:
    return visit.office.vault.open(b64decode(visit.state[key]), PLACE)


def _id(worker: Worker | None) -> int:
    return worker.id if worker else 0
