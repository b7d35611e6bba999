"""Payment lists and their lines. A line is written once; only its outcome is added."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.errors import NotFound
from core.workflow import GOING
from storage.book import Book
from storage.tables import Account, Application, Officer, Payment, PaymentList, Worker


@dataclass(frozen=True)
class Line:
    """One line of a list with everything the bank needs."""

    payment: Payment
    application: Application
    worker: Worker
    account: Account


class Payments(Book):
    """A step of an application has at most one line that has not failed."""

    async def make_list(
        self, round_id: int, officer: Officer, payable: Sequence[tuple[Application, int, int]]
    ) -> PaymentList:
        """Of these applications, each to this account and with this sum in fen."""
        made = PaymentList(
            round_id=round_id, officer_id=officer.id, union_id=officer.union_id, made_at=self.now
        )
        self.session.add(made)
        await self.session.flush()
        for application, account_id, fen in payable:
            line = Payment(
                list_id=made.id,
                application_id=application.id,
                account_id=account_id,
                stage=application.stage,
                amount_fen=fen,
                state="listed",
                at=self.now,
            )
            self.session.add(line)
        await self.session.flush()
        return made

    async def list_by_id(self, list_id: int) -> PaymentList:
        """Raises NotFound."""
        found = await self.session.get(PaymentList, list_id)
        if found is None:
            raise NotFound(list=list_id)
        return found

    async def lists(self, round_id: int) -> Sequence[PaymentList]:
        """Newest first."""
        found = select(PaymentList).where(PaymentList.round_id == round_id)
        return (await self.session.scalars(found.order_by(PaymentList.id.desc()))).all()

    async def unanswered(self, union_id: int) -> list[tuple[PaymentList, int, int]]:
        """This union's lists with lines without a result: how many, and their fen; oldest first."""
        rows = (
            select(PaymentList, func.count(), func.sum(Payment.amount_fen))
            .join(Payment, Payment.list_id == PaymentList.id)
            .where(PaymentList.union_id == union_id, Payment.state == "listed")
            .group_by(*PaymentList.__table__.columns)
            .order_by(PaymentList.id)
        )
        return [(made, count, int(fen)) for made, count, fen in await self.session.execute(rows)]

    async def lines(self, list_id: int) -> Sequence[Line]:
        """In the order in which they were listed."""
        rows = (
            select(Payment, Application, Worker, Account)
            .join(Application, Application.id == Payment.application_id)
            .join(Worker, Worker.id == Application.worker_id)
            .join(Account, Account.id == Payment.account_id)
            .where(Payment.list_id == list_id)
            .order_by(Payment.id)
        )
        return [Line(*row) for row in await self.session.execute(rows)]

    async def held(self, list_id: int, payment_ids: Sequence[int]) -> Sequence[Payment]:
        """These lines of the list as they are now, held."""
        rows = (
            select(Payment)
            .where(Payment.list_id == list_id, Payment.id.in_(set(payment_ids)))
            .order_by(Payment.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        return (await self.session.scalars(rows)).all()

    async def listed(self, applications: Collection[Application]) -> set[int]:
        """Those of these that have a line for the step they stand in, which has not failed."""
        rows = (
            select(Payment.application_id)
            .join(Application, Application.id == Payment.application_id)
            .where(Payment.application_id.in_({each.id for each in applications}))
            .where(Payment.state != "failed", Payment.stage == Application.stage)
        )
        return set(await self.session.scalars(rows))

    async def awaited(self, scheme_id: str, units: Collection[int]) -> Sequence[Application]:
        """Applications of this scheme under way in these units, while which others wait."""
        found = select(Application).where(
            Application.scheme_id == scheme_id,
            Application.base_union_id.in_(units),
            Application.state.in_([state.value for state in GOING]),
        )
        return (await self.session.scalars(found.order_by(Application.id))).all()
