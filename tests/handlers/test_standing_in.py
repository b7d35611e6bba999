"""X 代 Y: who may be named, what it opens, what stays barred, and how it ends."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import NotYours, OutsideJurisdiction, Recused, Unreadable
from core.people import Role
from core.standin import StandInAway, StandInOver, StandInThere
from handlers import notice, objection, review, standing_in
from handlers.decisions import Decision, Pass
from storage.standins import Standing
from storage.tables import Application
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.people import an_officer, identity_number

UNDERTAKEN = Pass(undertaking=True)


async def stands_in(
    day: Day, deputy: str, officer: str, days: int = 6, by: str = "", begins: int = 0
) -> Standing:
    """From today (or later) for so many days more."""
    first = day.office.today() + timedelta(days=begins)
    two = day.province[officer].id, day.province[deputy].id
    last = first + timedelta(days=days)
    return await standing_in.name(day.office, day.province[by or officer], *two, first, last)


async def decides(day: Day, login: str, application: Application, decision: Decision) -> None:
    there = await day.now(application)
    await review.decide(day.office, day.province[login], there.id, there.version, decision)


async def at_erhai(day: Day) -> Application:
    """In first review at a base unit that has but one officer."""
    running = await day.opens_round()
    application = await day.applies(running, await day.worker(day.province.other_base))
    await day.goes_to(0, running, application)
    return await day.now(application)


async def waiting(day: Day, login: str) -> list[tuple[int, str]]:
    async with day.office.reading() as unit:
        page = await review.queue(day.office, unit, day.province[login])
    return [(each.id, each.instead_of) for each in page.rows]


async def acts_on(day: Day, on: str) -> list[tuple[str, str, str]]:
    async with day.office.reading() as unit:
        found = await unit.acts.of(on)
    return [(act.who, act.what, act.detail.get("instead_of", "")) for act in found]


async def test_whoever_stands_in_sees_decides_and_is_named_beside_the_other(day: Day) -> None:
    application = await at_erhai(day)
    assert await waiting(day, "dali") == []
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "dali", application, UNDERTAKEN)
    await stands_in(day, "dali", "erhai")
    assert await waiting(day, "dali") == [(application.id, "经办erhai")]
    assert await waiting(day, "erhai") == [(application.id, "")]
    await decides(day, "dali", application, UNDERTAKEN)
    async with day.office.reading() as unit:
        step = (await unit.passages.of(application.id))[-1]
    assert (step.officer, step.instead_of) == ("经办dali", "经办erhai")
    assert step.union_id == day.province.other_base.id
    dali, erhai = (f"officer:{day.province[each].id}" for each in ("dali", "erhai"))
    assert (dali, "pass", erhai) in await acts_on(day, f"application:{application.id}")


async def test_both_are_told_and_it_is_kept_in_the_acts(day: Day) -> None:
    await at_erhai(day)
    made = await stands_in(day, "dali", "erhai")
    assert "经办dali 代您办理" in (await day.told("erhai"))[-1]
    told = (await day.told("dali"))[-1]
    assert "您代 经办erhai 办理" in told
    assert "1 件待办" in told
    await standing_in.end(day.office, day.province["erhai"], made.row.id)
    assert "已经结束" in (await day.told("erhai"))[-1]
    assert "已经结束" in (await day.told("dali"))[-1]
    kept = [what for _, what, _ in await acts_on(day, f"officer:{made.officer.id}")]
    assert kept == ["name_stand_in", "end_stand_in"]
    assert await waiting(day, "dali") == []


async def test_cards_and_reminders_reach_both_and_a_press_decides(day: Day) -> None:
    await stands_in(day, "dali", "erhai", days=40)
    application = await at_erhai(day)
    chat = Chat(day, "dali")
    card = await chat.card()
    assert application.number in card.text
    assert "您代 经办erhai 办理这一件" in card.text
    await chat.presses(card, "通过")
    await chat.tap("承诺并通过")
    assert (await day.now(application)).stage == 1
    assert any("经办dali 代 经办erhai" in each for each in await day.told("erhai"))


async def test_it_ends_by_itself_after_the_last_day(day: Day) -> None:
    application = await at_erhai(day)
    made = await stands_in(day, "dali", "erhai", days=2)
    await day.morning_of(made.row.last_day)
    assert await waiting(day, "dali") == [(application.id, "经办erhai")]
    await day.morning_of(made.row.last_day + timedelta(days=1))
    assert await waiting(day, "dali") == []
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "dali", application, UNDERTAKEN)
    assert "到期结束" in (await day.told("dali"))[-1]
    assert "到期结束" in (await day.told("erhai"))[-1]
    kept = [what for _, what, _ in await acts_on(day, f"officer:{made.officer.id}")]
    assert kept == ["name_stand_in", "stand_in_over"]


async def test_it_begins_on_its_first_day_and_says_so(day: Day) -> None:
    application = await at_erhai(day)
    made = await stands_in(day, "dali", "erhai", begins=3)
    assert await waiting(day, "dali") == []
    await day.morning_of(made.row.first_day)
    assert await waiting(day, "dali") == [(application.id, "经办erhai")]
    assert "今天起您代 经办erhai" in (await day.told("dali"))[-1]


@pytest.mark.parametrize("change", ["role", "union", "left", "deputy moved"])
async def test_it_falls_with_the_office_of_either(day: Day, change: str) -> None:
    application = await at_erhai(day)
    made = await stands_in(day, "dali", "erhai")
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(made.officer.id)
        deputy = await unit.officers.by_id(made.deputy.id)
        assert officer is not None
        assert deputy is not None
        match change:
            case "role":
                officer.role = Role.MANAGER.value
            case "union":
                officer.union_id = day.province.tree.base.id
            case "left":
                officer.active = False
            case "deputy moved":
                deputy.union_id = day.province.tree.prefecture.id
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "dali", application, UNDERTAKEN)
    worn = made.deputy.hat(made.officer)  # put on before
    with pytest.raises(StandInOver):
        await notice.post(day.office, worn, application.round_id, 1)


async def test_who_stood_in_decides_no_second_time_as_himself(day: Day) -> None:
    application = await at_erhai(day)
    await stands_in(day, "dali", "erhai")
    await decides(day, "dali", application, UNDERTAKEN)
    hung = await notice.post(day.office, day.province["dali"], application.round_id, 1)
    await day.notice_ends(hung)
    with pytest.raises(Recused) as refused:
        await decides(day, "dali", application, UNDERTAKEN)
    assert refused.value.relation == "twice"


async def test_the_one_in_whose_name_it_was_done_decides_no_second_time(day: Day) -> None:
    application = await at_erhai(day)
    await stands_in(day, "dali", "erhai")
    await decides(day, "dali", application, UNDERTAKEN)
    hung = await notice.post(day.office, day.province["erhai"], application.round_id, 1)
    async with day.office.unit() as unit:  # the same person has an office in the prefecture too
        erhai = await unit.officers.by_id(day.province["erhai"].id)
        assert erhai is not None
        erhai.identity_index = "the same person"
        second = await an_officer(unit, day.province.other_prefecture, Role.VERIFIER, "second")
        second.identity_index = "the same person"
        day.province.officers["second"] = second
    await day.notice_ends(hung)
    with pytest.raises(Recused) as refused:
        await decides(day, "second", application, UNDERTAKEN)
    assert refused.value.relation == "twice"


@pytest.mark.parametrize("whose", ["dali", "erhai"])
async def test_a_relatives_file_is_barred_to_both(day: Day, whose: str) -> None:
    application = await at_erhai(day)
    await stands_in(day, "dali", "erhai")
    async with day.office.unit() as unit:
        await unit.officers.declare(day.province[whose].id, application.identity_index, "配偶")
    assert await waiting(day, "dali") == []
    with pytest.raises(Recused) as refused:
        await decides(day, "dali", application, UNDERTAKEN)
    assert refused.value.relation == "relative"


@pytest.mark.parametrize("whose", ["dali", "erhai"])
async def test_ones_own_file_is_barred_to_both(day: Day, whose: str) -> None:
    application = await at_erhai(day)
    await stands_in(day, "dali", "erhai")
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province[whose].id)
        assert officer is not None
        officer.identity_index = application.identity_index
    with pytest.raises(Recused) as refused:
        await decides(day, "dali", application, UNDERTAKEN)
    assert refused.value.relation == "own"


async def test_an_objection_is_looked_into_in_the_others_place(day: Day) -> None:
    application = await at_erhai(day)
    await decides(day, "erhai", application, UNDERTAKEN)
    hung = await notice.post(day.office, day.province["erhai"], application.round_id, 1)
    said = objection.Objector("李小明", identity_number(77), "13812345678", "证书是假的")
    made = await objection.make(day.office, hung.id, application.number, said)
    about = {"upheld": False, "finding": "没有的事", "reason": "查无此事"}
    with pytest.raises(OutsideJurisdiction):
        await objection.decide(day.office, day.province["dali"], made.id, **about)
    await stands_in(day, "dali", "erhai")
    await objection.decide(day.office, day.province["dali"], made.id, **about)
    dali, erhai = (f"officer:{day.province[each].id}" for each in ("dali", "erhai"))
    found = await acts_on(day, f"application:{application.id}")
    assert (dali, "objection_dismissed", erhai) in found


async def test_a_colleague_of_the_same_union_goes_before_one_above(day: Day) -> None:
    async with day.office.reading() as unit:
        near = await standing_in.free(unit, day.province["base"])
        far = await standing_in.free(unit, day.province["erhai"])
        top = await standing_in.free(unit, day.province["finance"])
    assert [each.login for each in near] == ["base2"]
    assert [each.login for each in far] == ["dali"]
    assert [each.login for each in top] == ["manager"]
    with pytest.raises(Unreadable):
        await stands_in(day, "prefecture", "base")


async def test_the_manager_names_for_others_and_nobody_else_does(day: Day) -> None:
    with pytest.raises(NotYours):
        await stands_in(day, "dali", "erhai", by="dali")
    made = await stands_in(day, "dali", "erhai", by="manager")
    with pytest.raises(NotYours):
        await standing_in.end(day.office, day.province["base"], made.row.id)
    await standing_in.end(day.office, day.province["dali"], made.row.id)
    await standing_in.end(day.office, day.province["manager"], made.row.id)
    async with day.office.reading() as unit:
        assert await standing_in.listed(unit, day.province["erhai"]) == []


async def test_days_that_cannot_be_are_refused(day: Day) -> None:
    with pytest.raises(Unreadable) as past:
        await stands_in(day, "dali", "erhai", begins=-1)
    assert past.value.hint == "stand_in_past"
    with pytest.raises(Unreadable) as turned:
        await stands_in(day, "dali", "erhai", days=-1)
    assert turned.value.hint == "stand_in_days"


async def test_one_stand_in_at_a_time_and_none_who_is_away(day: Day) -> None:
    await stands_in(day, "base2", "base", days=3)
    with pytest.raises(StandInThere):
        await stands_in(day, "base2", "base", begins=3)
    with pytest.raises(StandInAway):
        await stands_in(day, "base", "base2", begins=2)
    await stands_in(day, "base2", "base", begins=4)


async def test_of_two_who_press_the_same_card_one_decides(day: Day) -> None:
    await stands_in(day, "dali", "erhai", days=40)
    application = await at_erhai(day)
    both = [Chat(day, login) for login in ("dali", "erhai")]
    for chat in both:
        await chat.presses(await chat.card(), "通过")
    await asyncio.gather(*(chat.tap("承诺并通过") for chat in both))
    assert sum("已通过" in chat.heard for chat in both) == 1
    assert sum("已通过" not in chat.heard for chat in both) == 1
    assert (await day.now(application)).version == application.version + 1
    assert (await day.acts(application)).count("pass") == 1
