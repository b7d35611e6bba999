"""Oral applications at the counter: who has come, what was told, read back, printed, confirmed.

Papers and the signed record are photographed in the officer's chat: nothing is uploaded here.
"""

from starlette.responses import Response

from admin.found import read_found
from admin.pages import page, to
from admin.seats import Form, Id, Seated
from core.errors import WrongPerson
from core.jurisdiction import Level
from core.people import masked_identity, masked_name
from handlers import oral, oral_form
from handlers.bench import acting
from handlers.oral_form import Told

PLACES = (Level.COUNTY, Level.PREFECTURE, Level.INDUSTRIAL)


async def recordings(seat: Seated) -> Response:
    """This union's, newest first, and a form to begin another."""
    async with seat.office.reading() as unit:
        rows = await unit.recordings.of_union(seat.union.id)
        people = await unit.applications.people({row.worker_id for row in rows})
        names = {key: masked_name(unit.workers.name(each)) for key, each in people.items()}
    schemes = oral.schemes(seat.office)
    known = {scheme.id: scheme.name for scheme in schemes}
    listed = [(row, names[row.worker_id], known.get(row.scheme_id, "")) for row in rows]
    return page(seat, "recordings.html", rows=listed, schemes=schemes)


async def begin(seat: Seated, sent: Form) -> Response:
    """Raises WrongPerson after the wrong try is written down."""
    person = oral.Person(sent.said("name", 60), sent.said("identity", 40), sent.said("phone", 30))
    scheme = sent.choice("scheme", *(each.id for each in oral.schemes(seat.office)))
    async with seat.office.unit() as unit:
        row = await oral.begin(seat.office, unit, seat.officer, scheme, person)
    if row is None:
        raise WrongPerson
    return to(f"/console/recordings/{row.id}")


async def recording(seat: Seated, recording_id: Id, done: str = "") -> Response:
    """Each look is written into the book of acts."""
    async with seat.office.unit() as unit:
        row = await oral.held(unit, seat.officer, recording_id)
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
        edit=oral_form.editable(row),
        done=done,
    )


async def answers(seat: Seated, sent: Form, recording_id: Id) -> Response:
    """What was told, as far as it was; the rest may follow."""
    async with seat.office.unit() as unit:
        row = await oral.held(unit, seat.officer, recording_id)
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
    async with seat.office.unit() as unit:
        asked = await oral_form.read_back(seat.office, unit, seat.officer, recording_id)
    return to(f"/console/recordings/{recording_id}", done="asked" if asked else "no_chat")


async def stop(seat: Seated, recording_id: Id) -> Response:
    async with seat.office.unit() as unit:
        row = await oral.held(unit, seat.officer, recording_id)
        await oral.refused(seat.office, unit, row, acting(seat.officer).who)
    return to("/console/recordings")
