"""Who carries a matter: named before it goes on, told to the worker, changed with a reason only."""

import pytest

from core.assignment import AssignmentMissing
from core.errors import OutsideJurisdiction, Unreadable
from handlers import assignment, review
from handlers.assignment import Whom
from handlers.decisions import Enter, Pass
from storage.tables import Application
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import AID, applies
from tests.hands import DeskHand

LAWYER = Whom("李明律师", "0871-1234567")


async def granted(day: Day) -> Application:
    """Legal aid is granted: somebody has to be named."""
    aid = await applies(day, AID)
    there = await day.now(aid)
    county = day.province["county"]
    return await review.decide(day.office, county, there.id, there.version, Pass(note="给予援助"))


async def test_a_lawyer_is_named_before_it_goes_on_and_the_worker_hears_who(day: Day) -> None:
    aid = await granted(day)
    county, about = day.province["county"], (aid.id, aid.version)
    with pytest.raises(AssignmentMissing) as no:
        await review.decide(day.office, county, *about, Enter("已指派"))
    assert (no.value.what, no.value.cite) == ("援助人员", "第二十一条")
    with pytest.raises(OutsideJurisdiction):
        await assignment.assign(day.office, day.province["dali"], *about, LAWYER)
    with pytest.raises(Unreadable):
        await assignment.assign(day.office, county, *about, Whom("", "0871-1234567"))
    await assignment.assign(day.office, county, *about, LAWYER)
    assert "李明律师，联系方式：0871-1234567" in (await day.told(aid))[-1]
    await review.decide(day.office, county, *about, Enter("已指派"))
    hand = DeskHand(day.office, f"worker-{aid.worker_id}", "telegram")
    await hand.turn(command="status")
    assert "承办人：李明律师，联系方式：0871-1234567" in hand.heard


async def test_another_one_is_named_in_the_chat_with_a_reason(day: Day) -> None:
    aid = await granted(day)
    chat = Chat(day, "county")
    await chat.presses(await chat.card(), "指派承办人")
    await chat.say("李明律师")
    await chat.say("0871-1234567")
    await chat.tap("确定指派")
    assert "承办人：李明律师，0871-1234567" in chat.heard
    await chat.tap("指派承办人")
    await chat.tap("经办county2")
    await chat.say("本会二楼")
    assert "为什么换人" in chat.heard
    await chat.say("原承办人调离")
    await chat.tap("确定指派")
    assert (
        "换了援助人员：经办county2，联系方式：本会二楼。原因：原承办人调离"
        in (await day.told(aid))[-1]
    )
    assert "指派您承办" in (await day.told("county2"))[-1]
    with pytest.raises(Unreadable):
        await assignment.assign(day.office, day.province["county"], aid.id, aid.version, LAWYER)
    async with day.office.reading() as unit:
        acts = [each.what for each in await unit.acts.of(f"application:{aid.id}")]
        kept = await unit.assignments.of(aid.id)
    assert acts.count("assign") == 2
    assert [each.why for each in kept] == ["", "原承办人调离"]


async def test_a_relative_is_not_named_to_carry_it(day: Day) -> None:
    aid = await granted(day)
    async with day.office.unit() as unit:
        await unit.officers.declare(day.province["county2"].id, aid.identity_index, "兄弟")
    mine = Whom(contact="本会二楼", officer=day.province["county2"].id)
    with pytest.raises(Unreadable):
        await assignment.assign(day.office, day.province["county"], aid.id, aid.version, mine)
