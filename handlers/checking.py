"""Checking a drawn list: everybody before this union is passed on together, but for the doubtful.

What is asked of every line (no violation, still in touch) is answered once for all; a line on
which more is open, or whose sum differs, is decided by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import AppError, NotFound
from core.rules import Value
from core.stages import Manner
from handlers import bench, granting, review, weighing
from handlers.bench import present, scheme_of, stage_of
from handlers.decisions import OpenFact, Pass
from handlers.office import Office
from storage.tables import Application, Officer
from storage.unit import Unit

MOST_MONTHS = 12
PART = 25  # lines in one unit, so that nobody waits long for the archive


@dataclass(frozen=True)
class Line:
    """A line of the list before this union; `unsure` names what is open on it alone."""

    application: Application
    unsure: tuple[OpenFact, ...]
    recused: AppError | None = None


@dataclass(frozen=True)
class Checklist:
    """`common` is asked once for all; `sets_sum` whether a sum has to be given, `monthly` whether
    it is a number of months."""

    lines: tuple[Line, ...]
    common: tuple[OpenFact, ...]
    sets_sum: bool
    monthly: bool

    @property
    def clear(self) -> tuple[Application, ...]:
        return tuple(e.application for e in self.lines if not e.unsure and e.recused is None)


async def checklist(office: Office, unit: Unit, officer: Officer, round_id: int) -> Checklist:
    """What of this list stands before the officer's union to be decided one by one."""
    lines_ = await unit.drawn.lines(round_id)
    there = [line for line in lines_ if _before(office, officer, line)]
    recused = await bench.recused(office, unit, officer, there)
    common: dict[str, OpenFact] = {}
    lines, sums, monthly = [], False, False
    for each in there:
        open_ = await weighing.open_facts(office, unit, each)
        unsure = tuple(fact for fact in open_ if fact.question.asked_of_worker)
        common |= {fact.fact: fact for fact in open_ if fact not in unsure}
        lines.append(Line(each, unsure, recused.get(each.id)))
        sums = sums or each.amount_fen is None
        monthly = monthly or any(gain.per == "month" for gain in scheme_of(office, each).gains)
    return Checklist(tuple(lines), tuple(common.values()), sums, monthly)


async def pass_on(
    office: Office,
    officer: Officer,
    round_id: int,
    found: Mapping[str, Value],
    fen: int | None = None,
    months: int | None = None,
) -> int:
    """Passes every clear line on, with what was found for all of them; how many went.

    A sum that has to be set is `fen` for each, or that of so many `months`. Lines struck out or
    passed on meanwhile are left as they are. Raises what `review.decide` raises, NotFound where
    nothing is clear.
    """
    async with office.reading() as unit:
        officer = await present(unit, officer)
        ready = [each.id for each in (await checklist(office, unit, officer, round_id)).clear]
    if not ready:
        raise NotFound(round=round_id)
    passed = 0
    for start in range(0, len(ready), PART):
        async with office.unit() as unit:
            held = await unit.applications.all_held(ready[start : start + PART])
            for line in (each for each in held if _before(office, officer, each)):
                sum_ = await _sum(office, unit, line, found, fen, months)
                decision = Pass(True, found, "", sum_)
                await review.decide(office, officer, line.id, line.version, decision, unit)
                passed += 1
    return passed


def _before(office: Office, officer: Officer, line: Application) -> bool:
    """Whether it stands before this officer's union, to be decided by itself."""
    here = line.state == "in_stage" and line.union_id == officer.union_id
    return here and stage_of(office, line).manner is Manner.DECIDE


async def _sum(
    office: Office,
    unit: Unit,
    line: Application,
    found: Mapping[str, Value],
    fen: int | None,
    months: int | None,
) -> int | None:
    """None where the document gives the sum by itself."""
    verdict = (await weighing.seen(office, unit, line, found)).verdict
    room = await granting.room_for(office, unit, line, verdict)
    if room is None or room.fixed is not None:
        return None
    return room.low * months if months and room.low else fen
