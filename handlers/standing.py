"""Whether one can apply today, and the round one applies in; a standing one opens by itself."""

from dataclasses import dataclass
from datetime import date

from core.errors import WindowClosed
from core.scheme import Scheme
from core.terms import Term, at_once, term
from core.window import end, first_after, over
from storage.tables import SHANGHAI, Round
from storage.unit import Unit

CLOSING = "round_closes"


@dataclass(frozen=True)
class Call:
    """One can apply until `closes`, a day or its minute; `left` is None where places are not
    counted."""

    closes: date
    left: int | None
    places: int | None


async def call(unit: Unit, scheme: Scheme) -> Call | None:
    """The round that is open today, or the standing one that the first application opens."""
    running = await unit.rounds.open_for(scheme.id, unit.today)
    if running is not None:
        return Call(running.ends, running.left, running.places)
    days = _term(scheme, unit)
    return Call(end(days.closes, days.at, SHANGHAI), None, None) if days else None


async def running(unit: Unit, scheme: Scheme) -> Round:
    """The round one applies in today, opened now if it stands. Raises WindowClosed."""
    there = await unit.rounds.open_for(scheme.id, unit.today)
    days = _term(scheme, unit)
    if there is None and days is not None:
        opened = await unit.rounds.stand(scheme.id, scheme.version, days, at_once(scheme))
        there = await unit.rounds.open_for(scheme.id, unit.today)
        if opened and there is not None:
            await _open(unit, there)
    if there is None:
        if (gone := await unit.rounds.over_today(scheme.id)) is not None:
            raise WindowClosed(None, gone.ends)
        raise WindowClosed(None, None, scheme.quota.cite)
    return there


def _term(scheme: Scheme, unit: Unit) -> Term | None:
    """The standing round of today; None once its hour has passed."""
    days = term(scheme, unit.today)
    return None if days is None or over(days.closes, days.at, unit.now) else days


async def _open(unit: Unit, opened: Round) -> None:
    gone = first_after(opened.closes, opened.closes_at, SHANGHAI)
    await unit.timers.set(CLOSING, opened.id, gone)
    await unit.acts.append("calendar", "open_round", f"round:{opened.id}", scheme=opened.scheme_id)
