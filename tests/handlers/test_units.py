"""Limits of a whole unit: counted over its people and rounds, wherever something is given."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.errors import LimitReached
from core.facts import noted, plain
from core.limits import Guard, UnitLimitReached
from handlers import limits
from handlers import round as rounds
from storage.admission import Admission
from storage.tables import Application, Round
from tests.handlers.province import Day
from tests.journeys.playing import a_ticket, lately

PROJECT = "yn-innovation-project-subsidy"


async def opens(day: Day) -> Round:
    today = day.office.today()
    about = {"scheme_id": PROJECT, "opens": today, "closes": today + timedelta(days=20)}
    return await rounds.open_round(day.office, day.province["manager"], places=None, **about)


STUDIO = "王某某焊接工作室"


async def applies(
    day: Day, running: Round, counter: Admission | None = None, studio: str = STUDIO
) -> Application:
    """Somebody else of the same unit, for this studio."""
    worker = await day.worker()
    async with day.office.unit() as unit:
        draft = await unit.drafts.begin(worker.id, PROJECT)
    today = day.office.today()
    scheme = day.office.schemes.on(PROJECT, today)
    asked: dict[str, Any] = dict(lately(scheme, today)) | {"studio_name": studio}
    facts = {f: noted(v, "worker", today) for f, v in asked.items() if f in scheme.asked}
    ticket = a_ticket(scheme, running.id, worker, draft.id, today, facts)
    guard = Guard(scheme, plain(facts, scheme.asked), today.year)
    ticket = replace(ticket, guard=guard, trade=studio)
    admitted = await (counter or day.office.admission).admit(ticket)
    return await day.now(admitted.application_id)


async def test_a_studio_may_send_one_project_a_year_over_all_rounds_and_people(day: Day) -> None:
    """第十四条第4项: 每个“一站三室”每年只能申报1个; another studio of the unit sends its own."""
    first, second = await opens(day), await opens(day)
    sent = await applies(day, first)
    for running in (first, second):
        with pytest.raises(UnitLimitReached) as refused:
            await applies(day, running)
        assert (refused.value.count, refused.value.cite) == (1, "第十四条第4项")
    assert "你单位今年已有1件申报" in day.office.speak("zh_CN").refusal(refused.value)
    async with day.office.unit() as unit:
        colleague = await unit.applications.awards(sent.worker_id + 1)
        others = await unit.applications.unit_awards(sent.worker_id + 1, [PROJECT])
    assert (colleague, [award.of for award in others]) == ([], ["unit"])
    assert (await applies(day, first, studio="李某某电气工作站")).live


async def test_of_two_colleagues_who_send_at_once_in_two_rounds_one_gets_through(day: Day) -> None:
    first, second = await opens(day), await opens(day)
    beside = Admission(day.office.database, day.clock.now)  # another process

    async def sends(running: Round, counter: Admission | None) -> bool:
        try:
            await applies(day, running, counter)
        except UnitLimitReached:
            return False
        return True

    came = await asyncio.gather(
        *(sends(each, counter) for each in (first, second) for counter in (None, beside))
    )
    await beside.close()
    assert sorted(came) == [False, False, False, True]


async def test_what_a_colleague_has_is_looked_at_again_before_approval_and_payment(
    day: Day,
) -> None:
    """Both were sent before the limit was watched: the later one does not get through."""
    running = await opens(day)
    sent = await applies(day, running)
    async with day.office.unit() as unit:
        kept = await unit.applications.held(sent.id)
        kept.live = False
    late = await applies(day, running)
    async with day.office.unit() as unit:
        kept = await unit.applications.held(sent.id)
        kept.live = True
    async with day.office.reading() as unit:
        both = await unit.applications.some([sent.id, late.id])
        barred = await limits.reached(day.office, unit, both)
    assert barred.keys() == {late.id}
    assert isinstance(barred[late.id], LimitReached)
