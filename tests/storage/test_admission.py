"""At the counter: first come, first served, whatever happens around it."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import select, update

from core.errors import NotFound, QuotaExhausted
from storage.admission import Admission, Admitted
from storage.database import Database
from storage.tables import Act, Application, Draft, Round, Timer
from tests.clock import Clock
from tests.storage.rush import applications, ask, change, counter, open_round, people, ticket


async def rush(counters: list[Admission], round_id: int, clients: int, persons: int) -> list[Any]:
    """`clients` submit at once; every fifth submission is one that was made before."""
    chance = random.Random(5)
    order = list(range(1, persons + 1))
    order += chance.choices(order, k=persons // 5)
    chance.shuffle(order)
    waiting = iter(enumerate(order))

    async def client() -> list[Any]:
        heard: list[Any] = []
        for turn, person in waiting:
            door = counters[turn % len(counters)]
            try:
                heard.append((person, await door.admit(ticket(round_id, person))))
            except QuotaExhausted:
                heard.append((person, None))
        return heard

    return [
        each
        for heard in await asyncio.gather(*(client() for _ in range(clients)))
        for each in heard
    ]


async def test_who_comes_first_is_number_one(database: Database, admission: Admission) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=3)
    assert await admission.admit(ticket(round_id, 1)) == Admitted(
        1, f"2026{round_id:03d}00001", 1, 2, True
    )
    assert await admission.admit(ticket(round_id, 2)) == Admitted(
        2, f"2026{round_id:03d}00002", 2, 1, True
    )


async def test_everything_that_belongs_to_a_submission_is_written_with_it(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=3)
    place = await admission.admit(ticket(round_id, 1))
    [row] = await applications(database, round_id)
    assert (row.id, row.number, row.state, row.live) == (
        place.application_id,
        place.number,
        "waiting",
        True,
    )
    assert (row.facts, row.trace) == (ticket(round_id, 1).facts, ticket(round_id, 1).trace)
    assert row.submitted_at == clock.now()
    acts = await ask(database, select(Act.who, Act.what, Act.on))
    assert acts == [("worker:1", "submit", f"application:{row.id}")]
    assert await ask(database, select(Draft.state)) == [("sent",)]
    assert await counter(database, round_id) == (1, 1)


async def test_fifty_places_are_given_exactly_once_in_a_rush(
    database: Database, admission: Admission
) -> None:
    await people(database, 120)
    round_id = await open_round(database, places=50)
    heard = await rush([admission], round_id, clients=64, persons=120)
    await exactly_given(database, round_id, heard, places=50)


async def test_two_processes_at_one_counter_are_exact(
    database_url: str, database: Database, clock: Clock
) -> None:
    await people(database, 120)
    round_id = await open_round(database, places=50)
    other = Database(database_url, clock=clock.now)
    counters = [Admission(database, clock.now), Admission(other, clock.now)]
    heard = await rush(counters, round_id, clients=64, persons=120)
    await other.close()
    await exactly_given(database, round_id, heard, places=50)


async def exactly_given(database: Database, round_id: int, heard: list[Any], places: int) -> None:
    rows = await applications(database, round_id)
    assert [row.rank for row in rows] == list(range(1, places + 1))
    assert await counter(database, round_id) == (places, places)
    assert len({row.identity_index for row in rows}) == places
    number_of = {row.worker_id: row.number for row in rows}
    for person, place in heard:
        assert (place.number if place else None) == number_of.get(person)
    fresh = [place for _, place in heard if place and place.fresh]
    assert len(fresh) == places


async def test_nobody_is_admitted_after_an_earlier_one_was_refused(
    database: Database, admission: Admission
) -> None:
    await people(database, 60)
    round_id = await open_round(database, places=30)
    order: list[bool] = []

    async def submit(person: int) -> None:
        try:
            await admission.admit(ticket(round_id, person))
            order.append(True)
        except QuotaExhausted:
            order.append(False)

    await asyncio.gather(*(submit(person) for person in range(1, 61)))
    assert order == [True] * 30 + [False] * 30
    assert [row.worker_id for row in await applications(database, round_id)] == list(range(1, 31))


async def test_who_submits_again_hears_the_same_number(
    database: Database, admission: Admission
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=3)
    first, twin = await asyncio.gather(*(admission.admit(ticket(round_id, 1)) for _ in range(2)))
    again = await admission.admit(ticket(round_id, 1))
    assert (first.fresh, twin.fresh, again.fresh) == (True, False, False)
    assert first.number == twin.number == again.number
    assert first.application_id == twin.application_id == again.application_id


async def test_a_full_round_wakes_the_calendar_once(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=2)
    await admission.admit(ticket(round_id, 1))
    assert await ask(database, select(Timer.kind)) == []
    await admission.admit(ticket(round_id, 2))
    with pytest.raises(QuotaExhausted):
        await admission.admit(ticket(round_id, 3))
    timers = await ask(database, select(Timer.kind, Timer.ref, Timer.due, Timer.fired))
    assert timers == [("round_full", round_id, clock.now(), None)]


async def test_a_full_round_is_refused_from_memory_for_a_second(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=1)
    mine = await admission.admit(ticket(round_id, 1))
    await change(database, update(Round).values(places=2))  # unknown to this process
    with pytest.raises(QuotaExhausted) as no:
        await admission.admit(ticket(round_id, 2))
    assert no.value.places == 1
    again = await admission.admit(ticket(round_id, 1))
    assert (again.number, again.places_left, again.fresh) == (mine.number, 0, False)
    clock.move(seconds=1)
    assert (await admission.admit(ticket(round_id, 2))).rank == 2


async def test_a_full_round_goes_on_being_refused_while_one_asks(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=1)
    await admission.admit(ticket(round_id, 1))
    clock.move(seconds=2)
    both = [admission.admit(ticket(round_id, person)) for person in (2, 3)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [QuotaExhausted, QuotaExhausted]


async def test_a_withdrawn_place_is_given_again_under_a_new_rank(
    database: Database, admission: Admission
) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=2)
    await admission.admit(ticket(round_id, 1))
    await admission.admit(ticket(round_id, 2))
    [first, _] = await applications(database, round_id)
    for _ in range(2):  # twice by mistake gives one place back, not two
        async with database.unit() as unit:
            await admission.release(unit, first)
    assert await counter(database, round_id) == (1, 2)
    admission.released(round_id)
    assert (await admission.admit(ticket(round_id, 3))).rank == 3
    assert await counter(database, round_id) == (2, 3)
    with pytest.raises(QuotaExhausted):
        await admission.admit(ticket(round_id, 1, draft_id=1))


async def test_an_application_at_hand_knows_that_it_has_given_its_place_back(
    database: Database, admission: Admission
) -> None:
    await people(database, 1)
    place = await admission.admit(ticket(await open_round(database, places=2), 1))
    async with database.unit() as unit:
        application = await unit.session.get_one(Application, place.application_id)
        await admission.release(unit, application)
        assert application.live is False
        application.state = "withdrawn"  # as every clerk does next
    [row] = await applications(database, application.round_id)
    assert (row.live, row.state) == (False, "withdrawn")


async def test_who_has_withdrawn_may_apply_again_with_a_new_draft(
    database: Database, admission: Admission
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=2)
    await admission.admit(ticket(round_id, 1))
    [first] = await applications(database, round_id)
    async with database.unit() as unit:
        await admission.release(unit, first)
    admission.released(round_id)
    with pytest.raises(NotFound):  # the old draft is spent
        await admission.admit(ticket(round_id, 1))
    await change(database, update(Draft).values(state="open"))
    assert (await admission.admit(ticket(round_id, 1))).rank == 2


async def test_a_release_during_a_batch_is_not_forgotten(
    database: Database, admission: Admission
) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=1)
    async with database.unit() as unit:  # the batch has to wait for this
        await unit.connection.execute(update(Round).values(taken=0))
        taking = asyncio.create_task(admission.admit(ticket(round_id, 1)))
        for _ in range(5):
            await asyncio.sleep(0)
        admission.released(round_id)  # heard before the batch could say that the round is full
    await taking
    await change(database, update(Round).values(places=2))
    assert (await admission.admit(ticket(round_id, 2))).rank == 2


async def test_whoever_gives_up_waiting_takes_no_place_from_others(
    database: Database, admission: Admission
) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=2)
    submissions = [asyncio.create_task(admission.admit(ticket(round_id, n))) for n in (1, 2, 3)]
    await asyncio.sleep(0)
    submissions[0].cancel()
    outcomes = await asyncio.gather(*submissions, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert [row.rank for row in await applications(database, round_id)] == [1, 2]


async def test_closing_serves_those_who_wait(database: Database, clock: Clock) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=3)
    admission = Admission(database, clock.now)
    submissions = [asyncio.create_task(admission.admit(ticket(round_id, n))) for n in (1, 2)]
    await asyncio.sleep(0)
    await admission.close()
    assert [place.rank for place in await asyncio.gather(*submissions)] == [1, 2]
    with pytest.raises(RuntimeError):
        await admission.admit(ticket(round_id, 1))
