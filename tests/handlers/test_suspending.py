"""暂停拨款: a project whose change is being approved is not paid before that is decided."""

from core.suspending import PaymentsSuspended
from handlers import payment
from handlers.payment import Listable
from storage.tables import Application
from tests.handlers.province import Day
from tests.handlers.steps import applies, goes_on

CHANGE = "yn-innovation-project-change"
STUDIO, OTHER = "王某某焊接工作室", "李某某电气工作站"


async def project(day: Day) -> Application:
    """Up to its first share."""
    there = await applies(day, "yn-innovation-project-subsidy")
    if there.state == "waiting":
        async with day.office.reading() as unit:
            running = await unit.rounds.by_id(there.round_id)
        await day.window_ends(running)
    while not await day.links(there):
        await goes_on(day, await day.now(there))
    return await day.now(there)


async def to_be_paid(day: Day, there: Application) -> Listable:
    async with day.office.reading() as unit:
        return await payment.listable(day.office, unit, day.province["finance"], there.round_id)


async def test_nothing_is_paid_while_a_change_of_the_same_studio_is_approved(day: Day) -> None:
    """云工办通〔2019〕14号 第二十一条: 补助项目变更审批期间，暂停拨款."""
    there = await project(day)
    await day.gives_account(there)
    await applies(day, CHANGE, studio_name=OTHER)
    await applies(day, CHANGE, studio_name=STUDIO, project_change_kind="其他变更")
    assert len((await to_be_paid(day, there)).ready) == 1
    change = await applies(day, CHANGE, studio_name=STUDIO, project_change_kind="延期完成")
    (flagged,) = (await to_be_paid(day, there)).flagged
    assert isinstance(flagged.why, PaymentsSuspended)
    assert (flagged.why.number, flagged.why.cite) == (change.number, "第二十一条")
    assert "暂停拨款" in day.office.speak("zh_CN").refusal(flagged.why)
    while (change := await day.now(change)).state == "in_stage":
        await goes_on(day, change)
    assert change.state == "completed"
    assert len((await to_be_paid(day, there)).ready) == 1
