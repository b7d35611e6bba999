"""Real-name objections: made while the notice hangs, decided by who posted it."""

import asyncio
from dataclasses import replace
from datetime import datetime, time

import pytest

from core.errors import (
    AlreadyDecided,
    NotFound,
    NoticeOver,
    NotYours,
    ObjectionOpen,
    OutsideJurisdiction,
    Recused,
    Unreadable,
)
from core.workflow import Move
from handlers import integrity, objection, passage, withdrawal
from handlers.bench import CALENDAR
from storage.objections import Objector
from storage.tables import SHANGHAI, Application, Notice, Objection
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.people import identity_number

SAID = Objector("王大明", identity_number(50), "13812345678", "他不在我们单位上班。")


async def hanging(day: Day) -> tuple[Application, Notice]:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(1, running, application)
    return application, await day.posts("base", application)


async def objects(day: Day, hung: Notice, number: str, said: Objector = SAID) -> Objection:
    return await objection.make(day.office, hung.id, number, said, conversation_id=1)


async def finds(
    day: Day, login: str, made: Objection, *, upheld: bool, ground: int | None = None
) -> Objection:
    officer = day.province[login]
    return await objection.decide(
        day.office,
        officer,
        made.id,
        upheld=upheld,
        finding="已到班组核实。",
        reason="工资单查得到。",
        ground=ground,
    )


async def test_an_objection_is_sealed_and_calls_those_who_posted(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    assert made.union_id == day.province.tree.base.id
    for sealed in (made.name_sealed, made.identity_sealed, made.contact_sealed, made.text_sealed):
        assert SAID.name.encode() not in sealed
    async with day.office.reading() as unit:
        assert unit.objections.objector(await unit.objections.by_id(made.id)) == SAID
    card = (await day.told("base"))[-1]
    assert f"涉及申请 {application.number}" in card
    assert SAID.name not in card
    assert SAID.text not in card
    assert "提出了实名异议" in (await day.told(application))[-1]


async def test_a_second_objection_of_the_same_person_is_the_first(day: Day) -> None:
    application, hung = await hanging(day)
    first = await objects(day, hung, application.number)
    again = await objects(day, hung, application.number, replace(SAID, text="补充一点。"))
    other = await objects(
        day, hung, application.number, replace(SAID, identity=identity_number(51))
    )
    assert again.id == first.id
    assert other.id != first.id


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"name": "匿名123"}, "name"),
        ({"identity": "530102199001010000"}, "identity_checksum"),
        ({"contact": " "}, "contact"),
        ({"text": ""}, "text"),
        ({"text": "长" * 2001}, "too_long"),
    ],
)
async def test_an_objection_needs_a_real_name_and_a_reason(
    day: Day, wrong: dict[str, str], hint: str
) -> None:
    application, hung = await hanging(day)
    with pytest.raises(Unreadable) as refused:
        await objects(day, hung, application.number, replace(SAID, **wrong))
    assert refused.value.hint == hint


async def test_one_can_object_until_the_end_of_the_last_day(day: Day) -> None:
    application, hung = await hanging(day)
    day.clock.set(datetime.combine(hung.last_day, time(23, 59, 59), SHANGHAI))
    await objects(day, hung, application.number)
    day.clock.move(seconds=1)
    with pytest.raises(NoticeOver) as refused:
        await objects(day, hung, application.number, replace(SAID, identity=identity_number(51)))
    assert (refused.value.until, refused.value.cite) == (hung.last_day, "第六条(二)")


async def test_only_what_the_notice_shows_can_be_objected_to(day: Day) -> None:
    application, hung = await hanging(day)
    with pytest.raises(NotFound):
        await objects(day, hung, "202600199999")
    async with day.office.unit() as unit:
        worker = application.worker_id
        await withdrawal.take_back(day.office, unit, worker, application.id)
    with pytest.raises(NotFound):
        await objects(day, hung, application.number)


async def test_an_upheld_objection_disqualifies_and_both_sides_hear(day: Day) -> None:
    application, hung = await hanging(day)
    async with day.office.unit() as unit:
        talk = await unit.conversations.of("telegram", "worker-objector", "zh_CN")
    made = await objection.make(day.office, hung.id, application.number, SAID, talk.id)
    await finds(day, "base2", made, upheld=True)
    there = await day.now(application)
    assert (there.state, there.live) == ("disqualified", False)
    told = (await day.told(application))[-1]
    assert "被取消申报资格（依据 第六条(二)、第八条）" in told
    bodies = await day.bodies("worker-objector")
    assert "查实属实" in bodies[-1]["text"]
    assert "班组" not in bodies[-1]["text"]
    assert "objection_upheld" in await day.acts(application)


async def test_whom_an_objection_has_convicted_stands_in_the_record_until_struck_out(
    day: Day,
) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    await finds(day, "base", made, upheld=True, ground=0)
    assert "记入了诚信记录：以后申报时，办理的人会看到" in (await day.told(application))[-1]
    async with day.office.reading() as unit:
        (stain,) = await unit.stains.standing([application.identity_index])
    assert (stain.cite, stain.blocks) == ("第八条", [])
    with pytest.raises(OutsideJurisdiction):
        await integrity.strike(day.office, day.province["base"], stain.id, "查错了人")
    await integrity.strike(day.office, day.province["office"], stain.id, "查错了人")
    assert "诚信记录已经更正" in (await day.told(application))[-1]
    async with day.office.reading() as unit:
        assert not await unit.stains.standing([application.identity_index])


async def test_a_dismissed_objection_lets_it_pass_when_the_notice_ends(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    await finds(day, "base", made, upheld=False)
    assert (await day.now(application)).stage == 1
    assert "不成立" in (await day.told(application))[-1]
    await day.notice_ends(hung)
    assert (await day.now(application)).stage == 2


async def test_an_open_objection_holds_it_until_it_is_dismissed(day: Day) -> None:
    running = await day.opens_round()
    held, free = await day.applies(running), await day.applies(running)
    await day.goes_to(1, running, held, free)
    hung = await day.posts("base", held)
    made = await objects(day, hung, held.number)
    await day.notice_ends(hung)
    assert [(await day.now(each)).stage for each in (held, free)] == [1, 2]
    async with day.office.unit() as unit:
        application = await unit.applications.held(held.id)
        with pytest.raises(ObjectionOpen):
            await passage.move(day.office, unit, application, Move.PASS, CALENDAR)
    await finds(day, "base", made, upheld=False)
    assert (await day.now(held)).stage == 2


async def test_the_last_of_two_open_objections_decides(day: Day) -> None:
    application, hung = await hanging(day)
    first = await objects(day, hung, application.number)
    second = await objects(
        day, hung, application.number, replace(SAID, identity=identity_number(51))
    )
    await day.notice_ends(hung)
    await finds(day, "base", first, upheld=False)
    assert (await day.now(application)).stage == 1
    await finds(day, "base", second, upheld=True)
    assert (await day.now(application)).state == "disqualified"


async def test_an_objection_is_decided_also_after_the_worker_has_gone(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    async with day.office.unit() as unit:
        await withdrawal.take_back(day.office, unit, application.worker_id, application.id)
    assert (await finds(day, "base", made, upheld=True)).state == "upheld"
    assert (await day.now(application)).state == "withdrawn"


async def test_an_objection_is_decided_once(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)

    async def decide(login: str, upheld: bool) -> str:
        try:
            await finds(day, login, made, upheld=upheld)
        except AlreadyDecided as no:
            return no.by
        return "done"

    outcomes = await asyncio.gather(decide("base", True), decide("base2", False))
    assert sorted(outcomes) in (["done", "经办base"], ["done", "经办base2"])
    assert "异议" in (await day.told("base2"))[-1]


async def test_another_union_does_not_decide_it(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    for login in ("erhai", "prefecture", "office"):
        with pytest.raises(OutsideJurisdiction):
            await finds(day, login, made, upheld=True)


@pytest.mark.parametrize(("person", "refusal"), [(1, Recused), (50, OutsideJurisdiction)])
async def test_neither_side_decides_it_and_nobody_hears_who_objects(
    day: Day, person: int, refusal: type[NotYours]
) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base"].id)
        assert officer is not None
        officer.identity_index = day.office.vault.index(identity_number(person), "identity")
    with pytest.raises(refusal):
        await finds(day, "base", made, upheld=False)
    chat = Chat(day, "base")
    await chat.turn(command="officer")
    assert "待处理异议0件" in chat.heard


async def test_a_decision_needs_a_finding(day: Day) -> None:
    application, hung = await hanging(day)
    made = await objects(day, hung, application.number)
    for finding in (" ", "长" * 1001):
        with pytest.raises(Unreadable):
            await objection.decide(
                day.office, day.province["base"], made.id, upheld=True, finding=finding, reason="有"
            )


async def test_an_objection_to_the_provinces_notice_goes_to_its_office(day: Day) -> None:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(4, running, application)
    hung = await day.posts("office", application)
    made = await objects(day, hung, application.number)
    assert made.union_id == day.province.tree.office.id
    with pytest.raises(OutsideJurisdiction):
        await finds(day, "base", made, upheld=True)
    await finds(day, "office", made, upheld=True)
    assert "第六条(三)、第八条" in (await day.told(application))[-1]
