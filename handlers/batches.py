"""What is taken at once for many (a meeting, a list for the bank): by round and office."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.stages import Manner
from handlers.office import Office
from handlers.queue import heaps
from handlers.visit import Offer
from locales import Speaker
from storage.tables import Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Batch:
    """`scheme` is its name; `officer` the one who acts, in the office it lies before."""

    round_id: int
    scheme: str
    year: int
    count: int
    officer: Officer


def offers(say: Speaker, batches: Iterable[Batch]) -> list[Offer]:
    """A button for each: `round:<id>`."""
    return [
        Offer(
            f"round:{each.round_id}",
            say("batch.round", scheme=say.scheme(each.scheme), year=each.year, count=each.count),
            "primary",
        )
        for each in batches
    ]


async def waiting(office: Office, unit: Unit, officer: Officer, manner: Manner) -> list[Batch]:
    """All that stands in steps of this manner, and before those this officer stands in for."""
    found: dict[tuple[int, int], Batch] = {}
    for heap in await heaps(office, unit, officer):
        pile, here = heap.pile, heap.officer
        scheme = office.schemes.version(pile.scheme_id, pile.scheme_version)
        if scheme.stages[pile.stage].manner is not manner:
            continue
        for round_id, count in await unit.queue.rounds(here.union_id, pile):
            key = (round_id, here.union_id)
            before = found[key].count if key in found else 0
            year = (await unit.rounds.by_id(round_id)).year
            found[key] = Batch(round_id, scheme.name, year, before + count, here)
    return list(found.values())


async def of_round(
    office: Office, unit: Unit, officer: Officer, round_id: int, manner: Manner
) -> Officer:
    """The officer in the office before which this round lies; as he is where it lies nowhere."""
    there = await waiting(office, unit, officer, manner)
    return next((each.officer for each in there if each.round_id == round_id), officer)
