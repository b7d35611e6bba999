"""Old buttons, double taps, repeated updates, files nobody asked for, words out of place."""

from handlers.chat import Tap
from tests.hands import DeskHand
from tests.journeys.steps import asks_and_qualifies


async def test_an_old_button_shows_the_present_question(hand: DeskHand) -> None:
    await hand.begin()
    old = hand.reply.step
    await hand.tap("技能等级晋升补助")
    await hand.tap("技师")
    await hand.turn(tap=Tap(old, 1))
    assert "以前的" in hand.heard
    assert "发证日期" in hand.heard


async def test_a_repeated_update_has_no_effect(hand: DeskHand) -> None:
    await hand.begin()
    await hand.tap("技能等级晋升补助")
    first = await hand.turn(id="same", text="技师")
    again = await hand.turn(id="same", text="技师")
    assert (again.text, again.step) == (first.text, first.step)


async def test_a_double_tap_is_one_answer(hand: DeskHand) -> None:
    await hand.begin()
    tap = Tap(hand.reply.step, 0)
    await hand.turn(tap=tap)
    asked = hand.heard
    await hand.turn(tap=tap)
    assert hand.heard.endswith(asked)


async def test_a_button_that_was_never_offered_is_harmless(hand: DeskHand) -> None:
    await hand.begin()
    for choice in (-1, 99, 2**31 - 1):
        await hand.turn(tap=Tap(hand.reply.step, choice))
        assert hand.labels


async def test_a_file_out_of_place_is_not_lost_words(hand: DeskHand) -> None:
    await hand.begin()
    await hand.photo(b"anything")
    assert "现在还用不上" in hand.heard
    assert len(hand.labels) == 3


async def test_the_menu_is_one_word_away_and_nothing_is_lost(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.say("菜单")
    assert len(hand.labels) == 3
    await hand.say("技师证")
    assert "我已经知道" in hand.heard


async def test_words_nobody_understands_get_a_sentence_that_says_what_to_do(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await hand.say("今天天气怎么样")
    assert "没听懂" in hand.heard
    assert "→" in hand.heard


async def test_thanks_are_not_misunderstood(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("谢谢")
    assert "没听懂" not in hand.heard


async def test_somebody_to_call_is_always_named(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("找人")
    assert "0871-0000-0000" in hand.heard


async def test_hostile_words_are_just_words(hand: DeskHand) -> None:
    await hand.begin()
    await hand.tap("技能等级晋升补助")
    for text in (
        "\x00\x01",
        "'; DROP TABLE workers;--",
        "<script>",
        "🙂" * 3000,
        "\ud800",
        "%s{0}",
    ):
        await hand.turn(text=text)
        assert "哪一级证书" in hand.heard
