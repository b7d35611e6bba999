"""Claw-backs: findings after the award, the parts in which money comes back, and what came."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from core.errors import NotFound
from core.owing import Debt
from core.owing import Instalment as Part
from storage.book import Book
from storage.tables import Application, ClawBack, Instalment, Payment, PaymentList, Repayment

ANSWER = "claw_backs.answer"


class ClawBacks(Book):
    """Rows stay: dropped, or done when everything is back."""

    async def open(self, found: ClawBack) -> ClawBack:
        self.session.add(found)
        await self.session.flush()
        return found

    async def by_id(self, claw_back_id: int) -> ClawBack:
        """Raises NotFound."""
        return self._there(await self.session.get(ClawBack, claw_back_id))

    async def held(self, claw_back_id: int) -> ClawBack:
        """After its application, so that two who hold both do not wait for each other.

        Raises NotFound.
        """
        rows = select(ClawBack).where(ClawBack.id == claw_back_id).with_for_update(key_share=True)
        return self._there(
            await self.session.scalar(rows.execution_options(populate_existing=True))
        )

    async def of_application(self, application_id: int) -> ClawBack | None:
        """The one that stands; a dropped one does not."""
        found = select(ClawBack).where(
            ClawBack.application_id == application_id, ClawBack.state != "dropped"
        )
        return await self.session.scalar(found)

    async def heard(self, application_ids: Collection[int]) -> set[int]:
        """Those of these applications about which a finding is being heard."""
        rows = select(ClawBack.application_id).where(
            ClawBack.application_id.in_(set(application_ids)), ClawBack.state == "hearing"
        )
        return set(await self.session.scalars(rows))

    async def hearing_at(self, union_id: int) -> Sequence[ClawBack]:
        """Those this union decides, or has found where nobody had approved; oldest first."""
        decides = func.coalesce(ClawBack.decider_id, ClawBack.union_id) == union_id
        found = select(ClawBack).where(ClawBack.state == "hearing", decides)
        return (await self.session.scalars(found.order_by(ClawBack.id))).all()

    async def owing(self, identity_indexes: Collection[str]) -> dict[str, str]:
        """Those of these persons who have money to give back, and by which article."""
        rows = select(ClawBack.identity_index, ClawBack.cite).where(
            ClawBack.identity_index.in_(set(identity_indexes)), ClawBack.state == "owed"
        )
        return {row.identity_index: row.cite for row in await self.session.execute(rows)}

    async def seen_by(self, union_id: int, below: Iterable[int] = ()) -> Sequence[ClawBack]:
        """Those this union found, decides or is paid back; and those of the base units below."""
        mine = or_(*(column == union_id for column in OWN))
        return await self._newest(or_(mine, Application.base_union_id.in_(set(below))))

    async def open_before(self, unions: Collection[int], payers: Collection[int]) -> int:
        """How many these unions hear, and how many these are still paid back."""
        heard = or_(
            *(column.in_(set(unions)) for column in (ClawBack.union_id, ClawBack.decider_id))
        )
        owed = and_(ClawBack.state == "owed", ClawBack.payer_id.in_(set(payers)))
        rows = select(func.count()).where(or_(and_(ClawBack.state == "hearing", heard), owed))
        return await self.session.scalar(rows) or 0

    async def of_unions(
        self, unions: Collection[int], limit: int, first: int
    ) -> Sequence[ClawBack]:
        """Those these unions found, decide or are paid back, the open ones first, then the newest;
        from the `first` on (counted from 0)."""
        mine = or_(*(column.in_(set(unions)) for column in OWN))
        open_ = ClawBack.state.in_(("hearing", "owed"))
        rows = select(ClawBack).where(mine).order_by(open_.desc(), ClawBack.id.desc())
        return (await self.session.scalars(rows.limit(limit).offset(first))).all()

    async def all(self) -> Sequence[ClawBack]:
        """Newest first."""
        return await self._newest(ClawBack.id > 0)

    async def paid(self, application_id: int) -> tuple[int, int | None]:
        """What has really been paid for it, in fen, and the union whose money it was."""
        rows = await self.session.execute(self._lines(application_id, "paid"))
        lines = [(fen, union) for fen, union in rows]
        return sum(fen for fen, _ in lines), lines[-1][1] if lines else None

    async def underway(self, application_id: int) -> bool:
        """Whether a line of it lies with the bank."""
        rows = await self.session.execute(self._lines(application_id, "listed"))
        return rows.first() is not None

    def answer(self, found: ClawBack) -> str:
        sealed = found.answer_sealed
        return "" if sealed is None else self.work.vault.open(sealed, ANSWER)

    def take_answer(self, found: ClawBack, text: str) -> None:
        found.answer_sealed = self.work.vault.seal(text, ANSWER)
        found.answered_at = self.now

    async def agree(self, found: ClawBack, parts: Sequence[Part]) -> None:
        """The plan of a claw-back that has none yet."""
        for position, part in enumerate(parts, 1):
            row = Instalment(position=position, due=part.due, amount_fen=part.fen)
            row.claw_back_id = found.id
            self.session.add(row)
        await self.session.flush()

    async def debt(self, found: ClawBack) -> Debt:
        parts = select(Instalment.due, Instalment.amount_fen).where(
            Instalment.claw_back_id == found.id
        )
        rows = await self.session.execute(parts.order_by(Instalment.position))
        came = tuple(each.amount_fen for each in await self.repayments(found.id))
        return Debt(found.amount_fen, tuple(Part(*row) for row in rows), came)

    async def repayments(self, claw_back_id: int) -> Sequence[Repayment]:
        """Oldest first."""
        rows = select(Repayment).where(Repayment.claw_back_id == claw_back_id)
        return (await self.session.scalars(rows.order_by(Repayment.position))).all()

    async def repayment(self, repayment_id: int) -> Repayment:
        """Raises NotFound."""
        found = await self.session.get(Repayment, repayment_id)
        if found is None:
            raise NotFound(repayment=repayment_id)
        return found

    async def receive(
        self, found: ClawBack, number: str, fen: int, came_on: date, officer_id: int
    ) -> Repayment:
        """`number` is that of the application; the receipt's has a count behind it."""
        position = len(await self.repayments(found.id)) + 1
        came = Repayment(
            claw_back_id=found.id,
            position=position,
            number=f"{number}-R{position}",
            amount_fen=fen,
            came_on=came_on,
            officer_id=officer_id,
            at=self.now,
        )
        self.session.add(came)
        await self.session.flush()
        return came

    async def _newest(self, which: ColumnElement[bool]) -> Sequence[ClawBack]:
        found = select(ClawBack).join(Application, Application.id == ClawBack.application_id)
        return (await self.session.scalars(found.where(which).order_by(ClawBack.id.desc()))).all()

    def _lines(self, application_id: int, state: str) -> Select[int, int]:
        lines = select(Payment.amount_fen, PaymentList.union_id).join(
            PaymentList, PaymentList.id == Payment.list_id
        )
        mine = and_(Payment.application_id == application_id, Payment.state == state)
        return lines.where(mine).order_by(Payment.id)

    def _there(self, found: ClawBack | None) -> ClawBack:
        if found is None:
            raise NotFound
        return found


OWN = (ClawBack.union_id, ClawBack.payer_id, ClawBack.decider_id)
