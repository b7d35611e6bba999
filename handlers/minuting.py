"""What the holder of a title has said to an officer is written down in the chat.

State: page, application, version, channel, on, text (sealed), papers (as they lie in the store).
"""

from collections.abc import Mapping
from dataclasses import astuple
from datetime import date

from core import pleading as law
from core import reading
from core.errors import FileRefused, Unreadable
from handlers import pleading, sealing, ticking
from handlers.deciding import me
from handlers.pages import Page
from handlers.pleading import Said
from handlers.visit import Go, Offer, Outcome, Visit
from storage.files import Stored
from storage.objections import CHANNELS


async def _channel(visit: Visit) -> Outcome:
    say = visit.say
    ways = [Offer(f"channel:{each}", say(f"objections.channel.{each}")) for each in CHANNELS]
    text = "\n".join((say("plea.console.record_hint"), say("plea.chat.channel")))
    return visit.ask(text, [*ways, ticking.back(visit)])


async def _hear_channel(visit: Visit) -> Outcome:
    kind, _, channel = visit.token.partition(":")
    if kind != "channel":
        raise Unreadable("choice")
    visit.state.update(page="on", channel=channel, papers=[])
    return Go("present")


async def _on(visit: Visit) -> Outcome:
    today = Offer("today", visit.say("objections.today"))
    text = visit.say("plea.chat.on")
    return visit.ask(text, [today, ticking.back(visit)], expects="date")


async def _hear_on(visit: Visit) -> Outcome:
    today = visit.today
    day = today if visit.token == "today" else reading.read_date(visit.text, today)
    plea = await visit.unit.pleas.of(visit.state["application"])
    if plea is not None:
        law.check_day(day, plea.opened_at.date(), today)
    visit.state.update(page="text", on=day.isoformat())
    return Go("present")


async def _text(visit: Visit) -> Outcome:
    text = visit.say("plea.chat.text", most=law.LONGEST)
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_text(visit: Visit) -> Outcome:
    sealing.keep(visit, "text", reading.read_prose(visit.prose, law.LONGEST))
    visit.state["page"] = "papers"
    return Go("present")


async def _papers(visit: Visit) -> Outcome:
    say, count = visit.say, len(visit.state["papers"])
    done = Offer("done", say("papers.next" if count else "papers.skip"), "primary")
    text = say("plea.chat.papers", count=count)
    return visit.ask(text, [done, ticking.back(visit)], expects="photo")


async def _hear_papers(visit: Visit) -> Outcome:
    there = visit.state["papers"]
    if len(there) + len(visit.files) > law.MOST_PAPERS:
        raise FileRefused("many")
    visit.state["papers"] = [*there, *(list(astuple(each)) for each in visit.files)]
    if visit.token == "done":
        visit.state["page"] = "said_sure"
    return Go("present")


async def _sure(visit: Visit) -> Outcome:
    say, said = visit.say, _read(visit)
    text = say(
        "plea.chat.said_sure",
        channel=say(f"objections.channel.{said.channel}"),
        day=say.day(said.on, visit.today),
        text=said.text,
        count=len(said.papers),
    )
    yes = ticking.yes(visit, "plea.console.record")
    return visit.ask(text, [yes, ticking.back(visit)], secret=True)


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return Go("present")
    application = visit.state["application"]
    about = (application, visit.state["version"], _read(visit), visit.unit)
    await pleading.record(visit.office, await me(visit), *about)
    visit.note(visit.say("plea.chat.done"))
    return Go("officer", f"show {application}")


async def forget(visit: Visit) -> None:
    """What was photographed for nothing does not stay in the store."""
    for each in _brought(visit):
        if not await visit.unit.drafts.used(each.digest):
            visit.discard.append(each.digest)


def _read(visit: Visit) -> Said:
    state = visit.state
    on = date.fromisoformat(state["on"])
    return Said(sealing.kept(visit, "text"), state["channel"], on, _brought(visit))


def _brought(visit: Visit) -> tuple[Stored, ...]:
    return tuple(Stored(*each) for each in visit.state.get("papers", []))


PAGES: Mapping[str, Page] = {
    "channel": Page(_channel, _hear_channel),
    "on": Page(_on, _hear_on),
    "text": Page(_text, _hear_text),
    "papers": Page(_papers, _hear_papers),
    "said_sure": Page(_sure, _hear_sure),
}
