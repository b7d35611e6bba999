"""A yearly list is opened in the chat, and somebody it misses is added to it.

State: page, scheme, occasion, expected; round, identity (sealed), proof (sealed).
"""

from collections.abc import Mapping
from datetime import date

from core.errors import Unreadable
from core.people import normal_identity
from core.scheme import Scheme
from handlers import checking, drawing, hats, register, sealing, ticking, yearly
from handlers.deciding import me
from handlers.pages import Page
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Officer


async def openable(visit: Visit) -> dict[str, tuple[Scheme, Officer]]:
    """By id, with the officer in the office in which he opens it."""
    found: dict[str, tuple[Scheme, Officer]] = {}
    for each in await hats.of(visit.unit, await me(visit)):
        for scheme in await yearly.openable(visit.office, visit.unit, each):
            found.setdefault(scheme.id, (scheme, each))
    return found


async def sitting(visit: Visit, round_id: int) -> Officer:
    """The officer in the office that opened it, or before which something of it stands."""
    drawn = await yearly.drawn_in(visit.unit, round_id)
    there = await hats.of(visit.unit, await me(visit))
    there = [each for each in there if each.role in yearly.FOLLOWING] or there
    for each in there:
        check = await checking.checklist(visit.office, visit.unit, each, round_id)
        if check.lines and each.role not in yearly.OVERSEEING:
            return hats.wear(visit.unit, each)
    mine = [each for each in there if each.union_id == drawn.union_id]
    return hats.wear(visit.unit, [*mine, *there][0])


async def _scheme(visit: Visit) -> Outcome:
    say = visit.say
    offers = [
        Offer(f"scheme:{id_}", say.scheme(scheme.name))
        for id_, (scheme, _) in (await openable(visit)).items()
    ]
    text = say("list.open", hint=say("lists.open_hint"))
    return visit.ask(text, [*offers, ticking.back(visit)])


async def _hear_scheme(visit: Visit) -> Outcome:
    kind, _, id_ = visit.token.partition(":")
    if kind == "scheme":
        scheme, _ = (await openable(visit))[id_]
        per = scheme.drawn.per if scheme.drawn else ""
        visit.state.update(scheme=id_, occasion="", expected="")
        visit.state["page"] = "occasion" if per == "occasion" else "expected"
    return await _go_on(visit)


async def _occasion(visit: Visit) -> Outcome:
    return visit.ask(visit.say("list.occasion"), [ticking.back(visit)], expects="text")


async def _hear_occasion(visit: Visit) -> Outcome:
    said = visit.prose.strip()
    if not said:
        raise Unreadable("occasion")
    if len(said) > drawing.LONGEST_OCCASION:
        raise Unreadable("too_long", most=drawing.LONGEST_OCCASION)
    visit.state.update(page="expected", occasion=said)
    return await _go_on(visit)


async def _expected(visit: Visit) -> Outcome:
    skip = Offer("skip", visit.say("list.no_day"))
    return visit.ask(visit.say("list.expected"), [skip, ticking.back(visit)], expects="date")


async def _hear_expected(visit: Visit) -> Outcome:
    expected = ""
    if visit.token != "skip":
        day = ticking.ahead(visit)
        if day < visit.today:
            raise Unreadable("date_past")
        expected = day.isoformat()
    visit.state.update(page="open_sure", expected=expected)
    return await _go_on(visit)


async def _open_sure(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    name = say.scheme(visit.office.schemes.versions(state["scheme"])[-1].name)
    row = say("list.row", scheme=name, year=visit.today.year, occasion=state["occasion"]).strip()
    day = say.day(date.fromisoformat(state["expected"]), visit.today) if state["expected"] else ""
    told = say("lists.expected_on", day=day) if day else say("lists.no_day")
    text = say("list.open_sure", row=row, day=told)
    return visit.ask(text, [ticking.yes(visit, "lists.open_now"), ticking.back(visit)])


async def _hear_open_sure(visit: Visit) -> Outcome:
    """Where a colleague has opened it meanwhile, it is there: ListThere."""
    if visit.token != "yes":
        return await _go_on(visit)
    state = visit.state
    there = (await openable(visit)).get(state["scheme"])
    officer = hats.wear(visit.unit, there[1] if there else await me(visit))
    expected = date.fromisoformat(state["expected"]) if state["expected"] else None
    about = (visit.office, officer, state["scheme"], state["occasion"], expected)
    opened = await drawing.open_list(*about, visit.unit)
    visit.note(f"✓ {visit.say('lists.done.opened')}")
    return Go("listing", str(opened.round_id))


async def _identity(visit: Visit) -> Outcome:
    text = visit.say("list.identity", hint=visit.say("lists.add_hint"))
    return visit.ask(text, [ticking.back(visit)], expects="text", secret=True)


async def _hear_identity(visit: Visit) -> Outcome:
    normal_identity(visit.text, visit.today)
    sealing.keep(visit, "identity", visit.text)
    visit.state["page"] = "proof"
    return await _go_on(visit)


async def _proof(visit: Visit) -> Outcome:
    return visit.ask(visit.say("list.proof"), [ticking.back(visit)], expects="text")


async def _hear_proof(visit: Visit) -> Outcome:
    sealing.keep(visit, "proof", register.said(visit.prose))
    visit.state["page"] = "add_sure"
    return await _go_on(visit)


async def _add_sure(visit: Visit) -> Outcome:
    ends = sealing.kept(visit, "identity")[-4:]
    text = visit.say("list.add_sure", ends=ends, proof=sealing.kept(visit, "proof"))
    return visit.ask(text, [ticking.yes(visit, "lists.add_now"), ticking.back(visit)])


async def _hear_add_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await _go_on(visit)
    round_id = visit.state["round"]
    drawn = await yearly.drawn_in(visit.unit, round_id)
    officer = await hats.at(visit.unit, await me(visit), drawn.union_id, *yearly.OPENING)
    said = (sealing.kept(visit, "identity"), sealing.kept(visit, "proof"))
    await drawing.add(visit.office, officer, round_id, *said, visit.unit)
    visit.note(f"✓ {visit.say('lists.done.added')}")
    return Go("listing", str(round_id))


async def _go_on(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]].show(visit)


PAGES: Mapping[str, Page] = {
    "scheme": Page(_scheme, _hear_scheme),
    "occasion": Page(_occasion, _hear_occasion),
    "expected": Page(_expected, _hear_expected),
    "open_sure": Page(_open_sure, _hear_open_sure),
    "identity": Page(_identity, _hear_identity),
    "proof": Page(_proof, _hear_proof),
    "add_sure": Page(_add_sure, _hear_add_sure),
}
