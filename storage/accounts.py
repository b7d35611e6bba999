"""Bank accounts, sealed. The newest of an application is the one that counts."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from storage.book import Book
from storage.tables import Account, Application, Payment


@dataclass(frozen=True)
class Owner:
    """Whose an account is: of the unit `union_id`, of the relative applied for, or one's own."""

    name: str
    union_id: int | None = None
    for_other: bool = False


@dataclass(frozen=True)
class Kept:
    """An account as it stands with an application."""

    application: Application
    owner: Owner

    def clashes(self, other: "Kept") -> bool:
        """Whether the two are of different persons or units. One identity is one person, whatever
        the roster says of it; of a relative only the name is known."""
        mine, theirs = self.owner, other.owner
        if mine.union_id is not None or theirs.union_id is not None:
            return mine.union_id != theirs.union_id
        if mine.for_other or theirs.for_other:
            return mine.name != theirs.name
        here, there = self.application, other.application
        same = here.worker_id == there.worker_id or here.identity_index == there.identity_index
        return not same


class Accounts(Book):
    """Rows are added, never changed: a payment refers to the account it went to."""

    async def add(self, application_id: int, owner: Owner, number: str, bank: str) -> Account:
        """Seals a confirmed account; `number` comes in normalised."""
        vault = self.work.vault
        account = Account(
            application_id=application_id,
            holder_sealed=vault.seal(owner.name, "accounts.holder"),
            number_sealed=vault.seal(number, "accounts.number"),
            number_index=vault.index(number, "account"),
            last_four=number[-4:],
            bank=bank,
            confirmed_at=self.now,
            union_id=owner.union_id,
            for_other=owner.for_other,
        )
        self.session.add(account)
        await self.session.flush()
        return account

    def holder(self, account: Account) -> str:
        return self.work.vault.open(account.holder_sealed, "accounts.holder")

    def number(self, account: Account) -> str:
        return self.work.vault.open(account.number_sealed, "accounts.number")

    async def by_id(self, account_id: int) -> Account | None:
        return await self.session.get(Account, account_id)

    async def newest(self, application_id: int) -> Account | None:
        found = select(Account).where(Account.application_id == application_id)
        return (await self.session.scalars(found.order_by(Account.id.desc()))).first()

    async def usable(self, application_id: int) -> Account | None:
        """The newest, unless a payment to it has failed already."""
        account = await self.newest(application_id)
        if account is None:
            return None
        failed = select(Payment.id).where(Payment.account_id == account.id)
        if await self.session.scalar(failed.where(Payment.state == "failed").limit(1)):
            return None
        return account

    async def anothers(self, application: Application, number: str, owner: Owner) -> bool:
        """Whether somebody else gets money on this account; `number` comes in normalised."""
        index = self.work.vault.index(number, "account")
        found = (
            select(Account, Application)
            .join(Application, Application.id == Account.application_id)
            .where(Account.number_index == index, _counts())
        )
        mine = Kept(application, owner)
        rows = await self.session.execute(found)
        return any(mine.clashes(self._kept(account, theirs)) for account, theirs in rows)

    async def shared(self, account_ids: Collection[int]) -> set[int]:
        """Those of these accounts that somebody else had given before, or was paid on."""
        earlier, theirs = aliased(Account), aliased(Application)
        paid = select(Payment.id).where(Payment.account_id == earlier.id, Payment.state == "paid")
        found = (
            select(Account, Application, earlier, theirs)
            .join(Application, Application.id == Account.application_id)
            .join(earlier, earlier.number_index == Account.number_index)
            .join(theirs, theirs.id == earlier.application_id)
            .where(Account.id.in_(account_ids), _counts(earlier))
            .where(earlier.application_id != Account.application_id)
            .where(or_(earlier.id < Account.id, paid.exists()))
        )
        return {
            account.id
            for account, mine, other, its in await self.session.execute(found)
            if self._kept(account, mine).clashes(self._kept(other, its))
        }

    def _kept(self, account: Account, application: Application) -> Kept:
        owner = Owner(self.holder(account), account.union_id, account.for_other)
        return Kept(application, owner)


def _counts(account: type[Account] = Account) -> ColumnElement[bool]:
    """It was not mended by a newer one, and the bank has not sent the money back."""
    newer = aliased(Account)
    mended = select(newer.id).where(
        newer.application_id == account.application_id, newer.id > account.id
    )
    failed = select(Payment.id).where(Payment.account_id == account.id, Payment.state == "failed")
    return and_(~mended.exists(), ~failed.exists())
