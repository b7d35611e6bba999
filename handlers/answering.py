"""What the officer has found out, asked one by one in the chat, before passing or entering.

State: page, application, version, act (pass, enter), found (answers so far), left (what the
officer leaves to others), asked (the fact on the table).
"""

from core.errors import Unreadable
from core.facts import noted, plain, read_back
from core.rules import Value
from handlers import asking, weighing
from handlers.bench import scheme_of
from handlers.decisions import CardView, OpenFact
from handlers.review import LONGEST_NOTE
from handlers.visit import Offer, Outcome, Visit


def begin(visit: Visit, view: CardView, act: str) -> None:
    """From now on the chat is about what this officer has found."""
    about = {"application": view.id, "version": view.version, "act": act}
    visit.go("officer", page="found", found={}, left=[], asked="", chosen=[], **about)


async def next_fact(visit: Visit) -> OpenFact | None:
    """The next thing to ask; None where everything is said or left to others."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    found = await found_so_far(visit)
    for each in await weighing.open_facts(visit.office, visit.unit, application, found):
        if each.needed or each.fact not in visit.state["left"]:
            return each
    return None


def ask(visit: Visit, each: OpenFact, explained: bool = False) -> Outcome:
    """Nobody may leave open what is needed now."""
    visit.state["asked"] = each.fact
    return asking.put(visit, each.question, unknown=not each.needed, explained=explained)


def hear(visit: Visit, each: OpenFact) -> bool:
    """Keeps the answer; whether there was one. Raises Unreadable."""
    if visit.token == asking.UNKNOWN:
        visit.state["left"] = [*visit.state["left"], each.fact]
        return True
    if visit.token in (asking.WHY, asking.BACK):
        return False
    kept = noted(asking.read(visit, each.question), "officer", visit.today)
    if read_back(each.question, kept["value"]) is None:
        raise Unreadable("choice")
    visit.state["found"] = {**visit.state["found"], each.fact: kept}
    return True


async def found_so_far(visit: Visit) -> dict[str, Value]:
    application = await visit.unit.applications.by_id(visit.state["application"])
    return plain(visit.state["found"], scheme_of(visit.office, application).asked)


def ask_note(visit: Visit) -> Outcome:
    """How it ended, in a sentence: it stays with the file."""
    back = Offer("back", visit.say("procedure.button.back"))
    return visit.ask(visit.say("officer.enter.note"), [back], expects="text")


def heard_note(visit: Visit) -> str:
    if not visit.text:
        raise Unreadable("text")
    if len(visit.text) > LONGEST_NOTE:
        raise Unreadable("too_long", most=LONGEST_NOTE)
    return visit.text
