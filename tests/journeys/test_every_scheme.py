"""Every handled scheme of the library, carried to its end by the officers of the demonstration."""

from pathlib import Path

from core.scheme import Tier
from core.workflow import GOING, State
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.playing import Play
from tests.schemes.pages import CATALOGUE

NEWEST = [CATALOGUE.versions(each)[-1] for each in CATALOGUE.every_id]
HANDLED = [each for each in NEWEST if each.tier is Tier.HANDLE]
DAYS = 150
HOMES = {"sqlite": "spring", "postgresql": "steel"}  # in a county, and in an industrial line
TAKEN = {"sqlite": HANDLED, "postgresql": HANDLED[::8]}  # the rules are the same, the locks differ


async def test_every_scheme_comes_to_its_end(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    kind = database_url.partition(":")[0]
    home = HOMES[kind]
    async with a_house(database_url, tmp_path, clock) as house:
        play = Play(house, clock)
        sent = [await play.applies(scheme, home) for scheme in TAKEN[kind]]
        for _ in range(DAYS):
            for application in sent:
                while await play.works_on(application):
                    pass
            await play.next_morning()
            left = [a for a in sent if (await play.now(a.id)).state in GOING]
            if not left:
                break
        stuck = {(a.scheme_id, a.state, a.stage) for a in [await play.now(b.id) for b in left]}
        assert stuck == set()
        ends = {(await play.now(each.id)).state for each in sent}
        assert ends == {State.PAID, State.COMPLETED}
