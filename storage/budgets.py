"""Yearly budgets that cannot be overdrawn: taken from by one statement, never read then written."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, update

from core.budget import BudgetExceeded, BudgetTooLow
from storage.book import Book
from storage.tables import Application, Budget, Commitment, Payment, PaymentList

KEY = [Budget.union_id, Budget.scheme_id, Budget.year]


class Budgets(Book):
    """The application is held by whoever takes or gives back for it."""

    async def set(
        self, union_id: int, scheme_id: str, year: int, fen: int, officer_id: int
    ) -> Budget:
        """New or changed. Raises BudgetTooLow below what is promised already."""
        about = {"union_id": union_id, "scheme_id": scheme_id, "year": year}
        now = {"fen": fen, "officer_id": officer_id, "at": self.now}
        row = self.insert(Budget).values(**about, **now, used_fen=0, paid_fen=0)
        kept = row.on_conflict_do_update(index_elements=KEY, set_=now, where=Budget.used_fen <= fen)
        done = await self.connection.execute(kept)
        found = await self.of(union_id, scheme_id, year)
        assert found is not None
        if not done.rowcount:
            raise BudgetTooLow(found.used_fen)
        return found

    async def of(self, union_id: int, scheme_id: str, year: int) -> Budget | None:
        """As it is now."""
        rows = select(Budget).where(
            Budget.union_id == union_id, Budget.scheme_id == scheme_id, Budget.year == year
        )
        return await self.session.scalar(rows.execution_options(populate_existing=True))

    async def by_id(self, budget_id: int) -> Budget:
        return await self.session.get_one(Budget, budget_id, populate_existing=True)

    async def all(self, unions: Collection[int]) -> Sequence[Budget]:
        """Of these unions, the newest year first."""
        rows = select(Budget).where(Budget.union_id.in_(set(unions)))
        ordered = rows.order_by(Budget.year.desc(), Budget.scheme_id, Budget.id)
        fresh = ordered.execution_options(populate_existing=True)
        return (await self.session.scalars(fresh)).all()

    async def take(self, budget: Budget, application_id: int, fen: int) -> bool:
        """Promises it `fen` in all; False where what is missing does not fit any more."""
        held = await self._held(application_id)
        more = fen - (held.fen if held else 0)
        if more <= 0:
            return True
        fits = (
            update(Budget)
            .where(Budget.id == budget.id, Budget.used_fen + more <= Budget.fen)
            .values(used_fen=Budget.used_fen + more)
        )
        if not (await self.connection.execute(fits)).rowcount:
            return False
        self._taken[budget.id] = self._taken.get(budget.id, 0) + more
        row = {"budget_id": budget.id, "fen": fen}
        new = self.insert(Commitment).values(application_id=application_id, paid_fen=0, **row)
        await self.connection.execute(
            new.on_conflict_do_update(index_elements=["application_id"], set_=row)
        )
        return True

    async def refusal(self, budget: Budget, fen: int) -> BudgetExceeded:
        """What was left before this transaction began to take, and what all of it needs."""
        taken = self._taken.get(budget.id, 0)
        there = await self.by_id(budget.id)
        return BudgetExceeded(there.fen - there.used_fen + taken, taken + fen, there.year)

    async def pay(self, application_id: int, fen: int) -> None:
        """Out of what was promised."""
        held = await self._held(application_id)
        if held is not None:
            await self._move(held, 0, fen)

    async def give_back(self, application_id: int, fen: int | None = None, *, paid: bool) -> None:
        """So much is free again (`paid`: it had gone out), or all that has not been paid."""
        held = await self._held(application_id)
        if held is None:
            return
        most = held.paid_fen if paid else held.fen - held.paid_fen
        back = most if fen is None else min(fen, most)
        if back:
            await self._move(held, -back, -back if paid else 0)

    async def adopt(self, budget: Budget, bodies: Collection[int]) -> None:
        """What these bodies have listed or paid of this year before there was a budget."""
        rows = (
            select(Payment.application_id, Payment.state, func.sum(Payment.amount_fen))
            .join(PaymentList, PaymentList.id == Payment.list_id)
            .join(Application, Application.id == Payment.application_id)
            .where(PaymentList.union_id.in_(set(bodies)), Payment.state != "failed")
            .where(Application.scheme_id == budget.scheme_id, Application.year == budget.year)
            .group_by(Payment.application_id, Payment.state)
            .order_by(Payment.application_id)
        )
        sums: dict[int, dict[str, int]] = {}
        for application_id, state, fen in await self.connection.execute(rows):
            sums.setdefault(application_id, {})[state] = int(fen)
        for application_id, parts in sums.items():
            if not await self.take(budget, application_id, sum(parts.values())):
                raise BudgetTooLow(sum(sum(each.values()) for each in sums.values()))
            await self.pay(application_id, parts.get("paid", 0))

    @property
    def _taken(self) -> dict[int, int]:
        """Budget -> what this transaction has taken."""
        notes: dict[int, int] = self.session.info.setdefault("taken", {})
        return notes

    async def _held(self, application_id: int) -> Commitment | None:
        rows = select(Commitment).where(Commitment.application_id == application_id)
        fresh = rows.execution_options(populate_existing=True)
        return await self.session.scalar(fresh)

    async def _move(self, held: Commitment, used: int, paid: int) -> None:
        mine = update(Commitment).where(Commitment.application_id == held.application_id)
        await self.connection.execute(
            mine.values(fen=Commitment.fen + used, paid_fen=Commitment.paid_fen + paid)
        )
        whole = update(Budget).where(Budget.id == held.budget_id)
        await self.connection.execute(
            whole.values(used_fen=Budget.used_fen + used, paid_fen=Budget.paid_fen + paid)
        )
