"""Budgets: what a union has for a scheme in a year. Without one nothing is counted.

An approval takes the whole sum at once; a failed payment, an end before payment and money that
has come back make it free again.
"""

from dataclasses import dataclass

from core.errors import AppError, OutsideJurisdiction, Unreadable
from core.people import Role
from core.stages import Manner
from core.workflow import LIVE, State
from handlers.bench import acting, present, scheme_of, stage_of, within
from handlers.office import Office
from storage.tables import Application, Budget, Officer
from storage.unit import Unit

SETTERS = (Role.OFFICE, Role.FINANCE, Role.MANAGER, Role.VERIFIER)
EARLIEST, LATEST = 2000, 2100
MOST = 10**13  # fen


@dataclass(frozen=True)
class Standing:
    """A budget as it is shown."""

    budget: Budget
    union: str

    @property
    def committed_fen(self) -> int:
        """Promised, and not paid yet."""
        return self.budget.used_fen - self.budget.paid_fen

    @property
    def left_fen(self) -> int:
        return self.budget.fen - self.budget.used_fen


async def set_budget(
    office: Office,
    officer: Officer,
    scheme_id: str,
    year: int,
    fen: int,
    unit: Unit | None = None,
) -> Budget:
    """For the officer's own union; what was listed of this year before counts as well.

    Raises NotYours, OutsideJurisdiction (an office sets those of its own schemes), BudgetTooLow,
    Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, *SETTERS)
        known = {each.id: each for each in office.schemes.known(work.today) if each.pays}
        if scheme_id not in known or not EARLIEST <= year <= LATEST:
            raise Unreadable("choice")
        if not 0 < fen <= MOST:
            raise Unreadable("number")
        tree = await work.unions.tree()
        body, own = tree[officer.union_id], known[scheme_id].office
        if officer.role == Role.OFFICE and own and body.code != own:
            raise OutsideJurisdiction(body.name)
        purse = tree.union_of(body.id)
        made = await work.budgets.set(purse.id, scheme_id, year, fen, officer.id)
        if not made.used_fen:
            bodies = {node.id for node in tree.all if tree.union_of(node.id).id == purse.id}
            await work.budgets.adopt(made, bodies)
        on, who = f"budget:{made.id}", acting(officer).who
        await work.acts.append(who, "set_budget", on, scheme=scheme_id, year=year, fen=fen)
        return await work.budgets.by_id(made.id)


async def standings(unit: Unit, officer: Officer) -> list[Standing]:
    """Those of the officer's own union."""
    tree = await unit.unions.tree()
    purse = tree.union_of(officer.union_id)
    found = await unit.budgets.all([purse.id])
    return [Standing(each, purse.name) for each in found]


async def moved(office: Office, unit: Unit, application: Application) -> None:
    """Into a step that pays: the sum is taken. To an end: what was not paid is free again.

    Raises BudgetExceeded.
    """
    if application.state not in LIVE:
        await unit.budgets.give_back(application.id, paid=False)
    elif application.state == State.IN_STAGE:
        pays = stage_of(office, application).manner is Manner.PAY
        if pays and (no := await take(office, unit, application)):
            raise no


async def take(office: Office, unit: Unit, application: Application) -> AppError | None:
    """Takes the whole sum from the budget of the union that pays, or says what is left of it."""
    fen = application.amount_fen
    if not fen or application.union_id is None or not scheme_of(office, application).pays:
        return None
    tree = await unit.unions.tree(application.base_union_id)
    purse = tree.union_of(application.union_id)
    about = (purse.id, application.scheme_id, application.year)
    budget = await unit.budgets.of(*about)
    if budget is None or await unit.budgets.take(budget, application.id, fen):
        return None
    return await unit.budgets.refusal(budget, fen)
