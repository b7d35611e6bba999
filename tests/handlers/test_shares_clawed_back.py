"""A project paid in shares is found wanting after the first: what was paid comes back, no more."""

from datetime import timedelta

import pytest

from core.conduct import (
    FindingOpen,
    PaymentUnderway,
)
from core.errors import (
    Barred,
    NotFound,
)
from core.owing import (
    PlanRefused,
)
from core.results import Trouble
from core.stages import StageKind
from handlers import clawback, integrity, payment
from handlers.bench import stage_of
from handlers.clawback import Upheld
from handlers.decisions import Reject
from handlers.payment import Failed
from storage.stains import unit_key
from storage.tables import Application
from tests.handlers.findings import finds
from tests.handlers.province import Day
from tests.handlers.steps import applies, decides, goes_on

OTHER_ACCOUNT = "6217000010012345677"
PROJECT = "yn-innovation-project-subsidy"


async def first_share_paid(day: Day) -> Application:
    """Up to the share of 80 %, paid; the rest is still to come."""
    there = await applies(day, PROJECT)
    if there.state == "waiting":
        async with day.office.reading() as unit:
            running = await unit.rounds.by_id(there.round_id)
        await day.window_ends(running)
        there = await day.now(there)
    for _ in range(30):
        if there.state == "in_stage" and await pays(day, there):
            return await day.now(there)
        await goes_on(day, there)
        there = await day.now(there)
    raise AssertionError(there.state)


async def pays(day: Day, there: Application) -> bool:
    async with day.office.reading() as unit:
        running = await unit.rounds.by_id(there.round_id)
        finance = day.province["finance"]
        listable = await payment.listable(day.office, unit, finance, running.id)
    if not listable.no_account:
        return False
    await day.gives_account(there)
    await day.pays(running, there)
    return True


async def test_only_the_paid_share_comes_back_and_the_open_one_is_void(day: Day) -> None:
    there = await first_share_paid(day)
    async with day.office.reading() as unit:
        paid, _ = await unit.claw_backs.paid(there.id)
        running = await unit.rounds.by_id(there.round_id)
    assert there.amount_fen is not None
    assert (there.state, paid) == ("in_stage", there.amount_fen * 80 // 100)
    while stage_of(day.office, there).share != 20:
        await goes_on(day, there)
        there = await day.now(there)
    lines = await day.lists(running)
    found, finance = await finds(day, there), day.province["finance"]
    await day.days_pass(11)
    async with day.office.reading() as unit:
        decider = (await unit.officers.of_union(found.decider_id or 0))[0]
    with pytest.raises(PaymentUnderway):
        await clawback.decide(day.office, decider, found.id, Upheld("查实"))
    failed = {lines[there.id]: Failed(Trouble.ACCOUNT_CLOSED)}
    async with day.office.reading() as unit:
        (made,) = [each for each in await unit.payments.lists(running.id) if each.id > 1]
    await payment.record(day.office, finance, made.id, failed)
    await day.gives_account(there, OTHER_ACCOUNT)
    async with day.office.reading() as unit:
        standing = await payment.listable(day.office, unit, finance, running.id)
    ((flagged),) = standing.flagged
    assert isinstance(flagged.why, FindingOpen)
    with pytest.raises(NotFound):
        await payment.make_list(day.office, finance, running.id)
    with pytest.raises(PlanRefused):
        await clawback.decide(day.office, decider, found.id, Upheld("查实", paid + 1))
    part = Upheld("违规使用了一部分", paid // 3, 7, day.office.today() + timedelta(days=30))
    owed = await clawback.decide(day.office, decider, found.id, part)
    async with day.office.reading() as unit:
        debt = await unit.claw_backs.debt(owed)
        record = await integrity.known(unit, there)
        nothing = await payment.listable(day.office, unit, finance, running.id)
    sums = (debt.fen, sum(each.fen for each in debt.parts), len(debt.parts))
    assert sums == (paid // 3, paid // 3, 7)
    assert record == ()  # 第二十四条 speaks of the money, not of a record
    assert (nothing.ready, nothing.flagged, nothing.listed) == ((), (), ())
    assert (await day.now(there)).state == "clawed_back"


async def test_what_was_misused_comes_back_after_a_failed_acceptance_as_well(day: Day) -> None:
    """第十七条、第二十四条: 验收合格后拨付余款; what was used against the rules is taken back."""
    there = await first_share_paid(day)
    assert stage_of(day.office, there).stage is StageKind.EVALUATION
    await decides(day, "office", there, Reject((), "中期验收不合格"))
    assert (await day.now(there)).state == "rejected"
    found = await finds(day, there)
    await day.days_pass(11)
    async with day.office.reading() as unit:
        decider = (await unit.officers.of_union(found.decider_id or 0))[0]
    later = day.office.today() + timedelta(days=30)
    owed = await clawback.decide(
        day.office, decider, found.id, Upheld("挪用", found.paid_fen // 4, 1, later)
    )
    assert (owed.state, owed.amount_fen) == ("owed", found.paid_fen // 4)
    assert (await day.now(there)).state == "clawed_back"


async def test_who_did_not_finish_keeps_the_money_and_those_who_decide_are_warned(day: Day) -> None:
    """第二十五条: no word of the money; the workstation or studio loses the right to apply, not
    every other one of its unit, so that the record tells and somebody has to look."""
    there = await first_share_paid(day)
    about = {"finding": "延期后仍未完成", "answer_by": day.office.today() + timedelta(days=9)}
    finance = day.province["finance"]
    found = await clawback.find(day.office, finance, there.id, ground=1, **about)  # type: ignore[arg-type]
    await day.days_pass(10)
    async with day.office.reading() as unit:
        decider = (await unit.officers.of_union(found.decider_id or 0))[0]
    upheld = await clawback.decide(day.office, decider, found.id, Upheld("属实"))
    assert (upheld.state, upheld.amount_fen) == ("done", 0)
    assert (await day.now(there)).state == "revoked"
    colleague = await day.worker()
    async with day.office.reading() as unit:
        (stain,) = await integrity.known(unit, there)
        assert (stain.cite, stain.until, stain.blocks) == ("第二十五条", None, [])
        assert stain.whose == unit_key(colleague.union_id)
        await integrity.check(unit, PROJECT, colleague.identity_index or "", colleague.union_id)


async def test_who_hosted_unfairly_keeps_the_past_and_hosts_no_more_for_five_years(
    day: Day,
) -> None:
    """第二十条 takes nothing back: it bars the unit."""
    scheme = "yn-skills-competition-class1-hosting"
    there = await applies(day, scheme)
    if there.state == "waiting":
        async with day.office.reading() as unit:
            await day.window_ends(await unit.rounds.by_id(there.round_id))
        there = await day.now(there)
    while there.state == "in_stage":
        await goes_on(day, there)
        there = await day.now(there)
    assert there.state == "completed"
    answer_by = day.office.today() + timedelta(days=5)
    about = {"ground": 0, "finding": "裁判回避不实", "answer_by": answer_by}
    found = await clawback.find(day.office, day.province["office"], there.id, **about)  # type: ignore[arg-type]
    await day.days_pass(6)
    async with day.office.reading() as unit:
        others = await unit.officers.of_union(found.decider_id or 0)
    decider = next(each for each in others if each.id != found.officer_id)
    await clawback.decide(day.office, decider, found.id, Upheld("属实"))
    assert (await day.now(there)).state == "completed"
    person = (there.identity_index, there.base_union_id)
    async with day.office.reading() as unit:
        with pytest.raises(Barred) as no:
            await integrity.check(unit, scheme, *person)
    assert no.value.until is not None
    await day.morning_of(no.value.until + timedelta(days=1))
    async with day.office.reading() as unit:
        await integrity.check(unit, scheme, *person)
