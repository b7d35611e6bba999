"""What the officer has found out, asked one by one in the chat, before passing or entering.

State: page, application, version, act (pass, enter), found (answers so far), left (what the
officer leaves to others), asked (the fact on the table), fen (the sum set), why (a note to it).
"""

from core import reading
from core.errors import Unreadable
from core.facts import noted, plain, read_back
from core.granting import Room, check
from core.rules import Value
from handlers import asking, docket, granting, weighing
from handlers.bench import scheme_of
from handlers.decisions import CardView, Enter, OpenFact, Pass
from handlers.review import LONGEST_NOTE
from handlers.visit import Offer, Outcome, Visit
from locales import Speaker
from storage.tables import Officer


def begin(visit: Visit, view: CardView, act: str) -> None:
    """From now on the chat is about what this officer has found."""
    about = {"application": view.id, "version": view.version, "act": act}
    visit.go("officer", page="found", found={}, left=[], asked="", **about)
    visit.state.update(fen=None, why="", chosen=[])


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


async def room(visit: Visit) -> Room | None:
    """The sum this officer has to set, with what was found; None where the rules give it."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    found = await found_so_far(visit)
    weighed = await weighing.seen(visit.office, visit.unit, application, found)
    allowed = await granting.room_for(visit.office, visit.unit, application, weighed.verdict)
    return None if allowed is None or allowed.fixed is not None else allowed


def ask_sum(visit: Visit, allowed: Room) -> Outcome:
    back = Offer("back", visit.say("procedure.button.back"))
    text = visit.say("officer.sum.ask", room=room_text(visit.say, allowed))
    return visit.ask(text, [back], expects="money")


def room_text(say: Speaker, allowed: Room) -> str:
    """From where to where, and whether the upper line is only in principle."""
    if allowed.high is None:
        return say("officer.sum.open")
    if allowed.month is not None:
        sums = {"low": say.money(allowed.low), "high": say.money(allowed.high)}
        return say("officer.sum.months", month=say.money(allowed.month), **sums)
    if allowed.given and allowed.soft:
        sums = {"given": say.money(allowed.given), "left": say.money(allowed.high)}
        return say("officer.sum.left", **sums)
    sums = {"low": say.money(allowed.low), "high": say.money(allowed.high)}
    if allowed.most is not None:
        return say("officer.sum.soft_most", **sums, most=say.money(allowed.most))
    return say("officer.sum.soft" if allowed.soft else "officer.sum.range", **sums)


async def ask_note(visit: Visit) -> Outcome:
    """How it ended, in a sentence: it stays with the file."""
    back = Offer("back", visit.say("procedure.button.back"))
    return visit.ask(visit.say("officer.enter.note"), [back], expects="text")


def heard_note(visit: Visit) -> str:
    return reading.read_prose(visit.prose, LONGEST_NOTE)


async def wants_why(visit: Visit, allowed: Room, officer: Officer) -> bool:
    """Only above a soft line. Raises SumOutOfRange, ConsentNeeded below the province."""
    fen = visit.state["fen"]
    application = await visit.unit.applications.by_id(visit.state["application"])
    officer = await docket.wearing(visit.office, visit.unit, officer, application)
    province = await granting.provincial(visit.unit, officer)
    check(allowed, fen, province=province, note="…")
    return allowed.soft and allowed.high is not None and fen > allowed.high


def ask_why(visit: Visit) -> Outcome:
    back = Offer("back", visit.say("procedure.button.back"))
    return visit.ask(visit.say("officer.sum.why"), [back], expects="text")


async def passed(visit: Visit, *, undertaking: bool = False) -> Pass:
    """The decision, with everything that was said on the way to it."""
    found, state = await found_so_far(visit), visit.state
    return Pass(undertaking, found, state.get("why", ""), state.get("fen"))


async def entered(visit: Visit, note: str) -> Enter:
    return Enter(note, await found_so_far(visit), visit.state.get("fen"))
