"""Objections to a notice: who objects and why is seen only by those who look into it."""

from starlette.responses import Response

from admin import listing
from admin.pages import page, to
from admin.papers import PICTURE, SIDE, PaperId, handed_out, small_picture, stored
from admin.seats import Files, Form, Id, Seat, Seated
from admin.sent import Sent
from core.errors import NotFound, Unreadable
from core.people import masked_identity
from handlers import disqualifying, hats, investigating, reserves
from handlers import objection as clerk
from handlers.bench import scheme_of
from storage.objections import CHANNELS, Objector
from storage.tables import Application, Objection, ObjectionPaper
from storage.unit import Unit


async def objections(seat: Seated) -> Response:
    async with seat.office.reading() as unit:
        rows = await listing.objections(seat, unit)
    return page(seat, "objections.html", rows=rows)


async def objection(seat: Seated, objection_id: Id, done: str = "") -> Response:
    """Each look at it is written into the book of acts. Raises OutsideJurisdiction, Recused."""
    async with seat.unit() as unit:
        row = await unit.objections.by_id(objection_id)
        application = await unit.applications.by_id(row.application_id)
        notice = await unit.notices.by_id(row.notice_id)
        await _check(seat, unit, row, application)
        objector = unit.objections.objector(row)
        papers = await unit.objections.papers(row.id)
        place = await reserves.becomes(seat.office, unit, application, seat.say)
        who, on = f"officer:{seat.officer.id}", f"application:{application.id}"
        await unit.acts.append(who, "read_objection", on, objection=row.id)
    return page(
        seat,
        "objection.html",
        row=row,
        application=application,
        objector=objector,
        papers=papers,
        identity=masked_identity(objector.identity) if objector.identity else "",
        notice=notice,
        place=place,
        cheating=disqualifying.grounds(scheme_of(seat.office, application)),
        longest=clerk.LONGEST_FINDING,
        done=done,
    )


async def record(seat: Seated, sent: Form, files: Files, notice_id: Id) -> Response:
    """What somebody has said by telephone, by mail or at the counter, and what came with it."""
    said = Objector(
        sent.text("name", 60),
        sent.text("identity", 40),
        sent.text("contact", clerk.LONGEST_CONTACT),
        sent.told("text", clerk.LONGEST_TEXT),
        await stored(seat.office, files),
    )
    heard = clerk.Heard(sent.choice("channel", *CHANNELS), sent.day("on"))
    entry = sent.text("entry", 24)
    made = await clerk.record(seat.office, seat.officer, notice_id, entry, said, heard)
    return to(f"/console/objections/{made.id}", done="recorded")


async def content(seat: Seated, objection_id: Id, paper_id: PaperId) -> Response:
    """A paper that came with it, for those who may read it; each opening is noted."""
    async with seat.unit() as unit:
        paper = await _paper(seat, unit, objection_id, paper_id)
        row = await unit.objections.by_id(objection_id)
        on = f"application:{row.application_id}"
        about = {"objection": row.id, "paper": paper.id}
        await unit.acts.append(f"officer:{seat.officer.id}", "read_paper", on, **about)
    name = f"objection-{objection_id}-{paper_id}"
    return handed_out(await seat.office.files.get(paper.digest), paper.media_type, name)


async def thumbnail(seat: Seated, objection_id: Id, paper_id: PaperId) -> Response:
    """A JPEG. Raises NotFound for a PDF: it has none."""
    async with seat.office.reading() as unit:
        paper = await _paper(seat, unit, objection_id, paper_id)
    if paper.media_type != PICTURE:
        raise NotFound
    return small_picture(await seat.office.files.thumbnail(paper.digest, SIDE))


async def _paper(seat: Seat, unit: Unit, objection_id: int, paper_id: int) -> ObjectionPaper:
    row = await unit.objections.by_id(objection_id)
    await _check(seat, unit, row, await unit.applications.by_id(row.application_id))
    for each in await unit.objections.papers(row.id):
        if each.id == paper_id:
            return each
    raise NotFound(paper=paper_id)


async def decide(seat: Seated, sent: Form, objection_id: Id) -> Response:
    """Where the file knows cheating that goes into the record: which it was, or none."""
    upheld = sent.choice("upheld", "yes", "no") == "yes"
    async with seat.office.reading() as unit:
        row = await unit.objections.by_id(objection_id)
        application = await unit.applications.by_id(row.application_id)
        await _check(seat, unit, row, application)
        known = disqualifying.grounds(scheme_of(seat.office, application))
    finding = sent.told("finding", clerk.LONGEST_FINDING)
    reason = sent.told("reason", clerk.LONGEST_FINDING)
    ground = _ground(sent) if upheld and known else None
    await clerk.decide(
        seat.office,
        seat.officer,
        objection_id,
        upheld=upheld,
        finding=finding,
        reason=reason,
        ground=ground,
    )
    return to(f"/console/objections/{objection_id}", done="decided")


def _ground(sent: Sent) -> int | None:
    if not sent.raw("ground"):
        raise Unreadable("cheating")
    return None if sent.raw("ground") == "none" else sent.number("ground", 0)


async def _check(seat: Seat, unit: Unit, row: Objection, application: Application) -> None:
    """Not for another union or role, nor for the applicant, a relative, or who objects."""
    notice = await unit.notices.by_id(row.notice_id)
    officer = await hats.at(unit, seat.officer, notice.union_id)
    about = (officer, notice, application, row.identity_index)
    await investigating.check(seat.office, unit, *about)
