"""Naming who carries a matter, in the chat: a colleague or an outsider, how to reach them, why.

State: page, application, version, officer (a colleague, 0 for none), name, contact, why.
"""

from core import reading
from core.assignment import LONGEST_CONTACT, LONGEST_NAME, LONGEST_WHY, wanted
from handlers import assignment, ticking
from handlers.assignment import Whom
from handlers.bench import scheme_of
from handlers.deciding import me
from handlers.visit import Go, Offer, Outcome, Visit


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the application and the version that was shown."""
    application, version = map(int, told.split())
    about = {"application": application, "version": version}
    visit.go("assigning", page="who", officer=0, name="", contact="", why="", **about)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, back = visit.say, ticking.back(visit)
    match visit.state["page"]:
        case "who":
            return await _who(visit)
        case "sure":
            keys = ("name", "contact", "why")
            text = say("assign.sure", what=await _what(visit), **{k: visit.state[k] for k in keys})
            return visit.ask(text, [ticking.yes(visit, "assign.yes"), back])
        case page:
            return visit.ask(say(f"assign.{page}"), [back], expects="text", secret=True)


async def answer(visit: Visit) -> Outcome:
    state = visit.state
    if visit.token == "back":
        return Go("officer", f"show {state['application']}")
    match state["page"]:
        case "who":
            await _heard_who(visit)
        case "contact":
            contact = reading.read_prose(visit.prose, LONGEST_CONTACT)
            page = "why" if await _before(visit) else "sure"
            state.update(page=page, contact=contact)
        case "why":
            state.update(page="sure", why=reading.read_prose(visit.prose, LONGEST_WHY))
        case "sure" if visit.token == "yes":
            return await _done(visit)
    return await proceed(visit)


async def _who(visit: Visit) -> Outcome:
    """A colleague by a button, anybody else by a typed name."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    free = await assignment.colleagues(visit.office, visit.unit, application)
    offers = [Offer(f"officer:{each.id}", each.name) for each in free]
    text = visit.say("assign.who", what=await _what(visit))
    return visit.ask(text, [*offers, ticking.back(visit)], expects="text")


async def _heard_who(visit: Visit) -> None:
    kind, _, id_ = visit.token.partition(":")
    if kind == "officer":
        chosen = await visit.unit.officers.by_id(int(id_))
        visit.state.update(page="contact", officer=int(id_), name=chosen.name if chosen else "")
    else:
        name = reading.read_prose(visit.prose, LONGEST_NAME)
        visit.state.update(page="contact", officer=0, name=name)


async def _done(visit: Visit) -> Outcome:
    state = visit.state
    whom = Whom(state["name"], state["contact"], state["officer"] or None, state["why"])
    about = (state["application"], state["version"], whom)
    await assignment.assign(visit.office, await me(visit), *about, visit.unit)
    visit.note(visit.say("assign.done", name=state["name"]))
    return Go("officer", f"show {state['application']}")


async def _before(visit: Visit) -> bool:
    return bool(await visit.unit.assignments.of(visit.state["application"]))


async def _what(visit: Visit) -> str:
    application = await visit.unit.applications.by_id(visit.state["application"])
    stages = scheme_of(visit.office, application).stages
    return visit.say.scheme(wanted(stages, application.stage))
