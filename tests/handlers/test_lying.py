"""Where no document sets a time: who is reminded, who is told, and who must not know."""

from dataclasses import replace
from datetime import date

from core.catalogue import Catalogue
from core.lying import rings
from core.people import Role
from handlers import bank, payment, review, whereabouts
from locales import speaker
from storage.tables import Application, Draft
from tests.handlers.findings import finds
from tests.handlers.province import Day
from tests.handlers.steps import applies, goes_on
from tests.handlers.test_clawback import upholds
from tests.handlers.test_objection import hanging, objects
from tests.people import a_talk, an_officer

COMPLAINT, HOSTING, FILED = (
    "yn-labour-supervision-complaint",
    "yn-skills-competition-class1-hosting",
    2,
)


async def asked(day: Day, *logins: str) -> list[int]:
    """How often each was told that something lies."""
    return [sum("没有写时限" in each for each in await day.told(login)) for login in logins]


async def lies(day: Day, since: date, times: int = 1) -> None:
    """To the morning of the next call, or of the one after it."""
    for _ in range(times):
        await day.morning_of(rings(since, day.office.today(), day.office.calendar))


async def stands(day: Day, application: Application) -> str:
    """What the worker reads of it."""
    here = await day.now(application)
    async with day.office.reading() as unit:
        place = await whereabouts.found(day.office, unit, here)
    return "\n".join(whereabouts.lines(speaker("zh_CN"), place, day.office.today()))


async def test_a_step_without_a_time_is_asked_after_and_then_told_above(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.window_ends(running)
    began = (await day.now(first)).lies_since
    assert began == day.office.today()
    await day.days_pass(1)
    assert "放了" not in await stands(day, first)
    await lies(day, began)
    assert await asked(day, "base", "base2", "prefecture") == [1, 1, 0]
    told = (await day.told("base"))[-1]
    assert "春城机械厂工会有2件还没有办。文件没有写时限，已经放了5个工作日" in told
    assert "“基层初审”：2件，最久的放了5个工作日" in told
    assert "本服务的约定，不是文件规定的时限" in told
    assert "已经放了5个工作日；我们已经提醒春城机械厂工会" in await stands(day, first)
    async with day.office.reading() as unit:
        page = await review.queue(day.office, unit, day.province["base"])
    assert [each.lain for each in page.rows] == [5, 5]
    assert "escalate" not in await day.acts(first)
    await lies(day, began)
    assert await asked(day, "base", "prefecture", "office") == [2, 1, 0]
    assert "请督促办理" in (await day.told("prefecture"))[-1]
    assert "也报告了它的上一级" in await stands(day, first)
    await day.passes("base", first)
    await lies(day, began)
    assert (await day.acts(first)).count("escalate") == 1
    assert (await day.acts(second)).count("escalate") == 2
    assert day.office.today().weekday() == 0
    assert await asked(day, "base", "prefecture") == [3, 2]
    assert "有1件还没有办" in (await day.told("base"))[-1]  # the other one waits for it


async def test_a_notice_that_nobody_posts_is_asked_after(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(1, running, application)
    came = day.office.today()
    await lies(day, came, 2)
    assert await asked(day, "base", "prefecture") == [2, 1]
    assert "“基层公示”：1件，最久的放了10个工作日" in (await day.told("base"))[-1]
    hung = await day.posts("base", application)
    assert (await day.now(application)).lies_since is None
    await day.notice_ends(hung)
    assert await asked(day, "base") == [2]


async def test_an_objection_nobody_decides_is_told_only_to_the_unconcerned(day: Day) -> None:
    application, hung = await hanging(day)
    await objects(day, hung, application.number)
    async with day.office.unit() as unit:
        kin = day.province["base2"]
        await unit.officers.declare(kin.id, application.identity_index, "子女")
    made = day.office.today()
    await lies(day, made)
    assert await asked(day, "base", "base2", "prefecture") == [1, 0, 0]
    assert "还没有核实的公示异议：1件" in (await day.told("base"))[-1]
    await lies(day, made)
    assert await asked(day, "base", "base2", "prefecture") == [2, 0, 1]
    assert (await day.acts(application)).count("escalate") == 1


async def test_an_account_a_list_and_a_finding_do_not_lie_unnoticed(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    for _ in range(11):  # a month in which the applicant is asked for the account
        await day.days_pass(3)
    assert await asked(day, "finance") == [0]
    await lies(day, day.office.today())
    assert await asked(day, "finance", "manager") == [1, 0]
    async with day.office.unit() as unit:
        there = await unit.applications.by_id(application.id)
        await bank.ask(day.office, unit, there, "procedure.worker.bank_reminder")
    await day.gives_account(application)
    listed = await day.lists(running)
    made = day.office.today()
    await lies(day, made)
    assert "登记结果的发放名单：1份" in (await day.told("finance"))[-1]
    await lies(day, made)
    assert await asked(day, "finance", "manager") == [3, 1]
    (line,) = listed.values()
    async with day.office.reading() as unit:
        (made_list,) = await unit.payments.lists(running.id)
    finance = day.province["finance"]
    await payment.record(day.office, finance, made_list.id, {line: payment.Paid()})
    found = await finds(day, application)
    await day.days_pass(11)
    assert found.answer_by is not None
    await lies(day, found.answer_by)
    assert await asked(day, "chairs", "finance") == [1, 3]
    assert "还没有作出决定的问题：1件" in (await day.told("chairs"))[-1]
    await lies(day, found.answer_by)
    assert await asked(day, "chairs", "manager") == [2, 2]
    await upholds(day, found)
    await day.days_pass(30)
    assert await asked(day, "chairs", "manager") == [2, 2]


async def test_a_complaint_that_lies_is_not_told_to_whom_it_is_about(day: Day) -> None:
    scheme = day.office.schemes.on(COMPLAINT, day.office.today())
    first = scheme.stages[0].model_copy(update={"within": None})
    stages = (first, *scheme.stages[1:])
    schemes = Catalogue([scheme.model_copy(update={"stages": stages})])
    day.office = replace(day.office, schemes=schemes)
    complaint = await applies(day, COMPLAINT)
    async with day.office.unit() as unit:
        folder = await unit.session.get(Draft, complaint.draft_id)
        assert folder is not None
        folder.accused_sealed = day.office.vault.seal("经办prefecture", "drafts.other")
        home = day.province.tree.prefecture
        other = await an_officer(unit, home, Role.VERIFIER, "other", name="经办other")
        talk = await a_talk(unit, "officer-other")
        talk.officer_id = other.id
        await unit.conversations.write(talk)
    await lies(day, day.office.today(), 2)
    assert await asked(day, "county", "other", "prefecture") == [2, 1, 0]
    assert "需要保密的事项：1件" in (await day.told("other"))[-1]
    assert complaint.number not in (await day.told("other"))[-1]


async def test_what_is_the_applicants_to_do_is_asked_of_the_applicant(day: Day) -> None:
    hosting = await applies(day, HOSTING)
    while (there := await day.now(hosting)).stage < FILED:
        await goes_on(day, there)
    before = await asked(day, "office", "province")
    await lies(day, day.office.today(), 2)
    assert await asked(day, "office", "province") == before
    told = [each for each in await day.told(hosting) if "有一步要由您这边办" in each]
    assert len(told) == 2
