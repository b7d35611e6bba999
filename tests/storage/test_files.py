"""The file store: what lies on the disk, who gets it back, and what the cleaning may cost."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from core.errors import FileRefused, NotFound
from storage import cleaning, files
from storage.files import FileStore, Stored
from storage.vault import Vault, VaultError

SECRET = "a secret of the union, 32 or more characters long"
Put = Callable[..., Awaitable[Stored]]


def jpeg(side: int = 300) -> bytes:
    out = BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "var" / "papers"


@pytest.fixture
def store(root: Path) -> FileStore:
    return FileStore(root, Vault(SECRET))


@pytest.fixture
def put(store: FileStore, tmp_path: Path) -> Put:
    async def hand_in(content: bytes, name: str = "paper") -> Stored:
        path = tmp_path / name
        await asyncio.to_thread(path.write_bytes, content)
        return await store.put(path)

    return hand_in


def lying_in(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


async def test_what_hangs_on_behind_a_photo_is_gone(store: FileStore, put: Put) -> None:
    tail = b"<html><script>alert(1)</script></html>"
    content = await store.get((await put(jpeg() + tail, "page.html")).digest)
    assert content.startswith(b"\xff\xd8\xff")
    assert content.endswith(b"\xff\xd9")
    assert b"script" not in content


async def test_nothing_can_be_read_on_the_disk(store: FileStore, put: Put, root: Path) -> None:
    contents = [await store.get((await put(each)).digest) for each in (jpeg(), pdf())]
    contents.append(await store.thumbnail((await put(jpeg())).digest))
    on_disk = [path.read_bytes() for path in lying_in(root)]
    assert len(on_disk) == 3
    for blob in on_disk:
        assert not any(word in blob for word in (b"JFIF", b"\xff\xd8\xff", b"%PDF", b"/Page"))
        for content in contents:
            pieces = {content[at : at + 16] for at in range(0, len(content) - 16, 16)}
            assert not any(piece in blob for piece in pieces)


async def test_only_the_owner_may_look(put: Put, store: FileStore, root: Path) -> None:
    before = os.umask(0)
    try:
        await store.thumbnail((await put(jpeg())).digest)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in lying_in(root)} == {0o600}
    folders = {root} | {path.parent for path in lying_in(root)}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


async def test_equal_content_is_stored_once(put: Put, root: Path) -> None:
    digests = {(await put(jpeg(), name)).digest for name in ("a.jpg", "b.png")}
    assert len(digests) == 1
    assert len(lying_in(root)) == 1


async def test_the_name_of_the_content_tells_nothing_without_the_key(
    put: Put, tmp_path: Path
) -> None:
    stored = await put(pdf(), "same.pdf")
    elsewhere = await FileStore(tmp_path / "b", Vault(SECRET[::-1])).put(tmp_path / "same.pdf")
    assert stored.digest != elsewhere.digest


async def test_a_rotated_secret_still_opens_the_files(put: Put, root: Path) -> None:
    stored = await put(pdf())
    rotated = FileStore(root, Vault(SECRET[::-1], older=[SECRET]))
    assert await rotated.get(stored.digest) == pdf()


async def test_a_changed_or_exchanged_file_does_not_open(
    store: FileStore, put: Put, root: Path
) -> None:
    first, second = await put(jpeg()), await put(pdf())
    here, there = (root / s.digest[:2] / s.digest[2:] for s in (first, second))
    here.write_bytes(there.read_bytes())
    there.write_bytes(there.read_bytes()[:-1] + b"?")
    for stored in (first, second):
        with pytest.raises(VaultError):
            await store.get(stored.digest)


async def test_a_removed_file_is_gone_with_its_thumbnails(
    store: FileStore, put: Put, root: Path
) -> None:
    kept, removed = await put(pdf()), await put(jpeg())
    await store.thumbnail(removed.digest)
    await store.remove(removed.digest)
    await store.remove(removed.digest)
    assert [path.parent.name + path.name for path in lying_in(root)] == [kept.digest]
    for look in (store.get, store.thumbnail):
        with pytest.raises(NotFound):
            await look(removed.digest)


@pytest.mark.parametrize(
    "digest", ["", "../../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "/" * 64, "*" * 64]
)
async def test_no_digest_leads_out_of_the_store(store: FileStore, digest: str) -> None:
    for call in (store.get, store.thumbnail, store.remove):
        with pytest.raises(NotFound):
            await call(digest)


async def test_a_thumbnail_is_small_and_kept(store: FileStore, put: Put, root: Path) -> None:
    stored = await put(jpeg(1000))
    small = await store.thumbnail(stored.digest)
    assert Image.open(BytesIO(small)).size == (320, 320)
    assert len(lying_in(root)) == 2
    assert await store.thumbnail(stored.digest) == small


async def test_a_pdf_has_no_thumbnail(store: FileStore, put: Put) -> None:
    stored = await put(pdf())
    with pytest.raises(NotFound):
        await store.thumbnail(stored.digest)


def children() -> list[int]:
    found: list[int] = []
    for path in tasks():
        with suppress(FileNotFoundError):  # the thread has ended meanwhile
            found += [int(pid) for pid in path.read_text().split()]
    return found


def tasks() -> Iterator[Path]:
    return Path("/proc/self/task").glob("*/children")


async def test_no_more_than_two_files_are_cleaned_at_once(put: Put) -> None:
    waiting = asyncio.gather(*(put(jpeg(700 + n), f"{n}") for n in range(5)))
    most = 0
    while not waiting.done():
        most = max(most, len(children()))
        await asyncio.sleep(0)
    assert len({stored.digest for stored in await waiting}) == 5
    assert most == 2


async def test_who_would_wait_too_long_is_told_to_come_again(
    put: Put, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    for _ in range(3):  # a slot that was not given back would show at the third
        with pytest.raises(FileRefused, match="busy"):
            await put(jpeg(3000))
    assert not children()
    assert not lying_in(root)


async def test_nobody_waits_for_ever_for_a_free_process(
    store: FileStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    monkeypatch.setattr(files, "_kind", pytest.fail)
    async with store._free, store._free:
        with pytest.raises(FileRefused, match="busy"):
            await put(jpeg())


async def test_a_cancelled_turn_leaves_no_process_behind(put: Put) -> None:
    turn = asyncio.ensure_future(put(jpeg(3000)))
    while not children():  # noqa: ASYNC110 - the system has no event for a child's birth
        await asyncio.sleep(0)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert not children()
    assert (await put(jpeg())).pages == 1


async def test_a_failed_write_leaves_nothing_half_done(put: Put, root: Path) -> None:
    digest = (await put(pdf())).digest
    path = root / digest[:2] / digest[2:]
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        await put(pdf())
    assert not lying_in(root)


async def test_the_log_names_the_trouble_and_not_the_person(
    put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        await put(jpeg()[:-900], "530102199001011234.jpg")
    assert "JPEG" in caplog.text
    assert "OSError" in caplog.text
    assert "530102199001011234" not in caplog.text


LIMITED = "from storage import cleaning; cleaning.SECONDS = 1; cleaning.limit(); "


@pytest.mark.parametrize(
    ("greed", "end"),
    [
        ("bytearray(2 * cleaning.MEMORY)", "MemoryError"),
        ("import sys; print(1, file=open(sys.argv[1], 'w'), flush=True)", "File too large"),
        ("while True: pass", -signal.SIGXCPU),
    ],
    ids=["memory", "writing", "time"],
)
def test_the_cleaning_process_cannot_take_more_than_its_share(
    greed: str, end: str | int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{LIMITED}\n{greed}", tmp_path / "new"],
        cwd=Path(cleaning.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert done.returncode == end or str(end) in done.stderr
