"""找人: a question goes to the right union with what was said before, and somebody answers."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.app import House
from core.days import Calendar
from core.errors import AlreadyDecided, OutsideJurisdiction
from handlers import handover
from storage.tables import SHANGHAI, Handover
from tests.clock import Clock
from tests.hands import DeskHand
from tests.journeys.steps import asks_and_qualifies, bubbles, identifies, member
from tests.office_day import OfficeDay

QUESTION = "我的证书是省外考的，算不算？"


async def hands_over(hand: DeskHand, question: str = QUESTION) -> None:
    await hand.say("找人")
    await hand.tap("请工会的人回复我")
    await hand.say(question)


async def a_member(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())


async def handed(house: House) -> Handover:
    async with house.office.unit() as unit:
        found = await unit.connection.execute(select(Handover.id).order_by(Handover.id.desc()))
        return await unit.handovers.held(found.scalars().first() or 0)


async def test_ones_own_unit_reads_what_was_said_before_and_answers_in_the_chat(
    hand: DeskHand, house: House, day: OfficeDay
) -> None:
    await a_member(hand)
    await hands_over(hand)
    assert "已经交给" in hand.heard
    assert "3月11日" in hand.heard
    row, spring = await handed(house), await day.officer("spring")
    assert row.union_id == spring.union_id
    async with house.office.reading() as unit:
        asked = unit.handovers.asked(row)
    assert asked.question == QUESTION
    assert any("技师" in line for line in asked.transcript)

    await handover.reply(house.office, spring, row.id, "算，证书要能在全国联网查询系统查到。")
    async with house.office.reading() as unit:
        said = [each["text"] for each in await bubbles(unit)]
    assert any("全国联网查询系统查到" in text and QUESTION in text for text in said)
    with pytest.raises(AlreadyDecided):
        await handover.reply(house.office, spring, row.id, "再答一次")


async def test_what_nobody_answers_goes_one_level_up_until_somebody_does(
    hand: DeskHand, house: House, day: OfficeDay
) -> None:
    await a_member(hand)
    await hands_over(hand)
    row, seen = await handed(house), []
    for _ in range(4):
        await day.morning_after(5)
        row = await handed(house)
        async with house.office.reading() as unit:
            seen.append((await unit.unions.by_id(row.union_id)).kind)
    assert seen == ["county", "prefecture", "province", "province"]
    with pytest.raises(OutsideJurisdiction):
        await handover.reply(house.office, await day.officer("spring"), row.id, "迟了")
    await handover.reply(house.office, await day.officer("province"), row.id, "算的。")


async def test_a_stranger_is_answered_by_the_province(hand: DeskHand, house: House) -> None:
    await hand.begin()
    await hands_over(hand, "外省的人能不能问？")
    row = await handed(house)
    async with house.office.reading() as unit:
        assert (await unit.unions.by_id(row.union_id)).kind == "province"


async def test_three_questions_wait_and_no_more(hand: DeskHand) -> None:
    await hand.begin()
    for number in range(3):
        await hands_over(hand, f"第{number}个问题，请帮我看看")
    await hand.say("找人")
    await hand.tap("请工会的人回复我")
    assert "等回复" in hand.heard


async def test_forget_me_takes_the_questions_back(hand: DeskHand, house: House) -> None:
    await a_member(hand)
    await hands_over(hand)
    await hand.say("忘记我")
    await hand.tap("确定，忘记我")
    async with house.office.reading() as unit:
        assert (await unit.connection.execute(select(Handover.id))).all() == []


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ((2026, 3, 10, 10), (2026, 3, 11)),  # Tuesday morning: Wednesday evening
        ((2026, 3, 10, 20), (2026, 3, 12)),  # Tuesday night counts as Wednesday
        ((2026, 3, 13, 10), (2026, 3, 16)),  # Friday: Monday
        ((2026, 3, 14, 10), (2026, 3, 17)),  # Saturday counts as Monday
        ((2026, 9, 30, 20), (2026, 10, 9)),  # before the holiday of seven days
    ],
)
def test_the_office_answers_in_its_hours(
    asked: tuple[int, ...], answered: tuple[int, int, int], clock: Clock
) -> None:
    due = handover.answered_by(Calendar(), datetime(*asked, tzinfo=SHANGHAI))  # type: ignore[misc,arg-type]
    assert due == datetime(*answered, 17, 30, tzinfo=SHANGHAI)
