"""Sending back in the chat: what has to be corrected, until when, why only now, and sure.

State: page, application, version, chosen (papers and answers), due, why.
"""

from datetime import date, timedelta

from core import reading
from core.correction import overlooked
from core.errors import Unreadable
from handlers import returning, ticking
from handlers.deciding import decided, toggled
from handlers.decisions import Defect, Return
from handlers.grounding import scheme_at_hand
from handlers.returning import LONGEST_NOTE, defect_text
from handlers.visit import Offer, Outcome, Visit

DAYS = (3, 5, 10)  # the usual terms for a correction


async def defects(visit: Visit) -> Outcome:
    """Every paper and answer that can be sent back; pressed ones carry a tick."""
    scheme, say = await scheme_at_hand(visit), visit.say
    offers = [
        ticking.toggle(visit, token, defect_text(say, scheme, ticking.defect(token)))
        for token in await ticking.correctable(visit, scheme)
    ]
    return visit.ask(say("procedure.return.what"), [*offers, *ticking.done(visit)])


async def hear_defects(visit: Visit) -> Outcome:
    return await toggled(visit, defects, "return_due", due)


async def due(visit: Visit) -> Outcome:
    say = visit.say
    offers = [Offer(f"days:{days}", say("procedure.return.days", days=days)) for days in DAYS]
    return visit.ask(say("procedure.return.due"), [*offers, ticking.back(visit)], expects="date")


async def hear_due(visit: Visit) -> Outcome:
    kind, _, days = visit.token.partition(":")
    day = visit.today + timedelta(days=int(days)) if kind == "days" else ticking.ahead(visit)
    if day <= visit.today:
        raise Unreadable("date_past")
    page = "return_why" if await _overlooked(visit) else "return_sure"
    visit.state.update(page=page, due=day.isoformat(), why="")
    return await (why if page == "return_why" else sure)(visit)


async def why(visit: Visit) -> Outcome:
    """Only where something was not told the first time."""
    late = "\n".join(await _lines(visit, await _overlooked(visit)))
    text = visit.say("procedure.return.why", items=late)
    return visit.ask(text, [ticking.back(visit)], expects="text")


async def hear_why(visit: Visit) -> Outcome:
    visit.state.update(page="return_sure", why=reading.read_prose(visit.prose, LONGEST_NOTE))
    return await sure(visit)


async def sure(visit: Visit) -> Outcome:
    say, day = visit.say, date.fromisoformat(visit.state["due"])
    lines = await _lines(visit, _chosen(visit))
    lines += [say("correction.late", why=visit.state["why"])] if visit.state["why"] else []
    application = await visit.unit.applications.by_id(visit.state["application"])
    over = returning.over(visit.office, application, say)
    told = {"items": "\n".join(lines), "due": say.day(day, visit.today), "over": over}
    yes = ticking.yes(visit, "procedure.button.return_yes")
    return visit.ask(say("procedure.return.sure", **told), [yes, ticking.back(visit)])


async def hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await sure(visit)
    due, late = date.fromisoformat(visit.state["due"]), visit.state["why"]
    return await decided(visit, Return(tuple(_chosen(visit)), due, late))


def _chosen(visit: Visit) -> list[Defect]:
    return [ticking.defect(token) for token in visit.state["chosen"]]


async def _overlooked(visit: Visit) -> list[Defect]:
    """Those of the chosen that no request has named."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    asked = await returning.requests(visit.unit, application)
    late = overlooked([each.item for each in _chosen(visit)], asked)
    return [each for each in _chosen(visit) if each.item in late]


async def _lines(visit: Visit, items: list[Defect]) -> list[str]:
    scheme = await scheme_at_hand(visit)
    return [defect_text(visit.say, scheme, each) for each in items]
