"""暂停拨款: while a change is being approved, nothing is paid on what is to be changed."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.comparison import Comparison
from core.days import Calendar
from core.errors import Refused
from core.restrictions import same_trade
from core.truth import NO, every
from core.verdict import Facts, holds
from core.words import Article, Listed, SchemeId, Strict


class PaymentsSuspended(Refused):
    """The application `number` is under way; what it is about is paid once that is decided."""

    def __init__(self, number: str, cite: str = "") -> None:
        self.number = number
        super().__init__(cite=cite, number=number)


class Suspends(Strict):
    """Meanwhile nothing is paid under `payments_of` to the same unit.

    `when` says which applications do so; `same` names the fact that tells several of one unit
    apart (which studio): those that name different ones have nothing to do with each other.
    """

    payments_of: Annotated[tuple[SchemeId, ...], Listed, Field(min_length=1)]
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    same: str = ""
    cite: Article

    def stops(self, change: Facts, paid: Facts, on: date, calendar: Calendar) -> bool:
        """Whether a change with these facts stops this payment; also where that is not known."""
        if every(holds(test, change, on, calendar) for test in self.when) is NO:
            return False
        one, other = change.get(self.same), paid.get(self.same)
        return one is None or other is None or same_trade(str(one)) == same_trade(str(other))
