"""Duties after an award: once after the award or the payment, let go, and over with the award."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.catalogue import Catalogue
from core.duties import Duty
from core.errors import AlreadyDecided, NotFound, OutsideJurisdiction, Unreadable
from handlers import fulfilling
from handlers.fulfilling import Again, Fulfilled, LetGo
from storage.tables import Application
from storage.tables import Duty as Row
from tests.handlers.findings import claws_back
from tests.handlers.province import SKILL, Day
from tests.hands import DeskHand

REPORT = {"say": "交使用情况报告", "within": "15日", "cite": "第八条"}
TRAINING = {"say": "参加一次培训", "within": "1个月", "after": "award", "cite": "第八条"}


async def obliged(day: Day) -> Day:
    """As if the document of the skill subsidy asked for two things after it."""
    scheme = day.office.schemes.on(SKILL, day.office.today())
    asked = tuple(map(Duty.model_validate, ({**REPORT, "after": "payment"}, TRAINING, REPORT)))
    schemes = Catalogue([scheme.model_copy(update={"duties": asked})])
    return Day(replace(day.office, schemes=schemes), day.clock, day.province)


async def rows(day: Day, application: Application) -> list[Row]:
    async with day.office.reading() as unit:
        return list(await unit.duties.of(application.id))


async def test_duties_begin_with_their_event_and_end_with_the_award(day: Day) -> None:
    day = await obliged(day)
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(6, running, first, second)
    approved = day.office.today()
    (training,) = await rows(day, first)
    assert training.due.month == approved.month % 12 + 1
    for each in (first, second):
        await day.gives_account(each)
        await day.pays(running, each)
    report, training = await rows(day, first)
    assert report.due == day.office.today() + timedelta(days=15)

    hand = DeskHand(day.office, f"worker-{second.worker_id}", "telegram")
    await hand.turn(command="status")
    assert "交使用情况报告（依据 第八条）" in hand.heard
    with pytest.raises(NotFound):
        async with day.office.unit() as unit:
            await fulfilling.report(day.office, unit, second.worker_id, report.id, "不是我的")
    with pytest.raises(OutsideJurisdiction):
        await looks(day, "prefecture", report, Fulfilled())
    for wrong in (Again("缺发票", approved), LetGo(" "), Again("", approved + timedelta(days=20))):
        with pytest.raises(Unreadable):
            await looks(day, "office", report, wrong)
    await looks(day, "office", report, LetGo("文件没有要求单独报"))
    with pytest.raises(AlreadyDecided):
        await looks(day, "office", report, Fulfilled())
    assert "以后不用再报" in (await day.told(first))[-1]
    await looks(day, "office", training, Fulfilled())
    assert "已经完成" in (await day.told(first))[-1]

    await day.morning_of(report.due - timedelta(days=7))
    assert "现在报送" in (await day.told(second))[-1]
    told = await day.told(first)
    assert "现在报送" not in told[-1]
    await claws_back(day, second)
    assert [row.state for row in await rows(day, second)] == ["ended", "ended"]
    await day.days_pass(60)
    assert len(await rows(day, second)) == 2
    assert "duty_overdue" not in await day.acts(first)


async def looks(day: Day, login: str, row: Row, what: fulfilling.Look) -> None:
    officer = day.province[login]
    await fulfilling.look(day.office, officer, row.id, row.version, what)
