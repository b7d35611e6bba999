"""What is put to the holder of a title before it is taken away, and what he says to it."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from admin.pages import to
from admin.papers import handed_out, stored
from admin.seats import Files, Form, Id, Seat, Seated
from admin.sent import LARGEST_NUMBER
from core.errors import NotFound
from core.pleading import LONGEST
from handlers import pleading, review
from handlers.pleading import Charge, Said
from storage.objections import CHANNELS

PaperId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


async def put(seat: Seated, sent: Form, application_id: Id) -> Response:
    """What he is accused of, and by when he may answer."""
    await _sight(seat, application_id)
    charge = Charge(
        sent.told("charge", LONGEST),
        sent.day("answer_by"),
        sent.perhaps("title"),
        sent.raw("identity"),
    )
    about = (application_id, sent.number("version"), charge)
    await pleading.put(seat.office, seat.officer, *about)
    return to(f"/console/applications/{application_id}", done="plea")


async def record(seat: Seated, sent: Form, files: Files, application_id: Id) -> Response:
    """How and when he was heard by an officer, and what he said."""
    await _sight(seat, application_id)
    papers = await stored(seat.office, files)
    channel, on = sent.choice("channel", *CHANNELS), sent.day("on")
    said = Said(sent.told("text", LONGEST), channel, on, papers)
    about = (application_id, sent.number("version"), said)
    await pleading.record(seat.office, seat.officer, *about)
    return to(f"/console/applications/{application_id}", done="plea")


async def content(seat: Seated, application_id: Id, paper_id: PaperId) -> Response:
    """A paper that came with the answer; each opening is noted."""
    await _sight(seat, application_id)
    async with seat.unit() as unit:
        plea = await unit.pleas.of(application_id)
        papers = await unit.pleas.papers(plea.id) if plea else ()
        paper = next((each for each in papers if each.id == paper_id), None)
        if plea is None or paper is None:
            raise NotFound(paper=paper_id)
        who = f"officer:{seat.officer.id}"
        await unit.acts.append(who, "read_paper", f"plea:{plea.id}", paper=paper.id)
    file = await seat.office.files.get(paper.digest)
    return handed_out(file, paper.media_type, f"plea-{paper_id}")


async def _sight(seat: Seat, application_id: int) -> None:
    """Nobody else hears that it is there. Raises NotFound, OutsideJurisdiction."""
    async with seat.office.reading() as unit:
        await review.card(seat.office, unit, seat.officer, application_id)
