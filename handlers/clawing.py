"""Findings after the award in the officers' chat: the list, one with all that belongs to it, what
the holder has said to an officer, and the record put right.

The pages on which one is written down, decided, and paid back are in `accusing`, `upholding` and
`refunding`. State: page, from (the first of the list), claw_back, text (sealed); and theirs.
"""

from collections.abc import Mapping

from core.errors import AlreadyDecided, NotFound, NotYours
from handlers import (
    accusing,
    clawback,
    dossier,
    hats,
    integrity,
    refunding,
    sealing,
    ticking,
    tribunal,
    upholding,
)
from handlers.deciding import me
from handlers.dossier_text import dossier_text
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit

SHOWN = 10  # findings at a time


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is empty, or a finding to show, or `find` or `about` and an application."""
    kind, _, id_ = told.rpartition(" ")
    if not told:
        visit.go("clawing", page="list", **{"from": 0})
    elif kind == "find":
        visit.go("clawing", page="ground", application=int(id_))
    elif kind == "about":
        found = await visit.unit.claw_backs.of_application(int(id_))
        if found is None:
            raise NotFound
        visit.go("clawing", page="one", claw_back=found.id)
    else:
        visit.go("clawing", page="one", claw_back=int(id_))
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """A page of what somebody else has done meanwhile leads back to the finding as it is now."""
    page, state = visit.state["page"], visit.state
    if page in DOORS and not await _open(visit, DOORS[page]):
        visit.note(visit.say("claw.changed"))
        visit.go("clawing", page="one", claw_back=state["claw_back"])
    if page in accusing.PAGES and page != "number" and not await accusing.stands(visit):
        visit.go("clawing", page="list", **{"from": 0})
    return await PAGES[visit.state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "desk":
        return Go("officer")
    if visit.token == "back":
        there = visit.state.get("claw_back")
        return Go("clawing", str(there) if there else "")
    return await PAGES[visit.state["page"]].hear(visit)


async def _list(visit: Visit) -> Outcome:
    say, first = visit.say, visit.state["from"]
    officer = await me(visit)
    unions = await hats.unions(visit.unit, officer, *dossier.CONCERNED)
    rows = await visit.unit.claw_backs.of_unions(unions, SHOWN + 1, first)
    matters = await visit.unit.applications.some({row.application_id for row in rows})
    numbers = {each.id: each.number for each in matters}
    offers = [
        Offer(
            f"show:{row.id}",
            f"{numbers[row.application_id]} {say(f'console.clawbacks.state.{row.state}')}",
        )
        for row in rows[:SHOWN]
    ]
    offers += [Offer("before", say("meet.before"))] if first else []
    offers += [Offer("more", say("steps.queue.more"))] if len(rows) > SHOWN else []
    if await hats.unions(visit.unit, officer, *tribunal.FINDERS):
        offers.append(Offer("find", say("procedure.menu.find")))
    text = say("claw.which" if rows else "console.clawbacks.none")
    return visit.ask(text, [*offers, _desk(visit)])


async def _hear_list(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    match kind:
        case "show":
            return Go("clawing", id_)
        case "more" | "before":
            step = SHOWN if kind == "more" else -SHOWN
            visit.state["from"] = max(0, visit.state["from"] + step)
        case "find":
            visit.state["page"] = "number"
    return await proceed(visit)


async def _one(visit: Visit) -> Outcome:
    """Everything that is known, and what this officer may do about it."""
    say = visit.say
    await _check_role(visit)
    view = await dossier.read(visit.office, visit.unit, await me(visit), visit.state["claw_back"])
    if view.bar is not None:
        visit.note(say.refusal(view.bar))
    open_ = [each for each in STEPS if each in view.may]
    offers = [Offer(each, say(f"claw.button.{each}"), TONES.get(each, "plain")) for each in open_]
    url = f"{visit.office.public_url}/console/claw-backs/{view.found.id}"
    offers.append(Offer("open", say("procedure.button.open"), url=url))
    offers += [Offer("list", say("claw.list")), _desk(visit)]
    return visit.ask(dossier_text(say, view, visit.today), offers)


async def _hear_one(visit: Visit) -> Outcome:
    token, view = visit.token, await _view(visit)
    if token == "list":
        return Go("clawing")
    if token not in STEPS:
        return await proceed(visit)
    if token not in view.may:
        raise AlreadyDecided
    if token == "decide":
        clawback.check_heard(view.found, visit.today)
    visit.go("clawing", page=STEPS[token], claw_back=view.found.id, left=view.debt.left)
    return await proceed(visit)


async def _words(visit: Visit) -> Outcome:
    """What the holder has said, or why the record is wrong."""
    key = f"claw.ask.{visit.state['page']}"
    text = visit.say(key, most=tribunal.LONGEST)
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_words(visit: Visit) -> Outcome:
    sealing.keep(visit, "text", tribunal.prose(visit.prose))
    visit.state["page"] += "_sure"
    return await proceed(visit)


async def _sure(visit: Visit) -> Outcome:
    text = visit.say(f"claw.ask.{visit.state['page']}", text=sealing.kept(visit, "text"))
    yes = ticking.yes(visit, "procedure.button.sure")
    return visit.ask(text, [yes, ticking.back(visit)], secret=True)


async def _hear_answer(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await proceed(visit)
    about = (visit.office, visit.unit, await me(visit), visit.state["claw_back"])
    await clawback.answer(*about, sealing.kept(visit, "text"))
    visit.note(visit.say("claw.done.answered"))
    return Go("clawing", str(visit.state["claw_back"]))


async def _hear_strike(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await proceed(visit)
    stain = await visit.unit.stains.of_claw_back(visit.state["claw_back"])
    if stain is None:
        raise NotFound
    about = (visit.office, await me(visit), stain.id, sealing.kept(visit, "text"))
    await integrity.strike(*about, visit.unit)
    visit.note(visit.say("claw.done.struck"))
    return Go("clawing", str(visit.state["claw_back"]))


async def _view(visit: Visit) -> dossier.Dossier:
    await _check_role(visit)
    about = (visit.office, visit.unit, await me(visit), visit.state["claw_back"])
    return await dossier.opened(*about)


async def _open(visit: Visit, door: str) -> bool:
    """Whether it may still be done; money entered meanwhile may be the same money."""
    view = await _view(visit)
    return door in view.may and view.debt.left == visit.state["left"]


async def _check_role(visit: Visit) -> None:
    """Raises NotYours, as the door of the console does."""
    if not await hats.unions(visit.unit, await me(visit), *dossier.CONCERNED):
        raise NotYours


def _desk(visit: Visit) -> Offer:
    return Offer("desk", visit.say("procedure.menu.back"))


# What may be done about a finding, and its first page.
STEPS: Mapping[str, str] = {
    "decide": "ruling",
    "answer": "answer",
    "repay": "came",
    "strike": "strike",
}
TONES = {"decide": "primary", "repay": "primary", "strike": "danger"}
# Which door of the dossier each page stands behind.
DOORS: Mapping[str, str] = {
    **dict.fromkeys(("answer", "answer_sure"), "answer"),
    **dict.fromkeys(("strike", "strike_sure"), "strike"),
    **dict.fromkeys(upholding.PAGES, "decide"),
    **dict.fromkeys(refunding.PAGES, "repay"),
}
PAGES: Mapping[str, Page] = {
    "list": Page(_list, _hear_list),
    "one": Page(_one, _hear_one),
    "answer": Page(_words, _hear_words),
    "answer_sure": Page(_sure, _hear_answer),
    "strike": Page(_words, _hear_words),
    "strike_sure": Page(_sure, _hear_strike),
    **accusing.PAGES,
    **upholding.PAGES,
    **refunding.PAGES,
}
