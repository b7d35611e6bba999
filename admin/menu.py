"""What stands in the head of the console: the pages of this role, the present one marked."""

from dataclasses import dataclass

from admin.roles import (
    ANSWERERS,
    ANYONE,
    AUDITOR,
    COUNTERS,
    DECIDERS,
    FINANCE,
    KEEPERS,
    LISTERS,
    MANAGER,
    MEETERS,
    NAMERS,
    OFFICE,
    OVERSEERS,
    POSTERS,
    PROVINCE,
    PURSES,
    REPLACEABLE,
    REVIEWERS,
    SETTLERS,
)
from admin.seats import Seat
from core.people import Role

ENTRIES: tuple[tuple[str, frozenset[Role]], ...] = (
    ("queue", DECIDERS),
    ("applications", OVERSEERS),
    ("notices", POSTERS | AUDITOR),
    ("objections", POSTERS | AUDITOR),
    ("corrections", REVIEWERS | AUDITOR),
    ("recordings", REVIEWERS),
    ("transfers", NAMERS),
    ("meetings", MEETERS | AUDITOR),
    ("payments", FINANCE | AUDITOR),
    ("duties", REVIEWERS | OVERSEERS),
    ("claw-backs", DECIDERS | AUDITOR),
    ("budgets", PURSES | AUDITOR),
    ("rounds", PROVINCE),
    ("standards", MANAGER | OFFICE | AUDITOR),
    ("ledger", KEEPERS),
    ("titles", KEEPERS),
    ("lists", LISTERS),
    ("people", MANAGER),
    ("handovers", ANSWERERS),
    ("audience", COUNTERS),
    ("unanswered", SETTLERS | AUDITOR),
    ("acts", AUDITOR),
    ("stand-ins", REPLACEABLE),
    ("me", ANYONE),
)


@dataclass(frozen=True)
class Entry:
    """`name` is the end of the address and the key of its word."""

    name: str
    here: bool

    @property
    def address(self) -> str:
        return f"/console/{self.name}"


def menu(seat: Seat) -> tuple[Entry, ...]:
    return tuple(
        Entry(name, f"{seat.path}/".startswith(f"/console/{name}/"))
        for name, roles in ENTRIES
        if seat.role in roles
    )


def start(seat: Seat) -> str:
    """Where an officer of this role begins."""
    return menu(seat)[0].address
