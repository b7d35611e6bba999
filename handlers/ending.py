"""The officer's last answers before a decision: how it ends, what was entered, the undertaking."""

from handlers import answering, disqualifying, terminating
from handlers.deciding import again, decided, undertake
from handlers.visit import Outcome, Visit


async def hear_ground(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    chosen = terminating.heard_ground(visit)
    return await (terminating.note if chosen else terminating.grounds)(visit)


async def hear_end(visit: Visit) -> Outcome:
    visit.state.update(note=terminating.said(visit.prose), page="terminate_sure")
    return await terminating.sure(visit)


async def hear_terminate(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await terminating.sure(visit)
    return await decided(visit, terminating.decision(visit))


async def hear_cheat(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    chosen = disqualifying.heard_ground(visit)
    return await (disqualifying.note if chosen else disqualifying.ask)(visit)


async def hear_found_out(visit: Visit) -> Outcome:
    visit.state.update(note=terminating.said(visit.prose), page="disqualify_sure")
    return await disqualifying.sure(visit)


async def hear_disqualify(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await disqualifying.sure(visit)
    return await decided(visit, disqualifying.decision(visit))


async def hear_enter(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    return await decided(visit, await answering.entered(visit, answering.heard_note(visit)))


async def hear_undertake(visit: Visit) -> Outcome:
    match visit.token:
        case "yes":
            return await decided(visit, await answering.passed(visit, undertaking=True))
        case "back":
            return await again(visit)
    return await undertake(visit)
