"""Whether one can apply today, and the round one applies in; a standing one opens by itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.errors import WindowClosed
from core.scheme import Scheme
from core.terms import at_once, term
from storage.tables import SHANGHAI, Round
from storage.unit import Unit

CLOSING = "round_closes"


@dataclass(frozen=True)
class Call:
    """One can apply until `closes`; `left` is None where places are not counted."""

    closes: date
    left: int | None
    places: int | None


async def call(unit: Unit, scheme: Scheme) -> Call | None:
    """The round that is open today, or the standing one that the first application opens."""
    running = await unit.rounds.open_for(scheme.id, unit.today)
    if running is not None:
        return Call(running.closes, running.left, running.places)
    days = term(scheme, unit.today)
    return Call(days.closes, None, None) if days else None


async def running(unit: Unit, scheme: Scheme) -> Round:
    """The round one applies in today, opened now if it stands. Raises WindowClosed."""
    there = await unit.rounds.open_for(scheme.id, unit.today)
    days = term(scheme, unit.today)
    if there is None and days is not None:
        opened = await unit.rounds.stand(scheme.id, scheme.version, days, at_once(scheme))
        there = await unit.rounds.open_for(scheme.id, unit.today)
        if opened and there is not None:
            await _open(unit, there)
    if there is None:
        raise WindowClosed(None, None, scheme.quota.cite)
    return there


async def _open(unit: Unit, opened: Round) -> None:
    over = datetime.combine(opened.closes + timedelta(days=1), time(tzinfo=SHANGHAI))
    await unit.timers.set(CLOSING, opened.id, over)
    await unit.acts.append("calendar", "open_round", f"round:{opened.id}", scheme=opened.scheme_id)
