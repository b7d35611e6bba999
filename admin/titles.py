"""The register of titles: what one's own branch looks after, or one's office keeps; a ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from admin.listing import ROWS
from admin.oversight import bounded
from admin.pages import page, to, word
from admin.payments import XLSX
from admin.seats import Form, Id, Seated
from core.people import masked_identity, masked_name
from core.titles import TitleState
from handlers import register, register_sheet, title_keepers
from handlers.register import Entry
from storage.tables import Title
from storage.unit import Unit

ENDS = (TitleState.DECEASED, TitleState.REVOKED)


@dataclass(frozen=True)
class Row:
    """An entry as the console shows it: masked where it is a person's."""

    entry: Title
    name: str
    identity: str
    union: str


async def titles(
    seat: Seated, title: str = "", state: str = "", after: int = 0, done: str = ""
) -> Response:
    known = register.known_titles(seat.office)
    async with seat.office.reading() as unit:
        about = (seat.office, unit, seat.officer)
        mine = await title_keepers.readable(*about)
        keeps = seat.role in register.KEEPERS
        enters = await title_keepers.enterable(*about, known) if keeps else ()
        wanted = title if title in known else "", state if state in set(TitleState) else ""
        unions = await register.reach(unit, seat.union.id)
        found = await unit.titles.below(unions, mine, *wanted, bounded(after), ROWS + 1)
        rows = await _rows(unit, found[:ROWS])
        counts = await unit.titles.counts(unions, mine)
        open_ = await register.unmatched(seat.office, unit, seat.union)
    return page(
        seat,
        "titles.html",
        rows=rows,
        counts=counts,
        offered=[(e, seat.say.scheme(e)) for e in known if mine is None or e in mine],
        enters=[(each, seat.say.scheme(each)) for each in enters],
        wanted=wanted,
        states=list(TitleState),
        further=rows[-1].entry.id if len(found) > ROWS else 0,
        unmatched=open_,
        may=bool(enters),
        longest=register.LONGEST,
        done=done,
    )


async def title(seat: Seated, title_id: Id, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        entry = await unit.titles.by_id(title_id)
        await register.check_sight(seat.office, unit, seat.officer, entry)
        may_end = await title_keepers.may_end(seat.office, unit, seat.officer, entry)
        (row,) = await _rows(unit, [entry])
        acts = [(act, await _by(unit, act.who)) for act in await unit.acts.of(f"title:{entry.id}")]
    ends: Sequence[TitleState] = ENDS if may_end else ENDS[:1]
    if seat.role not in register.REPORTERS or entry.state != TitleState.HELD:
        ends = ()
    return page(
        seat,
        "title.html",
        row=row,
        acts=acts,
        ends=[(each, word(seat.say, "register.state", each)) for each in ends],
        longest=register.LONGEST,
        done=done,
    )


async def _by(unit: Unit, who: str) -> str:
    """The officer's name; nobody's where an award of ours has entered it."""
    kind, _, number = who.partition(":")
    officer = await unit.officers.by_id(int(number)) if kind == "officer" else None
    return officer.name if officer else ""


async def enter(seat: Seated, sent: Form) -> Response:
    """The identity number is typed into the form, never into an address."""
    entry = Entry(
        name=sent.said("name", 40),
        identity=sent.said("identity", 40),
        title=sent.said("title", 80),
        union=sent.said("union", 40),
        proof=sent.said("proof", register.LONGEST),
        since=sent.day("since") if sent.raw("since").strip() else None,
    )
    made = await register.enter(seat.office, seat.officer, entry)
    return to(f"/console/titles/{made.id}", done="entered")


async def end(seat: Seated, sent: Form, title_id: Id) -> Response:
    state = TitleState(sent.choice("state", *ENDS))
    why, by = sent.said("why", register.LONGEST), sent.text("revocation", 24).upper()
    await register.end(seat.office, seat.officer, title_id, state, why, by)
    return to(f"/console/titles/{title_id}", done="ended")


async def sheet(seat: Seated, title: str = "", state: str = "") -> Response:
    content = await register_sheet.sheet(seat.office, seat.officer, title[:80], state[:10])
    headers = {
        "Content-Disposition": 'attachment; filename="titles.xlsx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=XLSX, headers=headers)


async def _rows(unit: Unit, entries: Sequence[Title]) -> list[Row]:
    people = await unit.applications.people({e.worker_id for e in entries if e.worker_id})
    names = await unit.unions.names(*(entry.union_id for entry in entries))
    found = []
    for entry in entries:
        name, person = unit.titles.name(entry), people.get(entry.worker_id or 0)
        identity = masked_identity(unit.workers.identity(person) or "") if person else ""
        shown = masked_name(name) if person else name
        found.append(Row(entry, shown, identity, names[entry.union_id]))
    return found
