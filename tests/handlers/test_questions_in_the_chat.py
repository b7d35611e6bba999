"""What people ask is read and answered in the officers' chats, once, by whoever is asked."""

from handlers import handover
from handlers.chat import Tap
from storage.tables import Handover, Union
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.test_standing_in import acts_on, stands_in
from tests.hands import DeskHand
from tests.people import a_talk, identity_number

QUESTION = "我的身份证110101199003074477，省外考的证书算不算？"


async def asks(day: Day, union: Union | None = None) -> None:
    """A worker of a base unit, in the web chat, which keeps what was said before."""
    async with day.office.unit() as unit:
        home = union or day.province.tree.base
        worker = await unit.workers.add(home.id, "张明华", identity_number(90 + home.id))
        await a_talk(unit, f"web-{worker.id}", "web", worker)
    hand = DeskHand(day.office, f"web-{worker.id}")
    await hand.say("找人")
    await hand.tap("请工会的人回复我")
    await hand.say(QUESTION)


async def test_a_question_is_read_answered_and_read_back_in_the_chat(day: Day) -> None:
    await asks(day)
    base = Chat(day, "base")
    await base.turn(command="officer")
    assert "职工来问1个，等回复。" in base.heard
    card = await base.card()
    assert "省外" not in card.text
    await base.presses(card, "看问题并回复")
    assert "省外考的证书算不算" in base.heard
    assert "110101199003074477" not in base.heard
    assert "张*华" in base.heard
    assert "请工会的人回复我" in base.heard  # what was said before
    await base.say("长" * 501)
    assert "500" in base.heard
    await base.say("算。证书要在全国联网查询系统查得到，电话问人社局也行吗？")
    assert "会原样发给提问的人" in base.heard
    async with day.office.reading() as unit:
        talk = await unit.conversations.of("telegram", base.address, "zh_CN")
        assert "联网" not in str(talk.state)
        row = await unit.session.get_one(Handover, 1)
        assert row.state == "open"
    await base.tap("重新写")
    await base.say("算，要能在网上查到。")
    await base.tap("发送回复")
    assert "✓ 已经发给提问的人。" in base.heard
    assert "职工来问" not in base.heard
    async with day.office.reading() as unit:
        row = await unit.session.get_one(Handover, 1)
        assert unit.handovers.asked(row).answer == "算，要能在网上查到。"
    read = [what for _, what, _ in await acts_on(day, "handover:1")]
    assert read.count("answer") == 1
    assert "read_handover" in read


async def test_who_was_quicker_has_answered_and_others_never_read_it(day: Day) -> None:
    await asks(day)
    first, second, stranger = Chat(day, "base"), Chat(day, "base2"), Chat(day, "dali")
    card = await first.card()
    await stranger.turn(tap=Tap(card.step, 0, card.card))
    assert "不在您这里了" in stranger.heard
    await stranger.turn(command="officer")
    assert "职工来问" not in str(stranger.labels)
    await second.turn(command="officer")
    await second.tap("职工来问")
    await second.tap(second.labels[0])
    await second.say("要看是哪个省的。")
    button = second.reply.step
    await handover.reply(day.office, day.province["base"], 1, "算。")
    await second.tap("发送回复")
    assert "已经有人处理过了" in second.heard
    assert "现在没有人在等回复" in second.heard
    await second.turn(tap=Tap(button, 0))
    assert (await second.card()).choices == ()
    await second.presses(card, "看问题并回复")
    assert "已经有人处理过了" in second.heard
    async with day.office.reading() as unit:
        row = await unit.session.get_one(Handover, 1)
        assert unit.handovers.asked(row).answer == "算。"


async def test_a_stand_in_answers_for_another_and_a_raised_question_for_himself(day: Day) -> None:
    await asks(day, day.province.other_base)
    await stands_in(day, "dali", "erhai", days=1)
    erhai, dali = Chat(day, "erhai"), Chat(day, "dali")
    card = await erhai.card()
    await dali.turn(command="officer")
    assert "职工来问1个" in dali.heard
    await day.days_pass(5)
    await erhai.presses(card, "看问题并回复")
    assert "已经有人处理过了" in erhai.heard
    assert "已经转到大理州总工会" in (await erhai.card()).text
    await dali.presses(await dali.card(), "看问题并回复")
    await dali.say("算的。")
    await dali.tap("发送回复")
    assert (await acts_on(day, "handover:1"))[-1][1:] == ("answer", "")

    await asks(day, day.province.tree.base)
    async with day.office.unit() as unit:
        (await unit.handovers.held(2)).union_id = day.province.other_base.id
    await stands_in(day, "dali", "erhai")
    for label in ("/officer", "职工来问"):
        await dali.say(label)
    await dali.tap(dali.labels[0])
    await dali.say("算的。")
    await dali.tap("发送回复")
    named = (await acts_on(day, "handover:2"))[-1]
    assert named[1:] == ("answer", f"officer:{day.province['erhai'].id}")
