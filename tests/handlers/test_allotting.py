"""Places shared out among prefectures: each recommends within its own, and keeps its own line."""

import asyncio
from collections.abc import Sequence

import pytest

from core.allotment import AllottedBelow, OwnPlacesGiven
from core.errors import NotFound, NotYours, Unreadable
from handlers import allotting, docket, reserves
from handlers.card_text import on_the_list
from handlers.decisions import Pass, Reject, Reserve
from locales import speaker
from storage.tables import Application, Round, Union
from tests.handlers.province import Day
from tests.handlers.steps import decides, goes_on
from tests.handlers.test_reserves import a_selection

MEDAL, MODEL, INCLUSIVE = (
    "yn-may-day-labour-medal",
    "yn-model-worker-selection",
    "yn-inclusive-project-fund",
)
GOLD = "km-gold-medal-worker-2020"


def giving(day: Day, scheme_id: str) -> int:
    stages = day.office.schemes.versions(scheme_id)[-1].stages
    return next(number for number, stage in enumerate(stages) if stage.own_places)


async def before_the_prefectures(
    day: Day, scheme_id: str, homes: Sequence[Union]
) -> tuple[Round, list[Application]]:
    step = giving(day, scheme_id)
    return await a_selection(day, 50, len(homes), scheme_id, step, homes)


async def allots(day: Day, running: Round, places: dict[Union, int | None]) -> None:
    numbers = {union.id: many for union, many in places.items()}
    await allotting.allot(day.office, day.province["manager"], running.id, numbers)


async def test_a_prefecture_recommends_within_its_own_places_whatever_the_others_do(
    day: Day,
) -> None:
    """在分配的名额范围内，优中选优，确定本地区本系统推荐对象."""
    here, there = day.province.tree.base, day.province.other_base
    running, (first, second, dali) = await before_the_prefectures(day, MEDAL, [here, here, there])
    await allots(day, running, {day.province.tree.prefecture: 1})
    await decides(day, "prefecture", first, Pass())
    with pytest.raises(OwnPlacesGiven) as refused:
        await decides(day, "prefecture", second, Pass())
    assert (refused.value.places, refused.value.cite) == (1, "第十五条(二)")
    await decides(day, "dali", dali, Pass())  # nobody has set its number
    async with day.office.reading() as unit:
        view = await docket.card(day.office, unit, day.province["prefecture"], second.id)
    assert on_the_list(speaker("zh_CN"), view) == ["本级分到名额1个，已经推荐1个（第十五条(二)）"]
    await decides(day, "labour", first, Reject((), "资格不符"))
    await decides(day, "prefecture", second, Pass())  # what was lost may be given again


async def test_two_who_are_recommended_at_once_do_not_get_the_last_place(day: Day) -> None:
    here = day.province.tree.base
    running, both = await before_the_prefectures(day, MEDAL, [here, here])
    await allots(day, running, {day.province.tree.prefecture: 1})

    async def passes(application: Application) -> bool:
        try:
            await decides(day, "prefecture", application, Pass())
        except OwnPlacesGiven:
            return False
        return True

    assert sorted(await asyncio.gather(*map(passes, both))) == [False, True]


async def test_each_prefecture_counts_the_ranks_of_its_own_reserves(day: Day) -> None:
    """差额推荐、等额上报、及时替补: a lost place goes to the first of the same list."""
    here, there = day.province.tree.base, day.province.other_base
    homes = [here, here, here, there, there]
    running, (first, second, third, fourth, fifth) = await before_the_prefectures(day, MODEL, homes)
    dali = day.province.other_prefecture
    await allots(day, running, {day.province.tree.prefecture: 1, dali: 1})
    for login, application in (("prefecture", first), ("dali", fourth)):
        await decides(day, login, application, Pass())
    with pytest.raises(OwnPlacesGiven) as refused:
        await decides(day, "dali", fifth, Pass())
    assert "可以列为备选" in speaker("zh_CN").refusal(refused.value)
    await decides(day, "dali", fifth, Reserve(1))
    await decides(day, "prefecture", second, Reserve(1))
    await decides(day, "prefecture", third, Reserve(2))
    last = await day.now(fifth)
    async with day.office.reading() as unit:
        assert await unit.reserves.ahead(last) == 0
        lists = await reserves.waiting(unit, running.id)
    assert [each.rank for each in lists] == [1, 2, 1]
    await decides(day, "labour", first, Reject((), "资格不符"))
    await day.time_passes()
    assert (await day.now(second)).state == "in_stage"
    assert {(await day.now(each)).state for each in (third, fifth)} == {"reserve"}


async def test_a_number_in_principle_is_shown_and_may_be_passed(day: Day) -> None:
    """每年由各州市总工会……统筹申报（原则上不超过5个项目）."""
    here = day.province.tree.base
    running, there = await before_the_prefectures(day, INCLUSIVE, [here] * 2)
    await allots(day, running, {day.province.tree.prefecture: 1})
    for application in there:
        await decides(day, "prefecture", application, Pass())
    async with day.office.reading() as unit:
        (mine,) = [
            each.allotted
            for each in await allotting.shares(day.office, unit, running)
            if each.union.id == day.province.tree.prefecture.id
        ]
    assert (mine.places, mine.given, mine.soft, mine.full) == (1, 2, True, True)


async def test_the_document_s_own_numbers_are_there_when_a_round_opens(day: Day) -> None:
    async with day.office.unit() as unit:
        county = await unit.unions.by_id(day.province.tree.county.id)
        county.name = "五华区总工会"
    running, _ = await a_selection(day, 50, 0, GOLD, 0)
    async with day.office.reading() as unit:
        shares = await allotting.shares(day.office, unit, running)
    assert {each.union.name: each.allotted.places for each in shares}["五华区总工会"] == 5
    with pytest.raises(NotFound):
        await allots(day, running, {day.province.tree.base: 1})


async def test_nobody_gets_fewer_places_than_he_has_given(day: Day) -> None:
    running, (first,) = await before_the_prefectures(day, MEDAL, [day.province.tree.base])
    await decides(day, "prefecture", first, Pass())
    mine = day.province.tree.prefecture
    with pytest.raises(AllottedBelow) as refused:
        await allots(day, running, {mine: 0})
    assert refused.value.given == 1
    with pytest.raises(Unreadable):
        await allots(day, running, {mine: -1})
    with pytest.raises(NotYours):
        await allotting.allot(day.office, day.province["prefecture"], running.id, {})
    await allots(day, running, {mine: 1})
    await allots(day, running, {mine: None})
    async with day.office.reading() as unit:
        assert await unit.allotments.of(running.id) == {}
    await goes_on(day, await day.now(first))
