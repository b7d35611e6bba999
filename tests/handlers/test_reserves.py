"""The reserve list: whoever is next moves up when a place is lost, and is shown anew."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core import reserves as reserve_law
from core.catalogue import Catalogue
from core.facts import noted
from core.reserves import PlacesGiven, ReserveTaken
from handlers import notice, objection, reserves, withdrawal
from handlers import round as rounds
from handlers.decisions import Pass, Reject, Reserve
from storage.tables import Application, Notice, Round, Union
from tests.handlers.officer_chat import Chat
from tests.handlers.province import SKILL, Day
from tests.handlers.steps import decides, furnish, goes_on
from tests.handlers.test_objection import SAID
from tests.journeys.playing import a_ticket, lately
from tests.on_the_spot import a_stored

ZHUYUAN = "qj-zhuyuan-craftsman-selection-2022"
YUNLING, JURY = "yn-yunling-craftsman-selection", 4
LISTED, EXAMINED, DISCUSSED, HANGS = 6, 7, 8, 9


async def a_selection(
    day: Day,
    places: int,
    people: int,
    id_: str = ZHUYUAN,
    jury: int = LISTED,
    homes: Sequence[Union | None] = (),
) -> tuple[Round, list[Application]]:
    """So many stand before the jury that gives the places."""
    await furnish(day)
    today = day.office.today()
    running = await rounds.open_round(
        day.office,
        day.province["manager"],
        scheme_id=id_,
        places=places,
        opens=today,
        closes=today + timedelta(days=5),
    )
    scheme = day.office.schemes.on(id_, today)
    there = []
    for home in homes or [None] * people:
        worker = await day.worker(home)
        async with day.office.unit() as unit:
            draft = await unit.drafts.begin(worker.id, id_)
        known = lately(scheme, today).items()
        facts = {f: noted(v, "worker", today) for f, v in known if scheme.asked[f].asked_of_worker}
        ticket = a_ticket(scheme, running.id, worker, draft.id, today, facts)
        there.append((await day.office.admission.admit(ticket)).application_id)
    await day.window_ends(running)
    for application in there:
        while (here := await day.now(application)).stage < jury:
            await goes_on(day, here)
    return running, [await day.now(each) for each in there]


async def to_the_notice(day: Day, application: Application) -> Notice:
    while (here := await day.now(application)).stage < HANGS:
        await goes_on(day, here)
    return await notice.post(day.office, day.province["prefecture"], here.round_id, HANGS)


async def falls(day: Day, hung: Notice, application: Application) -> None:
    """An objection to it is upheld, and what falls due by itself is done."""
    proved = replace(SAID, papers=(await a_stored(day.office),))
    made = await objection.make(day.office, hung.id, application.number, proved)
    officer = day.province["prefecture"]
    await objection.decide(
        day.office, officer, made.id, upheld=True, finding="属实。", reason="查实。"
    )
    await day.time_passes()


async def test_a_jury_gives_no_place_too_many_and_lists_the_others(day: Day) -> None:
    running, (first, second, third) = await a_selection(day, places=1, people=3)
    assert running.left is None  # anybody may apply: the jury counts, not the counter
    await decides(day, "prefecture", first, Pass())
    with pytest.raises(PlacesGiven) as refused:
        await decides(day, "prefecture", second, Pass())
    assert (refused.value.places, refused.value.cite) == (1, "五（五）")
    await decides(day, "prefecture", second, Reserve(1))
    with pytest.raises(ReserveTaken) as taken:
        await decides(day, "prefecture", third, Reserve(1))
    assert taken.value.free == 2
    await decides(day, "prefecture", third, Reserve(2))
    assert "备选第2名" in (await day.told(third))[-1]
    there = await day.now(third)
    assert (there.state, there.reserve, there.live) == ("reserve", 2, True)


async def test_two_who_pass_at_once_do_not_get_one_place(day: Day) -> None:
    _, (first, second) = await a_selection(day, places=1, people=2)

    async def passes(application: Application) -> bool:
        try:
            await decides(day, "prefecture", application, Pass())
        except PlacesGiven:
            return False
        return True

    assert sorted(await asyncio.gather(passes(first), passes(second))) == [False, True]


async def test_a_reserve_moves_up_again_and_again_with_a_fresh_notice_of_full_length(
    day: Day,
) -> None:
    running, (first, second, third, other) = await a_selection(day, places=2, people=4)
    await decides(day, "prefecture", first, Pass())
    await decides(day, "prefecture", other, Pass())
    for rank, application in ((2, third), (1, second)):  # the minutes say which is which
        await decides(day, "prefecture", application, Reserve(rank))
    while (await day.now(other)).stage < HANGS:
        await goes_on(day, await day.now(other))
    hung = await to_the_notice(day, first)
    await day.days_pass(3)
    await falls(day, hung, first)

    up = await day.now(second)
    assert (up.state, up.stage, up.stage_began) == ("in_stage", HANGS, None)
    assert "由备选第1名递补" in (await day.told(second))[-1]
    assert (await day.now(third)).state == "reserve"
    again = await notice.post(day.office, day.province["prefecture"], running.id, HANGS)
    assert [entry["number"] for entry in again.entries] == [second.number]
    whole = day.office.calendar.last_day(day.office.today(), 5, "working").last
    assert (again.last_day, again.last_day > hung.last_day) == (whole, True)

    await falls(day, again, second)
    assert (await day.now(third)).stage == HANGS
    async with day.office.unit() as unit:  # the last one withdraws while the notice hangs
        await withdrawal.take_back(day.office, unit, third.worker_id, third.id)
    await day.time_passes()
    async with day.office.reading() as unit:
        assert await reserves.waiting(unit, running.id) == []
        assert await unit.reserves.holders(running.id, LISTED) == 1
    await day.notice_ends(again)
    assert (await day.now(other)).stage > HANGS


async def test_who_moves_up_before_the_leading_group_is_examined_like_the_others(
    day: Day,
) -> None:
    running, (first, second, third) = await a_selection(day, places=1, people=3)
    await decides(day, "prefecture", first, Pass())
    await decides(day, "prefecture", second, Reserve(1))
    await decides(day, "prefecture", third, Reserve(2))
    await goes_on(day, await day.now(first))
    await decides(day, "prefecture", first, Reject((), "审议有异议"))
    await day.time_passes()
    assert (await day.now(second)).stage == EXAMINED
    await decides(day, "prefecture", second, Reject((), "考察不合格"))  # nothing is said of this
    await day.time_passes()
    assert (await day.now(third)).state == "reserve"

    await rounds.close(day.office, day.province["manager"], running.id)
    left = await day.now(third)
    assert (left.state, left.live) == ("unplaced", False)
    assert "没有递补到" in (await day.told(third))[-1]
    assert {"reserve", "close"} <= set(await day.acts(third))


async def in_line(day: Day) -> Day:
    """As if the document of the skill subsidy kept a line for those who come too late."""
    scheme = day.office.schemes.on(SKILL, day.office.today())
    quota = scheme.quota.model_copy(update={"when_full": "reserve_list"})
    lined = Catalogue([scheme.model_copy(update={"quota": quota})])
    return Day(replace(day.office, schemes=lined), day.clock, day.province)


async def test_who_comes_after_the_last_place_waits_in_line_and_is_not_overtaken(
    day: Day,
) -> None:
    day = await in_line(day)
    running = await day.opens_round(places=2)
    first, _, third, fourth = [await day.applies(running) for _ in range(4)]
    assert [each.state for each in (first, third, fourth)] == ["waiting", "reserve", "reserve"]
    assert [each.reserve for each in (third, fourth)] == [1, 2]
    await day.time_passes()  # two places are taken: the review begins
    assert (await day.now(first)).state == "in_stage"
    async with day.office.unit() as unit:
        await withdrawal.take_back(day.office, unit, first.worker_id, first.id)
    fifth = await day.applies(running)
    assert fifth.reserve == 3
    await day.time_passes()
    await day.time_passes()
    up = await day.now(third)
    assert (up.state, up.stage) == ("in_stage", 0)
    assert (await day.now(fourth)).state == "reserve"
    async with day.office.reading() as unit:
        assert await unit.reserves.holders(running.id) == 2


async def test_of_many_who_come_at_once_as_many_get_places_as_there_are(day: Day) -> None:
    day = await in_line(day)
    running = await day.opens_round(places=3)
    workers = [await day.worker() for _ in range(7)]
    came = await asyncio.gather(*(day.applies(running, each) for each in workers))
    assert sorted(each.rank for each in came) == [1, 2, 3, 4, 5, 6, 7]
    placed = [each for each in came if each.reserve is None]
    assert len(placed) == 3
    assert sorted(each.reserve for each in came if each.reserve) == [1, 2, 3, 4]

    async def leaves(application: Application) -> None:
        async with day.office.unit() as unit:
            await withdrawal.take_back(day.office, unit, application.worker_id, application.id)

    await day.time_passes()
    await asyncio.gather(*(leaves(each) for each in placed[:2]), day.time_passes())
    await day.time_passes()
    await day.time_passes()
    async with day.office.reading() as unit:
        assert await unit.reserves.holders(running.id) == 3
        assert [each.rank for each in await reserves.waiting(unit, running.id)] == [3, 4]


async def test_who_moves_up_from_the_officers_chat_on_is_shown_approved_and_paid(day: Day) -> None:
    running, (first, second) = await a_selection(day, 1, 2, YUNLING, JURY)
    chat = Chat(day, "office")
    await decides(day, "office", first, Pass())
    await chat.turn(command="officer")
    await chat.tap("待办列表")
    await chat.tap(second.number)
    await chat.tap("列为备选")
    await chat.tap("备选第1名")
    await chat.tap("列为备选")
    assert "已列为备选" in chat.heard
    await decides(day, "office", first, Reject((), "考察不合格"))
    await day.time_passes()
    up = await day.now(second)
    assert (up.stage, up.moved_up_at is not None) == (JURY + 1, True)
    while (there := await day.now(second)).stage < JURY + 7:
        await goes_on(day, there)
    await day.gives_account(second)
    await day.pays(running, second)
    assert (await day.now(second)).state == "paid"
    assert "move_up" in await day.acts(second)


async def test_a_place_goes_to_the_next_of_the_same_prefecture_where_the_file_says_so(
    day: Day,
) -> None:
    scheme = day.office.schemes.on(ZHUYUAN, day.office.today())
    jury = scheme.stages[LISTED].model_copy(update={"reserves_of": "prefecture"})
    stages = (*scheme.stages[:LISTED], jury, *scheme.stages[LISTED + 1 :])
    own = Catalogue([scheme.model_copy(update={"stages": stages})])
    day = Day(replace(day.office, schemes=own), day.clock, day.province)
    homes = [day.province.tree.base, day.province.other_base, day.province.tree.base]
    running, (first, elsewhere, here) = await a_selection(day, 1, 3, homes=homes)
    await decides(day, "prefecture", first, Pass())
    await decides(day, "dali", elsewhere, Reserve(1))
    await decides(day, "prefecture", here, Reserve(1))  # each prefecture counts its own
    await falls(day, await to_the_notice(day, first), first)
    assert (await day.now(here)).stage == HANGS
    assert "由备选第1名递补" in (await day.told(here))[-1]
    assert (await day.now(elsewhere)).state == "reserve"
    hung = await notice.post(day.office, day.province["prefecture"], running.id, HANGS)
    await falls(day, hung, here)  # nobody of this prefecture is left
    assert (await day.now(elsewhere)).state == "reserve"


async def test_the_model_workers_of_a_prefecture_are_replaced_by_its_own(day: Day) -> None:
    """第十二条: 州(市)或者厅(局)级单位应当按照差额推荐、等额上报、及时替补的原则进行推荐."""
    scheme = day.office.schemes.on("yn-model-worker-selection", day.office.today())
    listed = reserve_law.chosen_in(scheme)
    assert listed is not None
    async with day.office.reading() as unit:
        tree = await unit.unions.tree()
    homes = [
        reserve_law.home(scheme, tree, base.id)
        for base in (day.province.tree.base, day.province.other_base)
    ]
    assert homes == [day.province.tree.prefecture.id, day.province.other_prefecture.id]
    names = [stage.name for stage in scheme.stages]
    first = names.index("初审")
    lost = {n for n in range(len(names)) if reserve_law.refilled(scheme, n)}
    assert lost == {first, names.index("本地区本系统公示")}
    assert {reserve_law.goes_on_at(scheme, n) for n in lost} == {first}
