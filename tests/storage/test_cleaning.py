"""Papers that come in: photos of all kinds come out clean and upright, bad files not at all."""

import asyncio
import os
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageDraw
from PIL.Image import Transpose
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from core.errors import FileRefused
from storage.files import LARGEST, FileStore, Stored
from storage.vault import Vault

pillow_heif.register_heif_opener()

SECRET = "a secret of the union, 32 or more characters long"
GPS, ORIENTATION = 0x8825, 274


def photo(width: int = 400, height: int = 300) -> Image.Image:
    """Red in the upper left quarter, green right of it, blue below."""
    picture = Image.new("RGB", (width, height), "blue")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 2, height // 2), "red")
    pen.rectangle((width // 2, 0, width, height // 2), "lime")
    return picture


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def is_upright(picture: Image.Image) -> bool:
    (width, height), seen = picture.size, picture.convert("RGB")
    corners = [(0.25, 0.25, 0), (0.75, 0.25, 1), (0.25, 0.75, 2)]
    pixels = [(seen.getpixel((int(width * x), int(height * y))), want) for x, y, want in corners]
    return all(isinstance(p, tuple) and p.index(max(p)) == want for p, want in pixels)


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    tags[GPS] = {1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 42.0, 1.0)}
    return tags


def pdf(change: Callable[[PdfWriter], object] = lambda _: None, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def act(kind: str, **more: str) -> DictionaryObject:
    named = {NameObject("/S"): NameObject(kind)}
    return DictionaryObject(
        named | {NameObject(f"/{k}"): TextStringObject(v) for k, v in more.items()}
    )


def opening(action: DictionaryObject) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def with_document_script(writer: PdfWriter) -> None:
    scripts = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    writer.root_object[NameObject("/Names")] = scripts


def with_xfa(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = form


def with_annotation(writer: PdfWriter) -> None:
    note = DictionaryObject({NameObject("/A"): writer._add_object(act("/Launch", F="cmd.exe"))})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def with_indirect_name(writer: PdfWriter) -> None:
    action = act("/Launch", F="x")
    action[NameObject("/S")] = writer._add_object(NameObject("/GoToR"))
    writer.root_object[NameObject("/OpenAction")] = action


def with_link(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org/"))


def packed_pdf(action: bytes, unlisted: bytes = b"") -> bytes:
    """A PDF 1.5 whose objects lie compressed in one stream, as most office programs write."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        action,
    ]
    starts = [sum(len(b) + 1 for b in bodies[:n]) for n in range(len(bodies))]
    head = b" ".join(b"%d %d" % (n + 1, start) for n, start in enumerate(starts)) + b" "
    packed = zlib.compress(head + b" ".join(bodies))
    table_row = b"<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>"
    packing = b"<</Type/ObjStm/N 4/First %d/Filter/FlateDecode/Length %d>>"
    out = b"%PDF-1.5\n" + streamed(5, packing % (len(head), len(packed)), packed) + unlisted
    rows = [(0, 0, 255), *((2, 5, n) for n in range(4)), (1, 9, 0), (1, len(out), 0)]
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    out += streamed(6, table_row % len(table), table)
    return out + b"startxref\n%d\n%%%%EOF" % out.rindex(b"6 0 obj")


def streamed(number: int, about: bytes, content: bytes) -> bytes:
    return b"%d 0 obj%s" % (number, about) + b"stream\n" + content + b"\nendstream endobj\n"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store", Vault(SECRET))


@pytest.fixture
def put(store: FileStore, tmp_path: Path) -> Callable[..., Any]:
    async def hand_in(content: bytes, name: str = "paper") -> Stored:
        path = tmp_path / name
        await asyncio.to_thread(path.write_bytes, content)
        return await store.put(path)

    return hand_in


@pytest.fixture
def shown(store: FileStore, put: Callable[..., Any]) -> Callable[..., Any]:
    async def hand_in_and_look(content: bytes) -> Image.Image:
        return Image.open(BytesIO(await store.get((await put(content)).digest)))

    return hand_in_and_look


async def test_a_photo_loses_where_it_was_taken_and_all_other_notes(shown: Any) -> None:
    notes = {"comment": b"530102199001011234", "xmp": b"<x:xmpmeta>secret</x:xmpmeta>"}
    original = saved(photo(), "JPEG", exif=exif(), **notes)
    with Image.open(BytesIO(original)) as before:
        assert before.getexif().get_ifd(GPS)
    after = await shown(original)
    assert after.format == "JPEG"
    assert not after.getexif()
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


TURNS = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_is_turned_upright(shown: Any, kind: str, orientation: int) -> None:
    turn = TURNS[orientation]
    lying = photo() if turn is None else photo().transpose(turn)
    after = await shown(saved(lying, kind, exif=exif(orientation)))
    assert (after.size, is_upright(after)) == ((400, 300), True)


async def test_an_iphone_photo_becomes_an_upright_jpeg(shown: Any) -> None:
    lying = photo().transpose(Transpose.ROTATE_90)
    original = saved(lying, "HEIF", exif=exif(6).tobytes())
    assert b"irot" in original  # the turn stands in the container, as telephones write it
    after = await shown(original)
    assert not after.getexif()
    assert (after.format, after.size) == ("JPEG", (400, 300))
    assert is_upright(after)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_every_kind_of_png_is_shown_as_it_was(shown: Any, mode: str) -> None:
    grey = Image.linear_gradient("L").resize((400, 300))
    deep = Image.frombytes("I;16", (1, 256), bytes(b for n in range(256) for b in (n, n)))
    picture = deep.resize((400, 300), 0) if mode == "I;16" else grey.convert(mode)
    after = (await shown(saved(picture, "PNG"))).convert("L")
    for row in (50, 250):
        assert abs(after.getpixel((200, row)) - grey.getpixel((200, row))) < 12 or mode == "1"
    assert after.resize((1, 2)).getpixel((0, 0)) < after.resize((1, 2)).getpixel((0, 1))


async def test_transparency_becomes_white(shown: Any) -> None:
    glass = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    for kind in ("PNG", "WEBP"):
        assert min((await shown(saved(glass, kind))).convert("L").getextrema()) > 250


async def test_the_printers_colours_are_understood(shown: Any) -> None:
    assert is_upright(await shown(saved(photo().convert("CMYK"), "JPEG")))


async def test_a_two_lens_photo_is_one_picture(shown: Any) -> None:
    after = await shown(saved(photo(), "MPO", save_all=True, append_images=[photo()]))
    assert (after.format, is_upright(after)) == ("JPEG", True)


async def test_a_large_photo_gets_smaller_and_tells_its_size(store: FileStore, put: Any) -> None:
    stored = await put(saved(photo(6000, 4000), "JPEG"))
    content = await store.get(stored.digest)
    assert Image.open(BytesIO(content)).size == (2400, 1600)
    assert (stored.media_type, stored.size, stored.pages) == ("image/jpeg", len(content), 1)


@pytest.mark.parametrize("content", [pdf(pages=3), pdf(with_link, 3)], ids=["plain", "link"])
async def test_a_plain_pdf_is_kept_as_it_is(store: FileStore, put: Any, content: bytes) -> None:
    stored = await put(content)
    assert (stored.media_type, stored.size, stored.pages) == ("application/pdf", len(content), 3)
    assert await store.get(stored.digest) == content


async def test_a_packed_pdf_that_only_turns_to_a_page_is_kept(put: Any) -> None:
    assert (await put(packed_pdf(b"<</S/GoTo/D[3 0 R/Fit]>>"))).pages == 1


JPEG = saved(photo(), "JPEG")
HUGE = b"\x89PNG\r\n\x1a\n" + b"".join(
    (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    for body in (
        b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0]),
        b"IDAT" + zlib.compress(bytes(60_000)),
        b"IEND",
    )
)

REFUSED = {
    "nothing": (b"", "empty"),
    "20 MB and a byte": (JPEG.ljust(LARGEST + 1), "too_big"),
    "HTML": (b"<!DOCTYPE html><script>alert(1)</script>", "type"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "type"),
    "GIF": (saved(photo(), "GIF"), "type"),
    "zip or docx": (b"PK\x03\x04" + bytes(100), "type"),
    "HTML before a PDF": (b"<html>" + pdf(), "type"),
    "cut JPEG": (JPEG[: len(JPEG) // 2], "damaged"),
    "cut PNG": (saved(photo(), "PNG")[:-200], "damaged"),
    "cut WEBP": (saved(photo(), "WEBP")[:-200], "damaged"),
    "cut HEIC": (saved(photo(), "HEIF")[:-200], "damaged"),
    "only a JPEG's first bytes": (b"\xff\xd8\xff\xe0", "damaged"),
    "GIF called WEBP": (b"RIFF\0\0\0\0WEBP" + saved(photo(), "GIF"), "damaged"),
    "3.6-gigapixel PNG": (HUGE, "pixels"),
    "64-megapixel PNG": (saved(Image.new("1", (8000, 8000)), "PNG"), "pixels"),
    "WEBP that unpacks to 2 GB": (
        bytes.fromhex("524946461e000000574542505650384c11000000")
        + bytes.fromhex("2ffebfff0f07d0fffef7bfff8188e87f0000"),
        "damaged",
    ),
    "PDF with a script": (pdf(with_document_script), "active"),
    "PDF opening a script": (pdf(opening(act("/JavaScript", JS="app.alert(1)"))), "active"),
    "PDF with an escaped name": (
        pdf(opening(act("/JavaScript"))).replace(b"/JavaScript", b"/J#61vaScript"),
        "active",
    ),
    "packed PDF with a script": (packed_pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "active"),
    "PDF with a script it does not list": (
        packed_pdf(b"<</S/GoTo>>", b"9 0 obj<</S/JavaScript>>endobj\n"),
        "active",
    ),
    "PDF starting a program": (pdf(with_annotation), "active"),
    "PDF opening another file": (pdf(with_indirect_name), "active"),
    "PDF with an attachment": (pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "active"),
    "PDF with XFA": (pdf(with_xfa), "active"),
    "PDF with a password": (pdf(lambda w: w.encrypt("", "owner", algorithm="AES-256")), "active"),
    "PDF of 51 pages": (pdf(pages=51), "pages"),
    "PDF without a page": (pdf(pages=0), "damaged"),
    "cut PDF": (pdf(pages=3)[:60], "damaged"),
    "only a PDF's first bytes": (b"%PDF-1.7\n" + os.urandom(500), "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_bad_file_is_refused_and_leaves_nothing(
    put: Any, what: str, tmp_path: Path
) -> None:
    content, why = REFUSED[what]
    with pytest.raises(FileRefused) as no:
        await put(content, "certificate.jpg")
    assert no.value.why == why
    assert not (tmp_path / "store").exists()
