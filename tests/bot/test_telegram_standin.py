"""The stand-in refuses what Telegram refuses: only then do the other tests mean anything."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.telegram_api import METHODS, TYPES
from tests.telegram_phone import Phone
from tests.telegram_server import TOKEN, TelegramServer

INLINE = "inline_keyboard"
LONG = "长" * 4097
BUTTON = {"text": "好", "callback_data": "1"}


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def phone(telegram: TelegramServer) -> Phone:
    return telegram.phone(7)


async def call(telegram: TelegramServer, method: str, token: str = TOKEN, **values: Any) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.url}/bot{token}/{method}", json=values) as answer,
    ):
        body = await answer.json()
        assert body["ok"] is (answer.status == 200)
        assert body.get("error_code", 200) == answer.status
        return body["result"] if body["ok"] else f"{answer.status} {body['description']}"


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {INLINE: [[button] for button in buttons]}


async def test_it_knows_the_methods_and_types_it_plays() -> None:
    assert len(METHODS) == 23
    assert METHODS["sendMessage"].required == {"chat_id", "text"}
    assert TYPES["BotCommand"].required == {"command", "description"}


async def test_a_wrong_token_and_an_unknown_method_are_refused(telegram: TelegramServer) -> None:
    assert await call(telegram, "getMe", token="1:wrong") == "401 Unauthorized"
    assert await call(telegram, "sendPigeon") == "404 Not Found"
    assert (await call(telegram, "GETME"))["username"] == "HuigongBot"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 7}, "message text is empty"),
        ({"chat_id": 7, "text": " \n "}, "message text is empty"),
        ({"chat_id": 7, "text": 5}, "can't parse text: expected String"),
        ({"chat_id": 7.5, "text": "a"}, "can't parse chat_id: expected Integer or String"),
        ({"chat_id": 8, "text": "a"}, "chat not found"),
        ({"chat_id": 7, "text": LONG}, "message is too long"),
        ({"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "a", "colour": "red"}, "the stand-in knows no parameter colour"),
        ({"chat_id": 7, "text": "a", "parse_mode": "Rich"}, "unsupported parse_mode"),
    ],
)
async def test_a_wrong_message_is_refused(
    telegram: TelegramServer, phone: Phone, values: dict[str, Any], refusal: str
) -> None:
    answer = await call(telegram, "sendMessage", **values)
    assert answer.startswith(f"400 Bad Request: {refusal}")
    assert telegram.refused
    assert phone.heard == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("a < b", 'Unclosed start tag "" at byte offset 2'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>a", "Can't find end tag corresponding to start tag b"),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
    ],
)
async def test_wrong_html_is_refused(
    telegram: TelegramServer, phone: Phone, text: str, refusal: str
) -> None:
    answer = await call(telegram, "sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert answer == f"400 Bad Request: can't parse entities: {refusal}"


async def test_html_is_counted_without_its_marks(telegram: TelegramServer, phone: Phone) -> None:
    text = "<b>" + "a" * 4090 + "</b>&amp;&lt;"
    await call(telegram, "sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert phone.heard == ["a" * 4090 + "&<"]


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (inline({"text": "好"}), "BUTTON_TYPE_INVALID"),
        (inline(BUTTON | {"url": "https://a.cn"}), "BUTTON_TYPE_INVALID"),
        (inline({"text": "好", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (inline({"text": "好", "callback_data": "长" * 22}), "BUTTON_DATA_INVALID"),
        (inline({"text": "好", "url": "http://localhost/a"}), "Wrong HTTP URL"),
        (inline({"text": "好", "url": "ftp://a.cn"}), "Wrong HTTP URL"),
        (inline({"text": " ", "callback_data": "1"}), "button text must be non-empty"),
        (inline(BUTTON | {"style": "pink"}), "BUTTON_STYLE_INVALID"),
        (inline(*[BUTTON] * 101), "reply markup is too long"),
        ({INLINE: [[BUTTON] * 9]}, "BUTTON_ROW_TOO_LONG"),
        ({INLINE: [[{"callback_data": "1"}]]}, "can't parse reply_markup"),
        ({"keyboards": []}, "can't parse reply_markup"),
        ("{no json", "can't parse reply_markup"),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    telegram: TelegramServer, phone: Phone, markup: Any, refusal: str
) -> None:
    answer = await call(telegram, "sendMessage", chat_id=7, text="a", reply_markup=markup)
    assert answer.startswith("400 Bad Request: ")
    assert refusal in answer


async def test_captions_and_files_have_their_own_limits(
    telegram: TelegramServer, phone: Phone
) -> None:
    answer = await call(telegram, "sendPhoto", chat_id=7, photo="id", caption="长" * 1025)
    assert answer == "400 Bad Request: message caption is too long"
    sent = await call(telegram, "sendPhoto", chat_id=7, photo="id", caption="长" * 1024)
    assert sent["chat"]["id"] == 7


async def test_an_edit_must_change_something_that_is_there(
    telegram: TelegramServer, phone: Phone
) -> None:
    sent = await call(telegram, "sendMessage", chat_id=7, text="a", reply_markup=inline(BUTTON))
    here = {"chat_id": 7, "message_id": sent["message_id"]}
    same = await call(telegram, "editMessageText", **here, text="a", reply_markup=inline(BUTTON))
    assert same.startswith("400 Bad Request: message is not modified: specified new message")
    nowhere = await call(telegram, "editMessageText", chat_id=7, message_id=999, text="b")
    assert nowhere == "400 Bad Request: message to edit not found"
    await call(telegram, "editMessageText", **here, text="b")
    assert phone.heard == ["a", "b"]
    assert phone.buttons == []


async def test_a_tap_is_answered_once_and_within_150_seconds(
    telegram: TelegramServer, phone: Phone
) -> None:
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    first, second = await phone.press("1"), await phone.press("1")
    assert await call(telegram, "answerCallbackQuery", callback_query_id=first) is True
    assert await call(telegram, "answerCallbackQuery", callback_query_id=first) == old
    telegram.move(150)
    assert await call(telegram, "answerCallbackQuery", callback_query_id=second) == old


async def test_whoever_has_blocked_the_bot_hears_nothing(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.block()
    answer = await call(telegram, "sendMessage", chat_id=7, text="a")
    assert answer == "403 Forbidden: bot was blocked by the user"
    await phone.unblock()
    assert (await call(telegram, "sendMessage", chat_id=7, text="a"))["text"] == "a"


async def test_too_many_messages_are_refused_until_time_has_passed() -> None:
    async with TelegramServer(flood=True) as telegram:
        for number in range(31):
            telegram.phone(number + 1)
        for number in range(30):
            assert "text" in await call(telegram, "sendMessage", chat_id=number + 1, text="a")
        refused = await call(telegram, "sendMessage", chat_id=31, text="a")
        assert refused == "429 Too Many Requests: retry after 1"
        telegram.move(1)
        assert "text" in await call(telegram, "sendMessage", chat_id=31, text="a")


async def test_one_person_and_one_group_have_limits_of_their_own() -> None:
    async with TelegramServer(flood=True) as telegram:
        person, group = telegram.phone(1).id, telegram.group().id
        for _ in range(4):
            assert "text" in await call(telegram, "sendMessage", chat_id=person, text="a")
        refused = await call(telegram, "sendMessage", chat_id=person, text="a")
        assert refused == "429 Too Many Requests: retry after 1"
        for _ in range(20):
            telegram.move(1)
            assert "text" in await call(telegram, "sendMessage", chat_id=person, text="a")
            assert "text" in await call(telegram, "sendMessage", chat_id=group, text="a")
        refused = await call(telegram, "sendMessage", chat_id=group, text="a")
        assert refused == "429 Too Many Requests: retry after 41"


async def test_injected_faults_come_as_often_as_was_said(
    telegram: TelegramServer, phone: Phone
) -> None:
    telegram.fail("sendMessage", 429, retry_after=7, times=2)
    for _ in range(2):
        answer = await call(telegram, "sendMessage", chat_id=7, text="a")
        assert answer == "429 Too Many Requests: retry after 7"
    assert "text" in await call(telegram, "sendMessage", chat_id=7, text="a")


async def test_a_file_of_more_than_20_mb_cannot_be_fetched(telegram: TelegramServer) -> None:
    big = telegram.store(b"", size=(20 << 20) + 1)
    assert await call(telegram, "getFile", file_id=big) == "400 Bad Request: file is too big"
    assert "wrong file_id" in await call(telegram, "getFile", file_id="nothing")


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"url": "http://bot.example.cn/a"}, "An HTTPS URL must be provided"),
        ({"url": "https://bot.example.cn:8000/a"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://a.cn", "secret_token": "密"}, "unallowed characters"),
        ({"url": "https://a.cn", "secret_token": "a" * 257}, "unallowed characters"),
        ({"url": "https://a.cn", "max_connections": 101}, "max_connections"),
        ({}, "url is required"),
    ],
)
async def test_a_wrong_webhook_is_refused(
    telegram: TelegramServer, values: dict[str, Any], refusal: str
) -> None:
    assert refusal in await call(telegram, "setWebhook", **values)
    assert (await call(telegram, "getWebhookInfo"))["url"] == ""


async def test_updates_cannot_be_asked_for_while_there_is_a_webhook(
    telegram: TelegramServer,
) -> None:
    assert await call(telegram, "setWebhook", url="https://a.cn/b") is True
    assert (await call(telegram, "getUpdates")).startswith("409 Conflict: can't use getUpdates")
    assert await call(telegram, "deleteWebhook") is True
    assert await call(telegram, "getUpdates") == []


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([{"command": "Start", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "start", "description": "a"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "start"}], "can't parse commands"),
    ],
)
async def test_wrong_commands_are_refused(
    telegram: TelegramServer, commands: list[dict[str, str]], refusal: str
) -> None:
    assert refusal in await call(telegram, "setMyCommands", commands=commands)


async def test_updates_wait_until_their_offset_was_confirmed(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.say("一")
    (update,) = await call(telegram, "getUpdates")
    assert await call(telegram, "getUpdates") == [update]
    assert await call(telegram, "getUpdates", offset=update["update_id"] + 1) == []
