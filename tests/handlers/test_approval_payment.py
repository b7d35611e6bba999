"""The meeting and the money."""

import asyncio

import pytest

from core.errors import (
    AlreadyDecided,
    LimitReached,
    NotFound,
    NotYours,
    OutsideJurisdiction,
    Recused,
    Unreadable,
)
from core.meeting import Minutes, Point
from core.results import Trouble
from handlers import approval, limits, payment
from handlers.payment import Failed, Paid
from handlers.payment_sheet import sheet
from storage.tables import Application, Round
from tests.handlers.province import MINUTES, Day, meets
from tests.people import identity_number

OTHER_ACCOUNT = "6217000010012345677"


async def at_approval(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(count)]
    await day.goes_to(5, running, *applications)
    return running, applications


async def at_payment(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    """Approved, with an account."""
    running, applications = await at_approval(day, count)
    await day.meets(running)
    for application in applications:
        await day.gives_account(application)
    return running, applications


async def test_the_meeting_approves_the_batch_and_asks_for_the_account(day: Day) -> None:
    running, applications = await at_approval(day, 2)
    outcome = await day.meets(running)
    assert [each.id for each in outcome.approved] == [each.id for each in applications]
    for application in applications:
        there = await day.now(application)
        assert (there.stage, there.union_id) == (6, day.province.tree.finance.id)
        assert there.decided_at == day.clock.now()
        assert "已经批准，金额1,000元" in (await day.told(application))[-1]
        assert len(await day.links(application)) == 1
    async with day.office.reading() as unit:
        (held,) = await unit.meetings.of_round(running.id)
    assert (held.minutes, held.held_on) == (MINUTES, day.office.today())


async def test_a_single_case_can_be_refused_with_a_reason(day: Day) -> None:
    running, (first, second) = await at_approval(day, 2)
    outcome = await day.meets(running, {second.id: "证书查不到"})
    assert ([e.id for e in outcome.approved], [e.id for e in outcome.refused]) == (
        [first.id],
        [second.id],
    )
    assert (await day.now(second)).state == "rejected"
    assert "没有通过“主席办公会终审”：\n说明：证书查不到" in (await day.told(second))[-1]


async def test_only_the_chairs_approve(day: Day) -> None:
    running, (first,) = await at_approval(day)
    minutes = Minutes(MINUTES, day.office.today(), others="主席们")
    agenda, office = {first.id: Point(first.version)}, day.province["office"]
    with pytest.raises(OutsideJurisdiction):
        await approval.meeting(day.office, office, running.id, minutes, agenda)
    for login in ("base", "office", "finance"):
        with pytest.raises(NotFound):  # nothing lies before them
            await meets(day.office, day.province[login], running.id)
    with pytest.raises(NotYours):
        await meets(day.office, day.province["manager"], running.id)


async def test_the_chairs_of_another_body_do_not_approve(day: Day) -> None:
    running, _ = await at_approval(day)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["chairs"].id)
        assert officer is not None
        officer.union_id = day.province.other_prefecture.id
    with pytest.raises(OutsideJurisdiction):
        await day.meets(running)


async def test_a_meeting_with_nothing_before_it_is_refused(day: Day) -> None:
    running, _ = await at_approval(day)
    await day.meets(running)
    with pytest.raises(NotFound):
        await day.meets(running)


async def test_two_meetings_at_once_decide_once(day: Day) -> None:
    running, (first,) = await at_approval(day)

    async def meet() -> str:
        try:
            await day.meets(running)
        except (NotFound, AlreadyDecided):  # as the list was read before or after the other
            return "late"
        return "held"

    assert sorted(await asyncio.gather(meet(), meet())) == ["held", "late"]
    assert len(await day.links(first)) == 1


async def test_a_limit_reached_meanwhile_bars_the_approval(day: Day) -> None:
    running = await day.opens_round()
    second = await day.opens_round(days=21)
    worker = await day.worker()
    earlier = await day.applies(running, worker, number="S1001")
    later = await day.applies(second, worker, number="S1002")  # both judged in the same moment
    await day.goes_to(5, running, earlier)
    await day.goes_to(5, second, later)
    ((barred),) = (await day.meets(second)).barred
    assert isinstance(barred.why, LimitReached)
    assert (barred.why.say, barred.why.cite) == ("今年还没有领过技能等级晋升补助", "第七条")
    assert (await day.now(later)).stage == 5
    assert (await day.meets(running)).barred == ()
    outcome = await day.meets(second, {later.id: "今年已有另一份申报"})
    assert [each.id for each in outcome.refused] == [later.id]
    assert outcome.barred == ()


async def test_next_years_application_takes_nothing_from_this_years(day: Day) -> None:
    running, (first,) = await at_payment(day)
    await day.days_pass(365)
    following = await day.opens_round()
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(first.worker_id)
    await day.applies(following, worker, level="高级技师", number="S2001")
    await day.pays(running, first)
    assert (await day.now(first)).state == "paid"


async def test_another_trade_bars_for_ever_and_a_higher_level_does_not(day: Day) -> None:
    running, (first,) = await at_payment(day)
    await day.pays(running, first)
    await day.days_pass(365)
    following = await day.opens_round()
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(first.worker_id)
    higher = await day.applies(following, worker, level="高级技师", number="S2001")
    async with day.office.unit() as unit:
        application = await unit.applications.held(higher.id)
        assert await limits.reached(day.office, unit, [application]) == {}
        before = application.facts
        for fact, value in (("trade", "电工"), ("certificate", "技师")):
            application.facts = before | {fact: before[fact] | {"value": value}}
            assert list(await limits.reached(day.office, unit, [application])) == [higher.id]


async def test_an_officer_of_the_chairs_is_recused_from_a_relatives_file(day: Day) -> None:
    running, (first, second) = await at_approval(day, 2)
    async with day.office.unit() as unit:
        await unit.officers.declare(day.province["chairs"].id, second.identity_index, "子女")
    outcome = await day.meets(running, {second.id: "不予通过"})
    ((barred),) = outcome.barred
    assert isinstance(barred.why, Recused)
    assert [each.id for each in outcome.approved] == [first.id]
    assert (await day.now(second)).stage == 5


async def test_who_has_reviewed_does_not_approve_under_another_login(day: Day) -> None:
    running, (first,) = await at_approval(day)
    person = day.office.vault.index(identity_number(99), "identity")
    async with day.office.unit() as unit:
        for login in ("office2", "chairs"):
            officer = await unit.officers.by_id(day.province[login].id)
            assert officer is not None
            officer.identity_index = person
    outcome = await day.meets(running)
    ((barred),) = outcome.barred
    assert barred.application.id == first.id
    assert isinstance(barred.why, Recused)
    assert barred.why.relation == "twice"


async def test_a_list_holds_what_has_an_account_and_no_line_yet(day: Day) -> None:
    running, (first, second) = await at_approval(day, 2)
    await day.meets(running)
    finance = day.province["finance"]
    with pytest.raises(NotFound):
        await payment.make_list(day.office, finance, running.id)
    await day.gives_account(first)
    _, listed = await payment.make_list(day.office, finance, running.id)
    assert [each.application.id for each in listed.ready] == [first.id]
    assert [each.id for each in listed.no_account] == [second.id]
    assert listed.total_fen == 100000
    with pytest.raises(NotFound):
        await payment.make_list(day.office, finance, running.id)
    async with day.office.reading() as unit:
        left = await payment.listable(day.office, unit, finance, running.id)
    assert [each.id for each in left.listed] == [first.id]


async def test_only_finance_lists_records_and_exports(day: Day) -> None:
    running, (first,) = await at_payment(day)
    lines = await day.lists(running)
    for login in ("chairs", "office", "manager"):
        officer = day.province[login]
        with pytest.raises(NotYours):
            await payment.make_list(day.office, officer, running.id)
        with pytest.raises(NotYours):
            await payment.record(day.office, officer, 1, {lines[first.id]: Paid()})
        with pytest.raises(NotYours):
            await sheet(day.office, officer, 1)


async def test_finance_does_not_list_a_relative(day: Day) -> None:
    running, (first, second) = await at_payment(day, 2)
    finance = day.province["finance"]
    async with day.office.unit() as unit:
        await unit.officers.declare(finance.id, second.identity_index, "父母")
    assert list(await day.lists(running)) == [first.id]


async def test_a_failed_payment_is_mended_with_a_fresh_link(day: Day) -> None:
    running, (first,) = await at_payment(day)
    finance = day.province["finance"]
    lines = await day.lists(running)
    failed = {lines[first.id]: Failed(Trouble.ACCOUNT_NAME, "户名不符")}
    (line,) = await payment.record(day.office, finance, 1, failed)
    assert (line.state, line.why) == ("failed", "account_name: 户名不符")
    assert "户名和卡号对不上" in (await day.told(first))[-1]
    assert len(await day.links(first)) == 2
    with pytest.raises(NotFound):  # not before the account is given anew
        await payment.make_list(day.office, finance, running.id)
    await day.gives_account(first, OTHER_ACCOUNT)
    again = await day.lists(running)
    assert again[first.id] != lines[first.id]
    await payment.record(day.office, finance, 2, {again[first.id]: Paid()})
    assert (await day.now(first)).state == "paid"
    assert "尾号5677" in (await day.told(first))[-1]


async def test_a_line_is_recorded_once(day: Day) -> None:
    running, (first, second) = await at_payment(day, 2)
    lines = await day.lists(running)
    finance = day.province["finance"]
    await payment.record(day.office, finance, 1, {lines[first.id]: Paid()})
    with pytest.raises(AlreadyDecided):
        await payment.record(
            day.office, finance, 1, {lines[first.id]: Paid(), lines[second.id]: Paid()}
        )
    assert (await day.now(second)).state == "in_stage"
    with pytest.raises(NotFound):
        await payment.record(day.office, finance, 99, {lines[second.id]: Paid()})
    with pytest.raises(NotFound):
        await payment.record(day.office, finance, 1, {})
    long = Failed(Trouble.OTHER, "长" * 151)
    with pytest.raises(Unreadable):
        await payment.record(day.office, finance, 1, {lines[second.id]: long})


async def test_two_lists_at_once_never_hold_the_same_application(day: Day) -> None:
    running, _ = await at_payment(day)

    async def make() -> str:
        try:
            await payment.make_list(day.office, day.province["finance"], running.id)
        except NotFound:
            return "late"
        return "made"

    assert sorted(await asyncio.gather(make(), make())) == ["late", "made"]


async def test_of_a_great_many_the_clock_tells_the_rest(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approval, "AT_ONCE", 1)
    running, applications = await at_approval(day, 3)
    await day.meets(running)
    assert [len(await day.links(each)) for each in applications] == [1, 0, 0]
    await day.time_passes()
    await day.time_passes()
    assert [len(await day.links(each)) for each in applications] == [1, 1, 1]
    await day.days_pass(3)
    assert [len(await day.links(each)) for each in applications] == [2, 2, 2]
