"""An oral application at the counter: a form, the read-back, the person's word."""

from tests.admin.desk import Console, text
from tests.handlers.officer_chat import Chat
from tests.handlers.steps import furnish
from tests.hands import a_photo
from tests.people import identity_number

CONSULTATION = "yn-union-legal-consultation"
WHO = {"name": "张大爷", "identity": identity_number(55), "phone": "13812345678"}
FACTS = {
    "answer:legal_service_wanted": "咨询法律问题",
    "answer:legal_question_told": "加班费怎么算",
}


async def test_the_counter_writes_down_reads_back_and_the_signature_sends(console: Console) -> None:
    await furnish(console.day)
    county, dali = await console.officer("county"), await console.officer("dali")
    wrong = await county.post("/console/recordings", scheme=CONSULTATION, **WHO | {"phone": "1"})
    assert wrong.status_code == 422
    begun = await county.post("/console/recordings", scheme=CONSULTATION, **WHO)
    page = await county.follow(begun)
    address = begun.headers["location"]
    assert WHO["identity"] not in page.text
    assert "想要哪一种帮助" in text(page)
    early = await county.post(f"{address}/ask")
    assert "还缺" in text(early)
    await county.post(f"{address}/answers", **FACTS)
    asked = await county.post(f"{address}/ask")
    page = await county.follow(asked)
    assert "加班费怎么算" in text(page)
    assert "等本人确认" in text(page)
    assert (await county.post(f"{address}/answers", **FACTS)).status_code == 409
    assert (await dali.get(address)).status_code == 404

    chat = Chat(console.day, "county")
    await chat.turn(command="officer")
    await chat.tap("代职工记录口头申请")
    await chat.tap(next(each for each in chat.labels if each.startswith("继续")))
    await chat.tap("本人已签字，拍照确认")
    await chat.photo(a_photo("signed"))
    assert "申请已提交" in chat.heard
    assert "看这份申请" in text(await county.get(address))
    again = await county.post(
        "/console/recordings", scheme=CONSULTATION, **WHO | {"name": "李冒名"}
    )
    assert again.status_code == 409
