"""Whose account it has to be: one's own, that of whom one applied for, or the unit's."""

import pytest

from core.errors import Unreadable
from core.payees import Payee
from handlers import payees
from handlers.meant import PLACE
from storage.accounts import Kept, Owner
from storage.tables import Application
from tests.handlers.province import ACCOUNT, Day
from tests.handlers.steps import applies

PROJECT, HARDSHIP = "yn-innovation-project-subsidy", "yn-model-worker-special-hardship-aid"
OF_UNIT = "5300 1618 0410 5"  # no check digit


async def whose(day: Day, application: Application) -> payees.Holder:
    async with day.office.reading() as unit:
        return await payees.holder(day.office, unit, application)


async def test_a_projects_money_goes_to_the_account_of_the_units_union(day: Day) -> None:
    project = await applies(day, PROJECT)
    found = await whose(day, project)
    base = day.province.tree.base
    assert (found.payee, found.shown, found.cite) == (Payee.UNIT, base.name, "第二十条")
    name = f"{base.name}委员会"
    assert found.check(f" {name} ", OF_UNIT) == (name, "5300161804105")
    for holder, number, hint in (
        (await day.name(project), OF_UNIT, "unit_holder"),
        ("", OF_UNIT, "unit_holder"),
        ("工会委员会", OF_UNIT, "unit_holder"),
        (name, "1234567", "unit_account"),
        (name, "一二三四五六七八", "unit_account"),
    ):
        with pytest.raises(Unreadable) as refused:
            found.check(holder, number)
        assert refused.value.hint == hint


async def test_what_a_family_asks_for_goes_to_the_card_of_whom_it_is_for(day: Day) -> None:
    application = await applies(day, HARDSHIP)
    assert (await whose(day, application)).payee is Payee.APPLICANT
    async with day.office.unit() as unit:
        (folder,) = (await unit.drafts.some({application.draft_id})).values()
        folder.capacity = "relative"
        folder.other_sealed = day.office.vault.seal("李德昌", PLACE)
    found = await whose(day, application)
    assert (found.payee, found.shown, found.cite) == (Payee.RELATIVE, "李*昌", "第二十二条")
    assert found.check("李德昌", ACCOUNT) == ("李德昌", ACCOUNT)
    with pytest.raises(Unreadable, match="holder"):
        found.check(await day.name(application), ACCOUNT)


def kept(worker: int, identity: str, owner: Owner) -> Kept:
    return Kept(Application(worker_id=worker, identity_index=identity), owner)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (kept(1, "a", Owner("张华")), kept(1, "a", Owner("张华")), False),
        (kept(1, "a", Owner("张华")), kept(2, "a", Owner("张华")), False),
        (kept(1, "a", Owner("张华")), kept(2, "b", Owner("张华")), True),
        (kept(1, "a", Owner("春城工会", 7)), kept(2, "b", Owner("春城公司", 7)), False),
        (kept(1, "a", Owner("春城工会", 7)), kept(1, "a", Owner("春城工会", 8)), True),
        (kept(1, "a", Owner("春城工会", 7)), kept(1, "a", Owner("张华")), True),
        (kept(1, "a", Owner("李德昌", None, True)), kept(2, "b", Owner("李德昌")), False),
        (kept(1, "a", Owner("李德昌", None, True)), kept(1, "a", Owner("张华")), True),
    ],
)
def test_one_account_is_of_one_person_or_one_unit(one: Kept, other: Kept, clash: bool) -> None:
    assert (one.clashes(other), other.clashes(one)) == (clash, clash)
