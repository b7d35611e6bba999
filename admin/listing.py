"""Lists no clerk acts on: everything an overseer may see, and what is out for correction.

Read by pages of 50 and never counted: a list of a million rows opens as fast as one of ten.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select

from admin.seats import Seat
from core.capacities import confidential
from core.jurisdiction import Level
from core.people import masked_name
from handlers import hats, investigating
from storage.tables import Act, Application, Correction, Objection, Recording, Union, Worker
from storage.unit import Unit

ROWS = 50  # on one page
SOMEBODY = "worker"


@dataclass(frozen=True)
class Row:
    """An application in a list; `name` is masked. Of a complaint only that it is there."""

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
    return await _read(seat, unit, found.limit(ROWS + 1))


async def corrections(seat: Seat, unit: Unit) -> Sequence[Row]:
    """What one's unions (or, for an overseer, any union below) wait for, nearest date first."""
    mine = await _sight(seat, unit) if seat.overseer else await _of(seat, unit, Application)
    found = (
        _rows(Correction.due)
        .join(Correction, Correction.application_id == Application.id)
        .where(Application.state == "correcting", Correction.answered_at.is_(None), mine)
        .order_by(Correction.due, Application.id)
    )
    return await _read(seat, unit, found.limit(ROWS * 4))


@dataclass(frozen=True)
class Objected:
    """An objection in a list; `finding` is empty for whoever does not look into it."""

    row: Objection
    number: str
    opens: bool
    finding: str


async def objections(seat: Seat, unit: Unit) -> Sequence[Objected]:
    """With the numbers of their applications; open ones first. Who objects is not read."""
    mine = await _sight(seat, unit) if seat.overseer else await _of(seat, unit, Objection)
    found = (
        select(Objection, Application.number, Application.identity_index)
        .join(Application, Application.id == Objection.application_id)
        .where(mine)
        .order_by(Objection.state != "open", Objection.id.desc())
    )
    rows = (await unit.session.execute(found.limit(ROWS * 2))).all()
    opens = await investigating.open_to(unit, seat.officer, [(a, o) for o, _, a in rows])
    return [
        Objected(row, number, row.id in opens, row.finding if row.id in opens else "")
        for row, number, _ in rows
    ]


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


async def acts(seat: Seat, unit: Unit, *, below: int = 0, on: str = "") -> Sequence[Deed]:
    """Newest first. Who has complained is not told by a number either."""
    found = select(Act.id, Act.at, Act.who, Act.what, Act.on, Act.detail).order_by(Act.id.desc())
    if on:
        found = found.where(Act.on == on)
    if below:
        found = found.where(Act.id < below)
    rows = [Deed(*row) for row in await unit.connection.execute(found.limit(ROWS + 1))]
    private = await _private(seat, unit, {deed.on for deed in rows})
    return [_veiled(deed) if deed.on in private else deed for deed in rows]


async def _private(seat: Seat, unit: Unit, about: Collection[str]) -> set[str]:
    """Those that are a complaint, or the record of one."""
    found = set()
    for kind, table in (("application", Application), ("recording", Recording)):
        ids = [int(number) for what, _, number in map(_split, about) if what == kind]
        rows = select(table.id, table.scheme_id).where(table.id.in_(ids))
        for id_, scheme_id in await unit.connection.execute(rows):
            if confidential(seat.office.schemes.versions(scheme_id)[-1]):
                found.add(f"{kind}:{id_}")
    return found


def _split(on: str) -> tuple[str, str, str]:
    return on.partition(":")


def _veiled(deed: Deed) -> Deed:
    """The worker without his number."""
    who = SOMEBODY if deed.who.startswith(SOMEBODY) else deed.who
    return replace(deed, who=who, detail={k: v for k, v in deed.detail.items() if k != SOMEBODY})


def _rows(due: Any = Application.due) -> Select[Any]:
    columns = [due if column is Application.due else column for column in COLUMNS]
    people = select(*columns).join(Worker, Worker.id == Application.worker_id)
    return people.join(Union, Union.id == Application.base_union_id)


async def _read(seat: Seat, unit: Unit, found: Select[Any]) -> Sequence[Row]:
    opened = []
    for id_, number, sealed, *rest in await unit.session.execute(found):
        name = masked_name(unit.vault.open(sealed, "workers.name"))
        row = Row(id_, number, name, *rest)
        scheme = seat.office.schemes.version(row.scheme_id, row.scheme_version)
        opened.append(replace(row, name="", unit="") if confidential(scheme) else row)
    return opened


async def _of(
    seat: Seat, unit: Unit, rows: type[Application] | type[Objection]
) -> ColumnElement[bool]:
    """What lies before the unions this officer acts for."""
    return rows.union_id.in_(await hats.unions(unit, seat.officer))


async def _sight(seat: Seat, unit: Unit) -> ColumnElement[bool]:
    """Everything in the province, or what belongs to a base unit below the union."""
    if seat.union.kind == Level.PROVINCE:
        return Application.id > 0
    below = (await unit.unions.tree()).below(seat.union.id)
    return Application.base_union_id.in_(below)
