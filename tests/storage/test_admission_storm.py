"""A rush with everything at once: two processes, repeats, people who give up or withdraw."""

import asyncio
import random

import pytest
from sqlalchemy import select

from core.errors import NotFound, QuotaExhausted
from storage.admission import Admission
from storage.database import Database
from storage.tables import Application
from tests.clock import Clock
from tests.storage.rush import applications, counter, open_round, people, ticket

PLACES, PEOPLE, CLIENTS = 20, 60, 24


class Storm:
    """Everybody comes twice on average; some give up waiting, some withdraw."""

    def __init__(self, databases: list[Database], clock: Clock, seed: int) -> None:
        self.chance = random.Random(seed)
        self.databases = databases
        # Nothing is believed: a refusal holds for both processes the moment it is given.
        self.counters = [Admission(each, clock.now, believe=0) for each in databases]
        self.withdrawn = 0

    async def blow(self, round_id: int) -> None:
        arrivals = iter(self.chance.choices(range(1, PEOPLE + 1), k=PEOPLE * 2))

        async def client() -> None:
            for person in arrivals:
                await self.come(round_id, person)

        await asyncio.gather(*(client() for _ in range(CLIENTS)))

    async def come(self, round_id: int, person: int) -> None:
        side = self.chance.randrange(2)
        submission = asyncio.create_task(self.counters[side].admit(ticket(round_id, person)))
        if self.chance.random() < 0.1:
            await asyncio.sleep(0)
            submission.cancel()
        try:
            place = await submission
        except (QuotaExhausted, NotFound, asyncio.CancelledError):
            return
        if self.chance.random() < 0.1:
            await self.withdraw(side, place.application_id)

    async def withdraw(self, side: int, application_id: int) -> None:
        row = select(Application.id, Application.round_id, Application.live)
        async with self.databases[side].unit() as unit:
            found = await unit.connection.execute(row.where(Application.id == application_id))
            application = found.one()
            self.withdrawn += application.live
            await self.counters[side].release(unit, application)
        self.counters[side].released(application.round_id)


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_the_counter_is_right(
    database_url: str, database: Database, clock: Clock, seed: int
) -> None:
    await people(database, PEOPLE)
    round_id = await open_round(database, places=PLACES)
    other = Database(database_url, clock=clock.now)
    storm = Storm([database, other], clock, seed)
    await storm.blow(round_id)
    for each in storm.counters:
        await each.close()
    await other.close()
    rows = await applications(database, round_id)
    live = [row for row in rows if row.live]
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    assert await counter(database, round_id) == (len(live), len(rows))
    assert len({row.identity_index for row in live}) == len(live) <= PLACES
    assert len(rows) - len(live) <= storm.withdrawn
    assert len(rows) >= PLACES
