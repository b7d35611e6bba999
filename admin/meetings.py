"""The chairs' meeting: the batch that stands at approval, its minutes, and who is refused."""

from collections.abc import Sequence

from sqlalchemy import select, true
from starlette.responses import Response

from admin.once import new_key, once
from admin.oversight import bounded
from admin.pages import page, to
from admin.roles import MEETERS
from admin.rounds import check_sight, describe
from admin.seats import Form, Id, Seat, Seated
from admin.sent import Sent
from core.errors import AppError
from core.people import masked_name
from core.stages import Manner
from handlers import approval
from storage.tables import Application, Meeting, Officer
from storage.unit import Unit


async def meetings(seat: Seated) -> Response:
    """Rounds in which something stands at approval, and the meetings there were."""
    check_sight(seat)
    async with seat.office.reading() as unit:
        batches = [
            (describe(seat, row), waiting)
            for row in await unit.rounds.all()
            if row.state != "done" and (waiting := await _at_approval(seat, unit, row.id))
        ]
        mine = true() if seat.overseer else Officer.union_id == seat.union.id
        held = (
            await unit.session.execute(
                select(Meeting, Officer.name)
                .join(Officer, Officer.id == Meeting.officer_id)
                .where(mine)
                .order_by(Meeting.id.desc())
                .limit(50)
            )
        ).all()
        rounds = {meeting.round_id for meeting, _ in held}
        names = {each: describe(seat, await unit.rounds.by_id(each)) for each in rounds}
    return page(seat, "meetings.html", batches=batches, held=held, names=names)


async def batch(seat: Seated, round_id: Id, held: int = 0) -> Response:
    """What the next meeting decides on; after one (`held`), what it could not decide, and why."""
    check_sight(seat)
    async with seat.office.reading() as unit:
        one = describe(seat, await unit.rounds.by_id(round_id))
        standing = await approval.standing(seat.office, unit, seat.officer, round_id)
        rows = await _named(seat, unit, standing)
        meeting = await unit.session.get(Meeting, bounded(held)) if held else None
    return page(
        seat,
        "meeting.html",
        round=one,
        rows=rows,
        total=sum(row[0].amount_fen or 0 for row in rows if not row[3]),
        may=seat.role in MEETERS,
        key=new_key(),
        held=meeting,
        longest=approval.LONGEST_REASON,
        longest_minutes=approval.LONGEST_MINUTES,
    )


async def hold(seat: Seated, sent: Form, round_id: Id) -> Response:
    minutes, held_on = sent.said("minutes", approval.LONGEST_MINUTES), sent.day("held_on")
    refused = _refused(sent)

    async def do(unit: Unit) -> int:
        outcome = await approval.meeting(
            seat.office, seat.officer, round_id, minutes, held_on, refused, unit
        )
        return outcome.meeting.id

    order = str((round_id, minutes, held_on, refused))
    held = await once(seat, sent.text("key", 40), "meeting", order, do)
    return to(f"/console/meetings/{round_id}", held=held)


def _refused(sent: Sent) -> dict[int, str]:
    """The ticked applications, each with the reason beside it."""
    longest = approval.LONGEST_REASON
    return {each: sent.lines(f"reason:{each}", longest) for each in sent.numbers("refuse", 1)}


async def _at_approval(seat: Seat, unit: Unit, round_id: int) -> int:
    row = await unit.rounds.by_id(round_id)
    scheme = describe(seat, row).scheme
    counts = await unit.applications.counts(round_id)
    stages = [
        stage
        for state, stage in counts
        if state == "in_stage" and scheme.stages[stage].manner is Manner.MEET
    ]
    union = None if seat.overseer else seat.union.id
    return sum([len(await unit.applications.at(round_id, n, union)) for n in stages])


async def _named(
    seat: Seat, unit: Unit, standing: Sequence[tuple[Application, AppError | None]]
) -> list[tuple[Application, str, str, str]]:
    """Each with the masked name, the unit, and the sentence of what bars it."""
    people = await unit.applications.people({each.worker_id for each, _ in standing})
    units = await unit.unions.names(*{each.base_union_id for each, _ in standing})
    return [
        (
            each,
            masked_name(unit.workers.name(people[each.worker_id])),
            units[each.base_union_id],
            seat.say.refusal(why) if why else "",
        )
        for each, why in standing
    ]
