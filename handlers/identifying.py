"""Completing whom an award is about, in the chat.

State: page (name, identity, unit), application, version, name and identity (sealed).
"""

from base64 import b64decode, b64encode

from core.people import normal_identity, normal_name
from handlers import identification, subject, ticking
from handlers.deciding import me
from handlers.identification import Told
from handlers.visit import Go, Offer, Outcome, Visit

PLACE, KEEP = "identifying", "keep"
PAGES = ("name", "identity", "unit")


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the application and the version that was shown."""
    application, version = map(int, told.split())
    about = {"application": application, "version": version}
    visit.go("identifying", page="name", name="", identity="", **about)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, page = visit.say, visit.state["page"]
    keep = [Offer(KEEP, say("subject.keep"))] if page != "identity" and await _there(visit) else []
    text = say(f"subject.officer.{page}")
    return visit.ask(text, [*keep, ticking.back(visit)], expects="text", secret=True)


async def answer(visit: Visit) -> Outcome:
    state = visit.state
    if visit.token == "back":
        return Go("officer", f"show {state['application']}")
    kept = visit.token == KEEP
    match state["page"]:
        case "name":
            state["name"] = "" if kept else _sealed(visit, normal_name(visit.text))
        case "identity":
            state["identity"] = _sealed(visit, normal_identity(visit.text, visit.today))
        case "unit":
            return await _done(visit, "" if kept else subject.read_unit(visit.text))
    state["page"] = PAGES[PAGES.index(state["page"]) + 1]
    return await proceed(visit)


async def _done(visit: Visit, unit: str) -> Outcome:
    state = visit.state
    told = Told(_opened(visit, state["identity"]), _opened(visit, state["name"]), unit)
    about = (state["application"], state["version"], told)
    await identification.complete(visit.office, await me(visit), *about, visit.unit)
    visit.note(visit.say("subject.done"))
    return Go("officer", f"show {state['application']}")


async def _there(visit: Visit) -> bool:
    """Whether the family has told something that may stay."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    return await visit.unit.subjects.of(application.draft_id) is not None


def _sealed(visit: Visit, text: str) -> str:
    return b64encode(visit.office.vault.seal(text, PLACE)).decode()


def _opened(visit: Visit, sealed: str) -> str:
    return visit.office.vault.open(b64decode(sealed), PLACE) if sealed else ""
