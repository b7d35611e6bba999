"""People of the roster: found by identity number, and freed from a chat that is not theirs.

The number is typed into a form, never into an address; each look is written into the acts.
"""

from dataclasses import dataclass

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Form, Id, Seat, Seated
from core.errors import NotFound, OutsideJurisdiction
from core.people import masked_identity, masked_name, masked_phone, normal_identity
from handlers import access, sight
from storage.tables import Application, Worker
from storage.unit import Unit


@dataclass(frozen=True)
class Person:
    """A member as the console shows one: masked, with the chats and applications there are."""

    id: int
    name: str
    identity: str
    phone: str
    unit: str
    active: bool
    chats: tuple[str, ...]  # channels
    applications: tuple[Application, ...]


async def people(seat: Seated, done: str = "") -> Response:
    return _page(seat, None, done=done)


async def find(seat: Seated, sent: Form) -> Response:
    """Raises Unreadable(identity_…), NotFound."""
    number = normal_identity(sent.text("identity", 40), seat.today)
    async with seat.unit() as unit:
        worker = await unit.workers.by_identity(number)
        if worker is None:
            raise NotFound
        await _check(seat, unit, worker)
        who = f"officer:{seat.officer.id}"
        await unit.acts.append(who, "read_person", f"worker:{worker.id}")
        found = await _person(seat, unit, worker)
    return _page(seat, found)


async def unbind(seat: Seated, sent: Form, worker_id: Id) -> Response:
    async with seat.office.reading() as unit:
        worker = await unit.workers.by_id(worker_id)
        if worker is None:
            raise NotFound
        await _check(seat, unit, worker)
    reason = sent.choice("reason", *access.REASONS)
    await access.unbind(seat.office, seat.officer, worker_id, reason)
    return to("/console/people", done="unbound")


def _page(seat: Seat, found: Person | None, done: str = "") -> Response:
    return page(seat, "people.html", found=found, reasons=access.REASONS, done=done)


async def _check(seat: Seat, unit: Unit, worker: Worker) -> None:
    """Only people of base units below. Raises OutsideJurisdiction."""
    tree = await unit.unions.tree(worker.union_id)
    if seat.union.id not in {body.id for body in tree.upwards(worker.union_id)}:
        raise OutsideJurisdiction(tree[worker.union_id].name)


async def _person(seat: Seat, unit: Unit, worker: Worker) -> Person:
    """Without what this person has complained of, or reported."""
    talk = await unit.conversations.for_worker(worker.id)
    chats = await unit.conversations.addresses(talk.id) if talk else ()
    return Person(
        id=worker.id,
        name=masked_name(unit.workers.name(worker)),
        identity=masked_identity(unit.workers.identity(worker) or ""),
        phone=masked_phone(unit.workers.phone(worker) or ""),
        unit=(await unit.unions.by_id(worker.union_id)).name,
        active=worker.active,
        chats=tuple(chat.channel for chat in chats),
        applications=tuple(
            each
            for each in await unit.applications.of_worker(worker.id)
            if not sight.private(seat.office, each)
        ),
    )
