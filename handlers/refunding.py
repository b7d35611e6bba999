"""Money that has come back is entered in the chat: how much, on which day, against what is left.

State: page, claw_back, left (what was still to come when it was begun), fen, came_on.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from core import reading
from core.errors import AlreadyDecided
from core.owing import Debt
from handlers import repaying, ticking
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import ClawBack


async def _sum(visit: Visit) -> Outcome:
    say, debt = visit.say, await _debt(visit)
    nearest = [part.fen for part in debt.open[:1] if part.fen < debt.left]
    offers = [Offer(f"fen:{fen}", say.money(fen)) for fen in (*nearest, debt.left)]
    text = say("claw.ask.came", left=say.money(debt.left))
    return visit.ask(text, [*offers, ticking.back(visit)], expects="money")


async def _hear_sum(visit: Visit) -> Outcome:
    """Raises RepaidTooMuch, PlanRefused."""
    kind, _, number = visit.token.partition(":")
    fen = int(number) if kind == "fen" else reading.read_money(visit.text)
    (await _debt(visit)).take(fen)
    visit.state.update(page="came_on", fen=fen)
    return await _go_on(visit)


async def _day(visit: Visit) -> Outcome:
    say = visit.say
    days = [Offer(f"ago:{n}", say(f"steps.inspect.ago.{n}")) for n in (0, 1)]
    return visit.ask(say("claw.ask.came_on"), [*days, ticking.back(visit)], expects="date")


async def _hear_day(visit: Visit) -> Outcome:
    kind, _, ago = visit.token.partition(":")
    ago_ = kind == "ago"
    day = visit.today - timedelta(int(ago)) if ago_ else reading.read_date(visit.text, visit.today)
    repaying.check_day(await _found(visit), day, visit.today)
    visit.state.update(page="came_sure", came_on=day.isoformat())
    return await _go_on(visit)


async def _sure(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    after = (await _debt(visit)).take(state["fen"])
    day = say.day(date.fromisoformat(state["came_on"]), visit.today)
    sums = {"amount": say.money(state["fen"]), "left": say.money(after.left)}
    yes = ticking.yes(visit, "console.clawbacks.give_receipt")
    return visit.ask(say("claw.ask.came_sure", day=day, **sums), [yes, ticking.back(visit)])


async def _hear_sure(visit: Visit) -> Outcome:
    """Where a colleague has entered something meanwhile, it may be the same money: it is shown
    first. Raises AlreadyDecided."""
    if visit.token != "yes":
        return await _go_on(visit)
    state = visit.state
    await visit.unit.claw_backs.held(state["claw_back"])
    if (await _debt(visit)).left != state["left"]:
        raise AlreadyDecided
    about = (state["claw_back"], state["fen"], date.fromisoformat(state["came_on"]))
    came = await repaying.repaid(visit.office, await me(visit), *about, visit.unit)
    visit.note(visit.say("claw.done.repaid", receipt=came.number))
    return Go("clawing", str(state["claw_back"]))


async def _debt(visit: Visit) -> Debt:
    return await visit.unit.claw_backs.debt(await _found(visit))


async def _found(visit: Visit) -> ClawBack:
    return await visit.unit.claw_backs.by_id(visit.state["claw_back"])


async def _go_on(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


PAGES: Mapping[str, Page] = {
    "came": Page(_sum, _hear_sum),
    "came_on": Page(_day, _hear_day),
    "came_sure": Page(_sure, _hear_sure),
}
