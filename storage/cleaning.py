"""Makes one stranger's file harmless, in a process of its own that can do no harm if it fails.

Runs as a script between two pipes (`python -I cleaning.py JPEG 2400`) and leans on nothing of
ours: no settings, no keys. The answer is one line, `clean PAGES` or `refused WHY`, then the
clean content (none for a PDF, which is kept as it is). A file that makes its decoder raise ends
the process with a traceback: `storage.files` takes that for damaged.
"""

import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MEMORY = 1 << 30  # bytes of address space; a 50-megapixel WEBP with transparency needs 0.97 GB
SECONDS = 10  # of processor time
MOST_PIXELS = 50_000_000
MOST_PAGES = 50
QUALITY = 85
ACTIVE_KINDS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"}
ACTIVE_KINDS |= {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/RichMediaExecute"}
ACTIVE_KINDS |= {"/Rendition", "/Movie", "/3D"}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
ACTIVE_WORDS = re.compile(rb"/(JavaScript|EmbeddedFiles?|RichMedia|Launch|ImportData)\b")


class NotTaken(Exception):
    """The file is refused; the message is a `core.errors.FileRefused.why`."""


def main(kind: str, side: int) -> None:
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer, clean = clean_pdf(content) if kind == "PDF" else clean_image(content, kind, side)
    except NotTaken as no:
        answer, clean = f"refused {no}", b""
    sys.stdout.buffer.write(f"{answer}\n".encode() + clean)


def limit() -> None:
    """Holds for the rest of the process: memory, time, no written file, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # XCPU comes first
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def clean_image(content: bytes, kind: str, side: int) -> tuple[str, bytes]:
    """An upright JPEG on white, at most `side` pixels long, carrying pixels and nothing else."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # Pillow would only object at twice this; we count ourselves
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    try:
        with Image.open(BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotTaken("pixels")
            image.draft(None, (side, side))  # a JPEG four times as long is decoded at a half
            small = eight_bit(image)
            small.thumbnail((side, side))
            upright = ImageOps.exif_transpose(small)
    except MemoryError:
        raise NotTaken("pixels") from None
    clean = BytesIO()
    on_white(upright).save(clean, "JPEG", quality=QUALITY)
    return "clean 1", clean.getvalue()


def eight_bit(image: Any) -> Any:
    """Palettes and 16-bit greys in a form that can be scaled; Pillow cuts the latter to white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.mode in ("L", "RGB", "CMYK", "RGBA") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def on_white(image: Any) -> Any:
    """A new picture, because Pillow carries comments of the old one over into a saved JPEG."""
    from PIL import Image

    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image.convert("RGB"), mask=image if image.mode == "RGBA" else None)
    return sheet


def clean_pdf(content: bytes) -> tuple[str, bytes]:
    """Refuses what a viewer might run, open or ask a password for; counts the pages."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted or ACTIVE_WORDS.search(unescaped(content)):
        raise NotTaken("active")
    if any(is_active(dictionary) for dictionary in dictionaries(reader)):
        raise NotTaken("active")
    pages = len(reader.pages)
    if not pages:
        raise NotTaken("damaged")
    if pages > MOST_PAGES:
        raise NotTaken("pages")
    return f"clean {pages}", b""


def unescaped(content: bytes) -> bytes:
    """With /J#61vaScript written out, which PDF allows."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), content)


def is_active(dictionary: Any) -> bool:
    named = [dictionary[key] for key in ("/S", "/Type", "/Subtype") if key in dictionary]
    kinds = {name for name in named if isinstance(name, str)}
    return not ACTIVE_KEYS.isdisjoint(dictionary.keys()) or bool(ACTIVE_KINDS & kinds)


def dictionaries(reader: Any) -> Iterator[Any]:
    """Every dictionary a viewer may find: from the trailer, and all that the file lists."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    listed = {(number, each) for each, numbers in reader.xref.items() for number in numbers}
    listed |= {(number, 0) for number in reader.xref_objStm}
    waiting: list[Any] = [reader.trailer]
    waiting += [IndirectObject(number, each, reader) for number, each in listed]
    seen = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
