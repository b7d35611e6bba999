"""The counter and the post, open for the length of a test."""

from collections.abc import AsyncIterator

import pytest

from storage.admission import Admission
from storage.database import Database
from storage.post import Post
from tests.clock import Clock


@pytest.fixture
async def admission(database: Database, clock: Clock) -> AsyncIterator[Admission]:
    counter = Admission(database, clock.now)
    yield counter
    await counter.close()


@pytest.fixture
async def post(database: Database, clock: Clock) -> AsyncIterator[Post]:
    office = Post(database, clock.now)
    yield office
    await office.close()
