"""What a scheme file lets happen to an application beside the straight way to its end."""

from enum import StrEnum
from zlib import crc32

from core.scheme import Scheme, Tier
from core.stages import Manner
from handlers import tribunal
from tests.schemes.pages import CATALOGUE

NEWEST = [CATALOGUE.versions(each)[-1] for each in CATALOGUE.every_id]
HANDLED = [each for each in NEWEST if each.tier is Tier.HANDLE]
ONE_BY_ONE = (Manner.DECIDE, Manner.ENTER)
REFUSES = (*ONE_BY_ONE, Manner.MEET)


class Plot(StrEnum):
    """The life of one application."""

    ROUGH = "rough"  # to the end, through everything that does not end it
    REFUSED = "refused"
    LAPSED = "lapsed"  # returned, and never corrected
    UPHELD = "upheld"  # an objection is
    TERMINATED = "terminated"


class Branch(StrEnum):
    """What can be met on the way."""

    REFUSED = "refused"
    LAPSED = "returned and lapsed"
    UPHELD = "objection upheld"
    TERMINATED = "terminated"
    ARRIVED = "carried to its end"
    RECUSED = "recusal"
    MENDED = "returned, corrected and passed"
    DISMISSED = "objection dismissed"
    LATE = "deadline missed and escalated"
    PAID_AGAIN = "payment failed, mended and paid"
    TAKEN_BACK = "claw-back"


def plots(scheme: Scheme) -> list[Plot]:
    """Those the file allows; everybody can be refused, and everybody can have a rough time."""
    there = {each.manner for each in scheme.stages}
    returns = any(each.correction for each in scheme.stages)
    found = [Plot.ROUGH, Plot.REFUSED]
    found += [Plot.LAPSED] * returns + [Plot.UPHELD] * (Manner.POST in there)
    return found + [Plot.TERMINATED] * bool(scheme.termination)


def branches(scheme: Scheme, certain: bool = True) -> set[Branch]:
    """Those of its rough application; the `certain` ones, or those of steps for some as well."""
    stages = [each for each in scheme.stages if not each.when or not certain]
    there = {each.manner for each in stages}
    found = {Branch.ARRIVED, Branch.RECUSED} if there & {*ONE_BY_ONE} or not certain else set()
    if any(each.correction for each in stages):
        found.add(Branch.MENDED)
    if Manner.POST in there:
        found.add(Branch.DISMISSED)
    if any(each.within for each in stages):
        found.add(Branch.LATE)
    if Manner.PAY in there:
        found.add(Branch.PAID_AGAIN)
    if tribunal.grounds(scheme):
        found.add(Branch.TAKEN_BACK)
    return found


def refused_at(scheme: Scheme) -> int:
    """One of the first steps that may refuse, before any money: not the same in every scheme."""
    before = next(
        (n for n, each in enumerate(scheme.stages) if each.manner is Manner.PAY),
        len(scheme.stages),
    )
    may = [n for n, each in enumerate(scheme.stages[:before]) if each.manner in REFUSES]
    sure = [n for n in may if not scheme.stages[n].when] or may[:1]
    return sure[crc32(scheme.id.encode()) % min(len(sure), 4)]
