"""An inspection written down in the chat, and papers put to the step: day, who, findings, papers.

State: application, version, phase (day, who, text, papers), went_on, chosen (who went along).
"""

from datetime import date, timedelta

from core import reading
from handlers import inspection, ticking
from handlers.bench import stage_of
from handlers.deciding import me
from handlers.visit import Go, Offer, Outcome, Visit


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the application, its version, and inspect or attach."""
    application, version, act = told.split()
    phase = "day" if act == "inspect" else "papers"
    about = {"application": int(application), "version": int(version)}
    visit.go("inspecting", phase=phase, chosen=[], **about)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, back = visit.say, ticking.back(visit)
    match visit.state["phase"]:
        case "day":
            days = [Offer(f"ago:{n}", say(f"steps.inspect.ago.{n}")) for n in (0, 1)]
            return visit.ask(say("steps.inspect.day"), [*days, back], expects="date")
        case "who":
            return await _who(visit)
        case "text":
            return visit.ask(say("steps.inspect.findings"), [back], expects="text")
    done = Offer("done", say("steps.attach.done"), "primary")
    return visit.ask(say("steps.attach.ask", what=await _what(visit)), [done], expects="photo")


async def answer(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await _card(visit)
    match visit.state["phase"]:
        case "day":
            visit.state.update(phase="who", went_on=_day(visit).isoformat())
        case "who":
            _chosen(visit)
        case "text":
            await _written(visit)
        case _:
            return await _papers(visit)
    return await proceed(visit)


async def _who(visit: Visit) -> Outcome:
    application = await visit.unit.applications.by_id(visit.state["application"])
    mine = (await me(visit)).id
    free = await inspection.companions(visit.office, visit.unit, application)
    offers = [
        ticking.toggle(visit, f"who:{each.id}", each.name) for each in free if each.id != mine
    ]
    persons = stage_of(visit.office, application).inspectors or 1
    text = visit.say("steps.inspect.who", persons=persons)
    done = Offer("done", visit.say("procedure.button.done"), "primary")
    return visit.ask(text, [*offers, done, ticking.back(visit)])


def _chosen(visit: Visit) -> None:
    token, chosen = visit.token, visit.state["chosen"]
    if token == "done":
        visit.state["phase"] = "text"
    elif token.startswith("who:"):
        left = [each for each in chosen if each != token]
        visit.state["chosen"] = left if token in chosen else [*chosen, token]


def _day(visit: Visit) -> date:
    kind, _, ago = visit.token.partition(":")
    if kind == "ago":
        return visit.today - timedelta(days=int(ago))
    return reading.read_date(visit.text, visit.today)


async def _written(visit: Visit) -> None:
    others = [int(each.removeprefix("who:")) for each in visit.state["chosen"]]
    await inspection.report(
        visit.office,
        await me(visit),
        visit.state["application"],
        visit.state["version"],
        date.fromisoformat(visit.state["went_on"]),
        visit.prose,
        others,
        visit.unit,
    )
    visit.note(visit.say("steps.inspect.done"))
    visit.state["phase"] = "papers"


async def _papers(visit: Visit) -> Outcome:
    if visit.files:
        about = visit.state["application"], visit.state["version"]
        rows = await inspection.attach(
            visit.office, await me(visit), *about, visit.files, visit.unit
        )
        visit.note(visit.say("steps.attach.received", count=len(rows)))
        return await proceed(visit)
    return await (_card(visit) if visit.token == "done" else proceed(visit))


async def _what(visit: Visit) -> str:
    application = await visit.unit.applications.by_id(visit.state["application"])
    stage = stage_of(visit.office, application)
    return visit.say.scheme(stage.attach or stage.name)


async def _card(visit: Visit) -> Outcome:
    return Go("officer", f"show {visit.state['application']}")
