"""代理人: who acts for an officer from a day to a day, in that officer's union and role.

No document of the union speaks of it; it is how an office goes on while somebody is away. It
widens nobody's right: whoever stands in may do what the other might, and not what is barred to
either of the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import NotYours, Refused, Unreadable
from core.jurisdiction import Tree
from core.people import Role

REPLACED = frozenset(Role) - {Role.AUDITOR}  # who only reads needs nobody, and is nobody's
NAMED_BY = Role.MANAGER  # beside the officer himself


class StandInThere(Refused):
    """Somebody stands in on some of these days already; `name` is who, up to `until`."""

    def __init__(self, name: str, until: date) -> None:
        self.name, self.until = name, until
        super().__init__(name=name, until=until)


class StandInAway(Refused):
    """The one who is asked has somebody stand in for himself on some of these days."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name=name)


class StandInOver(NotYours):
    """The days are over, or one of the two no longer holds the office he held."""


@dataclass(frozen=True)
class Colleague:
    """An active officer as the law sees him; `person` is the keyed hash of the identity number."""

    id: int
    person: str
    union: int
    role: Role


def check_days(first: date, last: date, today: date) -> None:
    """Raises Unreadable(stand_in_past | stand_in_days)."""
    if first < today:
        raise Unreadable("stand_in_past")
    if last < first:
        raise Unreadable("stand_in_days")


def candidates(who: Colleague, there: Iterable[Colleague], tree: Tree) -> Sequence[Colleague]:
    """Of the same union; where there is nobody, of the nearest one above that has somebody."""
    fit = [each for each in there if each.role in REPLACED and not _same(each, who)]
    for body in tree.upwards(who.union):
        if found := [each for each in fit if each.union == body.id]:
            return found
    return ()


def may_name(by: Colleague, who: Colleague, tree: Tree) -> bool:
    """The officer himself, or the manager of his union or of one above it."""
    if by.id == who.id:
        return who.role in REPLACED
    above = {body.id for body in tree.upwards(who.union)}
    return by.role is NAMED_BY and by.union in above and who.role in REPLACED


def _same(one: Colleague, other: Colleague) -> bool:
    return one.id == other.id or bool(one.person and one.person == other.person)
