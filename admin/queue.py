"""What waits for this officer, nearest date first, and the way to any application by number."""

from collections.abc import Iterable, Sequence

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Seated
from core.reading import line
from handlers import review

ROWS = 50  # on one page


async def queue(
    seat: Seated, scheme: str = "", stage: str = "", after: str = "", done: str = ""
) -> Response:
    """`scheme` and `stage` choose; `after` is where the page before has ended."""
    async with seat.office.reading() as unit:
        heaps = await review.heaps(seat.office, unit, seat.officer)
        one = await review.queue(
            seat.office,
            unit,
            seat.officer,
            scheme=scheme,
            stage=stage,
            after=after,
            limit=ROWS,
            counted=heaps,
        )
    mine = [h.pile for h in heaps if scheme in ("", h.pile.scheme_id) and stage in ("", h.stage)]
    return page(
        seat,
        "queue.html",
        rows=one.rows,
        after=after,
        further=one.after,
        total=sum(each.count for each in mine),
        late=sum(each.pile.late for each in heaps),
        schemes=_unique((each.pile.scheme_id, each.scheme) for each in heaps),
        stages=_unique((each.stage, each.stage) for each in heaps),
        scheme=scheme,
        stage=stage,
        done=done,
    )


async def find(seat: Seated, number: str = "") -> Response:
    """To the application with this number; what one may not see is not there."""
    async with seat.office.reading() as unit:
        application = await unit.applications.numbered(line(number).upper()[:24])
        await review.card(seat.office, unit, seat.officer, application.id)
    return to(f"/console/applications/{application.id}")


def _unique(pairs: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return list(dict(pairs).items())
