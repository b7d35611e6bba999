"""A matter under way is ended on a ground of its document, by the officer in charge."""

import pytest

from core.errors import MoveNotAllowed, OutsideJurisdiction, Unreadable
from handlers.decisions import Enter, Pass, Terminate
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import asks_for_aid, decides


async def test_legal_aid_is_ended_with_its_article_and_not_before_it_was_granted(day: Day) -> None:
    aid = await asks_for_aid(day)
    withdrawn = Terminate(6, "受援人来电话说和解了")
    with pytest.raises(MoveNotAllowed):
        await decides(day, "county", aid, withdrawn)
    await decides(day, "county", aid, Pass(True, {"temporary_hardship": True}, "同意"))
    await decides(day, "county", aid, Enter("指派李律师"))
    for wrong in (Terminate(8, "没有这一条"), Terminate(-1, "没有"), Terminate(6, " ")):
        with pytest.raises(Unreadable):
            await decides(day, "county", aid, wrong)
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "dali", aid, withdrawn)
    chat = Chat(day, "county")
    await chat.say("/officer")
    await chat.tap("下一份") if "下一份" in chat.labels else await chat.tap(chat.labels[0])
    await chat.tap("终止办理")
    await chat.tap(next(label for label in chat.labels if "第二十七条(七)" in label))
    await chat.say("受援人来电话说和解了")
    assert "第二十七条(七)" in chat.heard
    await chat.tap("确定终止")
    there = await day.now(aid)
    assert (there.state, there.live, there.union_id) == ("terminated", False, None)
    said = (await day.told(aid))[-1]
    assert "受援人提出终止援助（依据 第二十七条(七)）" in said
    assert "受援人来电话说和解了" in said
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "county", aid, withdrawn)
