"""Where is my application, what happens next, until when; and withdrawing it.

State: look ("" for the list, "withdraw" to confirm), application.
"""

from core.scheme import Scheme
from core.workflow import LIVE, State
from handlers import (
    bank,
    defending,
    listed,
    receipt,
    replying,
    reporting,
    returning,
    whereabouts,
    withdrawal,
)
from handlers.bench import scheme_of
from handlers.chat import Reply
from handlers.record import address
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application

SHOWN = 5


async def begin(visit: Visit) -> Outcome:
    visit.go("status", look="", application=0)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    if visit.talk.worker_id is None:
        return await _nobody(visit)
    mine = await visit.unit.applications.of_worker(visit.talk.worker_id)
    coming = await listed.coming(visit, mine)
    charged, pleas = await defending.lines(visit)
    if not mine and not coming and not charged:
        return await _none_yet(visit)
    if visit.state.get("look") == "withdraw":
        return _confirm(visit, _one(visit, mine))
    texts, offers = charged, pleas
    for application in mine[:SHOWN]:
        texts.append(await _told(visit, application))
        offers += await _offers(visit, application)
    offers.append(Offer("menu", visit.say("menu.back")))
    return visit.ask("\n\n".join([*texts, *coming]), offers)


async def answer(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    match kind:
        case "withdraw":
            visit.state.update(look="withdraw", application=int(number))
        case "yes":
            await withdrawal.withdraw(visit, visit.state["application"])
            visit.note(visit.say("status.withdrawn"))
            visit.state.update(look="")
        case "correct":
            return Go("correction", number)
        case "reply":
            return Go("replying", number)
        case "duty":
            return Go("reporting", number)
        case "plea":
            return Go("defending", number)
        case "human":
            return Go("human")
        case "bind":
            return Go("consent", "account status")
        case "menu":
            return Go("menu")
        case "show" | "no":
            visit.state.update(look="")
        case _:
            return Go("words")
    return await proceed(visit)


async def _nobody(visit: Visit) -> Reply:
    say = visit.say
    return visit.ask(
        say("status.who"),
        [Offer("bind", say("status.bind"), "primary"), Offer("menu", say("menu.back"))],
    )


async def _none_yet(visit: Visit) -> Reply:
    return visit.ask(visit.say("status.none"), [Offer("menu", visit.say("menu.back"), "primary")])


def _one(visit: Visit, mine: list[Application]) -> Application:
    return next(a for a in mine if a.id == visit.state["application"])


def _confirm(visit: Visit, application: Application) -> Reply:
    say = visit.say
    scheme = scheme_of(visit.office, application)
    key = "status.withdraw_sure" if scheme.ranks else "status.withdraw_plain"
    return visit.ask(
        say(key, number=application.number, rank=application.rank),
        [Offer("yes", say("status.withdraw_yes"), "danger"), Offer("no", say("asking.back"))],
    )


async def _told(visit: Visit, application: Application) -> str:
    """One application in the worker's words: where it stands, what comes next, by when."""
    say = visit.say
    scheme = scheme_of(visit.office, application)
    number = receipt.number(say, scheme, application.number)
    if scheme.ranks:
        number = say("status.ranked", number=number, rank=application.rank)
    one = say(
        "status.one",
        what=receipt.what(say, scheme, application),
        number=number,
        state=await _state(visit, scheme, application),
    )
    lines = [*await replying.lines(visit, application), *await reporting.lines(visit, application)]
    carries = (await visit.unit.assignments.of(application.id))[-1:]
    lines += [say("assign.carries", name=each.name, contact=each.contact) for each in carries]
    return "\n".join([one, *lines])


async def _state(visit: Visit, scheme: Scheme, application: Application) -> str:
    if not scheme.drawn:
        return await _stands(visit, scheme, application)
    lines = [visit.say("drawn.no_need", cite=visit.say.article(scheme.drawn.cite))]
    if application.state == State.WAITING:
        lines.append(visit.say("drawn.waiting"))
    else:
        lines.append(await _stands(visit, scheme, application))
    return "\n".join([*lines, *await listed.expected(visit, application)])


async def _stands(visit: Visit, scheme: Scheme, application: Application) -> str:
    say = visit.say
    state = State(application.state)
    if state is State.WAITING:
        running = await visit.unit.rounds.by_id(application.round_id)
        if running.at_once:
            return say("status.waiting_at_once")
        key = "status.waiting" if running.left is not None else "status.waiting_over"
        return say(key, closes=say.until(running.ends, visit.today))
    if state is State.CORRECTING:
        asked = await visit.unit.applications.correction(application.id)
        over = returning.over(visit.office, application, say)
        return say("status.correcting", due=say.day(asked.due, visit.today), over=over)
    if state is State.RESERVE:
        ahead = await visit.unit.reserves.ahead(application)
        return say("status.reserve", rank=application.reserve, ahead=ahead)
    if state is not State.IN_STAGE:
        return say(f"state.worker.{state}")
    place = await whereabouts.found(visit.office, visit.unit, application)
    told = whereabouts.lines(say, place, visit.today)
    return "\n".join([*told, *whereabouts.following(say, scheme, place.coming)])


async def _offers(visit: Visit, application: Application) -> list[Offer]:
    say, state = visit.say, State(application.state)
    offers = []
    if state is State.CORRECTING:
        offers.append(Offer(f"correct:{application.id}", say("status.correct"), "primary"))
    if await bank.wanted(visit.unit, application):
        link = await bank.link(visit.office, visit.unit, application)
        offers.append(Offer("bank", say("status.bank"), "primary", url=link))
    offers += await replying.offers(visit, application)
    offers += await reporting.offers(visit, application)
    page = address(visit.office, application.id)
    offers.append(Offer("record", say("status.receipt"), url=page))
    drawn = scheme_of(visit.office, application).drawn
    if not drawn and state in LIVE and withdrawal.possible(visit.office, application):
        label = say("status.withdraw", number=application.number)
        offers.append(Offer(f"withdraw:{application.id}", label))
    return offers
