"""代理人 in the chat: who acts for whom, somebody named for oneself or by the manager, ended.

State: page; officer (who is away), deputy, first, last; ended (the one to be ended).
"""

from datetime import date, timedelta

from core.errors import Unreadable
from core.people import Role
from core.standin import REPLACED, check_days
from handlers import standing_in, ticking
from handlers.bench import by_name
from handlers.deciding import me
from handlers.visit import Offer, Outcome, Visit
from storage.standins import Standing
from storage.tables import Officer

SHOWN = 10  # rows; a manager of many finds the rest in the console
LENGTHS = (1, 3, 7, 14)  # days that are offered; any other is typed


def may(officer: Officer) -> bool:
    return officer.role in REPLACED


async def show(visit: Visit) -> Outcome:
    """His own, both ways; a manager's also of those below."""
    officer, say = await me(visit), visit.say
    visit.go("officer", page="standins")
    rows = (await standing_in.listed(visit.unit, officer))[:SHOWN]
    lines = [f"· {_named(visit, each)}，{_days(visit, each)}" for each in rows]
    offers = [
        Offer(f"end:{each.row.id}", say("standin.end_one", who=_named(visit, each)))
        for each in rows
    ]
    offers.append(Offer("put", say("standin.put"), "primary"))
    if officer.role == Role.MANAGER:
        offers.append(Offer("other", say("standin.for_other")))
    text = "\n".join([say("standin.text"), "", *(lines or [say("standin.none")])])
    return visit.ask(text, [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    match kind:
        case "put":
            return await _for(visit, await me(visit))
        case "other":
            visit.state["page"] = "standin_for"
            return await whom(visit)
        case "end":
            visit.state.update(page="standin_end", ended=int(number))
            return await end_sure(visit)
    return await show(visit)


async def whom(visit: Visit) -> Outcome:
    """A manager: who is away."""
    return visit.ask(visit.say("standin.ask.officer"), [ticking.back(visit)], expects="text")


async def hear_whom(visit: Visit) -> Outcome:
    return await _for(
        visit, await standing_in.named_officer(visit.unit, await me(visit), visit.text)
    )


async def who(visit: Visit) -> Outcome:
    say = visit.say
    away = await _away(visit)
    offers = [
        Offer(
            f"deputy:{each.id}", say("standin.one", name=each.name, role=say(f"role.{each.role}"))
        )
        for each in await standing_in.free(visit.unit, away)
    ]
    text = say("standin.ask.who", other=away.name)
    return visit.ask(text, [*offers, ticking.back(visit)])


async def hear_who(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind != "deputy":
        return await who(visit)
    visit.state.update(page="standin_first", deputy=int(number))
    return await first(visit)


async def first(visit: Visit) -> Outcome:
    say = visit.say
    near = [Offer(f"in:{days}", say(f"standin.in.{days}")) for days in (0, 1)]
    return visit.ask(say("standin.ask.first"), [*near, ticking.back(visit)], expects="date")


async def hear_first(visit: Visit) -> Outcome:
    kind, _, days = visit.token.partition(":")
    day = visit.today + timedelta(days=int(days)) if kind == "in" else ticking.ahead(visit)
    check_days(day, day, visit.today)
    visit.state.update(page="standin_last", first=day.isoformat())
    return await last(visit)


async def last(visit: Visit) -> Outcome:
    say, begins = visit.say, date.fromisoformat(visit.state["first"])
    usual = [
        Offer(
            f"for:{days}",
            say("standin.length", days=days, last=begins + timedelta(days=days - 1)),
        )
        for days in LENGTHS
    ]
    return visit.ask(say("standin.ask.last"), [*usual, ticking.back(visit)], expects="date")


async def hear_last(visit: Visit) -> Outcome:
    """What cannot be is said here, where another day can still be named."""
    kind, _, days = visit.token.partition(":")
    begins = date.fromisoformat(visit.state["first"])
    length = int(days) if kind == "for" else ticking.days(visit.text)
    day = ticking.ahead(visit) if length is None else begins + timedelta(days=length - 1)
    check_days(begins, day, visit.today)
    about = (visit.state["officer"], visit.state["deputy"], begins, day)
    await standing_in.check_free(visit.unit, *about)
    visit.state.update(page="standin_sure", last=day.isoformat())
    return await sure(visit)


async def sure(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    names = {each.id: each.name for each in await visit.unit.officers.some(*_both(visit))}
    text = say(
        "standin.sure",
        deputy=names[state["deputy"]],
        other=names[state["officer"]],
        first=date.fromisoformat(state["first"]),
        last=date.fromisoformat(state["last"]),
    )
    return visit.ask(text, [ticking.yes(visit, "standin.put_now"), ticking.back(visit)])


async def hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await sure(visit)
    begins, ends = (date.fromisoformat(visit.state[each]) for each in ("first", "last"))
    about = (*_both(visit), begins, ends)
    await standing_in.name(visit.office, await me(visit), *about, visit.unit)
    visit.note(f"✓ {visit.say('standin.done.named')}")
    return await show(visit)


async def end_sure(visit: Visit) -> Outcome:
    there = await visit.unit.standins.by_id(visit.state["ended"])
    text = visit.say("standin.end_sure", who=_named(visit, there), days=_days(visit, there))
    return visit.ask(text, [ticking.yes(visit, "standin.end", "danger"), ticking.back(visit)])


async def hear_end(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await end_sure(visit)
    await standing_in.end(visit.office, await me(visit), visit.state["ended"], visit.unit)
    visit.note(f"✓ {visit.say('standin.done.ended')}")
    return await show(visit)


async def _for(visit: Visit, away: Officer) -> Outcome:
    """From here on about this officer; where nobody could act for him, that is said."""
    if not await standing_in.free(visit.unit, away):
        visit.note(visit.say("standin.nobody"))
        return await show(visit)
    visit.state.update(page="standin_who", officer=away.id)
    return await who(visit)


async def _away(visit: Visit) -> Officer:
    officer = await visit.unit.officers.by_id(visit.state["officer"])
    if officer is None:
        raise Unreadable("standin_login")
    return officer


def _both(visit: Visit) -> tuple[int, int]:
    return visit.state["officer"], visit.state["deputy"]


def _named(visit: Visit, there: Standing) -> str:
    return by_name(visit.say, there.deputy.name, there.officer.name)


def _days(visit: Visit, there: Standing) -> str:
    return visit.say("standin.days", first=there.row.first_day, last=there.row.last_day)
