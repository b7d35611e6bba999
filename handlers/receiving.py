"""What holders report on their duties after the award, in the officers' chat: read and judged.

State: page, from (the first of the list), application (0, or the one whose duties are listed),
duty, version (as it was shown), look, text (sealed), due.
"""

from collections.abc import Mapping
from datetime import date

from core.duties import DONE, LATEST, LONGEST, DutyState
from core.errors import AppError, NotYours, Unreadable
from core.papers import REPORTS
from handlers import cards, docket, fulfilling, hats, owed_duties, sealing, ticking, tribunal
from handlers.bench import scheme_of
from handlers.deciding import me
from handlers.fulfilling import Again, Fulfilled, LetGo, Look
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application, Duty

SHOWN = 10  # duties at a time
LOOKS = {"fulfilled": "primary", "again": "plain", "let_go": "danger"}


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is empty, or a duty to show, or `due` and an application."""
    kind, _, id_ = told.rpartition(" ")
    state = {"from": 0, "application": int(id_) if kind == "due" else 0}
    visit.go("receiving", page="list", **state)
    if told and not kind:
        visit.state.update(page="one", duty=int(told))
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """What was decided or reported meanwhile is shown as it is now."""
    state = visit.state
    if state["page"] != "list" and not await _stands(visit):
        state["page"] = "list"
    if state["page"] not in ("list", "one") and (await _row(visit)).version != state["version"]:
        visit.note(visit.say("claw.changed"))
        state["page"] = "one"
    return await PAGES[state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "desk":
        return Go("officer")
    if visit.token == "list":
        visit.state["page"] = "list"
        return await proceed(visit)
    if visit.token == "back":
        visit.state["page"] = BEFORE[visit.state["page"]]
        return await proceed(visit)
    return await PAGES[visit.state["page"]].hear(visit)


async def _list(visit: Visit) -> Outcome:
    """Reported first, then overdue, then by their days."""
    say, state = visit.say, visit.state
    unions = await hats.unions(visit.unit, await me(visit))
    about = (unions, SHOWN + 1, state["from"], state["application"])
    rows = await visit.unit.duties.standing(*about)
    matters = await visit.unit.applications.some({row.application_id for row in rows})
    numbers = {each.id: each.number for each in matters}
    offers = [
        Offer(
            f"show:{row.id}",
            say(
                "receive.row",
                number=numbers[row.application_id],
                state=say(f"duty.state.{row.state}"),
                day=say.day(row.answer_by, visit.today),
            ),
        )
        for row in rows[:SHOWN]
    ]
    offers += [Offer("before", say("meet.before"))] if state["from"] else []
    offers += [Offer("more", say("steps.queue.more"))] if len(rows) > SHOWN else []
    return visit.ask(say("receive.which" if rows else "duty.console.none"), [*offers, _desk(visit)])


async def _hear_list(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    match kind:
        case "show":
            visit.state.update(page="one", duty=int(id_))
        case "more" | "before":
            step = SHOWN if kind == "more" else -SHOWN
            visit.state["from"] = max(0, visit.state["from"] + step)
    return await proceed(visit)


async def _one(visit: Visit) -> Outcome:
    """What is asked for, what was reported, and what may be said about it."""
    say, row = visit.say, await _row(visit)
    application = await visit.unit.applications.by_id(row.application_id)
    visit.state.update(version=row.version, look="", text="", due="")
    line = await _line(visit, application, row)
    scheme = scheme_of(visit.office, application)
    told = {"number": application.number, "scheme": say.scheme(scheme.name)}
    told |= {"duty": say.scheme(line.say), "cite": say.article(line.cite)}
    day = say.day(row.answer_by, visit.today)
    lines = [say("receive.one", **told, day=day, state=say(f"duty.state.{row.state}"))]
    for each in line.reports:
        lines.append(say("receive.told", at=say.moment(each.at, visit.today), text=each.text))
    lines += [say("receive.nothing")] if not line.reports else []
    slot = REPORTS + row.id
    if photos := len(await visit.unit.drafts.papers(application.draft_id, slot)):
        lines.append(say("receive.photos", count=photos))
    lines += [say("receive.asked", note=row.note)] if row.note else []
    offers = [Offer(each, say(f"duty.console.{each}"), tone) for each, tone in LOOKS.items()]
    if row.state == DutyState.OVERDUE and tribunal.grounds(scheme):
        offers.append(Offer("find", say("duty.console.finding")))
    url = f"{cards.console(visit.office, application.id)}#duties"
    offers.append(Offer("open", say("procedure.button.open"), url=url))
    offers += [Offer("list", say("receive.list")), _desk(visit)]
    return visit.ask("\n".join(lines), offers)


async def _hear_one(visit: Visit) -> Outcome:
    if visit.token == "find":
        return Go("clawing", f"find {(await _row(visit)).application_id}")
    if visit.token in LOOKS:
        visit.state.update(page="note", look=visit.token)
    return await proceed(visit)


async def _note(visit: Visit) -> Outcome:
    say, look = visit.say, visit.state["look"]
    skip = [Offer("skip", say("procedure.button.skip"))] if look == "fulfilled" else []
    text = say(f"receive.note.{look}", most=LONGEST)
    return visit.ask(text, [*skip, ticking.back(visit)], expects="text")


async def _hear_note(visit: Visit) -> Outcome:
    look, text = visit.state["look"], ""
    if not (visit.token == "skip" and look == "fulfilled"):
        text = fulfilling.prose(visit.prose)
    sealing.keep(visit, "text", text)
    visit.state["page"] = "due" if look == "again" else "sure"
    return await proceed(visit)


async def _due(visit: Visit) -> Outcome:
    text = visit.say("receive.due", most=LATEST.days)
    return visit.ask(text, [ticking.back(visit)], expects="date")


async def _hear_due(visit: Visit) -> Outcome:
    due = ticking.ahead(visit)
    if due <= visit.today:
        raise Unreadable("date_past")
    if due > visit.today + LATEST:
        raise Unreadable("date_far", days=LATEST.days)
    visit.state.update(page="sure", due=due.isoformat())
    return await proceed(visit)


async def _sure(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    lines = [say(f"receive.sure.{state['look']}")]
    if text := sealing.kept(visit, "text"):
        lines.append(text)
    if state["due"]:
        due = date.fromisoformat(state["due"])
        lines.append(say("duty.console.until", day=say.day(due, visit.today)))
    yes = ticking.yes(visit, "procedure.button.sure", LOOKS[state["look"]])
    return visit.ask("\n".join(lines), [yes, ticking.back(visit)])


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await proceed(visit)
    about = (visit.office, await me(visit), visit.state["duty"], visit.state["version"])
    row = await fulfilling.look(*about, _look(visit), visit.unit)
    visit.note(visit.say("receive.done", state=visit.say(f"duty.state.{row.state}")))
    return Go("officer")


def _look(visit: Visit) -> Look:
    note, state = sealing.kept(visit, "text"), visit.state
    match state["look"]:
        case "again":
            return Again(note, date.fromisoformat(state["due"]))
        case "let_go":
            return LetGo(note)
    return Fulfilled(note)


async def _stands(visit: Visit) -> bool:
    """Whether this officer can judge it now; else it is said why not."""
    row = await _row(visit)
    application = await visit.unit.applications.by_id(row.application_id)
    officer = await me(visit)
    try:
        await docket.card(visit.office, visit.unit, officer, application.id)
        await fulfilling.check_keeper(visit.unit, officer, application, row)
    except NotYours as no:
        _say_once(visit, no)
        return False
    if row.state in DONE:
        visit.note(visit.say("receive.decided", state=visit.say(f"duty.state.{row.state}")))
    return row.state not in DONE


def _say_once(visit: Visit, no: AppError) -> None:
    said = visit.say.refusal(no)
    visit.notes += [said] if said not in visit.notes else []


async def _row(visit: Visit) -> Duty:
    return await visit.unit.duties.by_id(visit.state["duty"])


async def _line(visit: Visit, application: Application, row: Duty) -> owed_duties.Line:
    about = (visit.office, visit.unit, await me(visit), application.id)
    return next(each for each in await owed_duties.lines(*about) if each.row.id == row.id)


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))


PAGES: Mapping[str, Page] = {
    "list": Page(_list, _hear_list),
    "one": Page(_one, _hear_one),
    "note": Page(_note, _hear_note),
    "due": Page(_due, _hear_due),
    "sure": Page(_sure, _hear_sure),
}
BEFORE = {"note": "one", "due": "note", "sure": "one"}
