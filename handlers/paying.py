"""Paying in the chat: what can be listed, the list for the bank, and what came of each line.

The spreadsheet itself holds full numbers and is fetched in the console. State: page, round, list,
from (the page of the list), results (id of a line: paid, or what the trouble was), about (a line).
"""

from collections.abc import Mapping, Sequence

from core.errors import AlreadyDecided
from core.people import Role, masked_name
from core.results import Trouble
from core.stages import Manner
from handlers import batches, hats, payment, ticking
from handlers.deciding import me
from handlers.pages import Page
from handlers.payment import Failed, Paid
from handlers.visit import Go, Offer, Outcome, Visit
from storage.payments import Line
from storage.tables import Officer

SHOWN = 10  # lines at a time
PAID = "paid"


async def begin(visit: Visit) -> Outcome:
    visit.go("paying", page="which")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "desk":
        return Go("officer")
    return await PAGES[visit.state["page"]].hear(visit)


async def _which(visit: Visit) -> Outcome:
    """Rounds in which something is to be paid, and lists the bank has not answered."""
    say, officer = visit.say, await me(visit)
    there = await batches.waiting(visit.office, visit.unit, officer, Manner.PAY)
    offers = batches.offers(say, there)
    for union in await hats.unions(visit.unit, officer, Role.FINANCE):
        for made, count, fen in await visit.unit.payments.unanswered(union):
            label = say("pay.list", list=made.id, count=count, amount=say.money(fen))
            offers.append(Offer(f"list:{made.id}", label))
    return visit.ask(say("pay.which" if offers else "pay.none"), [*offers, _desk(visit)])


async def _hear_which(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    match kind:
        case "round":
            visit.state.update(page="round", round=int(id_))
        case "list":
            visit.state.update(page="list", list=int(id_), results={}, **{"from": 0})
    return await proceed(visit)


async def _round(visit: Visit) -> Outcome:
    """What the next list would hold, and why it would not hold the rest."""
    say, round_id = visit.say, visit.state["round"]
    officer = await _sitting(visit)
    found = await payment.listable(visit.office, visit.unit, officer, round_id)
    told = {"count": len(found.ready), "total": say.money(found.total_fen)}
    lines = [say("pay.ready", **told)]
    lines += [say("pay.no_account", count=len(found.no_account))] if found.no_account else []
    lines += [say("pay.listed", count=len(found.listed))] if found.listed else []
    lines += [f"{each.application.number} {say.refusal(each.why)}" for each in found.flagged]
    make = [Offer("make", say("console.payment.make"), "primary")] if found.ready else []
    return visit.ask("\n".join(lines), [*make, _desk(visit)])


async def _hear_round(visit: Visit) -> Outcome:
    if visit.token != "make":
        return await _round(visit)
    about = (visit.office, await _sitting(visit), visit.state["round"], visit.unit)
    made, listed = await payment.make_list(*about)
    total = visit.say.money(listed.total_fen)
    visit.note(visit.say("pay.made", list=made.id, count=len(listed.ready), total=total))
    visit.state.update(page="list", list=made.id, results={}, **{"from": 0})
    return await _list(visit)


async def _list(visit: Visit) -> Outcome:
    """The lines without a result, with what is going to be recorded."""
    say, state = visit.say, visit.state
    there, first = await _open(visit), state["from"]
    if not there:
        visit.note(say("pay.answered", list=state["list"]))
        return await begin(visit)
    shown, more = there[first : first + SHOWN], len(there) > first + SHOWN
    rows = "\n".join(_row(visit, each) for each in shown)
    text = say("pay.lines", list=state["list"], count=len(there), rows=rows)
    offers = [Offer(f"line:{each.payment.id}", each.application.number) for each in shown]
    offers += [Offer("back", say("meet.before"))] if first else []
    offers += [Offer("more", say("steps.queue.more"))] if more else []
    offers.append(Offer("all", say("pay.all")))
    if state["results"]:
        offers.append(Offer("record", say("console.payment.record"), "primary"))
    sheet = f"{visit.office.public_url}/console/payments/{state['list']}"
    offers.append(Offer("open", say("pay.sheet"), url=sheet))
    return visit.ask(text, [*offers, _desk(visit)])


async def _hear_list(visit: Visit) -> Outcome:
    kind, _, about = visit.token.partition(":")
    match kind:
        case "line":
            visit.state.update(page="line", about=about)
        case "more":
            visit.state["from"] += SHOWN
        case "back":
            visit.state["from"] = max(0, visit.state["from"] - SHOWN)
        case "all":
            results = visit.state["results"]
            visit.state["results"] = {
                str(each.payment.id): results.get(str(each.payment.id), PAID)
                for each in await _open(visit)
            }
        case "record" if visit.state["results"]:
            visit.state["page"] = "sure"
    return await proceed(visit)


async def _line(visit: Visit) -> Outcome:
    """Paid, or why not."""
    say = visit.say
    there = [each for each in await _open(visit) if str(each.payment.id) == visit.state["about"]]
    if not there:
        raise AlreadyDecided
    offers = [Offer(PAID, say("pay.paid"), "primary")]
    offers += [Offer(each, say(f"console.trouble.{each}")) for each in Trouble]
    return visit.ask(say("pay.line", row=_row(visit, there[0])), [*offers, ticking.back(visit)])


async def _hear_line(visit: Visit) -> Outcome:
    if visit.token == PAID or visit.token in set(Trouble):
        visit.state["results"] = {**visit.state["results"], visit.state["about"]: visit.token}
    visit.state["page"] = "list"
    return await _list(visit)


async def _sure(visit: Visit) -> Outcome:
    say, results = visit.say, visit.state["results"]
    paid = [each for each in await _open(visit) if results.get(str(each.payment.id)) == PAID]
    total = say.money(sum(each.payment.amount_fen for each in paid))
    failed = sum(each != PAID for each in results.values())
    text = say("pay.sure", list=visit.state["list"], paid=len(paid), total=total, failed=failed)
    yes = ticking.yes(visit, "console.payment.record")
    return visit.ask(text, [yes, ticking.back(visit)])


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token == "back":
        visit.state["page"] = "list"
        return await _list(visit)
    if visit.token != "yes":
        return await _sure(visit)
    results = {
        int(id_): Paid() if said == PAID else Failed(Trouble(said))
        for id_, said in visit.state["results"].items()
    }
    made = await visit.unit.payments.list_by_id(visit.state["list"])
    officer = await hats.at(visit.unit, await me(visit), made.union_id, Role.FINANCE)
    await payment.record(visit.office, officer, made.id, results, visit.unit)
    paid = sum(isinstance(each, Paid) for each in results.values())
    visit.note(visit.say("pay.recorded", paid=paid, failed=len(results) - paid))
    visit.state.update(page="list", results={}, **{"from": 0})
    return await _list(visit)


def _row(visit: Visit, line: Line) -> str:
    say, said = visit.say, visit.state["results"].get(str(line.payment.id))
    told = {
        "number": line.application.number,
        "name": masked_name(visit.unit.workers.name(line.worker)),
        "account": f"****{line.account.last_four}",
        "amount": say.money(line.payment.amount_fen),
    }
    row = say("pay.row", **told)
    if said is None:
        return row
    return f"{row} · {say('pay.paid' if said == PAID else f'console.trouble.{said}')}"


async def _open(visit: Visit) -> Sequence[Line]:
    """The lines of a list of this officer's union that have no result. Raises as `own_list`."""
    made = await visit.unit.payments.list_by_id(visit.state["list"])
    officer = await hats.at(visit.unit, await me(visit), made.union_id, Role.FINANCE)
    await payment.own_list(visit.unit, officer, made.id)
    return [each for each in await visit.unit.payments.lines(made.id) if _is_open(each)]


def _is_open(line: Line) -> bool:
    return line.payment.state == "listed"


async def _sitting(visit: Visit) -> Officer:
    about = (visit.office, visit.unit, await me(visit), visit.state["round"], Manner.PAY)
    return await batches.of_round(*about)


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))


PAGES: Mapping[str, Page] = {
    "which": Page(_which, _hear_which),
    "round": Page(_round, _hear_round),
    "list": Page(_list, _hear_list),
    "line": Page(_line, _hear_line),
    "sure": Page(_sure, _hear_sure),
}
