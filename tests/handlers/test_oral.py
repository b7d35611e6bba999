"""口头申请: written down by an officer, sent by the person's own word, decided by somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import MoveNotAllowed, PapersMissing, Recused
from core.oral import Proof
from core.people import Role
from core.workflow import State
from handlers import oral, oral_code
from handlers.chat import Reply, Tap
from handlers.decisions import Enter
from storage.tables import Application, Code, Outbox, Recording, Worker
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import decides, furnish
from tests.hands import DeskHand, a_photo
from tests.people import an_officer, identity_number

ASKS = "工会法律咨询与代写法律文书"
NAME, NUMBER, PHONE = "张大爷", identity_number(55), "13812345678"


async def begins(day: Day, name: str = NAME, number: str = NUMBER) -> Chat:
    """At the counter: what it is about, and who has come."""
    await furnish(day)
    chat = Chat(day, "county")
    await chat.turn(command="officer")
    await chat.tap("代职工记录口头申请")
    await chat.tap(ASKS)
    for said in (name, number, PHONE):
        await chat.say(said)
    return chat


async def writes_down(chat: Chat) -> None:
    """With the questions of the chat, read aloud."""
    for _ in range(20):
        if "请读给申请人听" in chat.heard:
            return
        if chat.reply.expects == "text":
            await chat.say("公司两个月没发加班费，想写仲裁申请书。")
        else:
            await chat.tap(chat.labels[0])
    raise AssertionError(chat.heard)


async def recording(day: Day) -> Recording:
    async with day.office.unit() as unit:
        return await unit.recordings.held(1)


async def sent(day: Day) -> Application:
    await day.time_passes()
    row = await recording(day)
    assert row.application_id is not None
    return await day.now(row.application_id)


async def test_what_is_signed_is_sent_and_whoever_wrote_it_down_does_not_decide(day: Day) -> None:
    chat = await begins(day)
    await writes_down(chat)
    assert "还没有聊天" in chat.heard
    assert "想写仲裁申请书" in chat.heard
    await day.time_passes()
    assert (await recording(day)).application_id is None
    await chat.tap("本人已签字，拍照确认")
    await chat.photo(a_photo("signed"))
    assert "申请已提交" in chat.heard
    application = await sent(day)
    assert (application.state, application.union_id) == (
        State.IN_STAGE,
        day.province.tree.county.id,
    )
    acts = await day.acts(application)
    assert acts[:2] == ["submit", "recorded"]
    async with day.office.reading() as unit:
        worker = await unit.workers.by_identity(NUMBER)
        papers = await unit.drafts.papers(application.draft_id)
    assert worker is not None
    assert worker.guest
    assert [paper.slot for paper in papers] == [91]


async def code_for(day: Day, login: str = "county", recording: int = 1) -> str:
    """What the page of the record shows once, to be given to the person."""
    async with day.office.unit() as unit:
        return await oral_code.give(day.office, unit, day.province[login], recording)


async def of_somebody_known(day: Day) -> tuple[Chat, DeskHand, Worker]:
    """Written down for a member who has a chat with us."""
    worker = await day.worker()
    async with day.office.reading() as unit:
        name, number = unit.workers.name(worker), unit.workers.identity(worker) or ""
    chat = await begins(day, name, number)
    await writes_down(chat)
    return chat, DeskHand(day.office, f"worker-{worker.id}", "telegram"), worker


async def test_the_code_of_the_counter_opens_the_record_in_the_persons_own_chat(day: Day) -> None:
    chat, hand, worker = await of_somebody_known(day)
    card = await last_card(day, hand)
    assert "代您记录" in card.text
    assert "仲裁" not in card.text  # whoever holds the telephone does not read it
    await hand.turn(tap=Tap(card.step, 0, card.card))
    assert "口令" in hand.heard
    await hand.say(await code_for(day))
    assert "想写仲裁申请书" in hand.heard
    await hand.tap("有错，要改")
    await hand.say("是三个月，不是两个月")
    assert "是三个月" in (await day.told("county"))[-1]
    stale = await hand.turn(tap=Tap(card.step, 0, card.card))
    assert "提交成功" not in stale.text

    await chat.turn(command="officer")
    await chat.tap("代职工记录口头申请")
    await chat.tap(next(each for each in chat.labels if each.startswith("继续")))
    await writes_down(chat)
    card = await last_card(day, hand)
    await hand.turn(tap=Tap(card.step, 0, card.card))
    await hand.say((await code_for(day)).lower())
    await hand.tap("对，提交")
    assert "提交成功" in hand.heard
    application = await sent(day)
    assert (application.worker_id, (await recording(day)).proof) == (worker.id, Proof.CHAT)
    again = await hand.turn(tap=Tap(card.step, 0, card.card))
    assert application.number in again.text
    assert (await sent(day)).id == application.id


async def test_a_code_works_once_for_its_person_and_not_for_long(day: Day) -> None:
    _, hand, _ = await of_somebody_known(day)
    other = DeskHand(day.office, f"worker-{(await day.worker()).id}", "telegram")
    first, second = await code_for(day), await code_for(day)
    for hands, typed in ((hand, first), (other, second)):
        await hands.say("口令")
        await hands.say(typed)
        assert "口令不对" in hands.heard
    await hand.say(second)
    assert "想写仲裁申请书" in hand.heard
    await hand.turn(command="menu")
    await hand.say("口令")
    await hand.say(second)
    assert "口令不对" in hand.heard  # used
    late = await code_for(day)
    day.clock.set(day.clock.now() + timedelta(minutes=31))
    await hand.say(late)
    assert "口令不对" in hand.heard
    fresh = await code_for(day)
    async with day.office.unit() as unit:  # the officer holds the person's telephone
        talk = await unit.conversations.of("telegram", hand.address, "zh_CN")
        talk.officer_id = day.province["county"].id
        await unit.conversations.write(talk)
    await hand.say(fresh)
    assert "口令不对" in hand.heard
    for _ in range(2):
        await hand.say("AAAA2222")
    await hand.say("口令")
    await hand.say(await code_for(day))
    assert "想写仲裁申请书" not in hand.heard  # locked after five wrong ones
    assert (await recording(day)).application_id is None
    async with day.office.reading() as unit:
        kept = [str(row) for row in (await unit.connection.execute(select(Code.secret_hash))).all()]
    assert not [each for each in kept if fresh.replace("-", "") in each]


async def test_where_the_document_wants_a_signature_no_code_stands_in_its_place(day: Day) -> None:
    await furnish(day)
    worker, county = await day.worker(), day.province["county"]
    async with day.office.unit() as unit:
        who = oral.Person(unit.workers.name(worker), unit.workers.identity(worker) or "", PHONE)
        row = await oral.begin(day.office, unit, county, "yn-union-legal-aid", who)
        assert row is not None
        assert await oral.ask(day.office, unit, county, row) == "to_sign"
    assert await day.told(worker) == []
    with pytest.raises(MoveNotAllowed):
        await code_for(day)
    async with day.office.unit() as unit:
        row = await unit.recordings.held(1)
        with pytest.raises(PapersMissing) as no:
            await oral.confirmed(day.office, unit, row, Proof.CHAT)
    assert no.value.slots == ("本人签字的口头申请记录",)


async def test_what_was_changed_is_signed_again(day: Day) -> None:
    chat, hand, _ = await of_somebody_known(day)
    await chat.tap("本人已签字，拍照确认")
    card = await last_card(day, hand)
    await hand.turn(tap=Tap(card.step, 1, card.card))
    await hand.say("是三个月")
    await chat.photo(a_photo("signed"))
    assert "重新签字" in chat.heard
    assert (await recording(day)).state == "open"


async def test_the_recorder_is_barred_where_it_is_judged(day: Day) -> None:
    chat = await begins(day)
    await writes_down(chat)
    await chat.tap("本人已签字，拍照确认")
    await chat.photo(a_photo("signed"))
    application = await sent(day)
    async with day.office.unit() as unit:
        row = await unit.applications.held(application.id)
        row.scheme_id = "yn-union-legal-aid"  # its first step is a review
        row.scheme_version = "2022-01-01"
        officer = await an_officer(unit, day.province.tree.county, Role.VERIFIER, "county3")
        day.province.officers["county3"] = officer
    with pytest.raises(Recused) as no:
        await decides(day, "county", application, Enter("办好了"))
    assert no.value.relation == "recorder"


async def test_what_nobody_confirms_lapses_and_a_wrong_name_is_not_taken(day: Day) -> None:
    chat = await begins(day)
    await writes_down(chat)
    await day.days_pass(10)
    assert (await recording(day)).state == "lapsed"
    assert "逾期没有确认" in (await day.told("county"))[-1]
    assert (await recording(day)).application_id is None
    chat = await begins(day, "李冒名")
    assert "对不上" in chat.heard


async def last_card(day: Day, hand: DeskHand) -> Reply:
    async with day.office.reading() as unit:
        rows = select(Outbox.body).where(Outbox.address == hand.address, Outbox.key.like("card:%"))
        bodies = (await unit.session.scalars(rows.order_by(Outbox.id))).all()
    return Reply.from_json(bodies[-1])
