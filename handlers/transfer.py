"""移交: hand a matter that was taken in to the union it belongs to; name one where two disagree.

Chat and console both end here. The papers, the answers and the step go with it; cards close where
it was and open where it goes.
"""

from core import reading
from core import transfer as law
from core.errors import (
    AlreadyDecided,
    MoveNotAllowed,
    OutsideJurisdiction,
    TransferOpen,
    Unreadable,
)
from core.jurisdiction import ROLE_AT, Node
from core.people import Role
from core.workflow import Move, State
from handlers import (
    bench,
    cards,
    clock,
    docket,
    handed,
    hats,
    onward,
    passage,
    sight,
    transfer_cards,
)
from handlers.bench import Actor, acting, present, scheme_of, within
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell_officer, tell_worker
from handlers.transfer_cards import Dispute
from locales import Speaker
from storage.tables import Application, Officer, Transfer
from storage.unit import Unit

LONGEST = 500  # characters of a reason
DECIDING = (Role.REVIEWER, Role.VERIFIER, Role.OFFICE)


async def targets(office: Office, unit: Unit, application: Application) -> list[Node]:
    """Where it may be given from where it is; nowhere in a step of another body."""
    scheme = scheme_of(office, application)
    here = application.union_id
    standing = application.state == State.IN_STAGE and here is not None
    if not standing or here is None or not law.movable(scheme, application.stage):
        return []
    return law.targets(await unit.unions.tree(), here)


async def propose(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    to: int,
    reason: str,
    unit: Unit | None = None,
) -> Transfer:
    """Gives it to another union, or asks the common upper union to name one.

    Raises AlreadyDecided, OutsideJurisdiction, Recused, MoveNotAllowed, TransferOpen, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        application = await work.applications.held(application_id)
        officer = await docket.wearing(office, work, officer, application)
        await docket.check(office, work, officer, application)
        bench.check_role(officer, *DECIDING)
        if application.version != version:
            raise AlreadyDecided
        scheme, here = scheme_of(office, application), application.union_id
        if here is None or application.state != State.IN_STAGE:
            raise MoveNotAllowed(application.state, Move.HAND_OVER)
        if not law.movable(scheme, application.stage):
            raise MoveNotAllowed(application.state, Move.HAND_OVER)
        earlier = await work.transfers.of(application.id)
        if any(_waits(each, application) for each in earlier):
            raise TransferOpen
        tree = await work.unions.tree()
        had = {each.from_union_id for each in earlier if each.state == "done"}
        namer = law.namer(tree, here, to, had)
        return await _write(office, work, officer, application, to, namer, _checked(reason))


async def nameable(unit: Unit, row: Transfer) -> list[Node]:
    """Whom the union that is asked can name, the two first of all."""
    tree = await unit.unions.tree()
    return law.nameable(tree, row.from_union_id, row.namer_union_id or 0)


async def name(
    office: Office,
    officer: Officer,
    transfer_id: int,
    union_id: int,
    reason: str = "",
    unit: Unit | None = None,
) -> Transfer:
    """指定受理: the common upper union names one of the two, or a third and says why.

    Raises as `propose`, and NotFound.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        there = await _read(office, work, officer, transfer_id, hold=True)
        officer, row = await hats.at(work, officer, there.row.namer_union_id), there.row
        application = await work.applications.held(row.application_id)
        if not _waits(row, application):
            raise AlreadyDecided
        if union_id not in {node.id for node in await nameable(work, row)}:
            raise Unreadable("choice")
        third = union_id not in transfer_cards.both(row)
        why = _checked(reason) if third else work.transfers.reason(row)
        work.transfers.done(row, union_id)
        await transfer_cards.close(office, work, row, application.number, acting(officer))
        if union_id == row.from_union_id:
            await _stays(office, work, officer, row, application)
        else:
            await _hand(office, work, application, row, acting(officer), why)
        return row


async def read(office: Office, unit: Unit, officer: Officer, transfer_id: int) -> Dispute:
    """For those who name one; of a complaint only the reasons, never what was said in it."""
    return await _read(office, unit, officer, transfer_id)


async def _read(
    office: Office, unit: Unit, officer: Officer, transfer_id: int, hold: bool = False
) -> Dispute:
    row = await (unit.transfers.held if hold else unit.transfers.by_id)(transfer_id)
    officer = await hats.at(unit, officer, row.namer_union_id)
    if row.namer_union_id != officer.union_id:
        raise OutsideJurisdiction("")
    bench.check_role(officer, *DECIDING)
    application = await unit.applications.by_id(row.application_id)
    why = (await bench.recused(office, unit, officer, [application])).get(application.id)
    if why is not None and sight.private(office, application) and sight.keeps_away(why):
        raise OutsideJurisdiction("")
    if why is not None and why.relation != "twice":  # to name a union is no second decision
        raise why
    return Dispute(row, application, await _reasons(unit, row))


async def _reasons(unit: Unit, row: Transfer) -> tuple[tuple[Transfer, str], ...]:
    so_far = [each for each in await unit.transfers.of(row.application_id) if each.id <= row.id]
    return tuple((each, unit.transfers.reason(each)) for each in so_far)


def _waits(row: Transfer, application: Application) -> bool:
    """Whether it still can be decided: nothing has been done to the matter since."""
    return row.state == "open" and row.version == application.version


async def _write(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    to: int,
    namer: Node | None,
    reason: str,
) -> Transfer:
    upper = namer.id if namer else None
    row = await unit.transfers.add(application, to, upper, officer.id, reason)
    if namer is None:
        unit.transfers.done(row, to)
        await _hand(office, unit, application, row, acting(officer), reason)
        return row
    detail = {"transfer": row.id, "to": to, "namer": namer.id}
    on = f"application:{application.id}"
    await unit.acts.append(acting(officer).who, "propose_transfer", on, **detail)
    dispute = Dispute(row, application, await _reasons(unit, row))
    there = await unit.officers.of_union(namer.id, ROLE_AT[namer.level])
    officers = [
        each
        for each in await hats.covering(unit, there)
        if not await sight.hidden(office, unit, each, application)
    ]
    await transfer_cards.deal(office, unit, dispute, officers, await _names(unit, row))
    return row


async def _hand(
    office: Office, unit: Unit, application: Application, row: Transfer, by: Actor, reason: str
) -> None:
    """It stands in the same step, at the other union; its days go on unless the file says anew."""
    to = await unit.unions.by_id(row.named_union_id or row.to_union_id)
    given_by = (await _names(unit, row))[row.from_union_id]
    why = Why(reason={"note": reason, "to": to.name})
    await passage.move(office, unit, application, Move.HAND_OVER, by, why)
    person = await unit.workers.by_id(application.worker_id)
    if person is not None and person.guest:  # has no unit but the one that took it in
        application.base_union_id = to.id
    application.union_id = application.accepting_union_id = to.id
    scheme = scheme_of(office, application)
    if scheme.intake is not None and scheme.intake.clock == "anew":
        application.stage_began = unit.today
        await clock.wind(office, unit, application, None)
    await unit.session.flush()

    def text(say: Speaker) -> str:
        key = "transfer.worker_contact" if to.contact else "transfer.worker"
        given = {"number": application.number, "scheme": say.scheme(scheme.name)}
        return say(key, **given, by=given_by, to=to.name, reason=reason, contact=to.contact)

    key = f"transfer:{row.id}"
    await tell_worker(office, unit, application.worker_id, text, key=key)
    await onward.call(office, unit, application)
    by_another = row.namer_union_id is not None
    await handed.went(office, unit, application, row, asked=by_another)


async def _stays(
    office: Office, unit: Unit, officer: Officer, row: Transfer, application: Application
) -> None:
    """The one that has it keeps it, and hears so."""
    on, who = f"application:{application.id}", acting(officer).who
    await unit.acts.append(who, "name_union", on, transfer=row.id, union=row.from_union_id)
    stage = bench.stage_of(office, application)
    for each in await cards.responsible(unit, stage, row.from_union_id):
        key = f"transfer:{row.id}:stays:{each.id}"
        number = application.number
        await tell_officer(office, unit, each, "transfer.stays", key=key, number=number)
    await handed.stayed(office, unit, application, row)


async def _names(unit: Unit, row: Transfer) -> dict[int, str]:
    return await unit.unions.names(row.from_union_id, row.to_union_id)


def _checked(reason: str) -> str:
    return reading.read_prose(reason, LONGEST)
