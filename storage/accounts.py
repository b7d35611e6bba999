"""Bank accounts, sealed. The newest of an application is the one that counts."""

from sqlalchemy import select

from storage.book import Book
from storage.tables import Account, Payment


class Accounts(Book):
    """Rows are added, never changed: a payment refers to the account it went to."""

    async def add(self, application_id: int, holder: str, number: str, bank: str) -> Account:
        """Seals a confirmed account; `number` comes in normalised."""
        vault = self.work.vault
        account = Account(
            application_id=application_id,
            holder_sealed=vault.seal(holder, "accounts.holder"),
            number_sealed=vault.seal(number, "accounts.number"),
            number_index=vault.index(number, "account"),
            last_four=number[-4:],
            bank=bank,
            confirmed_at=self.now,
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
