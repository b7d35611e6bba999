"""What a page sends reaches the desk once, and only from one of our own pages."""

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.web.cookies import NAME
from bot.web.pace import Allowance, Pace
from storage.tables import Conversation
from tests.bot.web_room import Room, a_room, web_room  # noqa: F401

START = {"id": "first", "command": "start"}


async def test_the_first_visit_brings_a_signed_address_and_writes_nothing(room: Room) -> None:
    async with room.client() as client:
        page = await client.get("/")
        cookie = page.headers["set-cookie"].lower()
    assert page.status_code == 200
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert f"max-age={400 * 24 * 3600}" in cookie
    assert "secure" not in cookie
    async with room.office.reading() as unit:
        assert await unit.connection.scalar(select(func.count(Conversation.id))) == 0


async def test_over_https_the_cookie_never_leaves_it(room: Room) -> None:
    transport = httpx.ASGITransport(room.app)
    async with httpx.AsyncClient(transport=transport, base_url="https://huigong.test") as client:
        page = await client.get("/")
    assert "; secure" in page.headers["set-cookie"].lower()


async def test_the_address_stays_the_same(room: Room) -> None:
    async with room.visitor() as client:
        first = client.cookies[NAME]
        await client.get("/")
        assert client.cookies[NAME] == first


async def test_a_turn_is_answered_with_what_is_new(room: Room) -> None:
    async with room.visitor() as client:
        greeting = (await client.post("/chat/turn", json=START)).json()
        [line] = greeting["lines"]
        assert line["body"]["text"].startswith("您好")
        assert not line["mine"]
        assert line["at"] == "2026-03-10T10:00:00+08:00"
        tap = {"step": greeting["step"], "choice": 0}
        turn = {"id": "second", "after": line["id"], "tap": tap}
        answer = (await client.post("/chat/turn", json=turn)).json()
    assert [one["mine"] for one in answer["lines"]] == [True, False]
    assert answer["lines"][0]["body"] == {"text": "看看我能领什么"}
    assert answer["lines"][1]["body"]["progress"] == [1, 4]
    assert answer["step"] == answer["lines"][1]["body"]["step"] == greeting["step"] + 1
    assert answer["talk"] == greeting["talk"]


async def test_the_same_turn_twice_has_one_effect_and_the_same_answer(room: Room) -> None:
    async with room.visitor() as client:
        turn = {"id": "once", "text": "你好"}
        first = (await client.post("/chat/turn", json=turn)).json()
        again = (await client.post("/chat/turn", json=turn)).json()
    assert first == again
    assert len(room.desk.turns) == 1


async def test_the_desk_is_told_who_and_in_which_language(room: Room) -> None:
    async with room.visitor(**{"accept-language": "en-GB,en;q=0.9"}) as client:
        await client.post("/chat/turn", json={**START, "argument": "abc"})
        address = client.cookies[NAME].split(".")[0]
    [turn] = room.desk.turns
    assert (turn.channel, turn.address, turn.id) == ("web", address, "first")
    assert (turn.command, turn.argument, turn.language) == ("start", "abc", "en")


async def test_signs_nobody_can_type_are_left_out(room: Room) -> None:
    async with room.visitor() as client:
        turn = {"id": "a", "text": "\x00张\x07三\n　焊工\u200b"}
        assert (await client.post("/chat/turn", json=turn)).status_code == 200
    assert room.desk.turns[0].text == "张三\n　焊工\u200b"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.test"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
async def test_another_page_cannot_speak_for_the_person(
    room: Room, headers: dict[str, str]
) -> None:
    async with room.visitor() as client:
        for path in ("/chat/turn", "/chat/files?id=a"):
            answer = await client.post(path, json=START, headers=headers)
            assert answer.status_code == 403
            assert answer.json()["error"].startswith("这个请求不是从惠工的页面发出的")
    assert room.desk.turns == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.test", "sec-fetch-site": "same-origin"},
        {"origin": "http://127.0.0.1"},
        {"origin": "https://huigong.test"},
    ],
)
async def test_our_own_page_may_speak(room: Room, headers: dict[str, str]) -> None:
    async with room.visitor() as client:
        assert (await client.post("/chat/turn", json=START, headers=headers)).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, f"{'0' * 32}.forged", "é.é"])
async def test_a_forged_or_missing_cookie_leads_nowhere(room: Room, cookie: str) -> None:
    header = f"{NAME}={cookie}".encode()
    async with room.client() as client:
        client.headers = httpx.Headers([*client.headers.raw, (b"cookie", header)])
        assert (await client.post("/chat/turn", json=START)).status_code == 401
        assert (await client.get("/chat/lines")).status_code == 401
        assert (await client.get("/chat/events")).status_code == 401
        answer = await client.get("/chat/papers/1")
    assert answer.status_code == 401
    assert "Cookie" in answer.json()["error"]


@pytest.mark.parametrize(
    "turn",
    [
        {},
        {"id": ""},
        {"id": "a"},
        {"id": "a" * 65, "text": "x"},
        {"id": "a b", "text": "x"},
        {"id": "a", "text": ""},
        {"id": "a", "text": " \x00\n"},
        {"id": "a", "text": "x", "command": "menu"},
        {"id": "a", "command": "drop"},
        {"id": "a", "command": "start", "argument": "x" * 65},
        {"id": "a", "tap": {"step": 1}},
        {"id": "a", "tap": {"step": -1, "choice": 0}},
        {"id": "a", "tap": {"step": 2**31, "choice": 0}},
        {"id": "a", "tap": {"step": "1", "choice": 0}},
        {"id": "a", "tap": {"step": 1.5, "choice": 0}},
        {"id": "a", "text": "x", "after": 2**31},
        {"id": "a", "text": "x", "phone": "13800000000"},
        {"id": "a", "text": ["x"]},
        [],
        None,
    ],
)
async def test_what_no_page_of_ours_would_send_is_refused(room: Room, turn: object) -> None:
    async with room.visitor() as client:
        answer = await client.post("/chat/turn", json=turn)
    assert answer.status_code == 422
    assert answer.json() == {"error": "这一条没有看懂，请刷新页面再试一次。"}
    assert room.desk.turns == []


async def test_four_thousand_characters_are_taken_and_one_more_is_refused_kindly(
    room: Room,
) -> None:
    async with room.visitor() as client:
        fits = await client.post("/chat/turn", json={"id": "a", "text": "工" * 4000})
        more = await client.post("/chat/turn", json={"id": "b", "text": "工" * 4001})
        flood = await client.post("/chat/turn", content=b"x" * 70_000)
    assert fits.status_code == 200
    assert len(room.desk.turns[0].text) == 4000
    assert (more.status_code, flood.status_code) == (422, 413)
    assert more.json() == flood.json()
    assert "4000字以内" in more.json()["error"]


async def test_whoever_is_too_fast_is_asked_to_wait_and_told_how_long(room: Room) -> None:
    slow = Pace({kind: (Allowance(2, 0.1), Allowance(9, 1)) for kind in ("turn", "files", "read")})
    patient = a_room(room.office, slow)
    async with patient.visitor() as client:
        for count in range(2):
            turn = {"id": f"t{count}", "text": "快"}
            assert (await client.post("/chat/turn", json=turn)).status_code == 200
        answer = await client.post("/chat/turn", json={"id": "t2", "text": "快"})
    assert answer.status_code == 429
    assert 8 <= int(answer.headers["retry-after"]) <= 10
    assert answer.json() == {"error": "您发得有点快，请稍等几秒，我会接着处理。"}


@pytest.mark.parametrize(
    ("trouble", "status"), [(RuntimeError("no"), 500), (OperationalError("", {}, OSError()), 503)]
)
async def test_our_own_trouble_is_one_calm_sentence(
    room: Room, trouble: Exception, status: int
) -> None:
    room.desk.broken = trouble
    async with room.visitor(**{"accept-language": "en"}) as client:
        answer = await client.post("/chat/turn", json=START)
        room.desk.broken = None
        again = await client.post("/chat/turn", json=START)
    assert answer.status_code == status
    assert answer.json()["error"].startswith("The service is busy.")
    assert again.status_code == 200


async def test_an_unknown_place_is_told_in_a_sentence_too(room: Room) -> None:
    async with room.client() as client:
        for answer in (await client.get("/nowhere"), await client.get("/chat/turn")):
            assert answer.status_code in (404, 405)
            assert answer.json() == {"error": "没有找到这个页面。"}
