"""Rounds: opened by the province, reviewed when full or over, closed when everything is settled."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from core.catalogue import Catalogue
from core.errors import MoveNotAllowed, NotFound, NotYours, QuotaExhausted, Unreadable
from core.window import Window
from handlers import review, withdrawal
from handlers import round as rounds
from handlers.decisions import Reject
from storage.tables import SHANGHAI, Application
from tests.handlers.province import SKILL, Day


async def test_a_round_is_opened_under_the_scheme_in_force(day: Day) -> None:
    running = await day.opens_round(places=30, stage_days=7)
    assert (running.scheme_version, running.year, running.state) == ("2021-11-12", 2026, "open")
    async with day.office.reading() as unit:
        found = await unit.rounds.open_for(SKILL, day.office.today())
        acts = await unit.acts.of(f"round:{running.id}")
    assert found is not None
    assert (found.id, found.places, found.stage_days) == (running.id, 30, 7)
    assert [(act.who, act.what) for act in acts] == [
        (f"officer:{day.province['manager'].id}", "open_round")
    ]


async def test_only_a_manager_opens_and_closes_a_round(day: Day) -> None:
    running = await day.opens_round()
    for login in ("base", "office", "chairs", "finance"):
        officer = day.province[login]
        with pytest.raises(NotYours):
            await rounds.open_round(
                day.office,
                officer,
                scheme_id=SKILL,
                places=1,
                opens=date(2026, 4, 1),
                closes=date(2026, 4, 2),
            )
        with pytest.raises(NotYours):
            await rounds.close(day.office, officer, running.id)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"places": 0}, "number"),
        ({"stage_days": 0}, "number"),
        ({"opens": date(2026, 5, 1), "closes": date(2026, 4, 30)}, "date_order"),
        ({"opens": date(2026, 1, 1), "closes": date(2026, 1, 31)}, "date_past"),
    ],
)
async def test_a_round_that_cannot_be_is_refused(
    day: Day, wrong: dict[str, Any], hint: str
) -> None:
    given: dict[str, Any] = {
        "places": 5,
        "opens": date(2026, 4, 1),
        "closes": date(2026, 4, 30),
    } | wrong
    manager = day.province["manager"]
    with pytest.raises(Unreadable) as refused:
        await rounds.open_round(day.office, manager, scheme_id=SKILL, **given)
    assert refused.value.hint == hint


async def test_with_an_hour_the_review_begins_in_the_minute_after_it(day: Day) -> None:
    today = day.office.today()
    manager = day.province["manager"]
    about = {"opens": today, "closes": today + timedelta(days=3), "closes_at": time(17)}
    running = await rounds.open_round(day.office, manager, scheme_id=SKILL, places=5, **about)
    assert running.ends == datetime.combine(running.closes, time(17), SHANGHAI)
    application = await day.applies(running)
    await day.morning_of(running.closes, time(17, 0, 59))
    assert (await day.now(application)).state == "waiting"
    async with day.office.reading() as unit:
        assert await unit.rounds.open_for(SKILL, day.office.today()) is not None
    await day.morning_of(running.closes, time(17, 1))
    assert (await day.now(application)).state == "in_stage"
    async with day.office.reading() as unit:
        assert await unit.rounds.open_for(SKILL, day.office.today()) is None


async def test_an_hour_that_is_over_opens_no_round(day: Day) -> None:
    today = day.office.today()
    with pytest.raises(Unreadable) as refused:
        await rounds.open_round(
            day.office,
            day.province["manager"],
            scheme_id=SKILL,
            places=5,
            opens=today,
            closes=today,
            closes_at=time(9, 59),
        )
    assert refused.value.hint == "date_past"


async def test_the_hour_of_the_document_holds_where_nobody_names_one(day: Day) -> None:
    scheme = day.office.schemes.on(SKILL, day.office.today())
    window = Window(closes=day.office.today() + timedelta(days=3), at=time(17), cite="第六条(一)")
    day.office = replace(
        day.office, schemes=Catalogue([scheme.model_copy(update={"window": window})])
    )
    running = await day.opens_round(days=3)
    assert running.closes_at == time(17)


async def test_a_round_of_an_unknown_scheme_is_not_found(day: Day) -> None:
    with pytest.raises(NotFound):
        await day.opens_round(scheme="yn-unknown")


async def test_the_review_begins_when_the_last_place_is_taken(day: Day) -> None:
    running = await day.opens_round(places=2, stage_days=10)
    first = await day.applies(running)
    await day.time_passes()
    assert (await day.now(first)).state == "waiting"
    second = await day.applies(running)
    await day.time_passes()
    for application in (first, second):
        there = await day.now(application)
        assert (there.state, there.stage) == ("in_stage", 0)
        assert there.union_id == day.province.tree.base.id
        assert there.due == day.office.today() + timedelta(days=10)
    async with day.office.reading() as unit:
        there_round = await unit.rounds.by_id(running.id)
    assert (there_round.state, there_round.started_at) == ("reviewing", day.clock.now())


async def test_the_review_begins_at_midnight_after_the_last_day(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    day.clock.set(datetime.combine(running.closes, time(23, 59, 59), SHANGHAI))
    await day.time_passes()
    assert (await day.now(application)).state == "waiting"
    day.clock.move(seconds=1)
    await day.time_passes()
    assert (await day.now(application)).state == "in_stage"


async def test_each_goes_to_the_unit_it_belongs_to(day: Day) -> None:
    running = await day.opens_round()
    here = await day.applies(running)
    there = await day.applies(running, await day.worker(day.province.other_base))
    await day.goes_to(3, running, here)
    assert (await day.now(there)).union_id == day.province.other_base.id
    await day.passes("erhai", there)
    await day.notice_ends(await day.posts("erhai", there))
    assert (await day.now(there)).union_id == day.province.other_prefecture.id


async def test_a_place_that_came_back_keeps_the_round_open(day: Day) -> None:
    running = await day.opens_round(places=2)
    first, second = await day.applies(running), await day.applies(running)
    await takes_back(day, second)
    await day.time_passes()
    assert (await day.now(first)).state == "waiting"
    third = await day.applies(running)
    assert third.rank == 3
    await day.time_passes()
    assert (await day.now(first)).state == "in_stage"


async def takes_back(day: Day, application: Application) -> None:
    async with day.office.unit() as unit:
        await withdrawal.take_back(day.office, unit, application.worker_id, application.id)


async def test_a_place_is_not_given_again_once_the_review_has_begun(day: Day) -> None:
    running = await day.opens_round(places=1)
    application = await day.applies(running)
    await day.time_passes()
    await takes_back(day, application)
    there = await day.now(application)
    assert (there.state, there.live, there.union_id) == ("withdrawn", False, None)
    with pytest.raises(QuotaExhausted):
        await day.applies(running)
    async with day.office.reading() as unit:
        assert (await unit.rounds.by_id(running.id)).taken == 1


async def test_somebody_elses_application_cannot_be_taken_back(day: Day) -> None:
    running = await day.opens_round()
    application, other = await day.applies(running), await day.worker()
    async with day.office.unit() as unit:
        with pytest.raises(NotFound):
            await withdrawal.take_back(day.office, unit, other.id, application.id)


async def test_what_is_approved_cannot_be_taken_back(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(5, running, application)
    assert withdrawal.possible(day.office, await day.now(application))
    await day.meets(running)
    assert not withdrawal.possible(day.office, await day.now(application))
    async with day.office.unit() as unit:
        with pytest.raises(MoveNotAllowed):
            await withdrawal.take_back(day.office, unit, application.worker_id, application.id)


async def test_many_are_started_part_by_part(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "CHUNK", 2)
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(5)]
    await day.window_ends(running)
    assert {(await day.now(each)).state for each in applications} == {"in_stage"}
    for each in applications:
        assert len([act for act in await day.acts(each) if act == "start"]) == 1


async def test_two_clocks_start_the_review_once(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    day.clock.set(datetime.combine(running.closes + timedelta(days=1), time(0), SHANGHAI))
    await asyncio.gather(day.time_passes(), day.time_passes())
    assert await day.acts(application) == ["submit", "start"]
    assert len(await day.told(application)) == 1


async def test_a_round_is_closed_when_nobody_is_on_the_way(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    manager = day.province["manager"]
    with pytest.raises(MoveNotAllowed):
        await rounds.close(day.office, manager, running.id)
    await day.goes_to(0, running, application)
    with pytest.raises(MoveNotAllowed):
        await rounds.close(day.office, manager, running.id)
    there = await day.now(application)
    no = Reject(("union_member",))
    await review.decide(day.office, day.province["base"], there.id, there.version, no)
    assert (await rounds.close(day.office, manager, running.id)).state == "done"
    async with day.office.reading() as unit:
        assert await unit.rounds.open_for(SKILL, day.office.today()) is None
