"""A finding after the award is written down in the chat: ground, what was found, when to answer.

State: page, application, ground, text (sealed), answer_by.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from core.conduct import Consequence, NoGround
from core.errors import AppError, NotFound, NotYours, Unreadable
from handlers import clawback, docket, sealing, ticking, tribunal
from handlers.bench import scheme_of
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application

USUAL_HEARING = timedelta(days=10)  # proposed; the officer sets the day
LONGEST_NUMBER = 24


async def stands(visit: Visit) -> bool:
    """Whether this officer can still find something here; else it is said why not."""
    try:
        await _findable(visit)
    except AppError as no:
        said = visit.say.refusal(no)
        visit.notes += [said] if said not in visit.notes else []
        return False
    return True


async def _number(visit: Visit) -> Outcome:
    return visit.ask(visit.say("claw.ask.number"), [ticking.back(visit)], expects="text")


async def _hear_number(visit: Visit) -> Outcome:
    """What he may not see is not there. Raises NotFound."""
    number = visit.text.upper()[:LONGEST_NUMBER]
    application = await visit.unit.applications.numbered(number)
    try:
        await docket.card(visit.office, visit.unit, await me(visit), application.id)
    except NotYours:
        raise NotFound(number=number) from None
    await clawback.check_findable(visit.office, visit.unit, await me(visit), application)
    return Go("clawing", f"find {application.id}")


async def _ground(visit: Visit) -> Outcome:
    say, application = visit.say, await _findable(visit)
    known = _grounds(visit, application)
    paid, _ = await visit.unit.claw_backs.paid(application.id)
    offers = [
        Offer(f"ground:{n}", f"{say.scheme(each.say)} {say.article(each.cite)}")
        for n, each in enumerate(known)
    ]
    text = say("claw.ask.ground", number=application.number, paid=say.money(paid))
    return visit.ask(text, [*offers, ticking.back(visit)])


async def _hear_ground(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind == "ground":
        visit.state.update(page="finding", ground=int(number))
    return await _go_on(visit)


async def _finding(visit: Visit) -> Outcome:
    text = visit.say("claw.ask.finding", most=tribunal.LONGEST)
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_finding(visit: Visit) -> Outcome:
    sealing.keep(visit, "text", tribunal.prose(visit.prose))
    visit.state["page"] = "answer_by"
    return await _go_on(visit)


async def _answer_by(visit: Visit) -> Outcome:
    usual = visit.today + USUAL_HEARING
    offer = Offer("usual", visit.say.day(usual, visit.today))
    text = visit.say("claw.ask.answer_by", most=clawback.LONGEST_HEARING.days)
    return visit.ask(text, [offer, ticking.back(visit)], expects="date")


async def _hear_answer_by(visit: Visit) -> Outcome:
    usual = visit.token == "usual"
    day = visit.today + USUAL_HEARING if usual else ticking.ahead(visit)
    if not visit.today < day <= visit.today + clawback.LONGEST_HEARING:
        raise Unreadable("date_future")
    visit.state.update(page="find_sure", answer_by=day.isoformat())
    return await _go_on(visit)


async def _sure(visit: Visit) -> Outcome:
    say, application = visit.say, await _findable(visit)
    ground = _grounds(visit, application)[visit.state["ground"]]
    text = say(
        "claw.ask.find_sure",
        number=application.number,
        ground=say("claw.ground", ground=say.scheme(ground.say), cite=say.article(ground.cite)),
        finding=sealing.kept(visit, "text"),
        day=say.day(date.fromisoformat(visit.state["answer_by"]), visit.today),
    )
    yes = ticking.yes(visit, "console.clawbacks.begin_now", "danger")
    return visit.ask(text, [yes, ticking.back(visit)], secret=True)


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await _go_on(visit)
    opened = await clawback.find(
        visit.office,
        await me(visit),
        visit.state["application"],
        ground=visit.state["ground"],
        finding=sealing.kept(visit, "text"),
        answer_by=date.fromisoformat(visit.state["answer_by"]),
        unit=visit.unit,
    )
    visit.note(visit.say("claw.done.opened"))
    return Go("clawing", str(opened.id))


async def _go_on(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


async def _findable(visit: Visit) -> Application:
    """Raises what `clawback.check_findable` raises, and NoGround."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    await clawback.check_findable(visit.office, visit.unit, await me(visit), application)
    if not _grounds(visit, application):
        raise NoGround(cite=scheme_of(visit.office, application).misconduct.cite)
    return application


def _grounds(visit: Visit, application: Application) -> tuple[Consequence, ...]:
    return tribunal.grounds(scheme_of(visit.office, application))


PAGES: Mapping[str, Page] = {
    "number": Page(_number, _hear_number),
    "ground": Page(_ground, _hear_ground),
    "finding": Page(_finding, _hear_finding),
    "answer_by": Page(_answer_by, _hear_answer_by),
    "find_sure": Page(_sure, _hear_sure),
}
