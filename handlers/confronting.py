"""Hearing the holder of a title in the officers' chat: how it stands, and the way to what is next.

The pages on which the charge is put are in `charging`, those on which his words are written down
in `minuting`. State: page, application, version (as it was shown); and theirs.
"""

from collections.abc import Mapping

from core.errors import AlreadyDecided
from handlers import charging, minuting, review, ticking
from handlers.bench import stage_of
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Plea


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the application and the version that was shown."""
    application, version = map(int, told.split())
    visit.go("confronting", page="one", application=application, version=version)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """A page of what somebody else has done meanwhile leads back to how it stands now."""
    if not await _acts(visit):
        visit.note(visit.say.refusal(AlreadyDecided()))
        return _card(visit)
    page, plea = visit.state["page"], await _plea(visit)
    put_already = page in charging.PAGES and plea is not None
    if put_already or (page in minuting.PAGES and not _waits(plea)):
        await minuting.forget(visit)
        visit.note(visit.say("claw.changed"))
        return _again(visit)
    return await PAGES[visit.state["page"]].show(visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "back":
        await minuting.forget(visit)
        if visit.state["page"] == "one":
            return _card(visit)
        return _again(visit)
    return await PAGES[visit.state["page"]].hear(visit)


async def _one(visit: Visit) -> Outcome:
    """What was put to him, what he has said, and what this officer can do."""
    say, plea = visit.say, await _plea(visit)
    if plea is None:
        put = Offer("put", say("plea.console.put"), "primary")
        return visit.ask(await _nothing_yet(visit), [put, ticking.back(visit)])
    told = "plea.console.until" if plea.worker_id else "plea.console.unreached"
    lines = [
        f"{say('plea.console.charge')}{visit.unit.pleas.charge(plea)}",
        say(told, day=say.day(plea.answer_by, visit.today)),
    ]
    if plea.answered_at:
        lines.append(f"{say('plea.console.answer')}{visit.unit.pleas.answer(plea)}")
    offers = [Offer("said", say("plea.chat.said"), "primary")] if _waits(plea) else []
    return visit.ask("\n".join(lines), [*offers, ticking.back(visit)], secret=True)


async def _hear_one(visit: Visit) -> Outcome:
    pages = {"put": "whom", "said": "channel"}
    visit.state["page"] = pages.get(visit.token, "one")
    return await proceed(visit)


async def _nothing_yet(visit: Visit) -> str:
    application = await visit.unit.applications.by_id(visit.state["application"])
    hears = stage_of(visit.office, application).hears
    ours = [visit.say("plea.console.ours")] if hears and hears.cite is None else []
    return "\n".join([visit.say("plea.console.hint"), *ours])


async def _acts(visit: Visit) -> bool:
    """Whether this officer may hear him now. Raises what `review.card` raises."""
    about = visit.state["application"]
    view = await review.card(visit.office, visit.unit, await me(visit), about)
    return "hear" in view.also and view.version == visit.state["version"]


async def _plea(visit: Visit) -> Plea | None:
    return await visit.unit.pleas.of(visit.state["application"])


def _waits(plea: Plea | None) -> bool:
    return plea is not None and plea.answered_at is None


def _again(visit: Visit) -> Go:
    return Go("confronting", f"{visit.state['application']} {visit.state['version']}")


def _card(visit: Visit) -> Go:
    return Go("officer", f"show {visit.state['application']}")


PAGES: Mapping[str, Page] = {
    "one": Page(_one, _hear_one),
    **charging.PAGES,
    **minuting.PAGES,
}
