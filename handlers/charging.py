"""A charge is put to the holder of a title in the chat: to whom, what it says, until when he may
answer.

State: page, application, version, title (an entry of the register), identity and charge (sealed),
answer_by.
"""

from collections.abc import Mapping
from datetime import date

from core import pleading as law
from core import reading
from core.people import masked_identity, normal_identity
from handlers import pleading, sealing, ticking
from handlers.deciding import me
from handlers.pages import Page
from handlers.pleading import Charge
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application, Title

LONGEST_IDENTITY = 40


async def _whom(visit: Visit) -> Outcome:
    say = visit.say
    there = await pleading.holders(visit.office, visit.unit, await _matter(visit))
    offers = [Offer(f"title:{each.id}", _entry(visit, each)) for each in there]
    offers += [Offer("nobody", say("plea.chat.nobody")), ticking.back(visit)]
    return visit.ask(say("plea.chat.whom"), offers, expects="text", secret=True)


async def _hear_whom(visit: Visit) -> Outcome:
    kind, _, title = visit.token.partition(":")
    visit.state.update(page="charge", title=int(title) if kind == "title" else None)
    typed = "" if kind else normal_identity(visit.text[:LONGEST_IDENTITY], visit.today)
    sealing.keep(visit, "identity", typed)
    about = Charge("", visit.today, visit.state["title"], typed)
    await pleading.holder_of(visit.office, visit.unit, await _matter(visit), about)
    return Go("present")


async def _charge(visit: Visit) -> Outcome:
    text = visit.say("plea.chat.charge", most=law.LONGEST)
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_charge(visit: Visit) -> Outcome:
    text = reading.read_prose(visit.prose, law.LONGEST)
    await pleading.check_silent(visit.unit, await _matter(visit), text)
    sealing.keep(visit, "charge", text)
    visit.state["page"] = "answer_by"
    return Go("present")


async def _answer_by(visit: Visit) -> Outcome:
    say, first = visit.say, law.earliest(visit.today, visit.calendar)
    offer = Offer("first", say.day(first, visit.today))
    text = say("plea.chat.answer_by", least=law.LEAST, most=law.MOST.days)
    return visit.ask(text, [offer, ticking.back(visit)], expects="date")


async def _hear_answer_by(visit: Visit) -> Outcome:
    first = visit.token == "first"
    day = law.earliest(visit.today, visit.calendar) if first else ticking.ahead(visit)
    law.check_time(day, visit.today, visit.calendar)
    visit.state.update(page="charge_sure", answer_by=day.isoformat())
    return Go("present")


async def _sure(visit: Visit) -> Outcome:
    say, charge = visit.say, _read(visit)
    there = await pleading.holders(visit.office, visit.unit, await _matter(visit))
    whom = [_entry(visit, each) for each in there if each.id == charge.title]
    whom += [masked_identity(charge.identity)] if charge.identity else []
    text = say(
        "plea.chat.charge_sure",
        whom="".join(whom) or say("plea.chat.nobody"),
        charge=charge.text,
        day=say.day(charge.answer_by, visit.today),
    )
    yes = ticking.yes(visit, "plea.console.put", "danger")
    return visit.ask(text, [yes, ticking.back(visit)], secret=True)


async def _hear_sure(visit: Visit) -> Outcome:
    if visit.token == "yes":
        about = (visit.state["application"], visit.state["version"], _read(visit), visit.unit)
        await pleading.put(visit.office, await me(visit), *about)
        visit.note(visit.say("plea.chat.done"))
        return Go("confronting", f"{about[0]} {about[1]}")
    return Go("present")


def _read(visit: Visit) -> Charge:
    state = visit.state
    text, identity = sealing.kept(visit, "charge"), sealing.kept(visit, "identity")
    return Charge(text, date.fromisoformat(state["answer_by"]), state["title"], identity)


def _entry(visit: Visit, title: Title) -> str:
    named = visit.say.scheme(title.title)
    return f"{named} · {visit.say.day(title.since)}" if title.since else named


async def _matter(visit: Visit) -> Application:
    return await visit.unit.applications.by_id(visit.state["application"])


PAGES: Mapping[str, Page] = {
    "whom": Page(_whom, _hear_whom),
    "charge": Page(_charge, _hear_charge),
    "answer_by": Page(_answer_by, _hear_answer_by),
    "charge_sure": Page(_sure, _hear_sure),
}
