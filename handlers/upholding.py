"""A finding is decided in the chat: dropped, or upheld with the sum, the parts and the first day.

State: page, claw_back, upheld, text (sealed), fen, parts, first.
"""

from collections.abc import Mapping
from datetime import date

from core import owing, reading
from core.owing import MOST_PARTS, PlanRefused
from handlers import clawback, dossier, repaying, sealing, ticking, tribunal
from handlers.clawback import Dropped, Upheld
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit


async def _ruling(visit: Visit) -> Outcome:
    say = visit.say
    offers = [
        Offer("drop", say("console.clawbacks.drop")),
        Offer("uphold", say("console.clawbacks.uphold"), "danger"),
    ]
    return visit.ask(say("claw.ask.ruling"), [*offers, ticking.back(visit)])


async def _hear_ruling(visit: Visit) -> Outcome:
    if visit.token in ("drop", "uphold"):
        visit.state.update(page="reason", upheld=visit.token == "uphold")
        visit.state.update(fen=None, parts=1, first="")
    return await _go_on(visit)


async def _reason(visit: Visit) -> Outcome:
    text = visit.say("claw.ask.reason", most=tribunal.LONGEST)
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_reason(visit: Visit) -> Outcome:
    """What comes back is asked for where something was paid and the file speaks of it."""
    sealing.keep(visit, "text", tribunal.prose(visit.prose))
    returns = (await _view(visit)).returns if visit.state["upheld"] else "none"
    visit.state["page"] = {"none": "ruling_sure", "part": "sum"}.get(returns, "parts")
    return await _go_on(visit)


async def _sum(visit: Visit) -> Outcome:
    say, view = visit.say, await _view(visit)
    offer = Offer("all", say("claw.all", amount=say.money(view.found.paid_fen)))
    text = say("claw.ask.sum", amount=say.money(view.found.paid_fen))
    return visit.ask(text, [offer, ticking.back(visit)], expects="money")


async def _hear_sum(visit: Visit) -> Outcome:
    """Raises PlanRefused."""
    fen = None if visit.token == "all" else reading.read_money(visit.text)
    owing.owed((await _view(visit)).found.paid_fen, fen, in_part=True)
    visit.state.update(page="parts", fen=fen)
    return await _go_on(visit)


async def _parts(visit: Visit) -> Outcome:
    once = Offer("once", visit.say("claw.once"))
    text = visit.say("claw.ask.parts", most=MOST_PARTS)
    return visit.ask(text, [once, ticking.back(visit)], expects="number")


async def _hear_parts(visit: Visit) -> Outcome:
    """Raises PlanRefused."""
    parts = 1 if visit.token == "once" else reading.read_number(visit.text, ("期", "次"))
    if parts != int(parts) or not 1 <= parts <= MOST_PARTS:
        raise PlanRefused("parts", most=MOST_PARTS)
    visit.state.update(page="first", parts=int(parts))
    return await _go_on(visit)


async def _first(visit: Visit) -> Outcome:
    month = visit.say.day(repaying.next_month(visit.today), visit.today)
    text = visit.say("claw.ask.first")
    return visit.ask(text, [Offer("month", month), ticking.back(visit)], expects="date")


async def _hear_first(visit: Visit) -> Outcome:
    """Raises PlanRefused."""
    month = visit.token == "month"
    day = repaying.next_month(visit.today) if month else ticking.ahead(visit)
    visit.state["first"] = day.isoformat()
    await _plan(visit)
    visit.state["page"] = "ruling_sure"
    return await _go_on(visit)


async def _sure(visit: Visit) -> Outcome:
    """What the holder will be told, and by which days what is to come back."""
    say, upheld = visit.say, visit.state["upheld"]
    word = say("console.clawbacks.uphold" if upheld else "console.clawbacks.drop")
    lines = [say("claw.ask.ruling_sure", ruling=word, reason=sealing.kept(visit, "text"))]
    for part in await _plan(visit):
        day, amount = say.day(part.due, visit.today), say.money(part.fen)
        lines.append(say("clawback.worker.part", day=day, amount=amount))
    yes = ticking.yes(visit, "procedure.button.sure", "danger" if upheld else "primary")
    return visit.ask("\n".join(lines), [yes, ticking.back(visit)], secret=True)


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await _go_on(visit)
    reason, state = sealing.kept(visit, "text"), visit.state
    first = date.fromisoformat(state["first"]) if state["first"] else None
    upheld = Upheld(reason, state["fen"], state["parts"], first)
    decision = upheld if state["upheld"] else Dropped(reason)
    about = (visit.office, await me(visit), state["claw_back"], decision)
    await clawback.decide(*about, visit.unit)
    visit.note(visit.say("claw.done.decided"))
    return Go("clawing", str(state["claw_back"]))


async def _plan(visit: Visit) -> tuple[owing.Instalment, ...]:
    """The parts as they would be agreed on; none where nothing comes back. Raises PlanRefused."""
    view, state = await _view(visit), visit.state
    if not state["first"]:
        return ()
    in_part = view.returns == "part"
    back = owing.owed(view.found.paid_fen, state["fen"], in_part=in_part)
    return owing.plan(back, state["parts"], date.fromisoformat(state["first"]), visit.today)


async def _view(visit: Visit) -> dossier.Dossier:
    about = (visit.office, visit.unit, await me(visit), visit.state["claw_back"])
    return await dossier.opened(*about)


async def _go_on(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


PAGES: Mapping[str, Page] = {
    "ruling": Page(_ruling, _hear_ruling),
    "reason": Page(_reason, _hear_reason),
    "sum": Page(_sum, _hear_sum),
    "parts": Page(_parts, _hear_parts),
    "first": Page(_first, _hear_first),
    "ruling_sure": Page(_sure, _hear_sure),
}
