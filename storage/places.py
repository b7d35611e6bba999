"""One batch of submissions under the lock of its round's counter.

Order matters: lock the counter in a statement of its own, look who is there already, number the
rest here in order of arrival, then write. Looking before the lock is held, or numbering in
the database with duplicates in the batch, gives two people one rank.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from core.errors import (
    CertificateUsed,
    NotFound,
    QuotaExhausted,
    WindowClosed,
)
from core.limits import Award, Guard, UnitLimitReached
from core.window import end, over
from storage.place_rows import PlaceRows
from storage.tables import SHANGHAI

BESIDE = ("guard", "sent_at")  # what of a ticket is no column of its own


@dataclass(frozen=True)
class Ticket:
    """A judged and complete submission that waits for a place; fields as in `applications`."""

    round_id: int
    scheme_id: str
    scheme_version: str
    worker_id: int
    identity_index: str
    once_index: str  # of the person, unit or case that may have but one in a round
    certificate_index: str | None
    draft_id: int
    base_union_id: int
    accepting_union_id: int | None
    year: int
    level: str
    trade: str
    amount_fen: int | None
    facts: dict[str, Any]
    trace: list[Any]
    guard: Guard | None = None  # where the whole unit has a limit
    sent_at: datetime | None = None  # by whose day it was judged; None for when it is admitted


@dataclass(frozen=True)
class Admitted:
    """A place. `fresh` is False for one that this person already had in this round.

    `places_left` is None where places are not counted.
    """

    application_id: int
    number: str
    rank: int
    places_left: int | None
    fresh: bool
    reserve: int | None = None  # its rank in the line, where no place was left


@dataclass(frozen=True)
class Full:
    """A full round as it was read under its lock, with those who hold its places."""

    places: int
    taken: int
    last_rank: int
    there: dict[str, Admitted]


Outcome = Admitted | Exception


def settle(
    connection: Connection, tickets: list[Ticket], now: datetime, known: Full | None
) -> tuple[list[Outcome], Full | None]:
    """The outcome for each ticket of one round, and the round if it is full now."""
    rows = PlaceRows(connection)
    counter = rows.locked_counter(tickets[0].round_id)
    if counter is None:
        return [NotFound() for _ in tickets], None
    batch = Batch(rows, counter, now)
    batch.look(tickets)
    outcomes = [batch.decide(ticket) for ticket in tickets]
    ids = batch.write()
    return [with_id(outcome, ids) for outcome in outcomes], batch.full(known)


class Batch:
    """Decides in order of arrival, and remembers what it has given away."""

    def __init__(self, rows: PlaceRows, counter: Row[Any], now: datetime) -> None:
        self.rows = rows
        self.counter = counter
        self.places: int | None = counter.places if counter.counted else None
        self.now = now
        self.taken: int = counter.taken
        self.last_rank: int = counter.last_rank
        self.fresh: list[tuple[Ticket, Admitted]] = []
        self.here = now.astimezone(SHANGHAI)

    @property
    def in_window(self) -> bool:
        """By the clock in Shanghai; the last day belongs to the window, up to its hour."""
        gone = over(self.counter.closes, self.counter.closes_at, self.here)
        return bool(self.counter.opens <= self.here.date()) and not gone

    def closed(self) -> WindowClosed:
        """When one could apply; on the last day, until which minute."""
        by_hour = self.here.date() == self.counter.closes
        ends = end(self.counter.closes, self.counter.closes_at, SHANGHAI)
        return WindowClosed(None if by_hour else self.counter.opens, ends)

    @property
    def left(self) -> int | None:
        return None if self.places is None else max(0, self.places - self.taken)

    @property
    def is_full(self) -> bool:
        """All places taken; or all were given once and the review has begun since."""
        if self.places is None:
            return False
        if self.counter.state != "open" or self.counter.reserves:
            return self.last_rank >= self.places
        return self.taken >= self.places

    def look(self, tickets: list[Ticket]) -> None:
        """Reads what decides: the drafts, who is there, which certificates are used."""
        self.drafts = self.rows.drafts(ticket.draft_id for ticket in tickets)
        once = {ticket.once_index for ticket in tickets}
        self.there = {
            row.once_index: self.holding(row) for row in self.rows.there(self.counter.id, once)
        }
        late = {
            ticket.worker_id
            for ticket in tickets
            if ticket.once_index not in self.there
            and (draft := self.drafts.get(ticket.draft_id))
            and draft.state == "sent"
        }
        self.sent = {row.draft_id: self.holding(row) for row in self.rows.sent_by(late)}
        self.used = self.rows.used(
            {ticket.certificate_index for ticket in tickets if ticket.certificate_index}
        )
        guarded = [ticket for ticket in tickets if ticket.guard]
        counted = {id_ for ticket in guarded if ticket.guard for id_ in ticket.guard.counted}
        self.units = self.rows.of_units({ticket.base_union_id for ticket in guarded}, counted)

    def decide(self, ticket: Ticket) -> Outcome:
        """A place this person has already, the next one, or the refusal."""
        draft = self.drafts.get(ticket.draft_id)
        if draft is None or draft.worker_id != ticket.worker_id:
            return NotFound()
        if known := self.there.get(ticket.once_index) or self.sent.get(ticket.draft_id):
            return known
        if (
            draft.state != "open"
            or not ticket.scheme_id == draft.scheme_id == self.counter.scheme_id
        ):
            return NotFound()
        if not self.in_window or (self.counter.state != "open" and not self.is_full):
            return self.closed()
        if self.is_full and self.places is not None and not self.counter.reserves:
            return QuotaExhausted(self.places)
        if ticket.certificate_index in self.used:
            return CertificateUsed()
        if ticket.guard is not None:
            try:
                ticket.guard.check(self.units[ticket.base_union_id], str(self.counter.id))
            except UnitLimitReached as reached:
                return reached
            self.units[ticket.base_union_id].append(self.award(ticket))
        return self.take_place(ticket)

    def take_place(self, ticket: Ticket) -> Admitted:
        """The next place, or the next in the line for one: nobody overtakes those who wait."""
        reserve = self.last_rank + 1 - self.places if self.places and self.is_full else None
        self.taken += reserve is None
        self.last_rank += 1
        number = f"{self.counter.year}{self.counter.id:03d}{self.last_rank:05d}"
        place = Admitted(0, number, self.last_rank, self.left, fresh=True, reserve=reserve)
        again = replace(place, fresh=False)
        self.fresh.append((ticket, place))
        self.there[ticket.once_index] = self.sent[ticket.draft_id] = again
        if ticket.certificate_index:
            self.used.add(ticket.certificate_index)
        return place

    def write(self) -> dict[int, int]:
        """Writes the new applications with all that belongs to them; rank -> application id."""
        if not self.fresh:
            return {}
        applications = [self.application(ticket, place) for ticket, place in self.fresh]
        ids = self.rows.apply(applications, self.counter.id, self.counter.last_rank)
        self.rows.write_down([self.act(ticket, ids[place.rank]) for ticket, place in self.fresh])
        self.rows.mark_sent([ticket.draft_id for ticket, _ in self.fresh])
        self.rows.count(self.counter.id, self.taken, self.last_rank)
        if self.taken == self.places or self.counter.at_once:
            self.rows.wake_calendar(self.counter.id, self.now)
        if any(place.reserve for _, place in self.fresh):
            self.rows.look_for_vacancies(self.counter.id, self.now)
        return ids

    def full(self, known: Full | None) -> Full | None:
        """What may be kept in memory if the round is full; `known` as long as nothing moved."""
        if self.places is None or self.counter.reserves or not (self.is_full and self.in_window):
            return None
        if known is not None and (known.taken, known.last_rank) == (self.taken, self.last_rank):
            return known
        there = {row.once_index: self.holding(row) for row in self.rows.holders(self.counter.id)}
        return Full(self.places, self.taken, self.last_rank, there)

    def holding(self, row: Row[Any]) -> Admitted:
        return Admitted(row.id, row.number, row.rank, self.left, fresh=False, reserve=row.reserve)

    def application(self, ticket: Ticket, place: Admitted) -> dict[str, Any]:
        known = {name: value for name, value in vars(ticket).items() if name not in BESIDE}
        return known | {
            "number": place.number,
            "rank": place.rank,
            "reserve": place.reserve,
            "live": True,
            "state": "reserve" if place.reserve else "waiting",
            "stage": 0,
            "corrections": 0,
            "version": 1,
            "submitted_at": ticket.sent_at or self.now,
        }

    def award(self, ticket: Ticket) -> Award:
        about = (ticket.scheme_id, ticket.year, ticket.level, ticket.trade)
        return Award(*about, round=str(self.counter.id))

    def act(self, ticket: Ticket, application_id: int) -> dict[str, Any]:
        return {
            "at": self.now,
            "who": f"worker:{ticket.worker_id}",
            "what": "submit",
            "on_whom": f"application:{application_id}",
            "detail": {"round": ticket.round_id},
        }


def with_id(outcome: Outcome, ids: dict[int, int]) -> Outcome:
    if isinstance(outcome, Admitted) and not outcome.application_id:
        return replace(outcome, application_id=ids[outcome.rank])
    return outcome
