"""Meetings: the list that stands at approval, who was there, what was decided, and the minutes."""

from collections.abc import Sequence

from starlette.responses import Response

from admin.once import new_key, once
from admin.oversight import bounded
from admin.pages import page, to
from admin.roles import MEETERS
from admin.rounds import check_sight, describe
from admin.seats import Form, Id, Seat, Seated
from admin.sent import Sent, number
from core.errors import AppError, OutsideJurisdiction, Unreadable
from core.meeting import (
    LONGEST_GROUND,
    LONGEST_MINUTES,
    LONGEST_OTHERS,
    Minutes,
    Point,
    Ruling,
)
from core.people import masked_name
from core.stages import Manner
from handlers import approval
from storage.tables import Application, Officer
from storage.unit import Unit

SHOWN = 50  # meetings on one page
RULING = "ruling:"


async def meetings(seat: Seated) -> Response:
    """Rounds in which something stands at approval, and the meetings there were."""
    check_sight(seat)
    async with seat.office.reading() as unit:
        batches = [
            (describe(seat, row), waiting)
            for row in await unit.rounds.all()
            if row.state != "done" and (waiting := await _at_approval(seat, unit, row.id))
        ]
        held = await unit.meetings.latest(None if seat.overseer else seat.union.id, SHOWN)
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
        meeting = (await unit.meetings.by_id(bounded(held)))[0] if held else None
        members = await approval.attending(unit, seat.officer)
    return page(
        seat,
        "meeting.html",
        round=one,
        rows=rows,
        total=sum(row[0].amount_fen or 0 for row in rows if not row[3]),
        may=seat.role in MEETERS,
        members=members,
        rulings=list(Ruling),
        key=new_key(),
        held=meeting,
        longest=LONGEST_GROUND,
        longest_minutes=LONGEST_MINUTES,
        longest_others=LONGEST_OTHERS,
    )


async def hold(seat: Seated, sent: Form, round_id: Id) -> Response:
    minutes = Minutes(
        sent.said("minutes", LONGEST_MINUTES),
        sent.day("held_on"),
        sent.numbers("present", 1),
        sent.text("others", LONGEST_OTHERS),
    )
    agenda = _agenda(sent)

    async def do(unit: Unit) -> int:
        outcome = await approval.meeting(seat.office, seat.officer, round_id, minutes, agenda, unit)
        return outcome.meeting.id

    order = str((round_id, minutes, agenda))
    held = await once(seat, sent.text("key", 40), "meeting", order, do)
    return to(f"/console/meetings/{round_id}", held=held)


async def minutes(seat: Seated, meeting_id: Id) -> Response:
    """What one meeting has decided, who was there, and who left the room for which application."""
    check_sight(seat)
    async with seat.office.reading() as unit:
        meeting, by = await unit.meetings.by_id(meeting_id)
        if not seat.overseer and by.union_id != seat.union.id:
            raise OutsideJurisdiction("")
        one = describe(seat, await unit.rounds.by_id(meeting.round_id))
        agenda = await unit.meetings.agenda(meeting_id)
        rows = await _named(seat, unit, [(each, None) for _, each in agenda])
        there = {*meeting.present, *(each["officer"] for each in meeting.withdrew)}
        names = {each: await _name(unit, each) for each in there}
    left: dict[int, list[tuple[str, str]]] = {}
    for each in meeting.withdrew:
        left.setdefault(each["application"], []).append((names[each["officer"]], each["relation"]))
    return page(
        seat,
        "minutes.html",
        meeting=meeting,
        by=by,
        round=one,
        present=[names[each] for each in meeting.present],
        rows=[
            (point, *row, left.get(row[0].id, []))
            for (point, _), row in zip(agenda, rows, strict=True)
        ],
    )


def _agenda(sent: Sent) -> dict[int, Point]:
    """One line for each application the page has shown: what was decided, and on which version."""
    found = {}
    for name in sent.fields:
        if name.startswith(RULING):
            ruling, _, version = sent.raw(name).partition(":")
            if ruling not in list(Ruling):
                raise Unreadable("choice")
            about = name.removeprefix(RULING)
            ground = sent.lines(f"ground:{about}", LONGEST_GROUND)
            ruled = Ruling(ruling)
            said = "" if ruled is Ruling.APPROVE else ground
            found[number(about)] = Point(number(version), ruled, said)
    return found


async def _name(unit: Unit, officer_id: int) -> str:
    officer: Officer | None = await unit.officers.by_id(officer_id)
    return officer.name if officer else ""


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
