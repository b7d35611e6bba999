"""Who may qualify: counts for a union and its branches, never a name."""

from starlette.responses import Response

from admin.pages import page
from admin.seats import Seated
from handlers import audience as clerk


async def audience(seat: Seated, scheme: str = "") -> Response:
    """Without a scheme, only the choice of one."""
    say = seat.say.scheme
    offered = [(each.id, say(each.name)) for each in clerk.schemes(seat.office)]
    counted, unread = None, ""
    if scheme:
        async with seat.office.reading() as unit:
            counted = await clerk.count(seat.office, unit, seat.union, scheme)
        unread = seat.say("console.audience.comma").join(map(say, counted.unread))
    return page(
        seat, "audience.html", offered=offered, chosen=scheme, counted=counted, unread=unread
    )
