"""Money for a death is paid once, whoever of the family asks: looked for at every step."""

import asyncio

import pytest

from core.errors import OutsideJurisdiction, Recused
from core.payees import Payee
from core.subjects import SubjectMissing, SubjectTaken
from handlers import granting, identification, limits, payees, review, subject, weighing
from handlers.decisions import Enter
from handlers.identification import Told
from handlers.meant import PLACE
from storage.tables import Application
from storage.titles import Holder
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import applies
from tests.people import identity_number

CONSOLATION = "yn-model-worker-death-consolation"
ONE_OFF = "yn-model-worker-death-year-one-off-aid"
HARDSHIP, TITLE = "yn-model-worker-special-hardship-aid", "云南省劳动模范"
NUMBER, ANOTHER = (identity_number(count, born="19410101") for count in (1, 2))
FACTORY = "春城机械厂"


async def sent(day: Day, scheme: str, identity: str = NUMBER, unit: str = FACTORY) -> Application:
    """By one of the family, with what the family knows."""
    application = await applies(day, scheme)
    async with day.office.unit() as work:
        folder = (await work.drafts.some({application.draft_id}))[application.draft_id]
        folder.capacity = "relative"
        await work.subjects.tell(application.draft_id, "李德昌", identity, unit)
    return await day.now(application)


async def taken(day: Day, scheme: str, identity: str, unit: str = FACTORY) -> bool:
    """Whether a new one about this person would be refused."""
    worker = await day.worker()
    law = day.office.schemes.on(scheme, day.office.today())
    async with day.office.unit() as work:
        folder = await work.drafts.begin(worker.id, scheme)
        await work.subjects.tell(folder.id, "李德昌", identity, unit)
        try:
            await subject.check(work, law, folder.id)
        except SubjectTaken as no:  # where it is, not who has sent it
            here = day.province.tree.base.name
            return no.values == {"union": here, "cite": law.about and law.about.cite}
    return False


async def test_a_second_one_about_the_same_person_hears_where_the_first_is(day: Day) -> None:
    first = await sent(day, CONSOLATION)
    assert await taken(day, CONSOLATION, NUMBER, "别的厂")
    assert await taken(day, CONSOLATION, "", " 春城 机械厂")  # the number is not known
    assert not await taken(day, CONSOLATION, ANOTHER)  # a namesake of the same unit
    assert not await taken(day, CONSOLATION, "", "洱海纸厂")
    assert not await taken(day, ONE_OFF, NUMBER)  # another award
    async with day.office.unit() as unit:
        (await unit.applications.held(first.id)).live = False  # withdrawn, or refused
    assert not await taken(day, CONSOLATION, NUMBER)


async def test_the_officer_completes_who_has_died_and_sees_the_register(day: Day) -> None:
    first = await sent(day, CONSOLATION, "")
    async with day.office.unit() as unit:
        dead = await unit.workers.add(day.province.tree.base.id, "李德昌", NUMBER)
        await unit.titles.enter(Holder("李德昌", dead.union_id, dead), TITLE, None, proof="云政发")
    about = day.office, day.province["base"], first.id, first.version
    with pytest.raises(SubjectMissing) as missing:
        await review.decide(*about, Enter("已核实"))
    assert missing.value.cite == "第十九条"
    with pytest.raises(OutsideJurisdiction):
        await identification.complete(about[0], day.province["dali"], *about[2:], Told(NUMBER))
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "补全去世劳模的身份")
    await chat.tap("不改")
    await chat.say(NUMBER)
    await chat.tap("不改")
    assert "身份证号530***********" in chat.heard
    assert f"称号名册：{TITLE}" in chat.heard
    assert NUMBER not in chat.heard
    assert "identify" in await day.acts(first)
    async with day.office.unit() as unit:  # an officer whose own father it was
        await unit.officers.declare(about[1].id, day.office.vault.index(NUMBER, "identity"), "父亲")
    with pytest.raises(Recused):
        await review.decide(*about, Enter("已核实"))
    await review.decide(day.office, day.province["base2"], *about[2:], Enter("已核实"))


async def test_of_two_the_first_goes_on_however_fast_the_other_is(day: Day) -> None:
    first, later = await sent(day, CONSOLATION, "", "甲村"), await sent(day, CONSOLATION)
    base = day.province["base"]
    await identification.complete(day.office, base, first.id, first.version, Told(NUMBER))

    async def enters(each: Application) -> bool:
        try:
            await review.decide(day.office, base, each.id, each.version, Enter("已核实"))
        except SubjectTaken:
            return False
        return True

    assert await asyncio.gather(enters(later), enters(first)) == [False, True]
    async with day.office.reading() as unit:  # before the money, once more
        both = [await unit.applications.by_id(each.id) for each in (first, later)]
        assert list(await limits.reached(day.office, unit, both)) == [later.id]


async def test_what_a_union_sends_is_paid_to_the_near_relative(day: Day) -> None:
    application = await sent(day, CONSOLATION)
    async with day.office.reading() as unit:
        assert (await payees.holder(day.office, unit, application)).payee is Payee.APPLICANT
    async with day.office.unit() as unit:
        folder = (await unit.drafts.some({application.draft_id}))[application.draft_id]
        folder.capacity, folder.other_sealed = "union", day.office.vault.seal("张秀英", PLACE)
        whose = await payees.holder(day.office, unit, application)
    assert (whose.payee, whose.shown, whose.cite) == (Payee.RELATIVE, "张*英", "第十九条")


async def test_what_the_model_worker_had_this_year_counts_below_the_same_line(day: Day) -> None:
    aid, earlier = await sent(day, ONE_OFF), await applies(day, HARDSHIP)
    async with day.office.unit() as unit:
        row = await unit.applications.held(earlier.id)
        row.identity_index, row.amount_fen = day.office.vault.index(NUMBER, "identity"), 12_000_00
        verdict = (await weighing.seen(day.office, unit, aid)).verdict
        while (aid := await unit.applications.held(aid.id)).stage < 5:
            aid.stage += 1
        room = await granting.room_for(day.office, unit, aid, verdict)
    assert room is not None
    assert (room.high, room.given, room.soft) == (18_000_00, 12_000_00, True)
