"""A yearly budget is never overdrawn, whoever takes from it at the same time."""

import asyncio

import pytest

from core.budget import BudgetExceeded, BudgetTooLow
from core.errors import NotYours, OutsideJurisdiction, Unreadable
from handlers import budget, payment
from handlers.budget import Standing
from storage.tables import Application, Round
from tests.handlers.province import SKILL, Day

LINE = 100_000  # fen for one 技师
OTHER_ACCOUNT = "6217000010012345677"


async def at_approval(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(count)]
    await day.goes_to(5, running, *applications)
    return running, applications


async def standing(day: Day) -> Standing:
    async with day.office.reading() as unit:
        (found,) = await budget.standings(unit, day.province["finance"])
    return found


async def has(day: Day, fen: int) -> None:
    await budget.set_budget(day.office, day.province["finance"], SKILL, 2026, fen)


async def test_an_approval_takes_from_it_and_what_does_not_fit_is_refused_with_what_is_left(
    day: Day,
) -> None:
    running, (one, two) = await at_approval(day, 2)
    sums = [each.amount_fen or 0 for each in (one, two)]
    await has(day, sum(sums) - 1)
    with pytest.raises(BudgetExceeded) as no:
        await day.meets(running)
    assert (no.value.left, no.value.wanted) == (sum(sums) - 1, sum(sums))
    assert (await day.now(one)).stage == 5  # the whole meeting is undone
    await day.meets(running, {two.id: "预算不够"})
    there = await standing(day)
    assert (there.committed_fen, there.budget.paid_fen, there.left_fen) == (
        sums[0],
        0,
        sums[1] - 1,
    )
    with pytest.raises(BudgetTooLow):
        await has(day, sums[0] - 1)
    await has(day, sums[0])
    assert (await standing(day)).left_fen == 0


async def test_a_failed_payment_gives_back_and_the_next_list_takes_again(day: Day) -> None:
    running, (one,) = await at_approval(day)
    fen = one.amount_fen or 0
    await has(day, fen)
    await day.meets(running)
    await day.gives_account(one)
    (line,) = (await day.lists(running)).values()
    finance = day.province["finance"]
    async with day.office.reading() as unit:
        (made,) = await unit.payments.lists(running.id)
    failed = payment.Failed(payment.Trouble.ACCOUNT_CLOSED)
    await payment.record(day.office, finance, made.id, {line: failed})
    assert (await standing(day)).left_fen == fen
    await day.gives_account(one, OTHER_ACCOUNT)
    await day.pays(running, one)
    there = await standing(day)
    assert (there.committed_fen, there.budget.paid_fen, there.left_fen) == (0, fen, 0)
    async with day.office.unit() as unit:
        await unit.budgets.give_back(one.id, 30_000, paid=True)  # a part has come back
    there = await standing(day)
    assert (there.budget.paid_fen, there.left_fen) == (fen - 30_000, 30_000)


async def test_what_was_approved_before_is_taken_at_the_list_and_what_was_paid_counts(
    day: Day,
) -> None:
    running, (one, two) = await at_approval(day, 2)
    await day.meets(running)
    await day.gives_account(one)
    await day.pays(running, one)
    fen = one.amount_fen or 0
    await has(day, fen + 1)
    assert (await standing(day)).budget.paid_fen == fen
    await day.gives_account(two)
    with pytest.raises(BudgetExceeded) as no:
        await day.lists(running)
    assert no.value.left == 1
    await has(day, 2 * fen)
    assert list(await day.lists(running)) == [two.id]


async def test_many_take_at_once_and_never_more_than_there_is(day: Day) -> None:
    _, applications = await at_approval(day, 6)
    fen = applications[0].amount_fen or 0
    await has(day, 4 * fen)
    found = (await standing(day)).budget

    async def takes(application: Application) -> bool:
        async with day.office.unit() as unit:
            return await unit.budgets.take(found, application.id, fen)

    done = await asyncio.gather(*(takes(each) for each in applications))
    assert sorted(done) == [False, False, True, True, True, True]
    there = await standing(day)
    assert (there.committed_fen, there.left_fen) == (4 * fen, 0)


async def test_each_sets_the_budget_of_its_own_union_and_office(day: Day) -> None:
    with pytest.raises(OutsideJurisdiction):
        await budget.set_budget(day.office, day.province["education"], SKILL, 2026, LINE)
    with pytest.raises(NotYours):
        await budget.set_budget(day.office, day.province["base"], SKILL, 2026, LINE)
    with pytest.raises(Unreadable):
        await budget.set_budget(day.office, day.province["finance"], "yn-nothing", 2026, LINE)
    await budget.set_budget(day.office, day.province["dali"], SKILL, 2026, LINE)
    async with day.office.reading() as unit:
        assert await budget.standings(unit, day.province["finance"]) == []
        assert len(await budget.standings(unit, day.province["dali"])) == 1
