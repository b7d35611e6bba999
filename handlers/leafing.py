"""An officer leafs through the queue in the chat, ten at a time."""

from functools import partial

from core.errors import NotFound, NotYours
from core.workflow import State
from handlers import deciding, review
from handlers.bench import beside
from handlers.deciding import me
from handlers.decisions import Waiting
from handlers.visit import Go, Offer, Outcome, Visit
from storage.queue import Mark
from storage.tables import Application, Officer

SHOWN = 10  # rows of a list


async def waiting(visit: Visit, officer: Officer) -> int:
    heaps = await review.heaps(visit.office, visit.unit, officer)
    return sum(each.pile.count for each in heaps)


async def next_one(visit: Visit) -> Outcome:
    """The one with the nearest date; from a card the next, and after the last the first again."""
    officer, here = await me(visit), await _here(visit)
    after = str(Mark(here.due, here.rank, here.id)) if here else ""
    look = partial(review.queue, visit.office, visit.unit, officer, limit=1)
    rows = (await look(after=after)).rows or (await look()).rows
    if not rows:
        visit.note(await _nothing(visit, officer))
        return Go("officer")
    if here and rows[0].id == here.id:
        visit.note(visit.say("procedure.menu.only"))
    return await deciding.show(visit, rows[0].id)


async def _here(visit: Visit) -> Application | None:
    """What lies open, where it is still in somebody's queue."""
    if visit.state.get("page") != "card":
        return None
    application = await visit.unit.applications.by_id(visit.state["application"])
    return application if application.state == State.IN_STAGE else None


async def _nothing(visit: Visit, officer: Officer) -> str:
    """All is done, or what is left is for others to do."""
    count = await waiting(visit, officer)
    return visit.say("procedure.menu.barred" if count else "procedure.menu.nothing", count=count)


async def numbered(visit: Visit, number: str) -> Outcome:
    """The application of this number; one he may not see is not there. Raises NotFound."""
    application = await visit.unit.applications.numbered(number)
    try:
        return await deciding.show(visit, application.id)
    except NotYours:
        raise NotFound(number=number) from None


async def show(visit: Visit) -> Outcome:
    """The first of the queue, or those after them, each with its date."""
    officer, after = await me(visit), visit.state.get("after", "")
    one = await review.queue(visit.office, visit.unit, officer, after=after, limit=SHOWN)
    visit.go("officer", page="list", after=after, further=one.after)
    say = visit.say
    lines = [
        say(
            "procedure.list.row",
            number=each.number,
            name=each.name,
            stage=say.scheme(each.stage),
            due=_until(visit, each),
        )
        + beside(say, each.instead_of)
        for each in one.rows
    ]
    offers = [Offer(f"show:{each.id}", each.number) for each in one.rows]
    offers += [Offer("more", say("steps.queue.more"))] if one.after else []
    count = await waiting(visit, officer)
    if not (after or one.after) and len(one.rows) < count:
        lines.append(say("procedure.menu.barred", count=count - len(one.rows)))
    text = say("procedure.list.text", count=count, rows="\n".join(lines))
    return visit.ask(text, [*offers, Offer("menu", say("procedure.menu.back"))])


def _until(visit: Visit, row: Waiting) -> str:
    say = visit.say
    if row.due:
        return say.day(row.due, visit.today)
    return say("lying.row", days=row.lain) if row.lain else say("procedure.list.no_date")


async def hear(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind == "show":
        return await deciding.show(visit, int(number))
    if kind == "more":
        visit.state["after"] = visit.state["further"]
    return await show(visit)
