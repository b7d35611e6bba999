"""The reviews: who may decide, on what, once."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import (
    AlreadyDecided,
    MoveNotAllowed,
    NotYours,
    OutsideJurisdiction,
    UndertakingMissing,
    Unreadable,
)
from handlers import review
from handlers.decisions import Decision, Pass, Reject
from storage.tables import Application
from tests.handlers.province import Day
from tests.people import identity_number


async def decides(
    day: Day, login: str, application: Application, decision: Decision
) -> Application:
    there = await day.now(application)
    officer = day.province[login]
    return await review.decide(day.office, officer, there.id, there.version, decision)


async def in_review(day: Day) -> Application:
    """An application in first review."""
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(0, running, application)
    return await day.now(application)


async def test_an_application_goes_through_every_stage_until_it_is_paid(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    await day.gives_account(application)
    await day.pays(running, application)
    there = await day.now(application)
    assert (there.state, there.stage, there.live) == ("paid", 6, True)
    assert there.paid_at is not None
    moves = ["submit", "start", "pass", "post", "pass", "pass", "pass", "post", "pass", "pass"]
    assert await day.acts(application) == [*moves, "give_account", "pay"]
    assert "发放到尾号" in (await day.told(application))[-1]


async def test_the_worker_hears_each_step_in_plain_words(day: Day) -> None:
    application = await in_review(day)
    await day.passes("base", application)
    told = await day.told(application)
    assert "您的单位正在核对材料（第1步，共7步）\n在办：" in told[0]
    assert "通过了“基层初审”" in told[1]
    assert "等着“基层公示”" in told[1]


async def test_the_queue_holds_what_this_union_and_role_act_on_now(day: Day) -> None:
    application = await in_review(day)
    async with day.office.reading() as unit:
        queues = {
            login: [each.id for each in (await review.queue(day.office, unit, officer)).rows]
            for login, officer in day.province.officers.items()
        }
    waiting = {login for login, queue in queues.items() if application.id in queue}
    assert waiting == {"base", "base2"}


async def test_the_queue_has_the_nearest_date_first(day: Day) -> None:
    running = await day.opens_round(stage_days=10)
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(0, running, first)
    async with day.office.unit() as unit:
        (await unit.applications.held(second.id)).due = day.office.today()
    async with day.office.reading() as unit:
        queue = (await review.queue(day.office, unit, day.province["base"])).rows
    assert [each.id for each in queue] == [second.id, first.id]
    assert queue[1].due == day.office.today() + timedelta(days=10)


async def test_a_card_shows_facts_conditions_and_what_may_be_done(day: Day) -> None:
    application = await in_review(day)
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["base"], application.id)
    assert (view.name, view.unit, view.may) == ("张*华", "春城机械厂工会", ("pass", "reject"))
    assert view.identity == "530***********" + identity_number(1)[-4:]
    assert {line.name: line.value for line in view.facts}["证书等级"] == "技师"
    assert [bool(reason.good.value == "yes") for reason in view.every_condition] == [True] * 11
    assert [step.move for step in view.steps] == ["start"]


async def test_another_branch_may_not_even_look(day: Day) -> None:
    application = await in_review(day)
    async with day.office.reading() as unit:
        for login in ("dali", "erhai", "education"):
            with pytest.raises(OutsideJurisdiction):
                await review.card(day.office, unit, day.province[login], application.id)


@pytest.mark.parametrize("login", ["prefecture", "office", "chairs", "finance", "manager"])
async def test_another_level_may_look_but_not_decide(day: Day, login: str) -> None:
    application = await in_review(day)
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province[login], application.id)
    assert view.may == ()
    with pytest.raises(OutsideJurisdiction):
        await decides(day, login, application, Pass(undertaking=True))


@pytest.mark.parametrize("login", ["dali", "erhai"])
async def test_another_branch_may_not_decide(day: Day, login: str) -> None:
    application = await in_review(day)
    with pytest.raises(OutsideJurisdiction):
        await decides(day, login, application, Pass(undertaking=True))


async def test_another_role_of_the_same_union_may_not_decide(day: Day) -> None:
    application = await in_review(day)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base2"].id)
        assert officer is not None
        officer.role = "auditor"
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "base2", application, Pass(undertaking=True))


async def test_an_officer_who_has_left_may_not_decide(day: Day) -> None:
    application = await in_review(day)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base"].id)
        assert officer is not None
        officer.active = False
    with pytest.raises(NotYours):
        await decides(day, "base", application, Pass(undertaking=True))


async def test_what_was_seen_before_somebody_decided_is_stale(day: Day) -> None:
    application = await in_review(day)
    await day.passes("base", application)
    officer = day.province["base2"]
    with pytest.raises(AlreadyDecided) as refused:
        await review.decide(
            day.office, officer, application.id, application.version, Pass(undertaking=True)
        )
    assert refused.value.by == "经办base"


async def test_another_union_does_not_hear_who_decided(day: Day) -> None:
    application = await in_review(day)
    await day.passes("base", application)
    with pytest.raises(AlreadyDecided) as refused:
        await review.decide(
            day.office, day.province["dali"], application.id, application.version, Pass()
        )
    assert refused.value.by == ""


async def test_of_two_officers_at_once_one_wins(day: Day) -> None:
    application = await in_review(day)

    async def decide(login: str, decision: Decision) -> str:
        try:
            await review.decide(
                day.office, day.province[login], application.id, application.version, decision
            )
        except AlreadyDecided:
            return "late"
        return "done"

    outcomes = await asyncio.gather(
        decide("base", Pass(undertaking=True)), decide("base2", Reject(("union_member",)))
    )
    assert sorted(outcomes) == ["done", "late"]
    assert (await day.now(application)).version == application.version + 1
    assert len(await day.acts(application)) == 3


async def test_passing_needs_the_undertaking_of_the_stage(day: Day) -> None:
    application = await in_review(day)
    with pytest.raises(UndertakingMissing) as refused:
        await decides(day, "base", application, Pass())
    assert refused.value.cite == "第六条"
    await decides(day, "base", application, Pass(undertaking=True))
    async with day.office.reading() as unit:
        passed = await unit.passages.on_version(application.id, application.version)
    assert passed is not None
    assert passed.reason == {"undertaking": "本单位已核实申报材料，承诺材料真实。"}


async def test_a_rejected_worker_hears_the_condition_and_the_article(day: Day) -> None:
    application = await in_review(day)
    await decides(day, "base", application, Reject(("union_member",), "名册上没有"))
    there = await day.now(application)
    assert (there.state, there.live, there.union_id) == ("rejected", False, None)
    told = (await day.told(application))[-1]
    assert "✗ 是工会会员（第二条）" in told
    assert "名册上没有" in told


async def test_a_rejection_names_at_least_one_known_condition(day: Day) -> None:
    application = await in_review(day)
    for facts in ((), ("weather",), ("union_member", "weather")):
        with pytest.raises(Unreadable):
            await decides(day, "base", application, Reject(facts))
    with pytest.raises(Unreadable):
        await decides(day, "base", application, Reject(("union_member",), "长" * 501))


async def test_a_notice_is_not_passed_by_hand(day: Day) -> None:
    application = await in_review(day)
    await day.passes("base", application)
    with pytest.raises(MoveNotAllowed):
        await day.passes("base2", application)


async def test_a_rejected_application_stays_rejected(day: Day) -> None:
    application = await in_review(day)
    await decides(day, "base", application, Reject(("union_member",)))
    with pytest.raises(OutsideJurisdiction):
        await day.passes("base2", application)


async def test_a_card_says_who_decided_once_somebody_has(day: Day) -> None:
    application = await in_review(day)
    assert "张*华" in (await day.told("base2"))[-1]
    await day.passes("base", application)
    cards = await day.told("base2")
    assert "通过（经办base" in cards[0]
    assert "张*华" not in cards[0]


async def test_a_pile_is_told_once_and_not_card_by_card(day: Day) -> None:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(8)]
    await day.goes_to(0, running, *applications)
    told = await day.told("base")
    assert len(told) == 1
    assert "/officer" in told[0]
