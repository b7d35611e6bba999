"""The page behind the one-time link: consent, account, confirmation."""

from datetime import date, timedelta

import pytest

from core.errors import ConsentMissing, NotFound, Unreadable
from core.results import AccountUsed, Trouble
from handlers import bank, payment
from storage.accounts import Owner
from storage.tables import Application
from tests.handlers.province import ACCOUNT, DEGREE, Day
from tests.handlers.steps import goes_on


async def approved(day: Day) -> tuple[Application, str]:
    """An approved application, and the secret of its link."""
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    (link,) = await day.links(application)
    return application, link.rsplit("/", 1)[1]


async def test_the_page_says_what_for_and_for_whom(day: Day) -> None:
    application, secret = await approved(day)
    form = await bank.open_link(day.office, secret)
    assert (form.scheme, form.number) == ("技能等级晋升补助", application.number)
    assert (form.holder, form.amount_fen, form.agreed) == ("张*华", 100000, False)
    assert form.expires_at == day.clock.now() + timedelta(days=7)


async def test_nothing_is_taken_without_consent_of_its_own(day: Day) -> None:
    _, secret = await approved(day)
    with pytest.raises(ConsentMissing) as refused:
        await bank.give(day.office, secret, "张夏华", ACCOUNT, "工行")
    assert refused.value.purpose == "bank"


async def test_consent_in_one_language_holds_in_the_other(day: Day) -> None:
    _, secret = await approved(day)
    await bank.agree(day.office, secret, "en")
    assert (await bank.open_link(day.office, secret)).agreed


async def test_an_account_is_shown_masked_and_kept_only_when_confirmed(day: Day) -> None:
    application, secret = await approved(day)
    await bank.agree(day.office, secret, "zh_CN")
    given = await bank.give(day.office, secret, " 张 夏华 ", "6222 0212 3456 7890 128", "工行")
    assert (given.holder, given.number, given.bank) == ("张*华", "****0128", "工行")
    assert ACCOUNT not in given.token
    async with day.office.reading() as unit:
        assert await unit.accounts.newest(application.id) is None
    await bank.confirm(day.office, secret, given.token)
    async with day.office.reading() as unit:
        account = await unit.accounts.usable(application.id)
        assert account is not None
        assert unit.accounts.number(account) == ACCOUNT
        assert unit.accounts.holder(account) == "张夏华"
        assert not await bank.wanted(unit, await unit.applications.by_id(application.id))
    assert "工行，****0128" in (await day.told(application))[-1]


@pytest.mark.parametrize(
    ("holder", "number", "name", "hint"),
    [
        ("张三丰", ACCOUNT, "工行", "holder"),
        ("", ACCOUNT, "工行", "holder"),
        ("张夏华", ACCOUNT[:-1] + "9", "工行", "account_luhn"),
        ("张夏华", "12345", "工行", "account_length"),
        ("张夏华", ACCOUNT, "", "bank"),
        ("张夏华", ACCOUNT, "行" * 81, "bank"),
    ],
)
async def test_a_wrong_account_is_refused(
    day: Day, holder: str, number: str, name: str, hint: str
) -> None:
    _, secret = await approved(day)
    await bank.agree(day.office, secret, "zh_CN")
    with pytest.raises(Unreadable) as refused:
        await bank.give(day.office, secret, holder, number, name)
    assert refused.value.hint == hint


async def test_a_name_that_is_not_chinese_is_compared_as_it_stands(day: Day) -> None:
    application, secret = await approved(day)
    async with day.office.unit() as unit:
        worker = await unit.workers.by_id(application.worker_id)
        assert worker is not None
        unit.workers.enter(worker, name="Aung San")
    await bank.agree(day.office, secret, "zh_CN")
    assert (await bank.give(day.office, secret, "AUNG SAN", ACCOUNT, "工行")).token


async def test_a_link_works_once_and_takes_all_others_with_it(day: Day) -> None:
    application, secret = await approved(day)
    async with day.office.unit() as unit:
        there = await unit.applications.by_id(application.id)
        url = await bank.link(day.office, unit, there)
    await bank.agree(day.office, secret, "zh_CN")
    given = await bank.give(day.office, secret, "张夏华", ACCOUNT, "工行")
    await bank.confirm(day.office, secret, given.token)
    for used in (secret, url.rsplit("/", 1)[1]):
        with pytest.raises(NotFound):
            await bank.open_link(day.office, used)
        with pytest.raises(NotFound):
            await bank.confirm(day.office, used, given.token)


async def test_a_link_ends_after_seven_days(day: Day) -> None:
    _, secret = await approved(day)
    day.clock.move(days=7)
    with pytest.raises(NotFound):
        await bank.open_link(day.office, secret)


async def test_another_applications_token_confirms_nothing(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(6, running, first, second)
    secrets = [(await day.links(each))[0].rsplit("/", 1)[1] for each in (first, second)]
    await bank.agree(day.office, secrets[0], "zh_CN")
    given = await bank.give(day.office, secrets[0], await day.name(first), ACCOUNT, "工行")
    for token in (given.token, "", "AAAA", "不是"):
        with pytest.raises(NotFound):
            await bank.confirm(day.office, secrets[1], token)


async def test_a_link_is_nobodys_before_the_approval(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(3, running, application)
    async with day.office.unit() as unit:
        there = await unit.applications.by_id(application.id)
        url = await bank.link(day.office, unit, there)
        assert not await bank.wanted(unit, there)
    with pytest.raises(NotFound):
        await bank.open_link(day.office, url.rsplit("/", 1)[1])


async def test_one_account_serves_one_person_across_unions_and_years(day: Day) -> None:
    running = await day.opens_round()
    mine = await day.applies(running)
    await day.goes_to(6, running, mine)
    await day.gives_account(mine, ACCOUNT)
    await day.pays(running, mine)

    await day.morning_of(date(2027, 3, 1))
    next_year = await day.opens_round(scheme=DEGREE)
    async with day.office.reading() as unit:
        owner = await unit.workers.by_id(mine.worker_id)
    degree = await day.applies(next_year, owner, "本科")
    elsewhere = await day.worker(day.province.other_base)
    other = await day.applies(next_year, elsewhere, "本科")
    await day.window_ends(next_year)
    for each in (degree, other):
        while (there := await day.now(each)).stage < 6:
            await goes_on(day, there)
    with pytest.raises(AccountUsed):
        await day.gives_account(other, ACCOUNT)
    await day.gives_account(degree, ACCOUNT)
    async with day.office.unit() as unit:  # given before anybody looked
        await unit.accounts.add(other.id, Owner("张某某"), ACCOUNT, "工行")
    async with day.office.reading() as unit:
        finance = day.province["finance"]
        found = await payment.listable(day.office, unit, finance, next_year.id)
    assert [each.application.id for each in found.ready] == [degree.id]
    (flagged,) = found.flagged
    assert (flagged.application.id, type(flagged.why)) == (other.id, AccountUsed)


async def test_of_two_who_give_the_same_account_at_once_the_first_keeps_it(day: Day) -> None:
    running = await day.opens_round()
    both = [await day.applies(running) for _ in range(2)]
    await day.goes_to(6, running, *both)
    ready = []
    for each in both:
        secret = (await day.links(each))[-1].rsplit("/", 1)[1]
        await bank.agree(day.office, secret, "zh_CN")
        given = await bank.give(day.office, secret, await day.name(each), ACCOUNT, "工行")
        ready.append((secret, given.token))
    await bank.confirm(day.office, *ready[0])
    with pytest.raises(AccountUsed):
        await bank.confirm(day.office, *ready[1])
    lines = await day.lists(running)
    failed = {lines[both[0].id]: payment.Failed(Trouble.ACCOUNT_NAME, "户名不符")}
    await payment.record(day.office, day.province["finance"], 1, failed)
    await bank.confirm(day.office, *ready[1])  # the first had mistyped it
