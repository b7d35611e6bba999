"""Whom the counter sends away, and that this harms nobody else."""

import asyncio
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from core.errors import CertificateUsed, NotFound, QuotaExhausted, WindowClosed
from locales import speaker
from storage.admission import Admission, Admitted
from storage.database import Database
from storage.tables import SHANGHAI, Application, Draft, Round
from tests.clock import Clock
from tests.storage.rush import applications, change, counter, open_round, people, ticket


@pytest.mark.parametrize(
    ("day", "open_"), [((2, 28), False), ((3, 1), True), ((3, 31), True), ((4, 1), False)]
)
async def test_the_window_goes_by_the_day_in_shanghai(
    database: Database, admission: Admission, clock: Clock, day: tuple[int, int], open_: bool
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=2)
    clock.set(datetime(2026, *day, 23 if day[0] == 3 else 1, 59, tzinfo=SHANGHAI))
    if open_:
        assert (await admission.admit(ticket(round_id, 1))).rank == 1
        return
    with pytest.raises(WindowClosed) as no:
        await admission.admit(ticket(round_id, 1))
    assert (no.value.opens, no.value.closes) == (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("at", "open_"),
    [((16, 59, 59), True), ((17, 0, 0), True), ((17, 0, 59), True), ((17, 1, 0), False)],
)
async def test_the_hour_of_the_last_day_is_kept_to_the_minute(
    database: Database, admission: Admission, clock: Clock, at: tuple[int, int, int], open_: bool
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=2, closes_at=time(17))
    clock.set(datetime(2026, 3, 31, *at, tzinfo=SHANGHAI).astimezone(UTC))
    if open_:
        assert (await admission.admit(ticket(round_id, 1))).rank == 1
        return
    with pytest.raises(WindowClosed) as no:
        await admission.admit(ticket(round_id, 1))
    assert no.value.closes == datetime(2026, 3, 31, 17, tzinfo=SHANGHAI)
    assert "2026年3月31日 17:00" in speaker("zh_CN").refusal(no.value)


async def test_after_the_window_a_repeated_submission_still_hears_its_number(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=2)
    mine = await admission.admit(ticket(round_id, 1))
    clock.move(days=60)
    assert (await admission.admit(ticket(round_id, 1))).number == mine.number


async def test_a_round_under_review_is_full_if_all_places_were_given(
    database: Database, admission: Admission
) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=1)
    await admission.admit(ticket(round_id, 1))
    await change(database, update(Round).values(state="reviewing", taken=0))
    admission.released(round_id)
    with pytest.raises(QuotaExhausted):
        await admission.admit(ticket(round_id, 2))


async def test_a_round_under_review_is_closed_if_places_are_left(
    database: Database, admission: Admission
) -> None:
    await people(database, 1)
    round_id = await open_round(database, places=1, state="reviewing")
    with pytest.raises(WindowClosed):
        await admission.admit(ticket(round_id, 1))


async def test_a_certificate_serves_one_person(database: Database, admission: Admission) -> None:
    await people(database, 3)
    round_id = await open_round(database, places=5)
    same = "c" * 64
    both = [admission.admit(ticket(round_id, person, certificate_index=same)) for person in (1, 2)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Admitted, CertificateUsed]
    with pytest.raises(CertificateUsed):
        await admission.admit(ticket(round_id, 3, certificate_index=same))
    assert await counter(database, round_id) == (1, 1)


async def test_a_certificate_serves_one_round(
    database_url: str, database: Database, clock: Clock
) -> None:
    await people(database, 40)
    rounds = [await open_round(database, places=50) for _ in range(2)]
    other = Database(database_url, clock=clock.now)
    counters = [Admission(database, clock.now), Admission(other, clock.now)]

    def submit(person: int) -> Any:
        certificate = f"{person % 20:064x}"  # of two persons in two rounds
        side = person > 20
        mine = ticket(rounds[side], person, certificate_index=certificate)
        return counters[side].admit(mine)

    outcomes = await asyncio.gather(*map(submit, range(1, 41)), return_exceptions=True)
    await other.close()
    assert sorted(type(each).__name__ for each in outcomes) == 20 * ["Admitted"] + 20 * [
        "CertificateUsed"
    ]
    used = [row.certificate_index for each in rounds for row in await applications(database, each)]
    assert len(used) == len(set(used)) == 20


async def test_a_certificate_is_used_once_it_was_paid(
    database: Database, admission: Admission, clock: Clock
) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=5)
    same = "c" * 64
    await admission.admit(ticket(round_id, 1, certificate_index=same))
    await change(database, update(Application).values(live=False, paid_at=clock.now()))
    with pytest.raises(CertificateUsed):
        await admission.admit(ticket(round_id, 2, certificate_index=same))
    await change(database, update(Application).values(paid_at=None))
    assert (await admission.admit(ticket(round_id, 2, certificate_index=same))).fresh


async def test_a_poison_submission_fails_alone(database: Database, admission: Admission) -> None:
    await people(database, 4)
    round_id = await open_round(database, places=5)
    tickets = [
        ticket(round_id, 1),
        ticket(round_id, 2, base_union_id=999),  # the database refuses the whole statement
        ticket(round_id, 3, draft_id=999),
        ticket(round_id, 4),
    ]
    outcomes = await asyncio.gather(*map(admission.admit, tickets), return_exceptions=True)
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Admitted, IntegrityError, NotFound, Admitted]
    assert [row.worker_id for row in await applications(database, round_id)] == [1, 4]
    assert await counter(database, round_id) == (2, 2)


async def test_a_draft_is_sent_by_its_worker_only(database: Database, admission: Admission) -> None:
    await people(database, 2)
    round_id = await open_round(database, places=5)
    with pytest.raises(NotFound):
        await admission.admit(ticket(round_id, 1, draft_id=2))
    await change(database, update(Draft).values(state="dropped"))
    with pytest.raises(NotFound):
        await admission.admit(ticket(round_id, 1))
    assert await applications(database, round_id) == []


async def test_a_draft_is_sent_once_over_all_rounds(
    database: Database, admission: Admission
) -> None:
    await people(database, 1)
    first, second = [await open_round(database, places=5) for _ in range(2)]
    mine = await admission.admit(ticket(first, 1))
    again = await admission.admit(ticket(second, 1))
    assert (again.number, again.fresh) == (mine.number, False)
    assert await counter(database, second) == (0, 0)


async def test_a_round_that_does_not_exist_is_not_found(
    database: Database, admission: Admission
) -> None:
    with pytest.raises(NotFound):
        await admission.admit(ticket(77, 1))
