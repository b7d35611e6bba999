"""Somebody who objects as a matter of its own: where the notice hangs here, it is raised there.

Only there it stops the matter it is about, and comes before those who posted the notice.
"""

from core.scheme import Scheme
from handlers.chat import Reply
from handlers.visit import Offer, Visit
from storage.tables import Notice

OBJECT = "objecting:"
NOT_HERE = "not_here"


async def notices(visit: Visit, scheme: Scheme) -> list[Notice]:
    """Those of our own that this scheme objects to, and that hear objections."""
    if not scheme.objects_to or visit.state.get(NOT_HERE):
        return []
    return [
        each
        for each in await visit.unit.notices.running()
        if each.scheme_id in scheme.objects_to and await hears(visit, each)
    ]


def ask(visit: Visit, hung: list[Notice]) -> Reply:
    """Each with its page, where nobody has to be known here."""
    say, offers = visit.say, []
    for each in hung:
        scheme = visit.office.schemes.on(each.scheme_id, visit.today)
        about = {"name": say.scheme(scheme.name), "count": len(each.entries)}
        label = say("hanging.object", **about, until=say.day(each.last_day, visit.today))
        offers.append(Offer(f"{OBJECT}{each.id}", label, "primary"))
        page = f"{visit.office.public_url}/notices/{each.id}"
        offers.append(Offer("page", say("hanging.page", **about), url=page))
    offers.append(Offer(NOT_HERE, say("hanging.not_here")))
    return visit.ask(say("hanging.which"), [*offers, Offer("menu", say("menu.back"))])


async def hears(visit: Visit, hung: Notice) -> bool:
    """Whether one may object to it today."""
    running = await visit.unit.rounds.by_id(hung.round_id)
    scheme = visit.office.schemes.version(running.scheme_id, running.scheme_version)
    return scheme.stages[hung.stage].objection is not None and visit.today <= hung.last_day
