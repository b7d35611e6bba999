"""The counter, open for the length of a test."""

from collections.abc import AsyncIterator

import pytest

from storage.admission import Admission
from storage.database import Database
from tests.clock import Clock


@pytest.fixture
async def admission(database: Database, clock: Clock) -> AsyncIterator[Admission]:
    counter = Admission(database, clock.now)
    yield counter
    await counter.close()
