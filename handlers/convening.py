"""A meeting in the chat: its list page by page, each ruling, the minutes, who was there, and sure.

What is decided, and by whom, is checked by the clerk that serves the console, on the versions that
were shown. State: page, round, points (id: version, ruling, ground), from (the page of the list),
about (an application), minutes, held_on, chosen (those present), others.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from core import reading
from core.errors import AppError, Unreadable
from core.meeting import LONGEST_GROUND, LONGEST_MINUTES, LONGEST_OTHERS, Minutes, Point, Ruling
from core.people import masked_name
from core.stages import Manner
from handlers import approval, batches, ticking
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application, Officer

SHOWN = 10  # rows of the list at a time


async def begin(visit: Visit) -> Outcome:
    visit.go("convening", page="which")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "desk":
        return Go("officer")
    return await PAGES[visit.state["page"]].hear(visit)


async def _which(visit: Visit) -> Outcome:
    """The rounds of which something stands before this officer's meeting."""
    there = await batches.waiting(visit.office, visit.unit, await me(visit), Manner.MEET)
    say = visit.say
    offers = batches.offers(say, there)
    return visit.ask(say("meet.which" if there else "meet.none"), [*offers, _desk(visit)])


async def _hear_which(visit: Visit) -> Outcome:
    kind, _, round_id = visit.token.partition(":")
    if kind != "round":
        return await _which(visit)
    visit.state.update(page="list", round=int(round_id), **{"from": 0})
    there = await _standing(visit)
    visit.state["points"] = {str(each.id): [each.version, Ruling.APPROVE, ""] for each, _ in there}
    return await _list(visit)


async def _list(visit: Visit) -> Outcome:
    """What lies before the meeting; the decision only after the last page."""
    say, points = visit.say, visit.state["points"]
    there = [row for row in await _standing(visit) if str(row[0].id) in points]
    if not there:
        visit.note(say("meet.none"))
        return Go("officer")
    first = visit.state["from"]
    shown, more = there[first : first + SHOWN], len(there) > first + SHOWN
    lines = [await _row(visit, each, bar) for each, bar in shown]
    total = sum(each.amount_fen or 0 for each, _ in there)
    text = say("meet.list", count=len(there), total=say.money(total), rows="\n".join(lines))
    offers = [Offer(f"one:{each.id}", each.number) for each, _ in shown]
    offers += [Offer("back", say("meet.before"))] if first else []
    end = Offer("more", say("steps.queue.more"), "primary")
    offers.append(end if more else Offer("hold", say("meet.hold"), "primary"))
    return visit.ask(text, [*offers, _desk(visit)])


async def _hear_list(visit: Visit) -> Outcome:
    kind, _, about = visit.token.partition(":")
    match kind:
        case "one":
            visit.state.update(page="one", about=about)
        case "more":
            visit.state["from"] += SHOWN
        case "back":
            visit.state["from"] = max(0, visit.state["from"] - SHOWN)
        case "hold":
            visit.state["page"] = "minutes"
    return await proceed(visit)


async def _one(visit: Visit) -> Outcome:
    """What the meeting has decided on this one."""
    application = await visit.unit.applications.by_id(int(visit.state["about"]))
    say = visit.say
    tones = {Ruling.APPROVE: "primary", Ruling.REFUSE: "danger", Ruling.POSTPONE: "plain"}
    offers = [Offer(each, say(f"console.ruling.{each}"), tones[each]) for each in Ruling]
    text = say("meet.one", number=application.number)
    return visit.ask(text, [*offers, ticking.back(visit)])


async def _hear_one(visit: Visit) -> Outcome:
    if visit.token in set(Ruling):
        point = visit.state["points"][visit.state["about"]]
        point[1:] = [visit.token, ""]
        if visit.token != Ruling.APPROVE:
            visit.state["page"] = "ground"
            return await _ground(visit)
    visit.state["page"] = "list"
    return await _list(visit)


async def _ground(visit: Visit) -> Outcome:
    """The applicant reads it; a meeting that postpones need not say why."""
    say, ruling = visit.say, visit.state["points"][visit.state["about"]][1]
    skip = [Offer("skip", say("meet.skip"))] if ruling == Ruling.POSTPONE else []
    return visit.ask(say(f"meet.ground.{ruling}"), skip, expects="text")


async def _hear_ground(visit: Visit) -> Outcome:
    point = visit.state["points"][visit.state["about"]]
    may_skip = point[1] == Ruling.POSTPONE and visit.token == "skip"
    point[2] = "" if may_skip else reading.read_prose(visit.prose, LONGEST_GROUND)
    visit.state["page"] = "list"
    return await _list(visit)


async def _minutes(visit: Visit) -> Outcome:
    return visit.ask(visit.say("meet.minutes"), [ticking.back(visit)], expects="text")


async def _hear_minutes(visit: Visit) -> Outcome:
    if visit.token == "back":
        visit.state["page"] = "list"
        return await _list(visit)
    if not 0 < len(visit.text) <= LONGEST_MINUTES:
        raise Unreadable("minutes")
    visit.state.update(page="day", minutes=visit.prose)
    return await _day(visit)


async def _day(visit: Visit) -> Outcome:
    days = [Offer(f"ago:{n}", visit.say(f"steps.inspect.ago.{n}")) for n in (0, 1)]
    return visit.ask(visit.say("meet.day"), days, expects="date")


async def _hear_day(visit: Visit) -> Outcome:
    kind, _, ago = visit.token.partition(":")
    said = visit.today - timedelta(days=int(ago)) if kind == "ago" else None
    held = said or reading.read_date(visit.text, visit.today)
    if held > visit.today:
        raise Unreadable("date_future")
    visit.state.update(page="present", held_on=held.isoformat(), chosen=[])
    return await _present(visit)


async def _present(visit: Visit) -> Outcome:
    """Those of the union who sign in; further names come after them."""
    officer = await _sitting(visit)
    members = await approval.attending(visit.unit, officer)
    offers = [ticking.toggle(visit, f"who:{each.id}", each.name) for each in members]
    done = Offer("done", visit.say("procedure.button.done"), "primary")
    return visit.ask(visit.say("meet.present"), [*offers, done])


async def _hear_present(visit: Visit) -> Outcome:
    token, chosen = visit.token, visit.state["chosen"]
    if token == "done":
        visit.state["page"] = "others"
        return await _others(visit)
    if token.startswith("who:"):
        left = [each for each in chosen if each != token]
        visit.state["chosen"] = left if token in chosen else [*chosen, token]
    return await _present(visit)


async def _others(visit: Visit) -> Outcome:
    skip = [Offer("skip", visit.say("meet.skip"))] if visit.state["chosen"] else []
    return visit.ask(visit.say("meet.others"), skip, expects="text")


async def _hear_others(visit: Visit) -> Outcome:
    skipped = visit.token == "skip"
    others = "" if skipped else reading.read_prose(visit.prose, LONGEST_OTHERS)
    visit.state.update(page="sure", others=others)
    return await _sure(visit)


async def _sure(visit: Visit) -> Outcome:
    say, points = visit.say, visit.state["points"].values()
    counts = {each: sum(point[1] == each for point in points) for each in Ruling}
    held = say.day(date.fromisoformat(visit.state["held_on"]), visit.today)
    text = say("meet.sure", minutes=visit.state["minutes"], day=held, **counts)
    return visit.ask(text, [Offer("yes", say("meet.yes"), "primary"), ticking.back(visit)])


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token == "back":
        visit.state.update(page="list", **{"from": 0})
        return await _list(visit)
    if visit.token != "yes":
        return await _sure(visit)
    state = visit.state
    present = tuple(int(each.removeprefix("who:")) for each in state["chosen"])
    held_on = date.fromisoformat(state["held_on"])
    minutes = Minutes(state["minutes"], held_on, present, state["others"])
    agenda = {
        int(id_): Point(version, Ruling(ruling), ground)
        for id_, (version, ruling, ground) in state["points"].items()
    }
    about = (visit.office, await _sitting(visit), state["round"], minutes, agenda, visit.unit)
    _tell(visit, await approval.meeting(*about))
    return Go("officer")


def _tell(visit: Visit, outcome: approval.Outcome) -> None:
    """What was decided, and what could not be, each with its reason."""
    say = visit.say
    counts = {
        Ruling.APPROVE: len(outcome.approved),
        Ruling.REFUSE: len(outcome.refused),
        Ruling.POSTPONE: len(outcome.postponed),
    }
    visit.note(say("meet.done", minutes=outcome.meeting.minutes, **counts))
    for each in outcome.barred:
        visit.note(f"{each.application.number} {say.refusal(each.why)}")


async def _row(visit: Visit, each: Application, bar: AppError | None) -> str:
    say = visit.say
    worker = (await visit.unit.applications.people({each.worker_id}))[each.worker_id]
    union = await visit.unit.unions.by_id(each.base_union_id)
    _, ruling, ground = visit.state["points"][str(each.id)]
    told = {"number": each.number, "unit": union.name, "amount": say.money(each.amount_fen)}
    line = say("meet.row", **told, name=masked_name(visit.unit.workers.name(worker)))
    if ruling != Ruling.APPROVE:
        line += f"\n  {say(f'console.ruling.{ruling}')} {ground}".rstrip()
    return f"{line}\n  {say.refusal(bar)}" if bar else line


async def _standing(visit: Visit) -> list[tuple[Application, AppError | None]]:
    officer = await _sitting(visit)
    return await approval.standing(visit.office, visit.unit, officer, visit.state["round"])


async def _sitting(visit: Visit) -> Officer:
    about = (visit.office, visit.unit, await me(visit), visit.state["round"], Manner.MEET)
    return await batches.of_round(*about)


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))


PAGES: Mapping[str, Page] = {
    "which": Page(_which, _hear_which),
    "list": Page(_list, _hear_list),
    "one": Page(_one, _hear_one),
    "ground": Page(_ground, _hear_ground),
    "minutes": Page(_minutes, _hear_minutes),
    "day": Page(_day, _hear_day),
    "present": Page(_present, _hear_present),
    "others": Page(_others, _hear_others),
    "sure": Page(_sure, _hear_sure),
}
