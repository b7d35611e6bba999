"""What the calendar does by itself: reminders, and timers that fail."""

from datetime import datetime, time, timedelta

import pytest

from handlers import deadline
from handlers.decisions import Defect
from storage.tables import SHANGHAI
from tests.handlers.province import Day

PHOTO = Defect(slot=0, note="照片不清楚")
NUMBER = Defect(fact="certificate_number")


async def test_officers_hear_when_the_date_the_province_asked_for_is_here(day: Day) -> None:
    running = await day.opens_round(stage_days=10)
    first, second = await day.applies(running), await day.applies(running)
    await day.window_ends(running)
    await day.passes("base", first)
    await day.days_pass(9)
    assert not any("办结的日期" in text for text in await day.told("base"))
    await day.days_pass(1)
    assert "有1份申报到了要求办结的日期" in (await day.told("base"))[-1]
    await day.passes("base", second)
    await day.days_pass(10)
    reminders = [text for text in await day.told("base") if "办结的日期" in text]
    assert len(reminders) == 1


async def test_several_dates_of_one_day_are_one_reminder(day: Day) -> None:
    running = await day.opens_round(stage_days=10)
    applications = [await day.applies(running) for _ in range(3)]
    await day.window_ends(running)
    await day.days_pass(10)
    reminders = [text for text in await day.told("base") if "办结的日期" in text]
    assert reminders == ["有3份申报到了要求办结的日期。\n→ 发 /officer 查看待办。"]
    assert len(applications) == 3


async def test_a_worker_without_an_account_is_reminded_every_three_days(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    for reminders in (1, 2):
        await day.days_pass(3)
        told = [text for text in await day.told(application) if "还差收款账户" in text]
        assert len(told) == reminders
    assert len(set(await day.links(application))) == 3
    await day.gives_account(application)
    await day.days_pass(3)
    assert len(await day.links(application)) == 3


async def test_after_a_month_nobody_is_reminded_any_more(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    await day.days_pass(40)
    assert len(await day.links(application)) == 1


async def test_a_timer_that_fails_does_not_hold_up_the_others(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    async with day.office.unit() as unit:
        await unit.timers.set("round_full", 999, unit.now)  # a round that does not exist
    day.clock.set(datetime.combine(running.closes + timedelta(days=1), time(9), SHANGHAI))
    with pytest.raises(BaseExceptionGroup) as failed:
        await day.time_passes()
    assert len(failed.value.exceptions) == 1
    assert (await day.now(application)).state == "in_stage"
    assert await deadline.tick(day.office) == 0
    day.clock.move(minutes=10)
    with pytest.raises(BaseExceptionGroup):
        await day.time_passes()
