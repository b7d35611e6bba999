"""Oral applications at the counter: who has come, what was told, read back, printed, confirmed
by the person's signature or by a code.

Papers and the signed record are photographed in the officer's chat: nothing is uploaded here.
"""

from starlette.responses import Response

from admin.found import read_found
from admin.pages import page, to
from admin.seats import Form, Id, Seat, Seated
from core.errors import WrongPerson
from core.jurisdiction import Level
from core.oral import to_be_signed
from core.people import masked_identity, masked_name
from handlers import oral, oral_code, oral_form, recorded
from handlers.bench import acting
from handlers.oral_form import Told
from storage.recordings import GOING

DONE = ("kept", "asked", "no_chat", "to_sign")
PLACES = (Level.COUNTY, Level.PREFECTURE, Level.INDUSTRIAL)


async def recordings(seat: Seated) -> Response:
    """Those of one's unions, newest first, and a form to begin another.

    Of a complaint that another officer writes down only that it is there.
    """
    async with seat.office.reading() as unit:
        there = await recorded.offices(unit, seat.officer)
        rows = await unit.recordings.of_unions({each.union_id for each in there})
        open_ = [
            row for row in rows if any(recorded.open_to(seat.office, each, row) for each in there)
        ]
        people = await unit.applications.people({row.worker_id for row in open_})
        names = {key: masked_name(unit.workers.name(each)) for key, each in people.items()}
    schemes = oral.schemes(seat.office)
    known = {scheme.id: scheme.name for scheme in schemes}
    shown = {row.id: (names[row.worker_id], known.get(row.scheme_id, "")) for row in open_}
    listed = [(row, *shown.get(row.id, ("", ""))) for row in rows]
    return page(seat, "recordings.html", rows=listed, schemes=schemes)


async def begin(seat: Seated, sent: Form) -> Response:
    """Raises WrongPerson after the wrong try is written down."""
    person = oral.Person(sent.said("name", 60), sent.said("identity", 40), sent.said("phone", 30))
    scheme = sent.choice("scheme", *(each.id for each in oral.schemes(seat.office)))
    async with seat.unit() as unit:
        row = await oral.begin(seat.office, unit, seat.officer, scheme, person)
    if row is None:
        raise WrongPerson
    return to(f"/console/recordings/{row.id}")


async def recording(seat: Seated, recording_id: Id, done: str = "") -> Response:
    return await _page(seat, recording_id, done=done)


async def code(seat: Seated, recording_id: Id) -> Response:
    """Shown once, on the answer itself: it never stands in an address."""
    async with seat.office.unit() as unit:
        given = await oral_code.give(seat.office, unit, seat.officer, recording_id)
    return await _page(seat, recording_id, code=given)


async def _page(seat: Seat, recording_id: int, *, code: str = "", done: str = "") -> Response:
    """Each look is written into the book of acts."""
    async with seat.unit() as unit:
        row, mine = await recorded.read(seat.office, unit, seat.officer, recording_id)
        asked = await oral_form.form(seat.office, unit, row)
        lines = await oral.readback(seat.office, unit, row, seat.say.language)
        worker = (await unit.applications.people({row.worker_id}))[row.worker_id]
        name, identity = unit.workers.name(worker), unit.workers.identity(worker) or ""
        recorder = await unit.officers.by_id(row.officer_id)
        tree = await unit.unions.tree(0)
        on = f"recording:{row.id}"
        await unit.acts.append(acting(seat.officer).who, "read_recording", on)
    return page(
        seat,
        "recording.html",
        row=row,
        view=asked,
        lines=lines,
        room="",
        name=name,
        identity=masked_identity(identity),
        recorder=recorder.name if recorder else "",
        unions=[node for node in tree.all if node.level in PLACES] if asked.union else [],
        edit=mine and oral_form.editable(row),
        going=mine and row.state in GOING,
        sign=to_be_signed(asked.scheme),
        code=code,
        minutes=int(oral_code.LIFE.total_seconds() // 60),
        chat=seat.office.public_url,
        done=done if done in DONE else "",
    )


async def answers(seat: Seated, sent: Form, recording_id: Id) -> Response:
    """What was told, as far as it was; the rest may follow."""
    async with seat.unit() as unit:
        row = await recorded.held(seat.office, unit, seat.officer, recording_id)
        asked = await oral_form.form(seat.office, unit, row)
        told = Told(
            read_found(sent, asked.open),
            sent.choice("ground", "", *asked.grounds),
            sent.text("accused", 60) if asked.accused else None,
            sent.perhaps("union") if asked.union else None,
        )
        await oral_form.write(seat.office, unit, seat.officer, recording_id, told)
    return to(f"/console/recordings/{recording_id}", done="kept")


async def ask(seat: Seated, recording_id: Id) -> Response:
    async with seat.unit() as unit:
        how = await oral_form.read_back(seat.office, unit, seat.officer, recording_id)
    return to(f"/console/recordings/{recording_id}", done=how)


async def stop(seat: Seated, recording_id: Id) -> Response:
    async with seat.unit() as unit:
        row = await recorded.held(seat.office, unit, seat.officer, recording_id)
        await oral.stopped(seat.office, unit, seat.officer, row)
    return to("/console/recordings")
