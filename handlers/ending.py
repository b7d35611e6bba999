"""The officer's answers on the pages of `handlers.terminating`."""

from handlers import terminating
from handlers.deciding import again, decided
from handlers.visit import Outcome, Visit


async def hear_ground(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    chosen = terminating.heard_ground(visit)
    return await (terminating.note if chosen else terminating.grounds)(visit)


async def hear_end(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    visit.state.update(note=terminating.said(visit.text), page="terminate_sure")
    return await terminating.sure(visit)


async def hear_terminate(visit: Visit) -> Outcome:
    match visit.token:
        case "yes":
            return await decided(visit, terminating.decision(visit))
        case "back":
            return await again(visit)
    return await terminating.sure(visit)
