"""For whom somebody applies: oneself, a relative, a team, a unit; and whom a report is about."""

from enum import StrEnum

from core.scheme import Applicant, Body, Scheme, SchemeKind
from core.terms import ANSWERED


class Capacity(StrEnum):
    """In which one applies."""

    SELF = "self"
    RELATIVE = "relative"  # for a member of the family, with a paper that proves it
    LEADER = "leader"  # of a team
    PAIR = "pair"  # one of 师徒
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    UNION = "union"  # an officer of the unit's union


OF = {
    Applicant.WORKER: Capacity.SELF,
    Applicant.PUBLIC: Capacity.SELF,
    Applicant.TEAM: Capacity.LEADER,
    Applicant.WORKER_PAIR: Capacity.PAIR,
    Applicant.ENTERPRISE: Capacity.ENTERPRISE,
    Applicant.SCHOOL: Capacity.SCHOOL,
    Applicant.UNION: Capacity.UNION,
}
NAMED = (Capacity.RELATIVE, Capacity.LEADER, Capacity.PAIR)  # who is meant has to be said


def capacities(scheme: Scheme) -> tuple[Capacity, ...]:
    """In which one may apply, in the order of the file. Help may be sought for one's family."""
    found = [OF[applicant] for applicant in scheme.applicants]
    if scheme.kind is SchemeKind.RELIEF:
        for_others = Applicant.WORKER not in scheme.applicants
        found = [each for each in found if not (for_others and each is Capacity.SELF)]
        found.append(Capacity.RELATIVE)
    return tuple(dict.fromkeys(found))


def names_another(scheme: Scheme, capacity: str) -> bool:
    """Whether a name is asked beside one's own: of the relative, the team, or who is to be paid."""
    if scheme.about is not None:  # whom it is about is asked by itself (`handlers.behalf`)
        near = scheme.paid_to is not None and scheme.paid_to.whom == "near_relative"
        return near and capacity != Capacity.RELATIVE
    return capacity in NAMED


def confidential(scheme: Scheme) -> bool:
    """Whether only those who look into it may read it: anybody may report or complain."""
    return scheme.kind in ANSWERED and Applicant.PUBLIC in scheme.applicants


def asks_for_union(scheme: Scheme, capacity: str = "") -> bool:
    """Whether somebody has to say where it is taken in."""
    taken_in = any(stage.by is Body.ACCEPTING_UNION for stage in scheme.stages)
    return taken_in or elsewhere(scheme, capacity)


def elsewhere(scheme: Scheme, capacity: str) -> bool:
    """Whether it belongs to another place than the unit of whoever sends it: that of the relative
    it is for, or of whom it is about."""
    whole = scheme.intake is not None and scheme.intake.whole
    return whole or capacity == Capacity.RELATIVE
