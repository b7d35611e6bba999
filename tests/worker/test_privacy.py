"""What is held, consent withdrawn, forget me; and what goes by itself after its term."""

from pathlib import Path

from sqlalchemy import select

from bot.app import House
from handlers import keeping
from storage.tables import Known, Line
from tests.clock import Clock
from tests.hands import DeskHand, a_photo
from tests.journeys.steps import CERTIFICATE, applies, asks_and_qualifies, identifies, member


def stored(folder: Path) -> int:
    return sum(path.is_file() for path in (folder / "files").rglob("*"))


async def test_what_is_held_is_counted_never_shown(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("隐私")
    assert "身份证号" in hand.heard
    assert member().identity not in hand.heard


async def test_forget_me_leaves_nothing_that_was_not_sent(
    hand: DeskHand, house: House, tmp_path: Path
) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    await hand.photo(a_photo())
    assert stored(tmp_path) == 1
    await hand.say("忘记我")
    await hand.tap("确定，忘记我")
    assert "已经删除" in hand.heard
    assert stored(tmp_path) == 0
    async with house.office.reading() as unit:
        talk = await unit.conversations.find("web", "desk")
        assert talk is not None
        assert (talk.worker_id, talk.facts) == (None, {})
        bubbles = select(Line).where(Line.conversation_id == talk.id)
        assert len((await unit.connection.execute(bubbles)).all()) <= 2
    await hand.say("进度")
    assert "知道您是谁" in hand.heard


async def test_forget_me_takes_back_what_is_not_decided(hand: DeskHand, house: House) -> None:
    number = await applies(hand, member())
    await hand.say("忘记我")
    await hand.tap("确定，忘记我")
    async with house.office.reading() as unit:
        application = await unit.applications.numbered(number)
        assert (application.state, application.live) == ("withdrawn", False)


async def test_withdrawn_consent_is_asked_for_again(hand: DeskHand, house: House) -> None:
    async def said() -> list[dict[str, str]]:
        async with house.office.reading() as unit:
            told = await unit.connection.scalars(select(Known.said))
            return [facts for facts in told if facts]

    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    assert [facts["certificate"] for facts in await said()] == ["=技师"]
    await hand.say("隐私")
    await hand.tap("撤回同意")
    await hand.tap("确定撤回")
    assert await said() == []
    await hand.say("技师证")
    await hand.tap("都对，继续")
    if "现在申请" in hand.labels:
        await hand.tap("现在申请")
    assert "同意" in hand.labels


async def test_what_nobody_has_sent_goes_after_its_term(
    hand: DeskHand, house: House, clock: Clock, tmp_path: Path
) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    await hand.photo(a_photo())
    await hand.photo(a_photo("another"))
    await hand.tap("看看、排序、删页")
    await hand.tap("删掉第 2 页")
    assert stored(tmp_path) == 2
    clock.move(days=179)
    await keeping.sweep(house.office)
    assert stored(tmp_path) == 1
    clock.move(days=2)
    assert await keeping.sweep(house.office) > 0
    assert stored(tmp_path) == 0
