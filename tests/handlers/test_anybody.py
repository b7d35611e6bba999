"""Objections where no name is asked for: in the chat, or as an officer writes them down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import NoticeOver, Recused, Unreadable
from core.facts import noted
from handlers import notice, objection
from handlers.chat import Tap
from handlers.objection import Heard
from storage.objections import Objector
from storage.tables import SHANGHAI, Application, Card, Notice
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import applies, goes_on
from tests.hands import DeskHand, a_photo
from tests.people import identity_number

DIRECT = "yn-yunling-craftsman-direct-recognition"
HANGS = 4
SAID = Objector("", "", "", "名次不是决赛的。")


async def hanging(day: Day) -> tuple[Application, Notice]:
    application = await applies(day, DIRECT)
    running = await day.now(application)
    async with day.office.reading() as unit:
        round_ = await unit.rounds.by_id(running.round_id)
    await day.window_ends(round_)
    while (there := await day.now(application)).stage < HANGS:
        await goes_on(day, there)
    hung = await notice.post(day.office, day.province["office"], there.round_id, HANGS)
    await notice.post(day.office, day.province["base"], there.round_id, HANGS)  # 所在单位同步
    return there, hung


async def test_anybody_objects_in_the_chat_without_a_name_and_hears_why(day: Day) -> None:
    application, hung = await hanging(day)
    async with day.office.reading() as unit:
        card = await unit.session.scalar(select(Card.id).where(Card.kind == "notice"))
    passer = DeskHand(day.office, "passer-by", "web")
    for _ in range(2):  # said twice, it is one objection
        await passer.turn(tap=Tap(0, 1, card or 0))
        assert "不用说您是谁" in passer.heard
        await passer.tap(passer.labels[0])
        await passer.say(SAID.text)
        await passer.tap("没有，跳过")
        await passer.tap("不留")
        await passer.tap("提出异议")
        assert "✓ 已收到您的异议" in passer.heard
    async with day.office.reading() as unit:
        [made] = await unit.objections.of_application(application.id)
        assert unit.objections.objector(made) == SAID
        assert made.conversation_id
    assert "有人在公示期间" in (await day.told(application))[-1]

    await objection.decide(
        day.office,
        day.province["office"],
        made.id,
        upheld=False,
        finding="问过大赛组委会李某。",
        reason="决赛名次有公告。",
    )
    assert "理由：决赛名次有公告。" in (await day.told(application))[-1]
    assert "组委会" not in (await day.told(application))[-1]
    async with day.office.reading() as unit:
        told = await unit.conversations.by_id(made.conversation_id)
        assert told is not None
    assert (await day.now(application)).stage == HANGS
    await day.notice_ends(hung)
    assert (await day.now(application)).stage == HANGS + 1


async def test_an_objection_begun_as_a_matter_of_its_own_is_raised_against_the_notice(
    day: Day,
) -> None:
    """Only there it stops the matter, and is free of a name where the document is."""
    application, hung = await hanging(day)
    passer = DeskHand(day.office, "passer-by", "web")
    began = noted(hung.posted_at.astimezone(SHANGHAI).date(), "worker", day.office.today())
    async with day.office.unit() as unit:
        talk = await unit.conversations.of("web", "passer-by", "zh_CN")
        there = noted(True, "worker", day.office.today())
        talk.facts = {"on_notice_list": there, "notice_began_on": began}
        await unit.conversations.write(talk)
    await passer.turn(command="start", argument="yn-yunling-craftsman-notice-objection")
    for label in ("都对，继续", "现在申请"):
        await passer.tap(label)
    assert "有关的人先停下来" in passer.heard
    await passer.tap(passer.labels[0])
    assert "不用说您是谁" in passer.heard
    await passer.tap(passer.labels[0])
    await passer.say(SAID.text)
    await passer.tap("没有，跳过")
    await passer.tap("不留")
    await passer.tap("提出异议")
    async with day.office.reading() as unit:
        assert len(await unit.objections.of_application(application.id)) == 1
    await day.notice_ends(hung)
    assert (await day.now(application)).stage == HANGS  # it waits until it is cleared up


async def test_an_officer_writes_down_what_was_said_on_the_telephone(day: Day) -> None:
    application, _ = await hanging(day)
    chat = Chat(day, "office")
    await chat.turn(command="officer")
    await chat.tap("异议")
    await chat.tap(next(label for label in chat.labels if "登记" in label))
    await chat.tap(chat.labels[0])
    await chat.tap("电话")
    await chat.say((day.office.today() + timedelta(days=2)).isoformat())
    assert "✗" in chat.heard
    await chat.tap("今天")
    await chat.say(SAID.text)
    await chat.tap("没有，跳过")
    await chat.tap("不留")
    assert application.number in chat.heard
    await chat.tap("登记异议")
    assert "异议已登记" in chat.heard
    async with day.office.reading() as unit:
        [made] = await unit.objections.of_application(application.id)
    today, office = day.office.today(), day.province["office"]
    assert (made.channel, made.said_on, made.recorded_by) == ("telephone", today, office.id)
    assert "object" in await day.acts(application)

    card = await chat.card()
    await chat.presses(card, "属实")
    await chat.say("查了公告，是预赛。")
    await chat.say("名次是预赛的。")
    assert "空出的名额不再补足" in chat.heard
    await chat.tap("确定")
    assert (await day.now(application)).state == "disqualified"
    assert "理由：名次是预赛的。" in (await day.told(application))[-1]


async def test_what_was_said_counts_by_its_own_day_and_not_to_those_concerned(day: Day) -> None:
    application, hung = await hanging(day)
    number, office = application.number, day.province["office"]

    async def writes(heard: Heard, said: Objector = SAID) -> None:
        await objection.record(day.office, office, hung.id, number, said, heard)

    for channel, on in (("dream", day.office.today()), ("mail", hung.last_day)):
        with pytest.raises(Unreadable):  # of no such way; of a day to come
            await writes(Heard(channel, on))
    async with day.office.unit() as unit:
        kin = await unit.officers.by_id(office.id)
        assert kin is not None
        kin.identity_index = application.identity_index
    with pytest.raises(Recused):
        await writes(Heard("mail", day.office.today()))
    before = len(await day.told("office"))
    named = Objector("李小明", identity_number(77), "", "不符合条件。")
    colleague = day.province["office2"]
    heard = Heard("mail", day.office.today())
    await objection.record(day.office, colleague, hung.id, number, named, heard)
    assert len(await day.told("office")) == before  # the person concerned is sent no card
    assert number in (await day.told("office2"))[-1]
    day.clock.move(days=(hung.last_day - day.office.today() + timedelta(days=1)).days)
    late = Heard("telephone", day.office.today())
    with pytest.raises(NoticeOver):
        await objection.record(day.office, colleague, hung.id, number, SAID, late)


async def test_what_proves_it_comes_with_the_objection_in_the_chat(day: Day) -> None:
    application, hung = await hanging(day)
    passer = DeskHand(day.office, "passer-by", "web")
    async with day.office.reading() as unit:
        card = await unit.session.scalar(select(Card.id).where(Card.kind == "notice"))
    await passer.turn(tap=Tap(0, 1, card or 0))
    await passer.tap(passer.labels[0])
    await passer.say(SAID.text)
    await passer.photo(a_photo("名次公告"))
    assert "已收到1份" in passer.heard
    await passer.tap("拍好了，下一步")
    await passer.tap("不留")
    await passer.tap("提出异议")
    async with day.office.reading() as unit:
        [made] = await unit.objections.of_application(application.id)
        [paper] = await unit.objections.papers(made.id)
        assert await unit.drafts.used(paper.digest)
    assert (paper.media_type, made.notice_id) == ("image/jpeg", hung.id)
