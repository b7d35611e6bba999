"""An officer leafs through the queue in the chat, ten at a time."""

from handlers import deciding, review
from handlers.deciding import me
from handlers.visit import Offer, Outcome, Visit
from storage.tables import Officer

SHOWN = 10  # rows of a list


async def waiting(visit: Visit, officer: Officer) -> int:
    heaps = await review.heaps(visit.office, visit.unit, officer)
    return sum(each.pile.count for each in heaps)


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
            due=say.day(each.due, visit.today) if each.due else say("procedure.list.no_date"),
        )
        + (say("standin.row", other=each.instead_of) if each.instead_of else "")
        for each in one.rows
    ]
    offers = [Offer(f"show:{each.id}", each.number) for each in one.rows]
    offers += [Offer("more", say("steps.queue.more"))] if one.after else []
    count = await waiting(visit, officer)
    text = say("procedure.list.text", count=count, rows="\n".join(lines))
    return visit.ask(text, [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind == "show":
        return await deciding.show(visit, int(number))
    if kind == "more":
        visit.state["after"] = visit.state["further"]
    return await show(visit)
