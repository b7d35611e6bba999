"""Handing a matter over to another union, and naming one where two disagree."""

from starlette.responses import Response

from admin.listing import ROWS
from admin.oversight import bounded
from admin.pages import page, to
from admin.seats import Form, Id, Seated
from handlers import hats, sight
from handlers import transfer as clerk
from handlers.bench import scheme_of, stage_of
from handlers.transfer_cards import both


async def transfers(seat: Seated, below: int = 0) -> Response:
    """What one's unions name or have named."""
    async with seat.office.reading() as unit:
        unions = await hats.unions(unit, seat.officer, *clerk.DECIDING)
        found = await unit.transfers.of_unions(unions, ROWS + 1, bounded(below))
        rows = found[:ROWS]
        there = await unit.applications.some(r.application_id for r in rows)
        kept = await sight.kept_from(seat.office, unit, seat.officer, there)
        matters = {each.id: each for each in there if each.id not in kept}
        rows = [row for row in rows if row.application_id in matters]
        names = await unit.unions.names(
            *{each for row in rows for each in (*both(row), row.named_union_id or 0)}
        )
    further = found[ROWS - 1].id if len(found) > ROWS else 0
    listed = [(row, matters[row.application_id]) for row in rows]
    return page(seat, "transfers.html", rows=listed, names=names, below=further)


async def transfer(seat: Seated, transfer_id: Id, done: str = "") -> Response:
    """Each look at it is written into the book of acts. Raises OutsideJurisdiction, Recused."""
    async with seat.unit() as unit:
        dispute = await clerk.read(seat.office, unit, seat.officer, transfer_id)
        unions = {each for row, _ in dispute.reasons for each in both(row)}
        unions.add(dispute.row.named_union_id or dispute.row.from_union_id)
        names = await unit.unions.names(*unions)
        others = [
            node
            for node in await clerk.nameable(unit, dispute.row)
            if node.id not in both(dispute.row)
        ]
        who = f"officer:{seat.officer.id}"
        await unit.acts.append(who, "read_transfer", f"transfer:{transfer_id}")
    return page(
        seat,
        "transfer.html",
        dispute=dispute,
        row=dispute.row,
        scheme=scheme_of(seat.office, dispute.application).name,
        stage=stage_of(seat.office, dispute.application).name,
        both=both(dispute.row),
        names=names,
        others=[(node.id, node.name) for node in others],
        longest=clerk.LONGEST,
        done=done,
    )


async def name(seat: Seated, sent: Form, transfer_id: Id) -> Response:
    """A reason is needed where it is neither of the two."""
    reason = sent.lines("reason", clerk.LONGEST)
    await clerk.name(seat.office, seat.officer, transfer_id, sent.number("union"), reason)
    return to(f"/console/transfers/{transfer_id}", done="named")


async def propose(seat: Seated, sent: Form, application_id: Id) -> Response:
    """Back to the application where it stays here; to the queue where it is gone."""
    reason = sent.told("reason", clerk.LONGEST)
    about = (sent.number("version"), sent.number("union"), reason)
    row = await clerk.propose(seat.office, seat.officer, application_id, *about)
    if row.namer_union_id is not None:
        return to(f"/console/applications/{application_id}", done="asked")
    return to("/console/queue", done="handed")
