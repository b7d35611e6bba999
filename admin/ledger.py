"""The ledger of a scheme and year: what one's own branch has taken in, and as a sheet."""

from starlette.responses import Response

from admin.listing import ROWS
from admin.pages import page
from admin.payments import XLSX
from admin.seats import Seat, Seated
from core.people import masked_name
from core.scheme import Tier
from handlers import ledger
from handlers.budget import EARLIEST, LATEST


async def show(seat: Seated, scheme: str = "", year: int = 0) -> Response:
    known, wanted = _known(seat), _wanted(seat, scheme, year)
    async with seat.office.reading() as unit:
        rows = await ledger.rows(seat.office, unit, seat.officer, *wanted, ROWS)
        named = [(each, masked_name(unit.workers.name(each.person))) for each in rows]
    say = seat.say
    lines = [(each, name, ledger.matter(say, each)) for each, name in named]
    return page(seat, "ledger.html", rows=lines, known=known, wanted=wanted)


async def sheet(seat: Seated, scheme: str = "", year: int = 0) -> Response:
    wanted = _wanted(seat, scheme, year)
    content = await ledger.sheet(seat.office, seat.officer, *wanted)
    headers = {
        "Content-Disposition": 'attachment; filename="ledger.xlsx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=XLSX, headers=headers)


def _known(seat: Seat) -> list[tuple[str, str]]:
    there = seat.office.schemes.known(seat.today)
    return [(each.id, seat.say.scheme(each.name)) for each in there if each.tier is Tier.HANDLE]


def _wanted(seat: Seat, scheme: str, year: int) -> tuple[str, int]:
    """What was asked for, or the first and this year."""
    known = [id_ for id_, _ in _known(seat)]
    chosen = scheme if scheme in known else known[0]
    return chosen, year if EARLIEST <= year <= LATEST else seat.today.year
