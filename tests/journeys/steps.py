"""What a worker does, in the words on the buttons: the same at every door."""

from typing import Any

from sqlalchemy import select

from bot.app import House
from handlers.demonstration import Person, people, read_plan
from storage.tables import Line
from storage.unit import Unit
from tests.hands import Hand, a_photo

CERTIFICATE = "S000053000000000001"


def member(index: int = 0) -> Person:
    """The nth invented member of the demonstration union."""
    return list(people(read_plan()))[index]


async def asks_and_qualifies(hand: Hand, day: str = "3月5号") -> None:
    """From the greeting to the verdict, all answers typed or tapped."""
    await hand.begin()
    await hand.say("我考了技师证能领多少")
    assert "2000元" in hand.heard.replace(",", "")
    await hand.tap("看看我符不符合")
    for answer in ("技师", day, "是", "企业", "是", "是", "工会", "是", "不是"):
        if answer in hand.labels:
            await hand.tap(answer)
        else:
            await hand.say(answer)
    assert "✓ 您符合" in hand.heard
    assert "1,000元" in hand.heard
    assert "第七条" in hand.heard


async def identifies(hand: Hand, person: Person) -> None:
    """Consents twice, and is found in the roster."""
    await hand.tap("同意")
    await hand.tap("同意")
    await hand.say(person.name)
    await hand.say(person.identity)
    assert "认出您了" in hand.heard


async def fills_in(hand: Hand, trade: str = "焊工", number: str = CERTIFICATE) -> None:
    """The form and the papers, up to the summary."""
    await hand.say(trade)
    await hand.say(number)
    await hand.photo(a_photo(number))
    await hand.tap("拍好了，下一步")
    await hand.tap("没有，跳过")
    await hand.tap("没有，跳过")
    assert "请核对" in hand.heard


async def sends(hand: Hand) -> str:
    """Undertakes and sends; returns the number of the application."""
    await hand.tap("没错，去提交")
    await hand.tap("我确认并提交")
    assert "提交成功" in hand.heard
    return hand.heard.partition("申请编号：")[2].split("\n")[0]


async def applies(hand: Hand, person: Person, number: str = CERTIFICATE) -> str:
    """The whole way from the greeting to the receipt."""
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, person)
    await fills_in(hand, number=number)
    return await sends(hand)


async def bubbles(unit: Unit, conversation_id: int = 0) -> list[dict[str, Any]]:
    """What is kept of a web chat, of all of them if none is named."""
    kept = select(Line.body).order_by(Line.id)
    if conversation_id:
        kept = kept.where(Line.conversation_id == conversation_id)
    return list(await unit.connection.scalars(kept))


async def shown_code(house: House) -> str:
    """The code a second device asks for, as it stands in the first chat."""
    async with house.office.reading() as unit:
        said = [body["text"] for body in await bubbles(unit) if "验证码是" in body.get("text", "")]
    return str(said[-1]).partition("验证码是 ")[2][:6]
