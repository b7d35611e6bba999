"""Payment (实施补助): lists for the bank, and what came of each line.

A list is never changed: what failed is followed by a line on a later one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.conduct import (
    FindingOpen,
)
from core.errors import (
    AlreadyDecided,
    AppError,
    NotFound,
    OutsideJurisdiction,
    SumMissing,
    Unreadable,
)
from core.people import Role
from core.results import AccountUsed, Trouble
from core.shares import part
from core.stages import Manner
from core.workflow import Move, State
from handlers import bank, bench, budget, limits, lying, onward, passage, subject, suspending
from handlers.bench import acting, present, scheme_of, stage_of, within
from handlers.office import Office
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import Account, Application, Officer, Payment, PaymentList
from storage.unit import Unit

LONGEST_NOTE = 150  # characters


@dataclass(frozen=True)
class Paid:
    """The bank has paid this line."""


@dataclass(frozen=True)
class Failed:
    """The bank has not paid this line."""

    trouble: Trouble
    note: str = ""


Result = Paid | Failed


@dataclass(frozen=True)
class Flagged:
    """Approved, but not to be listed: a limit is reached, the officer is recused, nobody has set
    the sum, or the account is another person's."""

    application: Application
    why: AppError


@dataclass(frozen=True)
class Payable:
    """An application with the account it is paid to, and the part of its sum that is due now."""

    application: Application
    account: Account
    fen: int


@dataclass(frozen=True)
class Listable:
    """What stands at payment: ready, without an account yet, on a list already, or flagged."""

    ready: tuple[Payable, ...]
    no_account: tuple[Application, ...]
    listed: tuple[Application, ...]
    flagged: tuple[Flagged, ...]

    @property
    def total_fen(self) -> int:
        return sum(each.fen for each in self.ready)


async def listable(office: Office, unit: Unit, officer: Officer, round_id: int) -> Listable:
    """What the next list of the round would hold, and why it would not hold the rest."""
    return await _sort(office, unit, officer, await _standing(office, unit, officer, round_id))


async def make_list(
    office: Office, officer: Officer, round_id: int, unit: Unit | None = None
) -> tuple[PaymentList, Listable]:
    """A list of everything that is ready, as far as this year's budget goes.

    Raises NotYours, NotFound where nothing is, BudgetExceeded.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.FINANCE)
        found = await _standing(office, work, officer, round_id)
        held = await work.applications.all_held([each.id for each in found])
        await subject.hold(office, work, held)
        there = await _sort(office, work, officer, [a for a in held if a.state == "in_stage"])
        sorted_ = await _funded(office, work, there)
        if not sorted_.ready:
            raise NotFound(round=round_id)
        rows = [(each.application, each.account.id, each.fen) for each in sorted_.ready]
        made = await work.payments.make_list(round_id, officer, rows)
        for each in sorted_.ready:
            await lying.end_step(work, each.application)
        await lying.begin(office, work, lying.PAYMENTS, made.id)
        who, on = f"officer:{officer.id}", f"payment_list:{made.id}"
        await work.acts.append(
            who, "list_payments", on, count=len(sorted_.ready), total_fen=sorted_.total_fen
        )
        return made, sorted_


async def record(
    office: Office,
    officer: Officer,
    list_id: int,
    results: Mapping[int, Result],
    unit: Unit | None = None,
) -> Sequence[Payment]:
    """What came of these lines (by payment id); the others stay open.

    Raises NotYours, NotFound for a line of another list, AlreadyDecided for one that is recorded,
    Unreadable for a note that is too long.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.FINANCE)
        await own_list(work, officer, list_id)
        lines = await work.payments.held(list_id, list(results))
        if not lines or len(lines) != len(results):
            raise NotFound(list=list_id)
        if any(line.state != "listed" for line in lines):
            raise AlreadyDecided
        await work.applications.all_held([line.application_id for line in lines])
        for line in lines:
            application = await work.applications.held(line.application_id)
            match results[line.id]:
                case Paid():
                    await _paid(office, work, officer, line, application)
                case Failed(trouble, note):
                    await _failed(office, work, officer, line, application, trouble, note)
        return lines


async def own_list(unit: Unit, officer: Officer, list_id: int) -> PaymentList:
    """Raises NotFound, OutsideJurisdiction for a list of another union."""
    made = await unit.payments.list_by_id(list_id)
    if made.union_id != officer.union_id:
        raise OutsideJurisdiction((await unit.unions.by_id(made.union_id)).name)
    return made


async def _standing(
    office: Office, unit: Unit, officer: Officer, round_id: int
) -> list[Application]:
    """What this officer's union pays; all of it for one who oversees."""
    running = await unit.rounds.by_id(round_id)
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    stages = [n for n, stage in enumerate(scheme.stages) if stage.manner is Manner.PAY]
    mine = officer.union_id if officer.role == Role.FINANCE else None
    return [each for n in stages for each in await unit.applications.at(round_id, n, mine)]


async def _sort(
    office: Office, unit: Unit, officer: Officer, standing: Sequence[Application]
) -> Listable:
    listed = await unit.payments.listed(standing)
    left = [each for each in standing if each.id not in listed]
    bars: dict[int, AppError] = {**await limits.reached(office, unit, left)}
    bars |= await bench.recused(office, unit, officer, left)  # nobody pays what they decided on
    heard = await unit.claw_backs.heard([each.id for each in left])
    bars |= {each: FindingOpen() for each in heard}
    bars |= await suspending.suspended(office, unit, left)
    accounts = {each.id: await unit.accounts.usable(each.id) for each in left}
    shared = await unit.accounts.shared([each.id for each in accounts.values() if each])
    ready, no_account, flagged = [], [], []
    for each in sorted(left, key=lambda application: application.rank):
        account = accounts[each.id]
        if each.id in bars:
            flagged.append(Flagged(each, bars[each.id]))
        elif each.amount_fen is None:
            flagged.append(Flagged(each, SumMissing()))
        elif account is None:
            no_account.append(each)
        elif account.id in shared:
            flagged.append(Flagged(each, AccountUsed()))
        else:
            ready.append(Payable(each, account, part_of(office, each)))
    there = tuple(each for each in standing if each.id in listed)
    return Listable(tuple(ready), tuple(no_account), there, tuple(flagged))


async def _funded(office: Office, unit: Unit, found: Listable) -> Listable:
    """Without those this year's budget has nothing left for. Raises BudgetExceeded for none."""
    short = {}
    for each in found.ready:
        if no := await budget.take(office, unit, each.application):
            short[each.application.id] = Flagged(each.application, no)
    ready = tuple(each for each in found.ready if each.application.id not in short)
    if short and not ready:
        raise next(iter(short.values())).why
    return replace(found, ready=ready, flagged=(*found.flagged, *short.values()))


def part_of(office: Office, application: Application) -> int:
    """The fen that the step it stands in pays."""
    return part(scheme_of(office, application), application.stage, application.amount_fen or 0)


async def _paid(
    office: Office, unit: Unit, officer: Officer, line: Payment, application: Application
) -> None:
    line.state, line.at = "paid", unit.now
    await unit.budgets.pay(application.id, line.amount_fen)
    paid = stage_of(office, application)
    await passage.move(office, unit, application, Move.PAY, acting(officer))
    scheme = scheme_of(office, application)
    account = await unit.accounts.by_id(line.account_id)

    def text(say: Speaker) -> str:
        return say(
            "procedure.worker.paid",
            scheme=say.scheme(scheme.name),
            number=application.number,
            amount=say.money(line.amount_fen),
            last_four=account.last_four if account else "",
        )

    await tell_worker(office, unit, application.worker_id, text, key=f"paid:{line.id}")
    if application.state == State.IN_STAGE:
        await onward.passed(office, unit, application, paid)


async def _failed(
    office: Office,
    unit: Unit,
    officer: Officer,
    line: Payment,
    application: Application,
    trouble: Trouble,
    note: str,
) -> None:
    """The worker hears why, and gets a fresh link; an account confirmed anew can be listed."""
    if len(note) > LONGEST_NOTE:
        raise Unreadable("too_long", most=LONGEST_NOTE)
    line.state, line.at = "failed", unit.now
    await unit.budgets.give_back(application.id, line.amount_fen, paid=False)
    line.why = f"{trouble}: {note}" if note else trouble.value
    who, on = f"officer:{officer.id}", f"application:{application.id}"
    await unit.acts.append(who, "payment_failed", on, payment=line.id, why=trouble.value)
    await unit.flush()
    await bank.ask(office, unit, application, f"procedure.worker.payment_failed.{trouble}")
