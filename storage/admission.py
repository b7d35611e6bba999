"""The counter at which places are given: first come, first served, many at once.

All who wait for the same round are served by one transaction (group commit). Every process has
its own queue; the row of the round orders them. Nobody is admitted after somebody who came
earlier was refused, unless a place was given back in between.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from core.errors import QuotaExhausted
from storage.database import Database
from storage.gather import Gatherer
from storage.place_rows import VACANCY
from storage.places import Admitted, Full, Ticket, settle
from storage.tables import Application, Round
from storage.unit import Unit

__all__ = ["VACANCY", "Admission", "Admitted", "Placed", "Ticket"]


class Placed(Protocol):
    """An application, as far as its place is concerned."""

    @property
    def id(self) -> int: ...
    @property
    def round_id(self) -> int: ...


@dataclass
class Known:
    """A round known to be full, and until when that may be believed without asking."""

    full: Full
    until: datetime


class Admission:
    """Gives places; safe in several processes on one database."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], believe: float = 1.0
    ) -> None:
        """`believe`: for how many seconds a full round is refused from memory.

        In this process `released` ends that at once; another process may refuse for so long
        after a place was given back here.
        """
        self._database = database
        self._clock = clock
        self._believe = timedelta(seconds=believe)
        self._queues: dict[int, Gatherer[Ticket, Admitted]] = {}
        self._known: dict[int, Known] = {}
        self._releases: dict[int, int] = {}
        self._closed = False

    async def admit(self, ticket: Ticket) -> Admitted:
        """Takes a place, or finds the one this person has already in this round.

        To be awaited outside any unit. Repeating it is harmless: the same number comes back.
        Raises QuotaExhausted, WindowClosed, CertificateUsed, or NotFound for a round that does
        not exist and a draft that is dropped or another worker's.
        """
        known = self._known.get(ticket.round_id)
        if known is not None and self._believed(known):
            return from_memory(known.full, ticket)
        return await self._queue(ticket.round_id).put(ticket)

    async def release(self, unit: Unit, application: Placed) -> None:
        """Gives the place of a withdrawn application back; its rank is not given again.

        Belongs to the caller's unit; after its commit call `released`.
        """
        let_go = (
            update(Application)
            .where(Application.id == application.id, Application.live)
            .values(live=False)
            .returning(Application.round_id)
        )
        for round_id in (await unit.connection.execute(let_go)).scalars().all():
            one_less = update(Round).where(Round.id == round_id).values(taken=Round.taken - 1)
            await unit.connection.execute(one_less)
        if isinstance(application, Application):  # so that the session does not think otherwise
            set_committed_value(application, "live", False)

    async def take_again(self, unit: Unit, round_id: int) -> None:
        """A place that came back goes to the next in the line; the round is held."""
        again = update(Round).where(Round.id == round_id, Round.taken < Round.places)
        await unit.connection.execute(again.values(taken=Round.taken + 1))

    def released(self, round_id: int) -> None:
        """A place of this round is free again: ask the archive at the next submission."""
        self._releases[round_id] = self._releases.get(round_id, 0) + 1
        self._known.pop(round_id, None)

    async def close(self) -> None:
        """Serves those who wait, and takes nobody more."""
        self._closed = True
        await asyncio.gather(*(queue.close() for queue in self._queues.values()))

    def _queue(self, round_id: int) -> Gatherer[Ticket, Admitted]:
        if self._closed:
            raise RuntimeError("the counter is closed")
        if round_id not in self._queues:
            self._queues[round_id] = Gatherer(partial(self._serve, round_id))
        return self._queues[round_id]

    def _believed(self, known: Known) -> bool:
        now = self._clock()
        if now < known.until:
            return True
        known.until = now + self._believe  # one goes and asks, the others go on believing
        return False

    async def _serve(self, round_id: int, tickets: list[Ticket]) -> list[Admitted | Exception]:
        releases = self._releases.get(round_id)
        known = self._known.get(round_id)
        async with self._database.unit() as unit:
            work = partial(settle, tickets=tickets, now=self._clock())
            outcomes, full = await unit.connection.run_sync(work, known=known and known.full)
        self._remember(round_id, full, releases)
        return outcomes

    def _remember(self, round_id: int, full: Full | None, releases: int | None) -> None:
        if full is None or self._releases.get(round_id) != releases:
            self._known.pop(round_id, None)
        else:
            self._known[round_id] = Known(full, self._clock() + self._believe)


def from_memory(full: Full, ticket: Ticket) -> Admitted:
    """Who has a place in the full round hears his number; everybody else is refused."""
    if (there := full.there.get(ticket.once_index)) is None:
        raise QuotaExhausted(full.places)
    return replace(there, places_left=0, fresh=False)
