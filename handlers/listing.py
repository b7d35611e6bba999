"""Yearly lists in the officers' chat: which there are, one of them, checking it together.

State: page, from (the first of what is listed), round, found (fact: yes or no, for everybody), fen,
months; and what `handlers.enlisting` keeps, whose pages open a list and add somebody to it.
"""

from collections import Counter
from collections.abc import Mapping

from core import reading
from core.errors import AlreadyDecided, NotYours, Unreadable
from core.workflow import State
from handlers import checking, enlisting, hats, ticking, yearly
from handlers.checking import MOST_MONTHS
from handlers.deciding import me
from handlers.decisions import OpenFact
from handlers.enlisting import sitting
from handlers.pages import Page
from handlers.visit import Errand, Go, Offer, Outcome, Visit
from storage.tables import Application

SHOWN = 10


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the round of a list, or empty."""
    visit.go("listing", page="one" if told else "list", **{"from": 0})
    if told:
        visit.state["round"] = int(told)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """Where nothing is left to be checked together, the list is shown as it is."""
    await _check_role(visit)
    if visit.state["page"] in CHECKING and not (await _view(visit)).may_check:
        visit.note(visit.say("claw.changed"))
        visit.state["page"] = "one"
    return await PAGES[visit.state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    await _check_role(visit)
    match visit.token:
        case "desk":
            return Go("officer")
        case "list":
            return Go("listing")
        case "back":
            there = visit.state.get("round")
            return Go("listing", str(there) if there else "")
        case "more" | "before":
            step = SHOWN if visit.token == "more" else -SHOWN
            visit.state["from"] = max(0, visit.state["from"] + step)
            return await proceed(visit)
    return await PAGES[visit.state["page"]].hear(visit)


async def _list(visit: Visit) -> Outcome:
    say, first = visit.say, visit.state["from"]
    rows = (await visit.unit.drawn.all())[first:]
    offers = []
    for each in rows[:SHOWN]:
        scheme = say.scheme(yearly.scheme_of(visit.office, each).name)
        label = say("list.row", scheme=scheme, year=each.year, occasion=each.occasion)
        offers.append(Offer(f"show:{each.round_id}", label.strip()))
    offers += _leaves(visit, len(rows) > SHOWN)
    if await enlisting.openable(visit):
        offers.append(Offer("open", say("lists.open"), "primary"))
    return visit.ask(say("list.which" if rows else "lists.none"), [*offers, _desk(visit)])


async def _hear_list(visit: Visit) -> Outcome:
    kind, _, round_id = visit.token.partition(":")
    if kind == "show":
        return Go("listing", round_id)
    if kind == "open":
        visit.state["page"] = "scheme"
    return await proceed(visit)


async def _one(visit: Visit) -> Outcome:
    """How far it is, step by step, and what may be done."""
    say, view = visit.say, await _view(visit)
    drawn = view.drawn
    about = {"scheme": say.scheme(view.scheme.name), "year": drawn.year}
    lines = [say("list.row", **about, occasion=drawn.occasion).strip()]
    lines.append(say("lists.total", many=len(view.lines), sum=say.money(view.total_fen or None)))
    expected = drawn.expected_on
    lines.append(
        say("lists.expected_on", day=say.day(expected, visit.today))
        if expected
        else say("lists.no_day")
    )
    standing = Counter(_stands(visit, view, each) for each in view.lines)
    lines += [say("list.step", step=step, count=count) for step, count in standing.items()]
    offers = []
    if view.may_check:
        label = say("list.check", count=len(view.check.clear))
        offers.append(Offer("check", label, "primary"))
    offers.append(Offer("lines", say("list.lines", count=len(view.lines))))
    if view.aside:
        offers.append(Offer("aside", say("list.aside", count=len(view.aside))))
    if view.may_add:
        offers.append(Offer("add", say("lists.add")))
    url = f"{visit.office.public_url}/console/lists/{drawn.round_id}"
    offers.append(Offer("open", say("procedure.button.open"), url=url))
    return visit.ask("\n".join(lines), [*offers, Offer("list", say("list.all")), _desk(visit)])


async def _hear_one(visit: Visit) -> Outcome:
    pages = {"check": "fact", "lines": "lines", "aside": "aside", "add": "identity"}
    if visit.token in pages:
        about = {"round": visit.state["round"], "from": 0, "found": {}, "fen": None, "months": None}
        visit.go("listing", page=pages[visit.token], **about)
        if visit.token == "check":
            return await _go_on(visit)
    return await proceed(visit)


async def _lines(visit: Visit) -> Outcome:
    """Everybody on it; what is doubtful about somebody is decided alone, on the card."""
    say, view, first = visit.say, await _view(visit), visit.state["from"]
    shown = view.lines[first : first + SHOWN]
    unsure = {each.application.id: each.unsure for each in view.check.lines}
    rows = []
    for each in shown:
        facts = [
            say("lists.check_fact", name=say.scheme(fact.question.name))
            for fact in unsure.get(each.id, ())
        ]
        about = {"number": each.number, "name": view.names[each.worker_id]}
        about |= {"unit": view.unions[each.base_union_id], "amount": say.money(each.amount_fen)}
        row = say("list.line", **about, step=_stands(visit, view, each))
        rows.append(" · ".join([row, *facts]))
    offers = [Offer(f"show:{each.id}", each.number) for each in shown]
    offers += [*_leaves(visit, len(view.lines) > first + SHOWN), ticking.back(visit)]
    return visit.ask("\n".join(rows), [*offers, _desk(visit)])


async def _hear_lines(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    return Go("officer", f"show {id_}") if kind == "show" else await proceed(visit)


async def _aside(visit: Visit) -> Outcome:
    say, view, first = visit.say, await _view(visit), visit.state["from"]
    rows = [say("lists.aside")]
    for each in view.aside[first : first + SHOWN]:
        why = say(f"lists.kind.{each.kind}")
        if each.say:
            failed = say("claw.ground", ground=say.scheme(each.say), cite=say.article(each.cite))
            why = say("claw.line", label=why, value=f"✗ {failed}")
        title = say.scheme(each.entry.title)
        rows.append(say("list.set_aside", name=each.name, title=title, unit=each.union, why=why))
    leaves = _leaves(visit, len(view.aside) > first + SHOWN)
    return visit.ask("\n".join(rows), [*leaves, ticking.back(visit), _desk(visit)])


async def _fact(visit: Visit) -> Outcome:
    say, asked = visit.say, await _next(visit)
    assert asked is not None
    count = len((await _view(visit)).check.clear)
    offers = [Offer("no", say("answer.no")), Offer("yes", say("answer.yes"))]
    hint = say("lists.check_hint", many=count)
    text = f"{hint}\n{say.scheme(asked.question.ask)}"
    return visit.ask(text, [*offers, ticking.back(visit)])


async def _hear_fact(visit: Visit) -> Outcome:
    """Yes or no, for everybody who is passed on together."""
    asked = await _next(visit)
    if visit.token in ("yes", "no") and asked is not None:
        visit.state["found"] = {**visit.state["found"], asked.fact: visit.token == "yes"}
    return await _go_on(visit)


async def _months(visit: Visit) -> Outcome:
    return visit.ask(visit.say("lists.months"), [ticking.back(visit)], expects="number")


async def _hear_months(visit: Visit) -> Outcome:
    months = reading.read_number(visit.text, ("个月", "月"))
    if months != int(months) or not 1 <= months <= MOST_MONTHS:
        raise Unreadable("number")
    visit.state["months"] = int(months)
    return await _go_on(visit)


async def _sum(visit: Visit) -> Outcome:
    return visit.ask(visit.say("lists.sum"), [ticking.back(visit)], expects="money")


async def _hear_sum(visit: Visit) -> Outcome:
    visit.state["fen"] = reading.read_money(visit.text)
    return await _go_on(visit)


async def _sure(visit: Visit) -> Outcome:
    say, state, view = visit.say, visit.state, await _view(visit)
    lines = [say("list.sure", count=len(view.check.clear))]
    for each in view.check.common:
        value = say("answer.yes" if state["found"].get(each.fact) else "answer.no")
        lines.append(say("claw.line", label=say.scheme(each.question.name), value=value))
    if state["months"]:
        lines.append(say("claw.line", label=say("lists.months"), value=state["months"]))
    if state["fen"]:
        lines.append(say("claw.line", label=say("lists.sum"), value=say.money(state["fen"])))
    yes = ticking.yes(visit, "lists.pass")
    return visit.ask("\n".join(lines), [yes, ticking.back(visit)])


async def _hear_sure(visit: Visit) -> Outcome:
    """Many lines are passed on in units of their own. Raises AlreadyDecided."""
    if visit.token != "yes":
        return await proceed(visit)
    view, state = await _view(visit), visit.state
    if not view.may_check or await _next(visit) is not None:
        raise AlreadyDecided
    officer, round_id = await sitting(visit, state["round"]), state["round"]
    about = (visit.office, officer, round_id, dict(state["found"]), state["fen"], state["months"])

    def told(later: Visit, passed: int) -> Outcome:
        later.note(f"✓ {later.say('lists.done.passed', many=passed)}")
        return Go("listing", str(round_id))

    return Errand(lambda: checking.pass_on(*about), told)


async def _go_on(visit: Visit) -> Outcome:
    """The next thing to ask of all, the sum or the months, and whether it is all right."""
    check, state = (await _view(visit)).check, visit.state
    if await _next(visit) is not None:
        state["page"] = "fact"
    elif check.monthly and state["months"] is None:
        state["page"] = "months"
    elif check.sets_sum and not check.monthly and state["fen"] is None:
        state["page"] = "sum"
    else:
        state["page"] = "check_sure"
    return await proceed(visit)


async def _next(visit: Visit) -> OpenFact | None:
    check = (await _view(visit)).check
    return next((each for each in check.common if each.fact not in visit.state["found"]), None)


def _stands(visit: Visit, view: yearly.Yearly, line: Application) -> str:
    if line.state == State.IN_STAGE:
        return visit.say.scheme(view.scheme.stages[line.stage].name)
    return visit.say(f"state.officer.{line.state}")


async def _view(visit: Visit) -> yearly.Yearly:
    round_id = visit.state["round"]
    about = (visit.office, visit.unit, await sitting(visit, round_id), round_id)
    return await visit.once(f"list:{round_id}", lambda: yearly.opened(*about))


async def _check_role(visit: Visit) -> None:
    """Raises NotYours, as the door of the console does."""
    if not await hats.unions(visit.unit, await me(visit), *yearly.FOLLOWING):
        raise NotYours


def _leaves(visit: Visit, more: bool) -> list[Offer]:
    say = visit.say
    before = [Offer("before", say("meet.before"))] if visit.state["from"] else []
    return [*before, *([Offer("more", say("steps.queue.more"))] if more else [])]


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))


CHECKING = ("fact", "months", "sum", "check_sure")
PAGES: Mapping[str, Page] = {
    "list": Page(_list, _hear_list),
    "one": Page(_one, _hear_one),
    "lines": Page(_lines, _hear_lines),
    "aside": Page(_aside, proceed),
    "fact": Page(_fact, _hear_fact),
    "months": Page(_months, _hear_months),
    "sum": Page(_sum, _hear_sum),
    "check_sure": Page(_sure, _hear_sure),
    **enlisting.PAGES,
}
