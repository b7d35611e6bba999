"""The papers of an application: small pictures, a page to look at one, and the file itself.

A paper is reached through its application only, so whoever may not see the one never sees the
other. Each opening of a file is written into the book of acts.
"""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from admin.application import card
from admin.pages import page
from admin.seats import Id, Seat, Seated
from admin.sent import LARGEST_NUMBER
from admin.uploads import Upload
from core.errors import FileRefused, NotFound
from handlers.decisions import CardView, PaperLine
from handlers.office import Office
from storage.files import Stored
from storage.unit import Unit

SIDE = 160  # pixels: enough to tell the papers apart, too few to read them
PICTURE = "image/jpeg"
ENDINGS = {PICTURE: "jpg", "application/pdf": "pdf"}
ALONE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

PaperId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


async def paper(seat: Seated, application_id: Id, paper_id: PaperId) -> Response:
    """A page around the file, with the way to the next one."""
    async with seat.office.reading() as unit:
        view, _ = await card(seat, unit, application_id)
    ids = [each.id for each in view.papers]
    here = ids.index(_line(view, paper_id).id)
    return page(
        seat,
        "paper.html",
        view=view,
        paper=view.papers[here],
        number=here + 1,
        before=ids[here - 1] if here else 0,
        after=ids[here + 1] if here + 1 < len(ids) else 0,
    )


async def content(seat: Seated, application_id: Id, paper_id: PaperId) -> Response:
    """The file. A picture is shown inside our page, everything else is only handed out."""
    async with seat.unit() as unit:
        line, digest = await _find(seat, unit, application_id, paper_id)
        who, on = f"officer:{seat.officer.id}", f"application:{application_id}"
        await unit.acts.append(who, "read_paper", on, paper=paper_id)
    return handed_out(await seat.office.files.get(digest), line.media_type, f"paper-{paper_id}")


async def stored(office: Office, files: Upload | None) -> tuple[Stored, ...]:
    """What came with a form, cleaned and sealed; nothing where nothing came. Raises FileRefused."""
    if files is None or not files.paths:
        return ()
    if files.trouble:
        raise FileRefused(files.trouble)
    return tuple([await office.files.put(path) for path in files.paths if path.stat().st_size])


def handed_out(file: bytes, media_type: str, name: str) -> Response:
    """A picture is shown, anything else is saved, and neither may run or be kept."""
    how = "inline" if media_type == PICTURE else "attachment"
    named = f"{name}.{ENDINGS.get(media_type, 'bin')}"
    headers = {**ALONE, "Content-Disposition": f'{how}; filename="{named}"'}
    return Response(file, media_type=media_type, headers=headers)


async def thumbnail(seat: Seated, application_id: Id, paper_id: PaperId) -> Response:
    """A JPEG. Raises NotFound for a PDF: it has none."""
    async with seat.office.reading() as unit:
        _, digest = await _find(seat, unit, application_id, paper_id)
    return small_picture(await seat.office.files.thumbnail(digest, SIDE))


def small_picture(content: bytes) -> Response:
    headers = {**ALONE, "Content-Disposition": "inline"}
    return Response(content, media_type=PICTURE, headers=headers)


async def _find(
    seat: Seat, unit: Unit, application_id: int, paper_id: int
) -> tuple[PaperLine, str]:
    """The paper and the name of its file. Raises NotFound, OutsideJurisdiction."""
    view, _ = await card(seat, unit, application_id)
    line = _line(view, paper_id)
    row, _ = await unit.drafts.paper(paper_id)
    return line, row.digest


def _line(view: CardView, paper_id: int) -> PaperLine:
    for each in view.papers:
        if each.id == paper_id:
            return each
    raise NotFound(paper=paper_id)
