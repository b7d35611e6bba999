"""Photographs arrive whole or not at all, several at once as one paper, and leave no trace."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin import uploads
from tests.bot.web_room import Room, web_room  # noqa: F401

WHERE = "/chat/files?id=album"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files lie while they are looked at; nothing may be left there."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def photos(*sizes: int) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("file", (f"../{n}.jpg", b"x" * size, "image/jpeg")) for n, size in enumerate(sizes)]


async def test_several_files_are_one_turn_and_gone_afterwards(room: Room, temporary: Path) -> None:
    async with room.visitor() as client:
        answer = await client.post(WHERE, files=photos(10, 0, 300_000))
    assert answer.status_code == 200
    [turn] = room.desk.turns
    assert room.desk.sizes == [10, 0, 300_000]
    assert [file.size for file in turn.files] == [10, 0, 300_000]
    assert {file.album for file in turn.files} == {"album"}
    assert (turn.id, turn.trouble) == ("album", "")
    assert [file.path.name for file in turn.files] == ["0", "1", "2"]
    assert left_in(temporary) == []


async def test_the_same_upload_twice_has_one_effect(room: Room) -> None:
    async with room.visitor() as client:
        first = (await client.post(WHERE, files=photos(10))).json()
        again = (await client.post(WHERE, files=photos(10))).json()
    assert first == again
    assert len(room.desk.turns) == 1


async def test_a_file_of_more_than_20_mb_reaches_the_desk_as_trouble(
    room: Room, temporary: Path
) -> None:
    async with room.visitor() as client:
        files = photos(uploads.LARGEST, 10)
        assert (await client.post(WHERE, files=files)).status_code == 200
        answer = await client.post("/chat/files?id=b", files=photos(uploads.LARGEST + 1, 10))
    assert answer.status_code == 200
    fits, larger = room.desk.turns
    assert [file.size for file in fits.files] == [uploads.LARGEST, 10]
    assert (larger.files, larger.trouble) == ((), "too_big")
    assert left_in(temporary) == []


async def test_more_than_ten_files_reach_the_desk_as_trouble(room: Room) -> None:
    async with room.visitor() as client:
        await client.post(WHERE, files=photos(*[1] * 10))
        await client.post("/chat/files?id=b", files=photos(*[1] * 11))
    ten, eleven = room.desk.turns
    assert len(ten.files) == 10
    assert (eleven.files, eleven.trouble) == ((), "many")


async def test_an_endless_upload_is_cut_off(
    room: Room, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "ALL", MEGABYTE)
    async with room.visitor() as client:
        answer = await client.post(WHERE, files=photos(MEGABYTE))
    assert answer.status_code == 413
    assert answer.json() == {"error": "文件太大了，请分几次发。"}
    assert room.desk.turns == []
    assert left_in(temporary) == []


async def test_a_form_that_takes_too_long_is_let_go(
    room: Room, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SECONDS", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\n'
        await asyncio.Event().wait()

    async with room.visitor() as client:
        answer = await client.post(WHERE, content=slowly(), headers={"content-type": FORM})
    assert answer.status_code == 408
    assert answer.json()["error"].startswith("网络太慢")
    assert left_in(temporary) == []


async def test_only_so_many_forms_are_received_at_once(room: Room) -> None:
    room.desk.paused.clear()
    async with room.visitor() as client, asyncio.TaskGroup() as group:
        first = [
            group.create_task(client.post(f"/chat/files?id=f{count}", files=photos(1)))
            for count in range(uploads.AT_ONCE)
        ]
        await asyncio.sleep(0)
        while not all(task.done() for task in first):
            answer = await client.post("/chat/files?id=last", files=photos(1))
            if answer.status_code == 503:
                break
        room.desk.paused.set()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert [task.result().status_code for task in first] == [200] * uploads.AT_ONCE


FORM = "multipart/form-data; boundary=cut"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("", b""),
        ("application/json", b"{}"),
        ("multipart/form-data", b"--cut--"),
        ("multipart/form-data; boundary=" + "x" * 300, b"x"),
        (FORM, b""),
        (FORM, b"--cut--"),
        (FORM, b"no form at all"),
        (FORM, b"--cut\r\n\r\n\r\n--cut--"),
        (FORM, b'--cut\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--cut--'),
        (FORM, b"--cut\r\n" + b"X: y\r\n" * 50 + b"\r\n\r\n--cut--"),
        (FORM, b"--cut\r\nContent-Disposition: \xff\xfe\r\n\r\nx\r\n--cut--"),
    ],
)
async def test_a_form_without_files_is_refused(room: Room, kind: str, body: bytes) -> None:
    async with room.visitor() as client:
        answer = await client.post(WHERE, content=body, headers={"content-type": kind})
    assert answer.status_code == 422
    assert "error" in answer.json()
    assert room.desk.turns == []


async def test_an_upload_that_breaks_off_is_no_upload(room: Room, temporary: Path) -> None:
    part = b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\nhalf'
    async with room.visitor() as client:
        answer = await client.post(WHERE, content=part, headers={"content-type": FORM})
    assert answer.status_code == 422
    assert room.desk.turns == []
    assert left_in(temporary) == []


@pytest.mark.parametrize("query", ["", "?id=", "?id=a b", "?id=a&after=x", "?id=a&after=-1"])
async def test_an_upload_needs_an_id_that_can_be_repeated(room: Room, query: str) -> None:
    async with room.visitor() as client:
        answer = await client.post(f"/chat/files{query}", files=photos(1))
    assert answer.status_code == 422
    assert room.desk.turns == []
