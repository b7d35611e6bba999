"""What was said can be read again, by the person it was said to and by nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import delete, update

from bot.web import push
from bot.web.cookies import NAME
from bot.web.pace import STREAMS
from storage.tables import Conversation, Draft, Line, Paper
from tests.bot.web_room import (  # noqa: F401
    Room,
    say,
    served,
    web_room,
    web_room_on_sqlite,
)
from tests.people import a_tree, a_worker

START = {"id": "first", "command": "start"}


async def test_a_new_visitor_has_an_empty_log(room: Room) -> None:
    async with room.visitor() as client:
        log = (await client.get("/chat/lines")).json()
    assert log == {"talk": 0, "step": 0, "language": "", "lines": [], "afresh": False}


async def test_the_log_is_the_same_after_a_reload(room: Room) -> None:
    async with room.visitor() as client:
        greeting = (await client.post("/chat/turn", json=START)).json()
        turn = {"id": "b", "text": "你好", "after": greeting["lines"][-1]["id"]}
        answer = (await client.post("/chat/turn", json=turn)).json()
        log = await client.get("/chat/lines")
        later = await client.get(f"/chat/lines?after={greeting['lines'][-1]['id']}")
    assert log.json()["lines"] == greeting["lines"] + answer["lines"]
    assert later.json() == answer
    assert log.headers["cache-control"] == "no-store"


async def test_a_long_log_shows_its_newest_200_bubbles(room: Room) -> None:
    async with room.visitor() as client:
        talk = (await client.post("/chat/turn", json=START)).json()["talk"]
        async with room.office.unit() as unit:
            ids = [await say(unit, talk, {"text": str(count)}) for count in range(250)]
        newest = (await client.get("/chat/lines")).json()["lines"]
        after = (await client.get(f"/chat/lines?after={ids[9]}")).json()["lines"]
    assert [line["id"] for line in newest] == ids[-200:]
    assert [line["id"] for line in after] == ids[10:210]


async def test_what_was_forgotten_goes_from_the_page_too(room: Room) -> None:
    async with room.visitor() as client:
        await client.post("/chat/turn", json=START)
        said = (await client.post("/chat/turn", json={"id": "a", "text": "我的秘密"})).json()
        last = said["lines"][-1]["id"]
        async with room.office.unit() as unit:
            await unit.connection.execute(delete(Line))
        turn = {"id": "b", "text": "你好", "after": last}
        answer = (await client.post("/chat/turn", json=turn)).json()
        again = (await client.get(f"/chat/lines?after={answer['lines'][-1]['id']}")).json()
        address = client.cookies[NAME].split(".")[0]
    assert not said["afresh"]
    assert answer["afresh"]
    assert len(answer["lines"]) == 2
    assert (again["afresh"], again["lines"]) == (False, [])
    stream = push.stream(room.news, room.office.reading, address, last)
    told = [await anext(stream) for _ in range(2)][-1].decode()
    assert '"afresh":true' in told
    assert f"id: {answer['lines'][-1]['id']}\n" in told
    await stream.aclose()


async def test_nobody_reads_what_was_said_to_another(room: Room) -> None:
    async with room.visitor() as one, room.visitor() as other:
        said = (await one.post("/chat/turn", json=START)).json()
        assert (await other.get("/chat/lines")).json()["lines"] == []
        theirs = (await other.post("/chat/turn", json=START)).json()
        assert {line["id"] for line in said["lines"]}.isdisjoint(
            line["id"] for line in theirs["lines"]
        )
        assert said["talk"] != theirs["talk"]


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "２", str(2**31), "9" * 40, "1 or 1"])
async def test_only_a_number_says_where_the_log_goes_on(room: Room, after: str) -> None:
    async with room.visitor() as client:
        for path in ("/chat/lines", "/chat/events"):
            assert (await client.get(path, params={"after": after})).status_code == 422


async def a_paper(room: Room, photo: Path, talk: int) -> int:
    """Handed in by a worker who talks in this conversation."""
    stored = await room.office.files.put(photo)
    async with room.office.unit() as unit:
        tree = await a_tree(unit)
        worker = await a_worker(unit, tree.base)
        draft = Draft(worker_id=worker.id, scheme_id="s", began_at=unit.now)
        unit.session.add(draft)
        await unit.session.flush()
        theirs = update(Conversation).where(Conversation.id == talk)
        await unit.connection.execute(theirs.values(worker_id=worker.id))
        paper = Paper(
            draft_id=draft.id,
            slot=0,
            position=0,
            digest=stored.digest,
            media_type=stored.media_type,
            size=stored.size,
            at=unit.now,
        )
        unit.session.add(paper)
        await unit.session.flush()
        return paper.id


async def test_a_paper_is_shown_small_to_its_worker_and_to_nobody_else(
    room: Room, tmp_path: Path
) -> None:
    photo = tmp_path / "certificate.jpg"
    Image.new("RGB", (1600, 1200), "beige").save(photo)
    async with room.visitor() as worker, room.visitor() as stranger:
        talk = (await worker.post("/chat/turn", json=START)).json()["talk"]
        await stranger.post("/chat/turn", json=START)
        paper = await a_paper(room, photo, talk)
        shown = await worker.get(f"/chat/papers/{paper}")
        hidden = await stranger.get(f"/chat/papers/{paper}")
        missing = [await worker.get(f"/chat/papers/{name}") for name in (paper + 1, "x", 2**31)]
        async with room.office.unit() as unit:
            await unit.connection.execute(update(Paper).values(removed_at=unit.now))
        removed = await worker.get(f"/chat/papers/{paper}")
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["x-content-type-options"] == "nosniff"
    with Image.open(BytesIO(shown.content)) as picture:
        assert max(picture.size) == 320
    assert (hidden.status_code, removed.status_code) == (404, 404)
    assert [answer.status_code for answer in missing] == [404, 422, 422]


async def events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """The `log` events of a stream, each with its id."""
    event: dict[str, str] = {}
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if line:
            event[name] = value
            continue
        if event.get("event") == "log":
            yield {"id": int(event["id"]), **json.loads(event["data"])}
        event = {}


async def test_what_is_said_later_appears_by_itself(small_room: Room) -> None:
    room = small_room
    async with served(room) as address, httpx.AsyncClient(base_url=address) as client:
        await client.get("/")
        origin = {"origin": address}
        said = (await client.post("/chat/turn", json=START, headers=origin)).json()
        last = said["lines"][-1]["id"]
        async with client.stream("GET", f"/chat/events?after={last}") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            news = events(stream)
            assert (await anext(news))["step"] == said["step"]
            turn = {"id": "b", "text": "你好"}
            await client.post("/chat/turn", json=turn, headers=origin)
            told = await anext(news)
            assert [line["mine"] for line in told["lines"]] == [True, False]
            assert told["id"] == told["lines"][-1]["id"]
        comes_back = {"last-event-id": str(told["lines"][0]["id"])}
        async with client.stream("GET", "/chat/events?after=1", headers=comes_back) as stream:
            assert (await anext(events(stream)))["lines"][-1] == told["lines"][-1]


async def test_what_another_process_has_written_appears_too(small_room: Room) -> None:
    room = small_room
    async with served(room) as address, httpx.AsyncClient(base_url=address) as client:
        await client.get("/")
        said = await client.post("/chat/turn", json=START, headers={"origin": address})
        async with client.stream("GET", "/chat/events?after=0") as stream:
            news = events(stream)
            await anext(news)
            async with room.office.unit() as unit:  # and nobody calls news.tell
                await say(unit, said.json()["talk"], {"text": "您的申请已通过初审。"})
            async with asyncio.timeout(10):
                told = await anext(news)
    assert [line["body"]["text"] for line in told["lines"]] == ["您的申请已通过初审。"]


async def test_a_bubble_that_is_committed_late_is_not_lost(small_room: Room) -> None:
    room = small_room
    async with room.visitor() as client:
        talk = (await client.post("/chat/turn", json=START)).json()["talk"]
        address = client.cookies[NAME].split(".")[0]
    async with room.office.unit() as unit:
        late = await say(unit, talk, {"text": "后"})
    stream = push.stream(room.news, room.office.reading, address, late)
    await anext(stream)  # when to come back
    first = await anext(stream)
    assert b'"lines":[' in first
    async with room.office.unit() as unit:
        unit.session.add(
            Line(id=late + 7, conversation_id=talk, mine=False, body={"text": "七"}, at=unit.now)
        )
    room.news.tell(talk)
    assert "七" in (await anext(stream)).decode()
    async with room.office.unit() as unit:
        unit.session.add(
            Line(id=late + 3, conversation_id=talk, mine=False, body={"text": "三"}, at=unit.now)
        )
    room.news.tell(talk)
    told = (await anext(stream)).decode()
    assert "三" in told
    assert "七" not in told
    assert told.startswith("event: log\n")
    assert f"id: {late + 7}\n" in told
    await stream.aclose()


async def test_a_silent_stream_shows_that_it_lives(
    small_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "HEARTBEAT", 0.01)
    stream = push.stream(small_room.news, small_room.office.reading, "nobody", 0)
    told = [await anext(stream) for _ in range(4)]
    await stream.aclose()
    assert told[0] == b"retry: 3000\n\n"
    assert told[2:] == [b": ping\n\n"] * 2


async def test_one_chat_holds_only_so_many_streams(small_room: Room) -> None:
    room = small_room
    async with served(room) as address, httpx.AsyncClient(base_url=address) as client:
        await client.get("/")
        async with AsyncExitStack() as streams:
            for _ in range(STREAMS["chat"]):
                opened = client.stream("GET", "/chat/events")
                assert (await streams.enter_async_context(opened)).status_code == 200
            crowded = await client.get("/chat/events")
        assert crowded.status_code == 429
        assert crowded.headers["retry-after"] == "60"
        async with asyncio.timeout(10):
            while True:  # until the server has seen that they are gone
                async with client.stream("GET", "/chat/events") as stream:
                    if stream.status_code == 200:
                        break


async def test_streams_end_when_the_server_stops(small_room: Room) -> None:
    stream = push.stream(small_room.news, small_room.office.reading, "nobody", 0)
    await anext(stream)
    await anext(stream)
    await small_room.news.close()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_an_hour_has_its_zone(room: Room) -> None:
    async with room.visitor() as client:
        [line] = (await client.post("/chat/turn", json=START)).json()["lines"]
    assert datetime.fromisoformat(line["at"]).utcoffset() is not None
