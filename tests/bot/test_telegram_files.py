"""Files on their way from Telegram to the desk."""

import logging
from pathlib import Path

import pytest

from bot.telegram.files import Files
from bot.telegram.receive import Paper
from core.errors import FileRefused
from storage.files import LARGEST
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import Room, at_once
from tests.telegram_server import TOKEN

JPEG = b"\xff\xd8\xff" + b"0" * 3000


async def test_a_photo_arrives_whole_and_is_gone_after_the_turn(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.photo(JPEG)
    assert room.desk.contents == [JPEG]
    (file,) = room.desk.turns[0].files
    assert (file.size, file.album) == (len(JPEG), "")
    assert not file.path.parent.exists()


async def test_a_file_too_big_by_telegrams_word_is_not_fetched(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.document(JPEG, size=LARGEST + 1)
    assert phone.heard == ["听到：收不了：too_big"]
    assert not [call for call in room.telegram.calls if call.method == "getFile"]


async def test_a_file_telegram_will_not_give_out_is_too_big(room: Room) -> None:
    file = room.telegram.store(JPEG, size=LARGEST + 1)
    async with Files(room.sender).fetched([Paper(file, 0, 1)], "") as fetched:
        assert (fetched.files, fetched.trouble) == ([], "too_big")


async def test_a_file_that_is_bigger_than_was_said_is_stopped(room: Room) -> None:
    file = room.telegram.store(b"0" * (LARGEST + 1), size=100)
    async with Files(room.sender).fetched([Paper(file, 100, 1)], "") as fetched:
        assert (fetched.files, fetched.trouble) == ([], "too_big")
    exact = room.telegram.store(b"0" * LARGEST)
    async with Files(room.sender).fetched([Paper(exact, 0, 1)], "") as fetched:
        assert [file.size for file in fetched.files] == [LARGEST]


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_a_hiccup_is_waited_out(room: Room, method: str) -> None:
    room.telegram.fail(method, 502, times=2)
    phone = room.telegram.phone()
    await phone.photo(JPEG)
    assert room.desk.contents == [JPEG]


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_what_cannot_be_fetched_is_asked_for_again(
    room: Room, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    room.telegram.fail(method, 500, times=3)
    phone = room.telegram.phone()
    await phone.photo(JPEG)
    assert phone.heard == ["听到：收不了：busy"]
    assert TOKEN not in caplog.text


async def test_one_bad_part_of_an_album_is_told(room: Room) -> None:
    good, bad = room.telegram.store(JPEG), "file-of-somebody-else"
    papers = [Paper(good, 0, 1), Paper(bad, 0, 2)]
    async with Files(room.sender, at_once).fetched(papers, "a") as fetched:
        assert (len(fetched.files), fetched.trouble) == (1, "busy")
        folder = fetched.files[0].path.parent
    assert not folder.exists()


async def test_no_error_on_the_way_knows_the_token(room: Room, tmp_path: Path) -> None:
    await room.telegram.runner.cleanup()
    files = Files(room.sender, at_once)
    with pytest.raises(FileRefused) as refused:
        await files._fetch(Paper("a", 0, 1), tmp_path / "a", "")
    assert refused.value.why == "busy"
    chain: BaseException | None = refused.value
    while chain:
        assert TOKEN not in f"{chain!r} {chain}"
        chain = chain.__context__
