"""所在单位同步公示: it hangs in the unit as well, and nobody goes on before both have ended."""

from datetime import timedelta

import pytest

from core.errors import AlreadyDecided, OutsideJurisdiction
from handlers import notice, objection
from storage.objections import Objector
from storage.tables import Application, Notice
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import applies, goes_on

DIRECT, HANGS = "yn-yunling-craftsman-direct-recognition", 4
SAID = Objector("", "", "", "名次不是决赛的。")


async def hung_by_the_province(day: Day) -> tuple[Application, Notice]:
    application = await applies(day, DIRECT)
    async with day.office.reading() as unit:
        round_ = await unit.rounds.by_id(application.round_id)
    await day.window_ends(round_)
    while (there := await day.now(application)).stage < HANGS:
        await goes_on(day, there)
    return there, await notice.post(day.office, day.province["office"], there.round_id, HANGS)


async def test_it_waits_until_both_have_ended(day: Day) -> None:
    there, hung = await hung_by_the_province(day)
    assert "所在单位同步公示：本单位有1人" in (await day.told("base"))[-1]
    await day.days_pass(2)
    unit_chat = Chat(day, "base")
    await unit_chat.turn(command="officer")
    await unit_chat.tap("公示")
    await unit_chat.tap(unit_chat.labels[0])
    await unit_chat.tap("现在公示")
    assert "✓" in unit_chat.heard
    assert (await day.now(there)).stage_began == hung.posted_at.date()
    await day.notice_ends(hung)
    assert (await day.now(there)).stage == HANGS
    async with day.office.reading() as unit:
        mine = await unit.notices.newest_about(there)
    assert mine is not None
    assert mine.last_day > hung.last_day
    assert (await day.now(there)).due == mine.last_day
    await day.notice_ends(mine)
    assert (await day.now(there)).stage == HANGS + 1
    base = day.province["base"]
    with pytest.raises(AlreadyDecided):
        await notice.post(day.office, base, there.round_id, HANGS)


async def test_a_unit_that_does_not_hang_it_is_reminded_and_the_next_one_up_is_told(
    day: Day,
) -> None:
    there, hung = await hung_by_the_province(day)
    await day.morning_of(hung.posted_at.date() + timedelta(days=3))
    assert "还没有在本单位同步公示" in (await day.told("base"))[-1]
    assert "还没有同步公示" in (await day.told("county"))[-1]
    await day.notice_ends(hung)
    await day.days_pass(20)
    assert (await day.now(there)).stage == HANGS
    late = await notice.post(day.office, day.province["base"], there.round_id, HANGS)
    await day.notice_ends(late)
    assert (await day.now(there)).stage == HANGS + 1


async def test_what_is_said_against_the_units_notice_is_looked_into_by_the_body_of_the_step(
    day: Day,
) -> None:
    there, hung = await hung_by_the_province(day)
    mine = await notice.post(day.office, day.province["base"], there.round_id, HANGS)
    made = await objection.make(day.office, mine.id, there.number, SAID)
    office = day.province["office"]
    assert made.union_id == office.union_id
    ruled = {"upheld": False, "finding": "查了公告", "reason": "决赛名次有公告"}
    with pytest.raises(OutsideJurisdiction):
        await objection.decide(day.office, day.province["base"], made.id, **ruled)
    await day.notice_ends(max(hung, mine, key=lambda each: each.last_day))
    assert (await day.now(there)).stage == HANGS
    await objection.decide(day.office, office, made.id, **ruled)
    assert (await day.now(there)).stage == HANGS + 1
