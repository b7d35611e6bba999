"""Binding: consent first, name and number against the roster, locks, a second device."""

from bot.app import House
from tests.clock import Clock
from tests.hands import DeskHand
from tests.journeys.steps import asks_and_qualifies, bubbles, identifies, member, shown_code
from tests.people import identity_number


async def at_the_name(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await hand.tap("同意")
    await hand.tap("同意")


async def test_without_consent_nothing_is_asked(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    assert "个人信息" in hand.heard
    await hand.tap("同意")
    assert "身份证号" in hand.heard
    await hand.tap("不同意")
    assert "没有您的同意" in hand.heard
    assert len(hand.labels) == 3


async def test_an_old_identity_number_is_refused_with_what_to_do(hand: DeskHand) -> None:
    await at_the_name(hand)
    await hand.say(member().name)
    await hand.say("530102680115100")
    assert "18位" in hand.heard


async def test_a_wrong_name_and_an_unknown_number_sound_the_same(hand: DeskHand) -> None:
    await at_the_name(hand)
    await hand.say("李不对")
    await hand.say(member().identity)
    wrong_name = hand.heard
    await hand.say(member().name)
    await hand.say(identity_number(77))
    assert hand.heard == wrong_name


async def test_five_wrong_tries_lock_for_an_hour(hand: DeskHand, clock: Clock) -> None:
    await at_the_name(hand)
    for _ in range(5):
        await hand.say(member().name)
        await hand.say(identity_number(77))
    assert "没有找到" not in hand.heard
    await hand.say("技师证")
    await hand.tap("都对，继续")
    await hand.tap("现在申请")
    assert "认出您了" not in hand.heard
    assert "姓名" not in hand.labels
    locked = hand.heard
    clock.move(minutes=61)
    await hand.say("技师证")
    await hand.tap("都对，继续")
    await hand.tap("现在申请")
    assert hand.heard != locked
    await hand.say(member().name)
    await hand.say(member().identity)
    assert "认出您了" in hand.heard


async def test_a_second_device_needs_the_code_shown_on_the_first(
    hand: DeskHand, house: House
) -> None:
    await at_the_name(hand)
    await hand.say(member().name)
    await hand.say(member().identity)
    await hand.say("焊工")
    other = DeskHand(house.office, "other phone")
    await at_the_name(other)
    await other.say(member().name)
    await other.say(member().identity)
    assert "验证码" in other.heard
    await other.say("000000")
    assert "不对" in other.heard
    await other.say(await shown_code(house))
    assert "认出您了" in other.heard
    assert "证书编号" in other.heard, "the talk goes on where it was on the first phone"


async def test_a_phone_number_the_channel_vouches_for_is_enough(house: House) -> None:
    hand = DeskHand(house.office, "4711", "telegram")
    await at_the_name(hand)
    assert hand.reply.expects == "phone"
    await hand.turn(phone=f"+86{member(3).phone}")
    assert "认出您了" in hand.heard


async def test_what_is_secret_is_shown_at_its_ends_only(hand: DeskHand, house: House) -> None:
    await at_the_name(hand)
    await hand.say(member().name)
    await hand.say(member().identity)
    async with house.office.reading() as unit:
        talk = await unit.conversations.find("web", "desk")
        assert talk is not None
        shown = str(await bubbles(unit, talk.id)) + str(talk.state) + str(talk.reply)
    assert member().identity not in shown
    assert member().name not in shown
    assert f"530***********{member().identity[-4:]}" in shown


async def test_the_same_person_is_known_at_once_when_coming_back(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("进度")
    assert "还没有提交" in hand.heard
