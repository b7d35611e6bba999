"""Lists no clerk acts on: everything an overseer may see, and what is out for correction.

Read by pages of 50 and never counted: a list of a million rows opens as fast as one of ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select

from admin.seats import Seat
from core.jurisdiction import Level
from core.people import masked_name
from storage.tables import Act, Application, Correction, Objection, Union, Worker
from storage.unit import Unit

ROWS = 50  # on one page


@dataclass(frozen=True)
class Row:
    """An application in a list; `name` is masked."""

    id: int
    number: str
    name: str
    unit: str
    scheme_id: str
    scheme_version: str
    state: str
    stage: int
    rank: int
    due: date | None
    amount_fen: int | None


COLUMNS = (
    Application.id,
    Application.number,
    Worker.name_sealed,
    Union.name,
    Application.scheme_id,
    Application.scheme_version,
    Application.state,
    Application.stage,
    Application.rank,
    Application.due,
    Application.amount_fen,
)


async def applications(
    seat: Seat, unit: Unit, *, round_id: int = 0, state: str = "", below: int = 0
) -> Sequence[Row]:
    """Newest first; `below` is the id of the last row of the page before."""
    found = _rows().where(await _sight(seat, unit)).order_by(Application.id.desc())
    if round_id:
        found = found.where(Application.round_id == round_id)
    if state:
        found = found.where(Application.state == state)
    if below:
        found = found.where(Application.id < below)
    return await _read(unit, found.limit(ROWS + 1))


async def corrections(seat: Seat, unit: Unit) -> Sequence[Row]:
    """What this union (or, for an overseer, any union below) waits for, nearest date first."""
    mine = await _sight(seat, unit) if seat.overseer else Application.union_id == seat.union.id
    found = (
        _rows(Correction.due)
        .join(Correction, Correction.application_id == Application.id)
        .where(Application.state == "correcting", mine)
        .order_by(Correction.due, Application.id)
    )
    return await _read(unit, found.limit(ROWS * 4))


async def objections(seat: Seat, unit: Unit) -> Sequence[tuple[Objection, str]]:
    """With the numbers of their applications; open ones first. Who objects is not read."""
    mine = await _sight(seat, unit) if seat.overseer else Objection.union_id == seat.union.id
    found = (
        select(Objection, Application.number)
        .join(Application, Application.id == Objection.application_id)
        .where(mine)
        .order_by(Objection.state != "open", Objection.id.desc())
    )
    rows = await unit.session.execute(found.limit(ROWS * 2))
    return [(objection, number) for objection, number in rows]


async def open_objections(unit: Unit, notice_id: int) -> int:
    """To how many entries of this notice an objection is open."""
    rows = select(func.count(distinct(Objection.application_id))).where(
        Objection.notice_id == notice_id, Objection.state == "open"
    )
    return await unit.session.scalar(rows) or 0


@dataclass(frozen=True)
class Deed:
    """A line of the book of acts."""

    id: int
    at: datetime
    who: str
    what: str
    on: str
    detail: dict[str, Any]


async def acts(unit: Unit, *, below: int = 0, on: str = "") -> Sequence[Deed]:
    """Newest first."""
    found = select(Act.id, Act.at, Act.who, Act.what, Act.on, Act.detail).order_by(Act.id.desc())
    if on:
        found = found.where(Act.on == on)
    if below:
        found = found.where(Act.id < below)
    return [Deed(*row) for row in await unit.connection.execute(found.limit(ROWS + 1))]


def _rows(due: Any = Application.due) -> Select[Any]:
    columns = [due if column is Application.due else column for column in COLUMNS]
    people = select(*columns).join(Worker, Worker.id == Application.worker_id)
    return people.join(Union, Union.id == Application.base_union_id)


async def _read(unit: Unit, found: Select[Any]) -> Sequence[Row]:
    opened = []
    for id_, number, sealed, *rest in await unit.session.execute(found):
        name = unit.vault.open(sealed, "workers.name")
        opened.append(Row(id_, number, masked_name(name), *rest))
    return opened


async def _sight(seat: Seat, unit: Unit) -> ColumnElement[bool]:
    """Everything in the province, or what belongs to a base unit below the union."""
    if seat.union.kind == Level.PROVINCE:
        return Application.id > 0
    below = (await unit.unions.tree()).below(seat.union.id)
    return Application.base_union_id.in_(below)
