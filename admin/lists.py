"""Lists drawn from the register: opened, who is on them and who is not, checked together."""

from dataclasses import dataclass

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Form, Id, Seat, Seated
from admin.sent import Sent, within
from core.errors import NotFound, Unreadable
from core.people import Role, masked_name
from core.rules import Value
from core.scheme import Scheme
from handlers import checking, drawing, register
from handlers.decisions import OpenFact
from storage.tables import Application, DrawnList, Title
from storage.unit import Unit

MOST_MONTHS = 12


@dataclass(frozen=True)
class Aside:
    """An entry that is not on the list, and why."""

    entry: Title
    name: str
    union: str
    kind: str
    say: str
    cite: str


async def lists(seat: Seated) -> Response:
    async with seat.office.reading() as unit:
        rows = [(each, _scheme(seat, each)) for each in await unit.drawn.all()]
    return page(
        seat,
        "lists.html",
        rows=rows,
        schemes=[s for s in drawing.schemes(seat.office) if s.office == seat.union.code],
        longest=drawing.LONGEST_OCCASION,
    )


async def open_(seat: Seated, sent: Form) -> Response:
    expected = sent.day("expected") if sent.raw("expected").strip() else None
    opened = await drawing.open_list(
        seat.office,
        seat.officer,
        sent.said("scheme", 80),
        sent.text("occasion", drawing.LONGEST_OCCASION),
        expected,
    )
    return to(f"/console/lists/{opened.round_id}", done="opened")


async def list_(seat: Seated, round_id: Id, done: str = "", passed: int = 0) -> Response:
    async with seat.office.reading() as unit:
        drawn = await _drawn(unit, round_id)
        reach = await register.reach(unit, seat.union.id)
        lines = [e for e in await unit.drawn.lines(round_id) if e.base_union_id in reach]
        check = await checking.checklist(seat.office, unit, seat.officer, round_id)
        names, unions = await _names(unit, lines)
        aside = await _aside(unit, drawn, reach)
    scheme = _scheme(seat, drawn)
    return page(
        seat,
        "list.html",
        drawn=drawn,
        scheme=scheme,
        lines=lines,
        stages=[seat.say.scheme(stage.name) for stage in scheme.stages],
        names=names,
        unions=unions,
        aside=aside,
        check=check,
        unsure={e.application.id: e.unsure for e in check.lines},
        total_fen=sum(e.amount_fen or 0 for e in lines if e.live),
        may_check=bool(check.clear) and not seat.overseer,
        may_add=seat.role in (Role.OFFICE, Role.VERIFIER) and drawn.union_id == seat.union.id,
        longest=register.LONGEST,
        done=done,
        passed=passed,
    )


async def pass_on(seat: Seated, sent: Form, round_id: Id) -> Response:
    async with seat.office.reading() as unit:
        await _drawn(unit, round_id)
        check = await checking.checklist(seat.office, unit, seat.officer, round_id)
    found = {each.fact: _answer(sent, each) for each in check.common}
    months = sent.perhaps("months")
    with within("months"):
        if months is not None and months > MOST_MONTHS:
            raise Unreadable("number")
    fen = sent.perhaps_money("sum")
    passed = await checking.pass_on(seat.office, seat.officer, round_id, found, fen, months)
    return to(f"/console/lists/{round_id}", done="passed", passed=passed)


async def add(seat: Seated, sent: Form, round_id: Id) -> Response:
    """The identity number is typed into the form, never into an address."""
    async with seat.office.reading() as unit:
        await _drawn(unit, round_id)
    identity, proof = sent.said("identity", 40), sent.said("proof", register.LONGEST)
    await drawing.add(seat.office, seat.officer, round_id, identity, proof)
    return to(f"/console/lists/{round_id}", done="added")


def _answer(sent: Sent, asked: OpenFact) -> Value:
    """Yes or no, for everybody on the list."""
    return sent.choice(f"fact:{asked.fact}", "yes", "no") == "yes"


async def _drawn(unit: Unit, round_id: int) -> DrawnList:
    found = await unit.drawn.of(round_id)
    if found is None:
        raise NotFound(round=round_id)
    return found


def _scheme(seat: Seat, drawn: DrawnList) -> Scheme:
    return seat.office.schemes.versions(drawn.scheme_id)[-1]


async def _names(unit: Unit, lines: list[Application]) -> tuple[dict[int, str], dict[int, str]]:
    """Masked, by worker; and the unions."""
    people = await unit.applications.people({each.worker_id for each in lines})
    names = {id_: masked_name(unit.workers.name(person)) for id_, person in people.items()}
    return names, await unit.unions.names(*(each.base_union_id for each in lines))


async def _aside(unit: Unit, drawn: DrawnList, reach: set[int]) -> list[Aside]:
    found = []
    for row in drawn.set_aside:
        entry = await unit.titles.by_id(row["entry"])
        if entry.union_id in reach:
            name = masked_name(unit.titles.name(entry))
            union = (await unit.unions.by_id(entry.union_id)).name
            found.append(Aside(entry, name, union, row["kind"], row["say"], row["cite"]))
    return found
