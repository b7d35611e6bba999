"""In whose name the account is: the applicant's, that of whom the money is for, or a unit's.

Sources: 职工创新补助资金 第二十条 纳入项目所在单位工会账户; 省劳模专项补助资金 第二十二条
汇入省劳模个人银行账户. Where a document names no account, money that is to be spent on the work of
a unit, or that a unit has applied for, is nobody's own.
"""

import re
from enum import StrEnum

from core.capacities import Capacity, capacities
from core.errors import Unreadable
from core.people import SEPARATORS
from core.reading import clean
from core.scheme import Scheme, SchemeKind

FOR_WORK = frozenset({SchemeKind.PROJECT_FUND, SchemeKind.STUDIO})
OF_UNITS = frozenset({Capacity.ENTERPRISE, Capacity.SCHOOL, Capacity.UNION})
NUMBER = re.compile("[0-9]{8,32}")  # no check digit; 32 is what interbank transfers carry
ENDING = re.compile("(?:总?工会)?(?:委员会)?$")
SIGNS = re.compile(r"[\s()（）·.]")
SHORTEST = 2  # characters of a name without its ending


class Payee(StrEnum):
    APPLICANT = "applicant"
    RELATIVE = "relative"  # for whom a member of the family has applied
    UNIT = "unit"  # of who applied, or its union


def payee(scheme: Scheme, capacity: str) -> Payee:
    """By the file; where it says nothing, by what the money is for and who applied."""
    if scheme.paid_to is not None and scheme.paid_to.whom == "near_relative":
        return Payee.APPLICANT if capacity == Capacity.RELATIVE else Payee.RELATIVE
    if scheme.paid_to is not None:
        for_another = capacity == Capacity.RELATIVE
        person = Payee.RELATIVE if for_another else Payee.APPLICANT
        return person if scheme.paid_to.whom == "beneficiary" else Payee.UNIT
    applied = capacity or capacities(scheme)[0]
    work = scheme.kind in FOR_WORK or applied in OF_UNITS
    return Payee.UNIT if work else Payee.APPLICANT


def unit_account(text: str) -> str:
    """The digits of a unit's account. Raises Unreadable(unit_account)."""
    number = SEPARATORS.sub("", clean(text))
    if not NUMBER.fullmatch(number):
        raise Unreadable("unit_account")
    return number


def of_unit(holder: str, union: str) -> bool:
    """Whether an account's name is that of a unit or its union: 工会 and 委员会 aside, one of the
    two names has the other in it (the register often holds a short one)."""
    one, other = _stem(holder), _stem(union)
    shorter = min(one, other, key=len)
    return len(shorter) >= SHORTEST and (one in other or other in one)


def _stem(name: str) -> str:
    return ENDING.sub("", SIGNS.sub("", clean(name)))
