"""What Telegram is sent: checked by the stand-in's own rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.render import LONGEST, OLD, Message, carried, edited, messages, pages, tapped
from handlers.chat import Choice, Reply, Tap
from tests.telegram_api import convert
from tests.telegram_text import check_markup, length, shown

CONTACT = "📱 发送本机号码"
BIG = 2**31 - 1


def rows(reply: Reply) -> list[list[str]]:
    return [[button["text"] for button in row] for row in inline(messages(reply, CONTACT)[-1])]


def inline(message: Message) -> list[list[dict[str, str]]]:
    assert message.markup is not None
    found: list[list[dict[str, str]]] = message.markup["inline_keyboard"]
    return found


def accepted(reply: Reply) -> None:
    """Telegram would take every message of this reply."""
    for message in [*messages(reply, CONTACT), edited(reply)]:
        assert shown(message.text, None, LONGEST, "too long")
        if message.markup is not None:
            kinds = ("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove")
            check_markup(convert("reply_markup", dict(message.markup), kinds))


def test_buttons_stand_one_below_the_other_and_carry_numbers() -> None:
    reply = Reply("好", (Choice("下一步，拍照片"), Choice("以后再说")), step=40)
    assert rows(reply) == [["下一步，拍照片"], ["以后再说"]]
    (message,) = messages(reply, CONTACT)
    first, second = (row[0]["callback_data"] for row in inline(message))
    assert (tapped(first), tapped(second)) == (Tap(40, 0), Tap(40, 1))


def test_short_labels_stand_two_in_a_row() -> None:
    assert rows(Reply("好", (Choice("是"), Choice("否"), Choice("不清楚")))) == [
        ["是", "否"],
        ["不清楚"],
    ]


def test_tones_become_styles_and_addresses_open_pages() -> None:
    choices = (
        Choice("提交", "primary"),
        Choice("删除", "danger"),
        Choice("看公示", url="https://a.cn/1"),
    )
    (message,) = messages(Reply("好", choices), CONTACT)
    submit, drop, page = [button for row in inline(message) for button in row]
    assert (submit["style"], drop["style"]) == ("primary", "danger")
    assert page == {"text": "看公示", "url": "https://a.cn/1"}


def test_a_page_telegram_would_allow_no_button_for_stands_in_the_text() -> None:
    reply = Reply("好", (Choice("填账号", url="http://localhost:8000/b/1"), Choice("以后")), step=1)
    (message,) = messages(reply, CONTACT)
    assert message.text == "好\n\n填账号\nhttp://localhost:8000/b/1"
    assert rows(reply) == [["以后"]]
    accepted(reply)


def test_a_long_text_is_split_at_the_ends_of_lines_with_the_buttons_last() -> None:
    lines = [f"{number}. " + "条" * 90 for number in range(100)]
    reply = Reply("\n".join(lines), (Choice("好"),), step=1)
    sent = messages(reply, CONTACT)
    assert len(sent) == 3
    assert [message.markup is not None for message in sent] == [False, False, True]
    assert "\n".join(message.text for message in sent) == reply.text
    accepted(reply)


def test_a_text_without_lines_is_split_all_the_same_and_no_character_halved() -> None:
    text = "a" + "😀" * 5000
    assert "".join(pages(text)) == text
    assert all(length(page) <= LONGEST for page in pages(text))


def test_the_own_number_is_asked_for_by_a_key_of_its_own() -> None:
    (alone,) = messages(Reply("请发手机号", expects="phone", step=1), CONTACT)
    key = {"text": CONTACT, "request_contact": True}
    assert alone.markup is not None
    assert alone.markup["keyboard"] == [[key]]
    first, second = messages(Reply("请发手机号", (Choice("跳过"),), 1, expects="phone"), CONTACT)
    assert inline(first) == [[{"text": "跳过", "callback_data": carried(1, 0, 0)}]]
    assert second.markup == alone.markup
    assert second.text == CONTACT


def test_the_key_goes_away_with_the_next_question_but_not_with_a_notice() -> None:
    assert messages(Reply("请写日期", step=2), CONTACT)[0].markup == {"remove_keyboard": True}
    assert messages(Reply("公示开始了"), CONTACT)[0].markup is None
    assert messages(Reply("公示开始了", step=1, card=5), CONTACT)[0].markup is None


def test_a_changed_message_stays_one_message() -> None:
    message = edited(Reply("很长\n" * 3000, (Choice("好"),), 1))
    assert length(message.text) <= LONGEST
    assert message.text.endswith("…")
    accepted(Reply("很长\n" * 3000, (Choice("好"),), 1))


@given(st.integers(0, BIG), st.integers(0, 99), st.integers(0, 2**53))
def test_every_button_is_read_as_it_was_written(step: int, choice: int, card: int) -> None:
    assert tapped(carried(step, choice, card)) == Tap(step, choice, card)
    assert len(carried(step, choice, card)) <= 64


@pytest.mark.parametrize(
    "data",
    [None, "", "1", "1.2", "1.2.3.4", "1.2.x!", "-1.2.3", "1.2.Z", "１.2.3", "1..2", "1.2.\n3",
     "1.2." + "z" * 13, "9" * 64, "b:4:1", "1.2.+3", "1.2. 3", "1.2.1_0"],
)  # fmt: skip
def test_what_we_did_not_write_is_an_old_button(data: str | None) -> None:
    assert tapped(data) == OLD


@given(st.text(max_size=64))
def test_no_button_however_forged_raises(data: str) -> None:
    tap = tapped(data)
    assert tap == OLD or carried(tap.step, tap.choice, tap.card)


@given(
    st.text(),
    st.lists(st.text(max_size=80), max_size=120),
    st.sampled_from(["", "phone", "photo"]),
)
def test_whatever_is_said_telegram_takes_it(text: str, labels: list[str], expects: str) -> None:
    accepted(Reply(text, tuple(Choice(label) for label in labels), 7, expects=expects))


def test_half_characters_and_nul_do_not_reach_telegram() -> None:
    message: Any = messages(Reply("a\ud800b\x00c"), CONTACT)[0]
    assert message.text == "a?bc"
