"""Whatever is sent to the web chat, it answers in a sentence and never falls over."""

import json
import random
from collections.abc import Callable
from typing import Any

import httpx

from tests.bot.web_room import Room, web_room  # noqa: F401

POSTS = 1000
SIGNS = "工会a1 \x00\x07\n\t\"'\\<>{}[]%_;🛠\u200d\ufeff\u202e\ud800"
Chance = random.Random


def text(chance: Chance) -> str:
    return "".join(chance.choices(SIGNS, k=chance.choice((0, 1, 5, 70, 4100))))


def number(chance: Chance) -> Any:
    return chance.choice((0, 1, -1, 2**31 - 1, 2**31, 10**40, 1.5, 1e400, True, None, "1", [], {}))


def value(chance: Chance) -> Any:
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: text(chance),
        lambda: number(chance),
        lambda: {"step": number(chance), "choice": number(chance), "card": number(chance)},
        lambda: {"step": 1, "choice": chance.randrange(5)},
        lambda: chance.choice(("start", "menu", "resume", "language", "drop")),
    )
    return chance.choice(kinds)()


def a_turn(chance: Chance) -> bytes:
    names = ("id", "after", "text", "tap", "command", "argument", "files", text(chance))
    turn = {name: value(chance) for name in chance.sample(names, chance.randrange(len(names)))}
    if chance.random() < 0.7:
        turn["id"] = f"{chance.getrandbits(64):x}"
    if chance.random() < 0.4:
        said = chance.choice((("text", text(chance) + "工"), ("tap", {"step": 1, "choice": 9})))
        turn = dict([("id", f"{chance.getrandbits(64):x}"), said])
    body = json.dumps(turn, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")
    return damaged(chance, body)


def a_form(chance: Chance) -> bytes:
    parts = b"".join(
        b"--cut\r\nContent-Disposition: form-data; "
        + chance.choice((b'name="f"; filename="x"', b'name="f"', b"", b'filename="'))
        + b"\r\n\r\n"
        + chance.randbytes(chance.choice((0, 1, 3000)))
        + b"\r\n"
        for _ in range(chance.randrange(14))
    )
    return damaged(chance, parts + b"--cut--\r\n")


def damaged(chance: Chance, body: bytes) -> bytes:
    if body and chance.random() < 0.2:
        cut = chance.randrange(len(body))
        return body[:cut] + chance.randbytes(3) + body[cut + chance.randrange(3) :]
    return body


async def one_post(client: httpx.AsyncClient, chance: Chance) -> httpx.Response:
    if chance.random() < 0.75:
        kind = chance.choice(("application/json", "text/plain", ""))
        headers = {"content-type": kind}
        return await client.post("/chat/turn", content=a_turn(chance), headers=headers)
    query = {"id": chance.choice(("a", "", "é", "b" * 70)), "after": chance.choice(("0", "-", ""))}
    headers = {"content-type": chance.choice(("multipart/form-data; boundary=cut", "x", ""))}
    content = a_form(chance)
    return await client.post("/chat/files", params=query, content=content, headers=headers)


async def test_a_thousand_strange_posts_are_all_answered_calmly(room: Room) -> None:
    chance = random.Random(12)
    statuses, posts = [], POSTS if room.office.database.postgres else POSTS // 4
    async with room.visitor() as client:
        for _ in range(posts):
            answer = await one_post(client, chance)
            statuses.append(answer.status_code)
            body = answer.json()
            assert ("lines" if answer.status_code == 200 else "error") in body
            assert "Traceback" not in answer.text
        log = (await client.get("/chat/lines")).json()["lines"]
    assert set(statuses) <= {200, 413, 422}
    assert statuses.count(200) > posts / 10 < statuses.count(422)
    assert 50 < len(log) <= 200
