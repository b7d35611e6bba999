"""Bring what was missing: everything the reviewing office asked for, once, by its date.

State: application, draft, items (what was asked), at (the item on the table), facts (new
answers), fresh (slots photographed anew).
"""

from typing import Any

from core.facts import noted
from core.papers import paper_in
from core.scheme import Scheme
from core.workflow import State
from handlers import asking, returning
from handlers.asking import BACK, WHY
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the worker's own application."""
    application = await _mine(visit, int(told))
    if application.state != State.CORRECTING:
        return Go("status")
    asked = await visit.unit.applications.correction(application.id)
    visit.go(
        "correction",
        application=application.id,
        draft=application.draft_id,
        items=asked.items,
        at=0,
        facts={},
        fresh=[],
    )
    over = returning.over(visit.office, application, visit.say)
    visit.note(visit.say("correction.all", due=visit.say.day(asked.due, visit.today), over=over))
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    scheme, items, at = await _scheme(visit), visit.state["items"], visit.state["at"]
    if at >= len(items):
        return _finished(visit, scheme)
    item = items[at]
    if item.get("note"):
        visit.note(visit.say("correction.note", note=item["note"]))
    if "fact" in item:
        return asking.put(visit, scheme.asked[item["fact"]], back=at > 0, unknown=False)
    return _photograph(visit, scheme, item["slot"])


async def answer(visit: Visit) -> Outcome:
    items, at = visit.state["items"], visit.state["at"]
    match visit.token:
        case "menu":
            return Go("menu")
        case "next":
            visit.state["at"] = at + 1
            return await proceed(visit)
        case "again":
            visit.state["at"] = 0
            return await proceed(visit)
        case "send":
            return await _send(visit)
        case t if t == BACK:
            visit.state["at"] = max(at - 1, 0)
            return await proceed(visit)
    if at >= len(items):
        return await proceed(visit)
    if visit.files:
        return await _take(visit, items[at])
    if "fact" in items[at]:
        return await _fact(visit, items[at]["fact"])
    visit.note(visit.say("papers.want_photo"))
    return await proceed(visit)


async def _fact(visit: Visit, fact: str) -> Outcome:
    scheme = await _scheme(visit)
    if visit.token == WHY:
        return asking.put(visit, scheme.asked[fact], unknown=False, explained=True)
    value = asking.read(visit, scheme.asked[fact])
    visit.state["facts"] = visit.state["facts"] | {fact: noted(value, "worker", visit.today)}
    visit.state["at"] += 1
    return await proceed(visit)


async def _take(visit: Visit, item: dict[str, Any]) -> Outcome:
    """The first new page of a slot replaces what was found wanting."""
    draft, slot = visit.state["draft"], item.get("slot")
    if slot is None:
        visit.note(visit.say("desk.no_file"))
        return await proceed(visit)
    if slot not in visit.state["fresh"]:
        await visit.unit.drafts.clear(draft, slot)
        visit.state["fresh"] = [*visit.state["fresh"], slot]
    for stored in visit.files:
        page = await visit.unit.drafts.add(draft, slot, stored, visit.turn.files[0].album)
        visit.papers.append(page.id)
    visit.note(visit.say("papers.received", count=len(visit.files)))
    return await proceed(visit)


def _photograph(visit: Visit, scheme: Scheme, slot: int) -> Reply:
    say = visit.say
    what = say.scheme(paper_in(scheme.slots, slot).what)
    offers = [Offer("menu", say("papers.later"))]
    if slot in visit.state["fresh"]:
        offers.insert(0, Offer("next", say("papers.next"), "primary"))
    return visit.ask(say("correction.photo", what=what), offers, expects="photo")


def _finished(visit: Visit, scheme: Scheme) -> Reply:
    say = visit.say
    facts, fresh = visit.state["facts"], visit.state["fresh"]
    lines = [
        say(
            "correction.fact",
            name=say.scheme(scheme.asked[fact].name),
            value=asking.shown(visit, scheme, fact, kept["value"]),
        )
        for fact, kept in facts.items()
    ]
    lines += [
        say("correction.paper", what=say.scheme(paper_in(scheme.slots, slot).what))
        for slot in fresh
    ]
    return visit.ask(
        say("correction.finished", items="\n".join(lines)),
        [
            Offer("send", say("correction.send"), "primary"),
            Offer("again", say("correction.again")),
        ],
    )


async def _send(visit: Visit) -> Outcome:
    application = await _mine(visit, visit.state["application"])
    await returning.corrected(visit.office, visit.unit, application, visit.state["facts"])
    visit.note(visit.say("correction.sent"))
    return Go("status")


async def _scheme(visit: Visit) -> Scheme:
    application = await _mine(visit, visit.state["application"])
    return visit.office.schemes.version(application.scheme_id, application.scheme_version)


async def _mine(visit: Visit, application_id: int) -> Application:
    """The worker's own application. Raises NotFound for anybody else's."""
    assert visit.talk.worker_id is not None
    return await visit.unit.applications.own(visit.talk.worker_id, application_id)
