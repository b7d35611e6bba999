"""An oral application at the counter: a form, the read-back, the person's word."""

import re

from tests.admin.desk import Console, text
from tests.handlers.officer_chat import Chat
from tests.handlers.steps import furnish
from tests.hands import DeskHand, a_photo
from tests.journeys.steps import bubbles
from tests.people import identity_number

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
COMPLAINT = "yn-labour-supervision-complaint"
GRIEVANCE = {
    "answer:labour_law_violation": "yes",
    "answer:employer_in_yunnan": "yes",
    "answer:employer_kind": "企业",
    "answer:dispute_procedure": "都没有",
    "answer:complaint_told": "厂里两个月没发工资",
    "answer:workers_harmed": "3",
}
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
    assert (await dali.post(f"{address}/code")).status_code == 403

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


async def test_the_code_is_shown_once_and_somebody_new_to_us_sends_with_it(
    console: Console,
) -> None:
    await furnish(console.day)
    county = await console.officer("county")
    address = (await county.post("/console/recordings", scheme=CONSULTATION, **WHO)).headers[
        "location"
    ]
    await county.post(f"{address}/answers", **FACTS)
    assert (await county.post(f"{address}/code")).status_code == 409  # not read back yet
    await county.post(f"{address}/ask")
    shown = await county.post(f"{address}/code")
    assert "location" not in shown.headers
    assert shown.headers["cache-control"] == "no-store"
    code = CODE.search(shown.text)
    assert code is not None
    assert code[0] not in (await county.get(address)).text

    person = DeskHand(console.office, "somebody")
    await person.say(code[0])  # as people do, without a word before
    for _ in range(2):
        await person.tap("同意")
    for said in (WHO["name"], WHO["identity"], code[0]):
        await person.say(said)
    assert "加班费怎么算" in person.heard
    await person.tap("对，提交")
    assert "提交成功" in person.heard
    async with console.office.reading() as unit:
        kept = "".join(str(body) for body in await bubbles(unit))
    assert code[0] not in kept
    county2 = await console.officer("county2")
    page = await county2.follow(await county2.get("/console/find", number=number(person.heard)))
    assert "聊天是记录以后才开的" in text(page)


def number(heard: str) -> str:
    return heard.partition("编号：")[2].split("\n")[0]


async def test_a_complaint_is_read_by_who_writes_it_down_and_not_by_whom_it_is_about(
    console: Console,
) -> None:
    await furnish(console.day)
    county, colleague = await console.officer("county"), await console.officer("county2")
    address = (await county.post("/console/recordings", scheme=COMPLAINT, **WHO)).headers[
        "location"
    ]
    await county.post(f"{address}/answers", **GRIEVANCE, accused="经办 county2")
    assert "张大爷" in text(await county.get(address))
    assert (await colleague.get(address)).status_code == 404
    for form in ("answers", "ask", "code", "stop"):
        assert (await colleague.post(f"{address}/{form}")).status_code == 403
    listed = text(await colleague.get("/console/recordings"))
    assert "只有记录人看得到" in listed
    assert "张" not in listed.partition("口头申请")[2].partition("新")[0]
    await county.post(f"{address}/answers", **GRIEVANCE, accused="经办 county")
    refused = await county.post(f"{address}/ask")
    assert refused.status_code == 403
    assert "反映的是您本人" in text(refused)
