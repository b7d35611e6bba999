"""An office with nothing in it but a province and its officers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.days import Calendar
from handlers.office import Office
from storage.admission import Admission
from storage.database import Database
from storage.files import FileStore
from storage.vault import Vault
from tests import furnished, run
from tests.clock import Clock
from tests.handlers.province import Day, a_province, the_province


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return run.catalogue()


@pytest.fixture
async def office(
    database: Database, clock: Clock, vault: Vault, tmp_path: Path, catalogue: Catalogue
) -> AsyncIterator[Office]:
    admission = Admission(database, clock.now)
    yield Office(
        schemes=catalogue,
        finder=run.finder(),
        database=database,
        vault=vault,
        files=FileStore(tmp_path / "files", vault),
        admission=admission,
        calendar=Calendar(),
        clock=clock.now,
        public_url="http://127.0.0.1:8000",
    )
    await admission.close()


@pytest.fixture
async def day(office: Office, clock: Clock, database_url: str) -> Day:
    if furnished.bring("province", database_url, clock.now()):
        async with office.reading() as unit:
            return Day(office, clock, await the_province(unit))
    async with office.unit() as unit:
        province = await a_province(unit)
    furnished.keep("province", database_url, clock.now())
    return Day(office, clock, province)
