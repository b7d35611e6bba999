"""Who may not decide: oneself, a relative, nobody at two stages."""

import pytest

from core.errors import (
    Recused,
)
from handlers import review
from handlers.decisions import Decision, Pass
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


async def becomes(day: Day, login: str, person: str) -> None:
    """The officer turns out to be the person with this identity number."""
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province[login].id)
        assert officer is not None
        officer.identity_index = day.office.vault.index(person, "identity")


async def test_nobody_decides_on_their_own_file(day: Day) -> None:
    application = await in_review(day)
    await becomes(day, "base", identity_number(1))
    with pytest.raises(Recused) as refused:
        await decides(day, "base", application, Pass(undertaking=True))
    assert refused.value.relation == "own"


async def test_nobody_decides_on_a_relatives_file(day: Day) -> None:
    application = await in_review(day)
    async with day.office.unit() as unit:
        await unit.officers.declare(day.province["base"].id, application.identity_index, "配偶")
    with pytest.raises(Recused) as refused:
        await decides(day, "base", application, Pass(undertaking=True))
    assert refused.value.relation == "relative"
    async with day.office.reading() as unit:
        assert (await review.queue(day.office, unit, day.province["base"])).rows == ()


async def test_one_person_with_two_logins_decides_at_one_stage_only(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await becomes(day, "base", identity_number(99))
    await becomes(day, "prefecture", identity_number(99))
    await day.goes_to(2, running, application)
    with pytest.raises(Recused) as refused:
        await day.passes("prefecture", application)
    assert refused.value.relation == "twice"


async def test_the_same_officer_in_a_new_post_does_not_decide_again(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(2, running, application)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base"].id)
        assert officer is not None
        officer.union_id, officer.role = day.province.tree.prefecture.id, "verifier"
    with pytest.raises(Recused) as refused:
        await day.passes("base", application)
    assert refused.value.relation == "twice"


async def test_a_recused_officer_gets_no_card(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await becomes(day, "base", identity_number(1))
    await day.goes_to(0, running, application)
    assert await day.told("base") == []
    assert len(await day.told("base2")) == 1
