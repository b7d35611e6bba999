"""What waits for this officer, nearest date first, and the way to any application by number."""

from collections.abc import Iterable, Sequence

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Seated
from admin.sent import prose
from handlers import review
from handlers.decisions import Waiting

ROWS = 50  # on one page


async def queue(
    seat: Seated, scheme: str = "", stage: str = "", at: int = 1, done: str = ""
) -> Response:
    """`scheme` and `stage` choose; `at` is the number of the page."""
    async with seat.office.reading() as unit:
        waiting = await review.queue(seat.office, unit, seat.officer)
    chosen = [each for each in waiting if _wanted(each, scheme, stage)]
    start = max(at - 1, 0) * ROWS
    return page(
        seat,
        "queue.html",
        rows=chosen[start : start + ROWS],
        at=max(at, 1),
        more=len(chosen) > start + ROWS,
        total=len(chosen),
        late=sum(each.late or bool(each.due and each.due < seat.today) for each in waiting),
        schemes=_unique((each.scheme_id, each.scheme) for each in waiting),
        stages=_unique((each.stage, each.stage) for each in waiting),
        scheme=scheme,
        stage=stage,
        done=done,
    )


async def find(seat: Seated, number: str = "") -> Response:
    """To the application with this number; what one may not see is not there."""
    async with seat.office.reading() as unit:
        application = await unit.applications.numbered(prose(number).upper()[:24])
        await review.card(seat.office, unit, seat.officer, application.id)
    return to(f"/console/applications/{application.id}")


def _wanted(each: Waiting, scheme: str, stage: str) -> bool:
    return (not scheme or each.scheme_id == scheme) and (not stage or each.stage == stage)


def _unique(pairs: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return list(dict(pairs).items())
