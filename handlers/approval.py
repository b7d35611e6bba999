"""A meeting (主席办公会, 领导小组): one batch, one number of minutes, decided together.

Source: 第六条(四) 公示期满提交省总工会主席办公会进行终审.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import AppError, NotFound, NotYours, Recused, Unreadable
from core.jurisdiction import check as check_jurisdiction
from core.people import Role
from core.stages import Manner
from core.workflow import Move
from handlers import bank, bench, limits, onward, passage
from handlers.bench import acting, present, stage_of, within
from handlers.office import Office
from handlers.passage import Why
from storage.tables import Application, Meeting, Officer
from storage.unit import Unit

OVERSEERS = (Role.AUDITOR, Role.MANAGER)
LONGEST_MINUTES, LONGEST_REASON = 80, 500  # characters
AT_ONCE = 50  # workers told in the unit of the decision itself


@dataclass(frozen=True)
class Barred:
    """An application that cannot be approved: a limit is reached, or the officer is recused."""

    application: Application
    why: AppError


@dataclass(frozen=True)
class Outcome:
    """What became of the batch; what is barred stands where it stood."""

    meeting: Meeting
    approved: tuple[Application, ...]
    refused: tuple[Application, ...]
    barred: tuple[Barred, ...]


async def standing(
    office: Office, unit: Unit, officer: Officer, round_id: int
) -> list[tuple[Application, AppError | None]]:
    """What the next meeting would decide on, by rank, each with what bars it."""
    batch = await _batch(office, unit, officer, round_id)
    barred = {each.application.id: each.why for each in await _barred(office, unit, officer, batch)}
    return [(application, barred.get(application.id)) for application in batch]


async def meeting(
    office: Office,
    officer: Officer,
    round_id: int,
    minutes: str,
    held_on: date,
    refused: Mapping[int, str] | None = None,
    unit: Unit | None = None,
) -> Outcome:
    """Approves everything that stands at approval in the round, but for what is refused or barred.

    `refused` gives a reason for each application id. Raises NotYours, OutsideJurisdiction,
    NotFound where nothing stands there, Unreadable (minutes, date_future, choice, text, too_long).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        if officer.role in OVERSEERS:
            raise NotYours
        found = await _batch(office, work, officer, round_id)
        batch = _still(office, await work.applications.all_held([each.id for each in found]))
        if not batch:
            await _refuse_others(office, work, officer, round_id)
        reasons = _reasons(refused or {}, batch)
        held = await _note(work, officer, round_id, _minutes(minutes), _day(held_on, work.today))
        barred = await _barred(office, work, officer, batch)
        hindered = {each.application.id: each.why for each in barred}
        no = [each for each in batch if each.id in reasons and _may_refuse(hindered, each)]
        yes = [each for each in batch if each.id not in hindered and each.id not in reasons]
        for application in no:
            await _refuse(office, work, officer, application, held, reasons[application.id])
        await _approve(office, work, officer, yes, held)
        left = tuple(each for each in barred if each.application not in no)
        return Outcome(held, tuple(yes), tuple(no), left)


async def _batch(
    office: Office, unit: Unit, officer: Officer, round_id: int
) -> Sequence[Application]:
    """What stands before this officer's meeting; before any, for one who oversees them."""
    mine = None if officer.role in OVERSEERS else officer.union_id
    found = await _standing(office, unit, round_id, mine)
    if mine is not None and found:
        await _check_union(office, unit, officer, found[0])
    return found


async def _standing(
    office: Office, unit: Unit, round_id: int, union_id: int | None
) -> Sequence[Application]:
    running = await unit.rounds.by_id(round_id)
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    stages = [n for n, stage in enumerate(scheme.stages) if stage.manner is Manner.MEET]
    return [each for n in stages for each in await unit.applications.at(round_id, n, union_id)]


def _still(office: Office, held: Sequence[Application]) -> list[Application]:
    """Without those that somebody has moved before they were held."""
    there = [
        each
        for each in held
        if each.state == "in_stage" and stage_of(office, each).manner is Manner.MEET
    ]
    return sorted(there, key=lambda each: each.rank)


async def _refuse_others(office: Office, unit: Unit, officer: Officer, round_id: int) -> None:
    """Raises OutsideJurisdiction where another meeting decides, NotFound where none does."""
    others = await _standing(office, unit, round_id, None)
    if not others:
        raise NotFound(round=round_id)
    await _check_union(office, unit, officer, others[0])
    raise NotFound(round=round_id)


async def _check_union(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> None:
    tree = await unit.unions.tree(application.base_union_id)
    body = tree[application.union_id or 0]
    check_jurisdiction(stage_of(office, application), body, officer.union_id, officer.role)


async def _barred(
    office: Office, unit: Unit, officer: Officer, batch: Sequence[Application]
) -> list[Barred]:
    recused = await bench.recused(office, unit, officer, batch)
    limited = await limits.reached(office, unit, batch)
    whys = [(each, recused.get(each.id) or limited.get(each.id)) for each in batch]
    return [Barred(each, why) for each, why in whys if why is not None]


def _may_refuse(hindered: Mapping[int, AppError], application: Application) -> bool:
    """A limit is a good reason to refuse; recusal forbids that as well."""
    return not isinstance(hindered.get(application.id), Recused)


def _reasons(refused: Mapping[int, str], batch: Sequence[Application]) -> dict[int, str]:
    if not refused.keys() <= {each.id for each in batch}:
        raise Unreadable("choice")
    reasons = {number: reason.strip() for number, reason in refused.items()}
    if not all(reasons.values()):
        raise Unreadable("text")
    if any(len(reason) > LONGEST_REASON for reason in reasons.values()):
        raise Unreadable("too_long", most=LONGEST_REASON)
    return reasons


def _minutes(minutes: str) -> str:
    minutes = minutes.strip()
    if not 0 < len(minutes) <= LONGEST_MINUTES:
        raise Unreadable("minutes")
    return minutes


def _day(held_on: date, today: date) -> date:
    if held_on > today:
        raise Unreadable("date_future")
    return held_on


async def _note(
    unit: Unit, officer: Officer, round_id: int, minutes: str, held_on: date
) -> Meeting:
    held = Meeting(
        round_id=round_id, minutes=minutes, held_on=held_on, officer_id=officer.id, at=unit.now
    )
    await unit.rounds.note_meeting(held)
    who, on = f"officer:{officer.id}", f"round:{round_id}"
    await unit.acts.append(who, "meeting", on, meeting=held.id, held_on=held_on.isoformat())
    return held


async def _approve(
    office: Office, unit: Unit, officer: Officer, yes: Sequence[Application], held: Meeting
) -> None:
    """The first are told at once; for the rest the clock does it, so that nobody waits for it."""
    tree = await unit.unions.tree(*(each.base_union_id for each in yes)) if yes else None
    why, by = Why(reason={"meeting": held.id}), acting(officer)
    passed: dict[int, str] = {}
    for application in yes:
        passed[application.id] = stage_of(office, application).name
        await passage.move(office, unit, application, Move.PASS, by, why, tree)
    for application in yes[:AT_ONCE]:
        if stage_of(office, application).manner is Manner.PAY:
            await bank.ask(office, unit, application, bank.APPROVED)
        else:
            await onward.tell_passed(office, unit, application, passed[application.id])
    for application in yes[AT_ONCE:]:
        pays = stage_of(office, application).manner is Manner.PAY
        told = bank.INVITATION if pays else onward.PASSED
        await unit.timers.set(told, application.id, unit.now)
    for application in _first_of_each_union(yes):
        await onward.call(office, unit, application)


def _first_of_each_union(yes: Sequence[Application]) -> list[Application]:
    """One speaks for the batch, where those who come next are told of the batch at once."""
    return list({(each.union_id, each.stage): each for each in reversed(yes)}.values())


async def _refuse(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    held: Meeting,
    reason: str,
) -> None:
    why = Why(reason={"meeting": held.id, "note": reason})
    await passage.move(office, unit, application, Move.REJECT, acting(officer), why)
    await onward.rejected(office, unit, application, [], reason)
