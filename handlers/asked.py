"""What people have asked, in the officers' chat: read, answered, read back, sent.

State: page (list, one, sure), from (the first of the list), handover, text (sealed).
"""

from core.errors import NotYours
from handlers import handover, hats, hearing, sealing, ticking
from handlers.deciding import me
from handlers.visit import Go, Offer, Outcome, Visit

SHOWN = 10  # questions at a time
SPOKEN = 1500  # characters of what was said before; all of it stands on the page


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of a question, or empty."""
    visit.go("asked", page="one" if told else "list", **{"from": 0})
    if told:
        visit.state["handover"] = int(told)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """What somebody else has answered, or what has gone on to the next union, is not asked for."""
    if visit.state["page"] != "list" and not await _stands(visit):
        visit.go("asked", page="list", **{"from": 0})
    match visit.state["page"]:
        case "one":
            return await _one(visit)
        case "sure":
            return _sure(visit)
    return await _list(visit)


async def answer(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    match kind:
        case "desk":
            return Go("officer")
        case "show":
            visit.state.update(page="one", handover=int(id_))
        case "more" | "before":
            step = SHOWN if kind == "more" else -SHOWN
            visit.state["from"] = max(0, visit.state["from"] + step)
        case "back":
            visit.state["page"] = "list"
        case "again":
            visit.state["page"] = "one"
        case "send" if visit.state["page"] == "sure":
            about = (visit.office, await me(visit), visit.state["handover"])
            await handover.reply(*about, sealing.kept(visit, "text"), visit.unit)
            visit.note(visit.say("asked.sent"))
            return Go("officer")
        case _ if visit.state["page"] == "one" and visit.text:
            sealing.keep(visit, "text", handover.checked(visit.prose))
            visit.state["page"] = "sure"
    return await proceed(visit)


async def _list(visit: Visit) -> Outcome:
    """Only when each was asked and is to be answered: what it says is read after pressing."""
    say, first = visit.say, visit.state["from"]
    unions = await hats.unions(visit.unit, await me(visit), *handover.ANSWERING)
    count = await visit.unit.handovers.waiting(unions)
    rows = await visit.unit.handovers.soonest(unions, SHOWN, first)
    offers = [
        Offer(
            f"show:{each.id}",
            say(
                "asked.row",
                at=say.moment(each.at, visit.today),
                due=say.moment(each.due, visit.today),
            ),
        )
        for each in rows
    ]
    offers += [Offer("before", say("meet.before"))] if first else []
    offers += [Offer("more", say("steps.queue.more"))] if count > first + SHOWN else []
    text = say("asked.which", count=count) if count else say("console.handover.empty")
    return visit.ask(text, [*offers, _desk(visit)])


async def _one(visit: Visit) -> Outcome:
    """With what was said before, where it was handed over too."""
    say, about = visit.say, (visit.office, visit.unit, await me(visit))
    view = await handover.opened(*about, visit.state["handover"])
    due = say.moment(view.row.due, visit.today)
    lines = [say("asked.question", due=due, question=hearing.veiled(view.asked.question))]
    lines += [say("asked.who", name=view.name)] if view.name else []
    lines += [say("asked.about", scheme=say.scheme(view.scheme))] if view.scheme else []
    if view.asked.transcript:
        spoken = hearing.veiled("\n".join(view.asked.transcript))
        spoken = spoken if len(spoken) <= SPOKEN else f"…{spoken[-SPOKEN:]}"
        lines.append(say("asked.before", spoken=spoken))
    lines.append(say("asked.write", most=handover.LONGEST))
    url = f"{visit.office.public_url}/console/handovers/{view.row.id}"
    offers = [Offer("open", say("handover.open"), url=url), ticking.back(visit), _desk(visit)]
    return visit.ask("\n".join(lines), offers, expects="text", secret=True)


def _sure(visit: Visit) -> Outcome:
    say = visit.say
    send = Offer("send", say("console.handover.send"), "primary")
    again = Offer("again", say("clawback.answer.again"))
    text = say("asked.sure", answer=sealing.kept(visit, "text"))
    return visit.ask(text, [send, again, _desk(visit)], secret=True)


async def _stands(visit: Visit) -> bool:
    """Whether it is still this officer's to answer."""
    row = await visit.unit.handovers.held(visit.state["handover"])
    try:
        await handover.check(visit.unit, await me(visit), row)
    except NotYours:
        visit.note(visit.say("asked.gone"))
        return False
    if row.state != "open":
        visit.note(visit.say("asked.answered"))
    return row.state == "open"


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))
