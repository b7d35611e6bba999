"""Putting an application on the reserve list in the chat: which rank, and once more to be sure.

State: page, application, version, rank.
"""

from core import reading
from core.errors import Unreadable
from handlers import reserves, ticking
from handlers.decisions import Reserve
from handlers.visit import Offer, Outcome, Visit


async def begin(visit: Visit, application: int, version: int) -> Outcome:
    visit.go("officer", page="reserve", application=application, version=version, rank=0)
    return await ask(visit)


async def ask(visit: Visit) -> Outcome:
    """Who is listed already; the next free rank is proposed, the jury's minutes decide."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    mine = application.round_id, await reserves.list_of(visit.office, visit.unit, application)
    there = await reserves.waiting(visit.unit, *mine)
    free = await visit.unit.reserves.last_rank(*mine) + 1
    say = visit.say
    lines = [say("reserves.row", rank=each.rank, number=each.number) for each in there]
    text = "\n".join([say("reserves.which", number=application.number), *lines])
    next_ = Offer(f"rank:{free}", say("reserves.rank", rank=free))
    return visit.ask(text, [next_, ticking.back(visit)], expects="number")


async def heard(visit: Visit) -> Outcome | None:
    """On to the last question; None for the way back."""
    kind, _, rank = visit.token.partition(":")
    if kind == "back":
        return None
    said = int(rank) if kind == "rank" else reading.read_number(visit.text)
    if said != int(said) or not 0 < said <= reserves.MOST:
        raise Unreadable("number")
    visit.state.update(page="reserve_sure", rank=int(said))
    return await sure(visit)


async def sure(visit: Visit) -> Outcome:
    text = visit.say("reserves.sure", rank=visit.state["rank"])
    return visit.ask(text, [ticking.yes(visit, "procedure.button.reserve"), ticking.back(visit)])


def decision(visit: Visit) -> Reserve:
    return Reserve(visit.state["rank"])
