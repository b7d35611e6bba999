"""Money that comes back, and what stands still until it has."""

import pytest

from core.errors import (
    AlreadyDecided,
    LimitReached,
    MoveNotAllowed,
    NotYours,
    OutsideJurisdiction,
    Unreadable,
)
from handlers import clawback, limits, payment
from storage.tables import Application, Round
from tests.handlers.province import Day

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


async def test_a_limit_reached_after_the_approval_is_flagged_not_listed(day: Day) -> None:
    _, before = await paid(day)
    await day.days_pass(365)
    running = await day.opens_round()
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(before.worker_id)
    higher = await day.applies(running, worker, level="高级技师", number="S3001")
    await day.goes_to(6, running, higher)
    await day.gives_account(higher)
    finance = day.province["finance"]
    await clawback.claw_back(day.office, finance, before.id, "证书系伪造")
    async with day.office.reading() as unit:
        listable = await payment.listable(day.office, unit, finance, running.id)
    ((flagged),) = listable.flagged
    assert flagged.application.id == higher.id
    assert isinstance(flagged.why, LimitReached)
    assert listable.ready == ()


async def paid(day: Day) -> tuple[Round, Application]:
    running, (first,) = await at_payment(day)
    await day.pays(running, first)
    return running, first


@pytest.mark.parametrize("login", ["finance", "office"])
async def test_a_claw_back_is_opened_told_and_repaid(day: Day, login: str) -> None:
    _, first = await paid(day)
    owed = await clawback.claw_back(day.office, day.province[login], first.id, "证书系伪造")
    there = await day.now(first)
    assert (there.state, there.live, owed.amount_fen) == ("clawed_back", False, 100000)
    told = (await day.told(first))[-1]
    assert "要追回（依据 第八条）" in told
    assert "要退回：1,000元" in told
    async with day.office.unit() as unit:
        with pytest.raises(LimitReached) as refused:
            await limits.check_debts(unit, first.identity_index)
    assert refused.value.cite == "第八条"
    await clawback.repaid(day.office, day.province["finance"], owed.id)
    async with day.office.unit() as unit:
        await limits.check_debts(unit, first.identity_index)
    assert "已经退清" in (await day.told(first))[-1]
    with pytest.raises(AlreadyDecided):
        await clawback.repaid(day.office, day.province["finance"], owed.id)


async def test_an_open_claw_back_bars_a_new_award(day: Day) -> None:
    _, first = await paid(day)
    await clawback.claw_back(day.office, day.province["finance"], first.id, "证书系伪造")
    await day.days_pass(365)
    following = await day.opens_round()
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(first.worker_id)
    again = await day.applies(following, worker, level="高级技师", number="S4001")
    await day.goes_to(5, following, again)
    ((barred),) = (await day.meets(following)).barred
    assert isinstance(barred.why, LimitReached)
    assert barred.why.cite == "第八条"


async def test_only_paid_money_is_clawed_back_and_only_once(day: Day) -> None:
    running, (first,) = await at_payment(day)
    finance = day.province["finance"]
    with pytest.raises(MoveNotAllowed):
        await clawback.claw_back(day.office, finance, first.id, "证书系伪造")
    await day.pays(running, first)
    for finding in (" ", "长" * 1001):
        with pytest.raises(Unreadable):
            await clawback.claw_back(day.office, finance, first.id, finding)
    await clawback.claw_back(day.office, finance, first.id, "证书系伪造")
    with pytest.raises(MoveNotAllowed):
        await clawback.claw_back(day.office, finance, first.id, "证书系伪造")


async def test_another_office_or_role_does_not_claw_back(day: Day) -> None:
    _, first = await paid(day)
    with pytest.raises(OutsideJurisdiction):
        await clawback.claw_back(day.office, day.province["education"], first.id, "证书系伪造")
    for login in ("base", "chairs", "manager"):
        with pytest.raises(NotYours):
            await clawback.claw_back(day.office, day.province[login], first.id, "证书系伪造")
    owed = await clawback.claw_back(day.office, day.province["office"], first.id, "证书系伪造")
    with pytest.raises(NotYours):
        await clawback.repaid(day.office, day.province["office"], owed.id)
