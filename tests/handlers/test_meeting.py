"""What a meeting decides on, and what its minutes keep."""

import pytest

from core.errors import AlreadyDecided, Recused, Unreadable
from core.meeting import Minutes, Point, Ruling
from core.people import Role
from core.workflow import Move
from handlers import approval, bench, passage
from tests.handlers.province import MINUTES, Day
from tests.handlers.test_approval_payment import at_approval
from tests.people import an_officer


async def test_what_came_or_changed_after_the_list_was_shown_is_not_decided(day: Day) -> None:
    """Three were shown: one is withdrawn, one was postponed meanwhile; a fourth has come since."""
    running, (first, second, third, fourth) = await at_approval(day, 4)
    shown = {each.id: Point((await day.now(each)).version) for each in (first, second, third)}
    chairs = day.province["chairs"]
    minutes = Minutes(MINUTES, day.office.today(), (chairs.id,), "其他主席")
    meanwhile = {second.id: Point(shown[second.id].version, Ruling.POSTPONE, "下次再议")}
    before = (await day.now(second)).due
    outcome = await approval.meeting(day.office, chairs, running.id, minutes, meanwhile)
    assert [each.id for each in outcome.postponed] == [second.id]
    there = await day.now(second)
    assert (there.state, there.stage, there.due) == ("in_stage", 5, before)
    assert "暂缓审议" in (await day.told(second))[-1]
    async with day.office.unit() as unit:
        worker = bench.worker(third.worker_id)
        gone = await unit.applications.held(third.id)
        await passage.move(day.office, unit, gone, Move.WITHDRAW, worker)
    outcome = await approval.meeting(day.office, chairs, running.id, minutes, shown)
    assert [each.id for each in outcome.approved] == [first.id]
    ((barred),) = outcome.barred
    assert (barred.application.id, type(barred.why)) == (second.id, AlreadyDecided)
    assert (await day.now(third)).state == "withdrawn"
    assert (await day.now(fourth)).stage == 5
    with pytest.raises(AlreadyDecided):
        await approval.meeting(day.office, chairs, running.id, minutes, {first.id: shown[first.id]})


async def test_the_minutes_name_who_left_the_room(day: Day) -> None:
    running, (first, second) = await at_approval(day, 2)
    async with day.office.unit() as unit:
        other = await an_officer(unit, day.province.tree.chairs, Role.CHAIRS, "chairs2")
        await unit.officers.declare(other.id, second.identity_index, "子女")
    chairs = day.province["chairs"]
    agenda = {each.id: Point((await day.now(each)).version) for each in (first, second)}
    alone = Minutes(MINUTES, day.office.today(), (other.id,))
    outcome = await approval.meeting(
        day.office, chairs, running.id, alone, {second.id: agenda[second.id]}
    )
    assert isinstance(outcome.barred[0].why, Recused)  # nobody is left who may decide
    both = Minutes(MINUTES, day.office.today(), (chairs.id, other.id))
    outcome = await approval.meeting(day.office, chairs, running.id, both, agenda)
    assert len(outcome.approved) == 2
    left = {"application": second.id, "officer": other.id, "relation": "relative"}
    assert outcome.meeting.withdrew == [left]
    async with day.office.reading() as unit:
        points = await unit.meetings.agenda(outcome.meeting.id)
    assert [point.ruling for point, _ in points] == ["approve", "approve"]


async def test_a_meeting_needs_minutes_and_has_been_held(day: Day) -> None:
    running, (first,) = await at_approval(day)
    today, chairs = day.office.today(), day.province["chairs"]
    good, shown = Minutes(MINUTES, today, others="主席们"), (await day.now(first)).version
    for minutes, agenda, hint in [
        (good, {first.id + 1: Point(1)}, "choice"),
        (Minutes(MINUTES, today, (day.province["office"].id,)), {first.id: Point(shown)}, "choice"),
        (Minutes(MINUTES, today), {first.id: Point(shown)}, "attendance"),
    ]:
        with pytest.raises(Unreadable) as no:
            await approval.meeting(day.office, chairs, running.id, minutes, agenda)
        assert no.value.hint == hint
    assert (await day.now(first)).version == shown
