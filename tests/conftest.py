"""The office the tests work in: both databases, a clock that moves, keys that are no secret."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from zlib import crc32

import pytest
import redis
from hypothesis import settings

from storage.database import Database, migrate
from storage.vault import Vault
from tests import run, statements
from tests.clock import Clock
from tests.databases import SERVER, Postgres

TAKE_TURNS = {"admin", "bot", "worker", "handlers", "journeys"}  # storage: both, always
EVERY = "HUIGONG_TEST_EVERY_DATABASE"
MANY = 1_000  # a whole run, not a few tests picked by hand

# Generated examples are judged by what they show, not by how busy the machine is.
settings.register_profile("unhurried", deadline=None, max_examples=60)
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    if not config.option.basetemp:
        config.option.basetemp = run.folder() / "each"
    statements.share()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes, stays: no looking for rubbish in it, as in bot/serve.py."""
    gc.disable()
    collected = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()
    return collected


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is the same on both databases is tested on one or the other, unless all is asked for."""
    if len(items) < MANY:
        return
    if not os.environ.get(EVERY):
        spared = {item for item in items if _takes_turns(item) and not _is_its_turn(item)}
        config.hook.pytest_deselected(items=list(spared))
        items[:] = [item for item in items if item not in spared]
    _spread(items)


def _spread(items: list[pytest.Item]) -> None:
    """The long ones evenly among the others: each process has its share of them, and early."""
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if item not in set(long)]
    step = len(others) // max(1, len(long))
    for number, item in enumerate(long):
        others.insert(number * (step + 1), item)
    items[:] = others


def _takes_turns(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.path.parent.name in TAKE_TURNS and "database_url" in fixtures


def _is_its_turn(item: pytest.Item) -> bool:
    name, _, kind = item.nodeid.rpartition("[")
    return ("sqlite" in kind) == bool(crc32(name.encode()) % 2)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault() -> Vault:
    return Vault("no secret: this one is for the tests only")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "archive.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.create()
    except OSError as why:
        pytest.skip(f"no PostgreSQL at {SERVER} (set HUIGONG_TEST_POSTGRES_URL): {why}")
    yield server
    server.drop()


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite archive."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'archive.db')}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """An empty, migrated PostgreSQL archive."""
    postgres.sweep()
    return postgres.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated archive, once on each database."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture
async def database(database_url: str, clock: Clock, vault: Vault) -> AsyncIterator[Database]:
    archive = Database(database_url, clock=clock.now, vault=vault)
    yield archive
    await archive.close()


@pytest.fixture(scope="session")
def redis_server() -> str:
    # Processes side by side sweep databases of their own: 1 to 15, never 0.
    given = os.environ.get("HUIGONG_TEST_REDIS_URL")
    return given or f"redis://127.0.0.1:6379/{15 - os.getpid() % 15}"


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis database."""
    with redis.Redis.from_url(redis_server) as client:
        try:
            client.flushdb()
        except redis.ConnectionError as why:
            pytest.skip(f"no Redis at {redis_server} (set HUIGONG_TEST_REDIS_URL): {why}")
    return redis_server
