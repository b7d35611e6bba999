"""Corrections: all at once, answered in time, or lapsed."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from core.correction import Overlooked
from core.errors import (
    CertificateUsed,
    CorrectionOverdue,
    CorrectionUsed,
    MoveNotAllowed,
    NotEligible,
    Unreadable,
)
from core.facts import noted
from handlers import returning, review
from handlers.decisions import Defect, Pass, Reject, Return
from storage.tables import SHANGHAI, Application, Round
from tests.handlers.province import Day

PHOTO = Defect(slot=0, note="照片不清楚")
NUMBER = Defect(fact="certificate_number")


async def in_review(day: Day) -> tuple[Round, Application]:
    """At the provincial office, the only stage that knows corrections."""
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(3, running, application)
    return running, application


async def returns(
    day: Day,
    application: Application,
    *items: Defect,
    days: int = 5,
    login: str = "office",
    why: str = "",
) -> date:
    there = await day.now(application)
    due = day.office.today() + timedelta(days=days)
    asked = Return(items or (PHOTO, NUMBER), due, why)
    await review.decide(day.office, day.province[login], there.id, there.version, asked)
    return due


async def corrects(
    day: Day, application: Application, facts: Mapping[str, Any] | None = None
) -> None:
    async with day.office.unit() as unit:
        there = await unit.applications.by_id(application.id)
        await returning.corrected(day.office, unit, there, facts or {})


async def test_everything_to_be_corrected_is_told_at_once_with_a_date(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    there = await day.now(application)
    assert (there.state, there.stage, there.due, there.corrections) == ("correcting", 3, due, 1)
    told = (await day.told(application))[-1]
    assert "· 技能等级证书照片：照片不清楚\n· 证书编号" in told
    assert day.office.speak("zh_CN").day(due) in told
    async with day.office.reading() as unit:
        asked = await unit.applications.correction(application.id)
        queue = (await review.queue(day.office, unit, day.province["office"])).rows
    assert asked.items == [
        {"slot": 0, "note": "照片不清楚"},
        {"fact": "certificate_number", "note": ""},
    ]
    assert queue == ()


async def test_what_was_corrected_comes_back_to_the_same_stage(day: Day) -> None:
    _, application = await in_review(day)
    await returns(day, application)
    await corrects(day, application)
    there = await day.now(application)
    assert (there.state, there.stage, there.due) == ("in_stage", 3, None)
    assert there.union_id == day.province.tree.office.id
    assert "省总工会正在审核材料" in (await day.told(application))[-1]
    assert "张*华" in (await day.told("office"))[-1]
    async with day.office.reading() as unit:
        asked = await unit.applications.correction(application.id)
    assert asked.answered_at == day.clock.now()
    await day.passes("office", application)
    await day.days_pass(10)
    assert (await day.now(application)).stage == 4


async def test_what_was_overlooked_is_asked_for_later_with_a_written_reason_only(day: Day) -> None:
    _, application = await in_review(day)
    await returns(day, application, PHOTO)
    await corrects(day, application)
    with pytest.raises(Overlooked) as refused:
        await returns(day, application, PHOTO, NUMBER)
    assert refused.value.cite == "第六条(三)"
    await returns(day, application, PHOTO, NUMBER, why="补来的照片上编号对不上")
    assert "上次没有提到的，原因：补来的照片上编号对不上" in (await day.told(application))[-1]
    await corrects(day, application)
    async with day.office.reading() as unit:
        steps = await unit.passages.of(application.id)
        asked = await unit.applications.corrections(application.id)
    whys = [each.reason.get("why") for each in steps if each.move == "ask_correction"]
    assert whys == [None, "补来的照片上编号对不上"]
    assert [len(each.items) for each in asked] == [1, 2]
    await returns(day, application, PHOTO)  # what came anew is as bad as before
    await corrects(day, application)
    await day.passes("office", application)
    assert (await day.now(application)).stage == 4


async def test_first_review_and_verification_know_no_corrections(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(0, running, application)
    with pytest.raises(CorrectionUsed):
        await returns(day, application, login="base")
    await day.goes_to(2, running, application)
    with pytest.raises(CorrectionUsed):
        await returns(day, application, login="prefecture")


async def test_nothing_is_decided_while_the_worker_corrects(day: Day) -> None:
    _, application = await in_review(day)
    await returns(day, application)
    there = await day.now(application)
    for decision in (Pass(), Reject(("union_member",)), Return((PHOTO,), there.due or date.max)):
        with pytest.raises(MoveNotAllowed):
            await review.decide(
                day.office, day.province["office"], there.id, there.version, decision
            )


@pytest.mark.parametrize(
    ("items", "days", "hint"),
    [
        ((), 5, "choice"),
        ((Defect(slot=9),), 5, "choice"),
        ((Defect(slot=-1),), 5, "choice"),
        ((Defect(fact="weather"),), 5, "choice"),
        ((Defect(),), 5, "choice"),
        ((Defect(slot=0, fact="trade"),), 5, "choice"),
        ((Defect(slot=0, note="长" * 501),), 5, "too_long"),
        ((PHOTO,), 0, "date_past"),
        ((PHOTO,), 91, "date_far"),
    ],
)
async def test_a_correction_that_cannot_be_answered_is_not_asked(
    day: Day, items: tuple[Defect, ...], days: int, hint: str
) -> None:
    _, application = await in_review(day)
    there = await day.now(application)
    asked = Return(items, day.office.today() + timedelta(days=days))
    with pytest.raises(Unreadable) as refused:
        await review.decide(day.office, day.province["office"], there.id, there.version, asked)
    assert refused.value.hint == hint
    assert (await day.now(application)).state == "in_stage"


async def test_an_unanswered_correction_lapses_at_midnight_after_its_last_day(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    day.clock.set(datetime.combine(due, time(23, 59, 59), SHANGHAI))
    await day.time_passes()
    assert (await day.now(application)).state == "correcting"
    day.clock.move(seconds=1)
    await day.time_passes()
    there = await day.now(application)
    assert (there.state, there.live) == ("lapsed", False)
    assert "视为放弃申报（依据 第六条(三)）" in (await day.told(application))[-1]


async def test_a_correction_on_its_last_day_is_in_time(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    day.clock.set(datetime.combine(due, time(23, 59, 59), SHANGHAI))
    await corrects(day, application)
    day.clock.move(seconds=1)
    await day.time_passes()
    assert (await day.now(application)).state == "in_stage"


async def test_a_correction_after_its_last_day_is_refused(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    day.clock.set(datetime.combine(due + timedelta(days=1), time(0), SHANGHAI))
    with pytest.raises(CorrectionOverdue) as refused:
        await corrects(day, application)
    assert refused.value.due == due
    await day.time_passes()
    with pytest.raises(MoveNotAllowed):
        await corrects(day, application)


async def test_the_worker_is_reminded_the_day_before(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    await day.morning_of(due - timedelta(days=1))
    told = (await day.told(application))[-1]
    assert told.startswith("提醒您")
    assert day.office.speak("zh_CN").day(due) in told


async def test_who_has_corrected_is_not_reminded(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    await corrects(day, application)
    await day.morning_of(due + timedelta(days=1))
    assert not any(text.startswith("提醒您") for text in await day.told(application))


def answers(day: Day, **values: str) -> dict[str, Any]:
    today = day.office.today()
    return {fact: noted(value, "worker", today) for fact, value in values.items()}


async def test_new_answers_change_the_sum_and_what_limits_compare(day: Day) -> None:
    _, application = await in_review(day)
    await returns(day, application, Defect(fact="certificate"), Defect(fact="trade"))
    before = await day.now(application)
    new = answers(day, certificate="高级技师", trade="电工", certificate_number="S999")
    await corrects(day, application, new)
    there = await day.now(application)
    assert (there.level, there.trade, there.amount_fen) == ("高级技师", "电工", 200000)
    assert there.certificate_index != before.certificate_index
    assert there.facts["trade"]["value"] == "电工"


async def test_new_answers_that_fail_a_condition_are_not_taken(day: Day) -> None:
    _, application = await in_review(day)
    await returns(day, application, Defect(fact="certificate"))
    with pytest.raises(NotEligible):
        await corrects(day, application, answers(day, certificate="高级工及以下"))
    assert (await day.now(application)).state == "correcting"


async def test_a_certificate_of_somebody_else_is_not_taken(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.applies(running, number="S777")
    await day.goes_to(3, running, application)
    await returns(day, application, NUMBER)
    with pytest.raises(CertificateUsed):
        await corrects(day, application, answers(day, certificate_number="s-777"))


async def test_a_timer_that_rings_early_lapses_nothing(day: Day) -> None:
    _, application = await in_review(day)
    due = await returns(day, application)
    day.clock.set(datetime.combine(due, time(12), SHANGHAI))
    async with day.office.unit() as unit:
        await unit.timers.set("correction_due", application.id, unit.now)
    await asyncio.gather(day.time_passes(), corrects(day, application))
    assert (await day.now(application)).state == "in_stage"
