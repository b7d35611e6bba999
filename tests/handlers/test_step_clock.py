"""The time of a step, in hours, days and working days: when it ends, and who hears of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from core.catalogue import Catalogue
from core.days import Calendar
from core.named_days import named_day
from core.people import Role
from core.periods import length
from handlers import hats
from handlers.decisions import Pass
from storage.tables import SHANGHAI, Application, Draft
from tests.handlers.province import Day
from tests.handlers.steps import applies, decides, goes_on
from tests.people import a_talk, an_officer

AID, COMPLAINT = "yn-union-legal-aid", "yn-labour-supervision-complaint"
HOSTING, FILED = "yn-skills-competition-class1-hosting", 2


def timed(
    day: Day, said: str, overrides: dict[date, bool] | None = None, scheme_id: str = AID
) -> None:
    """A scheme whose first step has this time, in an office with this calendar."""
    scheme = day.office.schemes.on(scheme_id, day.office.today())
    named = "月" in said and "个月" not in said
    time_ = {"by_day": named_day(said), "within": None} if named else {"within": length(said)}
    first = scheme.stages[0].model_copy(update=time_)
    stages = (first, *scheme.stages[1:])
    schemes = Catalogue([scheme.model_copy(update={"stages": stages})])
    day.office = replace(day.office, schemes=schemes, calendar=Calendar(overrides or {}))


async def begun(day: Day, on: date, at: time = time(10)) -> Application:
    day.clock.set(datetime.combine(on, at, SHANGHAI))
    return await applies(day, AID)


SPRING = date(2026, 2, 12)  # Thursday; the holiday is from 15 to 23 February, the 14th is worked
OCTOBER = date(2026, 9, 29)  # Tuesday; free from 1 to 7 October


@pytest.mark.parametrize(
    ("said", "begins", "overrides", "last"),
    [
        ("5个工作日", date(2026, 3, 10), {}, date(2026, 3, 17)),
        ("2个工作日", SPRING, {}, date(2026, 2, 14)),  # a worked Saturday
        ("3个工作日", SPRING, {}, date(2026, 2, 24)),
        ("3个工作日", OCTOBER, {}, date(2026, 10, 9)),
        ("3个工作日", OCTOBER, {date(2026, 10, 8): False}, date(2026, 10, 10)),
        ("3个工作日", OCTOBER, {date(2026, 10, 3): True}, date(2026, 10, 8)),
        ("7日", date(2026, 3, 10), {}, date(2026, 3, 17)),
        ("5日", date(2026, 3, 10), {}, date(2026, 3, 16)),  # ends on a Sunday: on Monday
        ("2日", OCTOBER, {}, date(2026, 10, 8)),  # ends in the holiday: after it
        ("2日", OCTOBER, {date(2026, 10, 1): True}, date(2026, 10, 1)),
        ("3月15日", date(2026, 3, 10), {}, date(2026, 3, 15)),  # a named Sunday stays
        ("当年3月底", date(2026, 3, 10), {}, date(2026, 3, 31)),
    ],
)
async def test_the_last_day_is_the_right_one_and_the_level_above_hears_after_it(
    day: Day, said: str, begins: date, overrides: dict[date, bool], last: date
) -> None:
    timed(day, said, overrides)
    aid = await begun(day, begins)
    over = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
    assert (aid.due, aid.due_at) == (last, over)
    await day.morning_of(last, time(23, 59))
    assert not any("超时" in each for each in await day.told("prefecture"))
    assert any("办结的日期" in each for each in await day.told("county"))
    await day.morning_of(last + timedelta(days=1), time(0))
    assert sum("超时" in each for each in await day.told("prefecture")) == 1
    assert not any("超时" in each for each in await day.told("province"))


async def test_the_reminder_comes_on_the_working_day_before(day: Day) -> None:
    timed(day, "3个工作日")
    aid = await begun(day, SPRING)
    assert aid.due == date(2026, 2, 24)
    await day.morning_of(date(2026, 2, 13))
    assert not any("快到时限" in each for each in await day.told("county"))
    await day.morning_of(date(2026, 2, 14))
    assert sum("快到时限" in each for each in await day.told("county")) == 1


async def test_hours_run_on_through_night_and_holiday(day: Day) -> None:
    timed(day, "2小时")
    aid = await begun(day, date(2026, 9, 30), time(23, 30))
    assert aid.due_at == datetime(2026, 10, 1, 1, 30, tzinfo=SHANGHAI)
    day.clock.set(datetime(2026, 10, 1, 1, 29, tzinfo=SHANGHAI))
    await day.time_passes()
    assert not any("超时" in each for each in await day.told("prefecture"))
    day.clock.move(minutes=1)
    await day.time_passes()
    assert sum("超时" in each for each in await day.told("prefecture")) == 1


async def test_what_is_done_on_the_last_day_escalates_to_nobody(day: Day) -> None:
    timed(day, "5个工作日")
    aid = await begun(day, date(2026, 3, 10))
    assert aid.due is not None
    await day.morning_of(aid.due, time(23, 59))
    await decides(day, "county", aid, Pass(facts={"temporary_hardship": True}))
    await day.days_pass(30)
    assert not any("超时" in each for each in await day.told("prefecture"))


async def test_what_has_to_be_done_before_an_event_is_reminded_of_and_late_on_its_day(
    day: Day,
) -> None:
    """竞赛方案、技术文件等材料，应于竞赛启动前两个月内……备案."""
    hosting = await applies(day, HOSTING)
    launch = date(2026, 6, 1)  # Monday, after a free weekend
    found = {"contest_trade_suitable": True, "host_barred": False, "contest_starts_on": launch}
    await decides(day, "office", hosting, Pass(True, found, "同意"))
    while (there := await day.now(hosting)).stage < FILED:
        await goes_on(day, there)
    assert (there.due, there.due_at) == (date(2026, 5, 31), datetime(2026, 6, 1, tzinfo=SHANGHAI))

    async def reminded() -> list[int]:
        officers = await day.told("office")
        return [
            sum("快到时限" in each for each in officers),
            sum("最后一天是5月31日" in each for each in await day.told(hosting)),
            sum("超时" in each for each in await day.told("province")),
        ]

    for on, so_far in (
        (date(2026, 3, 31), [0, 0, 0]),
        (date(2026, 4, 1), [1, 1, 0]),  # two months before: its time begins
        (date(2026, 5, 28), [1, 1, 0]),
        (date(2026, 5, 29), [2, 2, 0]),  # the working day before the last
        (date(2026, 5, 31), [2, 2, 0]),
        (launch, [2, 2, 1]),
    ):
        await day.morning_of(on)
        assert await reminded() == so_far, on


async def test_without_the_day_of_the_event_no_clock_runs(day: Day) -> None:
    hosting = await applies(day, HOSTING)
    while (there := await day.now(hosting)).stage < FILED:
        await goes_on(day, there)
    assert (there.due, there.due_at) == (None, None)


async def test_without_anybody_above_it_goes_one_further_up(day: Day) -> None:
    timed(day, "1个工作日")
    aid = await begun(day, date(2026, 3, 10))
    async with day.office.unit() as unit:
        gone = await unit.officers.by_id(day.province["prefecture"].id)
        assert gone is not None
        gone.active = False
    async with day.office.reading() as unit:
        above = await hats.next_up(unit, aid.union_id or 0)
    assert {each.role for each in above} <= {Role.OFFICE, Role.MANAGER}
    assert {each.union_id for each in above} == {day.province.tree.province.id}


async def test_days_the_province_asks_for_are_escalated_with_one_count(day: Day) -> None:
    running = await day.opens_round(stage_days=10)
    applications = [await day.applies(running) for _ in range(3)]
    await day.window_ends(running)
    there = await day.now(applications[0])
    assert there.due is not None
    await day.morning_of(there.due, time(23, 59))
    assert not any("超过了" in each for each in await day.told("prefecture"))
    await day.morning_of(there.due + timedelta(days=1))
    late = [each for each in await day.told("prefecture") if "超过了" in each]
    assert late == [
        "春城机械厂工会有3件超过了要求办结的日期，已经报告上一级。\n→ 发 /officer 查看待办。"
    ]
    for application in applications:
        assert (await day.acts(application)).count("escalate") == 1


async def test_a_late_complaint_is_not_told_to_whom_it_is_about(day: Day) -> None:
    timed(day, "5个工作日", scheme_id=COMPLAINT)
    complaint = await applies(day, COMPLAINT)
    async with day.office.unit() as unit:
        folder = await unit.session.get(Draft, complaint.draft_id)
        assert folder is not None
        folder.accused_sealed = day.office.vault.seal("经办prefecture", "drafts.other")
        home = day.province.tree.prefecture
        other = await an_officer(unit, home, Role.VERIFIER, "other", name="经办other")
        talk = await a_talk(unit, "officer-other")
        talk.officer_id = other.id
        await unit.conversations.write(talk)
    await day.days_pass(10)
    assert any("超时" in each for each in await day.told("other"))
    assert not any("超时" in each for each in await day.told("prefecture"))
