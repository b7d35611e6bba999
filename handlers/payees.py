"""In whose name the account of an application has to be, and whether the one that is given is."""

from dataclasses import dataclass

from core import reading
from core.errors import Unreadable
from core.payees import Payee, of_unit, payee, unit_account
from core.people import masked_name, normal_account, normal_name
from handlers.bench import scheme_of
from handlers.meant import PLACE
from handlers.office import Office
from storage.accounts import Owner
from storage.tables import Account, Application
from storage.unit import Unit

LONGEST = 60  # characters of a holder


@dataclass(frozen=True)
class Holder:
    """`cite` is the article that says so, if one does."""

    payee: Payee
    name: str
    union_id: int | None = None
    cite: str = ""

    @property
    def shown(self) -> str:
        """A unit's name is no secret."""
        return self.name if self.payee is Payee.UNIT else masked_name(self.name)

    def check(self, holder: str, number: str) -> tuple[str, str]:
        """The name and the number that are kept.

        Raises Unreadable (holder, unit_holder, unit_account, account_length, account_luhn).
        """
        if self.payee is Payee.UNIT:
            given = reading.clean(holder)
            if len(given) > LONGEST or not of_unit(given, self.name):
                raise Unreadable("unit_holder", unit=self.name)
            return given, unit_account(number)
        if not _same(holder, self.name):
            raise Unreadable("holder")
        return self.name, normal_account(number)

    def owner(self, name: str) -> Owner:
        return Owner(name, self.union_id, self.payee is Payee.RELATIVE)


async def holder(office: Office, unit: Unit, application: Application) -> Holder:
    scheme = scheme_of(office, application)
    cite = scheme.paid_to.cite if scheme.paid_to else ""
    folder = (await unit.drafts.some({application.draft_id}))[application.draft_id]
    found = payee(scheme, folder.capacity)
    if found is Payee.UNIT:
        union = application.base_union_id
        return Holder(found, (await unit.unions.names(union))[union], union, cite)
    if found is Payee.RELATIVE and folder.other_sealed:
        return Holder(found, office.vault.open(folder.other_sealed, PLACE), cite=cite)
    people = await unit.applications.people({application.worker_id})
    return Holder(found, unit.workers.name(people[application.worker_id]), cite=cite)


def shown(unit: Unit, account: Account) -> str:
    """The holder of a kept account, as it may stand on a page."""
    name = unit.accounts.holder(account)
    return masked_name(name) if account.union_id is None else name


def _same(holder: str, name: str) -> bool:
    """Dots and blanks aside; the roster may hold a name that is not written in Chinese."""
    try:
        return normal_name(holder) == normal_name(name)
    except Unreadable:
        return reading.clean(holder).casefold() == reading.clean(name).casefold()
