"""What officers put to a step: what they found on the spot, papers, and who carries it."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from admin.application import card
from admin.pages import to
from admin.papers import PICTURE, SIDE, handed_out, small_picture
from admin.seats import Files, Form, Id, Seat, Seated
from admin.sent import LARGEST_NUMBER
from core.assignment import LONGEST_CONTACT, LONGEST_NAME, LONGEST_WHY
from core.errors import FileRefused, NotFound, Unreadable
from core.inspection import LONGEST_FINDINGS
from handlers import assignment, identification, inspection
from handlers.assignment import Whom
from handlers.decisions import AttachedLine
from handlers.identification import Told
from handlers.subject import LONGEST_UNIT
from storage.files import Stored
from storage.tables import Attachment
from storage.unit import Unit

OtherId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


async def write(seat: Seated, sent: Form, application_id: Id) -> Response:
    """Who went with the officer, on which day, and what they found."""
    await _sight(seat, application_id)
    await inspection.report(
        seat.office,
        seat.officer,
        application_id,
        sent.number("version"),
        sent.day("went_on"),
        sent.told("findings", LONGEST_FINDINGS),
        sent.numbers("went", 1),
    )
    return to(f"/console/applications/{application_id}", done="inspect")


async def confirm(seat: Seated, application_id: Id, inspection_id: OtherId) -> Response:
    await _sight(seat, application_id)
    await inspection.confirm(seat.office, seat.officer, inspection_id)
    return to(f"/console/applications/{application_id}", done="confirm")


async def attach(seat: Seated, sent: Form, files: Files, application_id: Id) -> Response:
    """Cleaned and sealed as the papers of the applicants are."""
    await _sight(seat, application_id)
    version = sent.number("version")
    if files is None or not files.paths:
        raise Unreadable("form")
    if files.trouble:
        raise FileRefused(files.trouble)
    stored: list[Stored] = [await seat.office.files.put(path) for path in files.paths]
    await inspection.attach(seat.office, seat.officer, application_id, version, stored)
    return to(f"/console/applications/{application_id}", done="attach")


async def assign(seat: Seated, sent: Form, application_id: Id) -> Response:
    """A colleague who is ticked, or whoever is written down."""
    await _sight(seat, application_id)
    whom = Whom(
        sent.text("name", LONGEST_NAME),
        sent.said("contact", LONGEST_CONTACT),
        sent.perhaps("officer"),
        sent.lines("why", LONGEST_WHY),
    )
    about = (application_id, sent.number("version"), whom)
    await assignment.assign(seat.office, seat.officer, *about)
    return to(f"/console/applications/{application_id}", done="assign")


async def identify(seat: Seated, sent: Form, application_id: Id) -> Response:
    """Whom the award is about; what is left empty stays as the family told it."""
    await _sight(seat, application_id)
    told = Told(
        sent.said("identity", 40), sent.text("name", LONGEST_NAME), sent.text("unit", LONGEST_UNIT)
    )
    version = sent.number("version")
    await identification.complete(seat.office, seat.officer, application_id, version, told)
    return to(f"/console/applications/{application_id}", done="identify")


async def content(seat: Seated, application_id: Id, attachment_id: OtherId) -> Response:
    async with seat.unit() as unit:
        line, digest = await _find(seat, unit, application_id, attachment_id)
        who, on = f"officer:{seat.officer.id}", f"application:{application_id}"
        await unit.acts.append(who, "read_paper", on, attachment=attachment_id)
    name = f"attachment-{attachment_id}"
    return handed_out(await seat.office.files.get(digest), line.media_type, name)


async def thumbnail(seat: Seated, application_id: Id, attachment_id: OtherId) -> Response:
    """A JPEG. Raises NotFound for a PDF: it has none."""
    async with seat.office.reading() as unit:
        line, digest = await _find(seat, unit, application_id, attachment_id)
    if line.media_type != PICTURE:
        raise NotFound
    return small_picture(await seat.office.files.thumbnail(digest, SIDE))


async def _sight(seat: Seat, application_id: int) -> None:
    """Nobody else hears that it is there. Raises NotFound, OutsideJurisdiction."""
    async with seat.office.reading() as unit:
        await card(seat, unit, application_id)


async def _find(
    seat: Seat, unit: Unit, application_id: int, attachment_id: int
) -> tuple[AttachedLine, str]:
    view, _ = await card(seat, unit, application_id)
    for each in view.attached:
        if each.id == attachment_id:
            row = await unit.session.get(Attachment, attachment_id)
            assert row is not None
            return each, row.digest
    raise NotFound(attachment=attachment_id)
