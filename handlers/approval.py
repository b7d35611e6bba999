"""A meeting (主席办公会, 领导小组): one list, one number of minutes, decided together.

Source: 第六条(四) 公示期满提交省总工会主席办公会进行终审.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import AlreadyDecided, AppError, NotFound, NotYours, Unreadable
from core.jurisdiction import check as check_jurisdiction
from core.meeting import Minutes, Point, Ruling, Withdrew, hindrance, read_minutes, read_point
from core.people import Role
from core.stages import Manner, Stage
from core.workflow import Move
from handlers import bank, bench, hats, limits, onward, passage, subject
from handlers.bench import acting, present, stage_of, within
from handlers.office import Office
from handlers.passage import Why
from storage.tables import AgendaPoint, Application, Meeting, Officer
from storage.unit import Unit

OVERSEERS = (Role.AUDITOR, Role.MANAGER)
BARRED = "barred"
AT_ONCE = 50  # workers told in the unit of the decision itself


@dataclass(frozen=True)
class Barred:
    """An application the meeting could not decide on, and why; it stands where it stood."""

    application: Application
    why: AppError


@dataclass(frozen=True)
class Outcome:
    """What became of the list. What stands there no longer is in none of these."""

    meeting: Meeting
    approved: tuple[Application, ...]
    refused: tuple[Application, ...]
    postponed: tuple[Application, ...]
    barred: tuple[Barred, ...]


async def standing(
    office: Office, unit: Unit, officer: Officer, round_id: int
) -> list[tuple[Application, AppError | None]]:
    """What the next meeting would decide on, by rank, each with what bars its approval."""
    batch = await _batch(office, unit, officer, round_id)
    recused = await bench.recused(office, unit, officer, batch)
    limited = await limits.reached(office, unit, batch)
    return [(each, recused.get(each.id) or limited.get(each.id)) for each in batch]


async def meeting(
    office: Office,
    officer: Officer,
    round_id: int,
    minutes: Minutes,
    agenda: Mapping[int, Point],
    unit: Unit | None = None,
) -> Outcome:
    """Decides on what the agenda holds, by id of the application and in the version shown.

    Raises NotYours, OutsideJurisdiction, NotFound where the agenda is empty, AlreadyDecided
    where all of it has moved on, Unreadable (minutes, date_future, attendance, choice, text …).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        if officer.role in OVERSEERS:
            raise NotYours
        agenda = {id_: read_point(point) for id_, point in agenda.items()}
        batch = await _still(office, work, officer, round_id, agenda)
        members = {each.id: each for each in await attending(work, officer)}
        minutes = read_minutes(minutes, members, work.today)
        room = {each: members[each] for each in minutes.present}
        await subject.hold(office, work, batch)
        barred, withdrew = await _hindered(office, work, officer, room, minutes, agenda, batch)
        held = await _note(work, officer, round_id, minutes, withdrew)
        hindered = {each.application.id for each in barred}
        free = [each for each in batch if each.id not in hindered]
        ruled = {
            ruling: [each for each in free if agenda[each.id].ruling is ruling] for ruling in Ruling
        }
        work.meetings.add(_points(held, agenda, free, barred))
        for application in ruled[Ruling.REFUSE]:
            await _refuse(office, work, officer, application, held, agenda[application.id].ground)
        for application in ruled[Ruling.POSTPONE]:
            await _postpone(office, work, officer, application, held, agenda[application.id].ground)
        await _approve(office, work, officer, ruled[Ruling.APPROVE], held)
        yes, no, later = (tuple(ruled[each]) for each in Ruling)
        return Outcome(held, yes, no, later, tuple(barred))


async def attending(unit: Unit, officer: Officer) -> Sequence[Officer]:
    """Who can be at a meeting of this union, and whoever stands in for one of them."""
    return await hats.covering(unit, await unit.officers.of_union(officer.union_id))


async def _batch(
    office: Office, unit: Unit, officer: Officer, round_id: int
) -> Sequence[Application]:
    """What stands before this officer's meeting; before any, for one who oversees them."""
    mine = None if officer.role in OVERSEERS else officer.union_id
    running = await unit.rounds.by_id(round_id)
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    stages = [n for n, stage in enumerate(scheme.stages) if stage.manner is Manner.MEET]
    found = [each for n in stages for each in await unit.applications.at(round_id, n, mine)]
    if mine is not None and found:
        await _check_union(office, unit, officer, found[0])
    return found


async def _still(
    office: Office, unit: Unit, officer: Officer, round_id: int, agenda: Mapping[int, Point]
) -> list[Application]:
    """What of the agenda stands at this meeting, held, by rank."""
    if not agenda:
        raise NotFound(round=round_id)
    held = await unit.applications.all_held(agenda)
    if len(held) < len(agenda) or any(each.round_id != round_id for each in held):
        raise Unreadable("choice")
    there = [each for each in held if _meets(office, each)]
    for union, each in {each.union_id: each for each in there}.items():
        if union != officer.union_id:
            await _check_union(office, unit, officer, each)
    if not there:
        raise AlreadyDecided
    await _check_union(office, unit, officer, there[0])
    return sorted(there, key=lambda each: each.rank)


def _meets(office: Office, application: Application) -> bool:
    return application.state == "in_stage" and stage_of(office, application).manner is Manner.MEET


async def _check_union(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> None:
    tree = await unit.unions.tree(application.base_union_id)
    body = tree[application.union_id or 0]
    check_jurisdiction(stage_of(office, application), body, officer.union_id, officer.role)


async def _hindered(
    office: Office,
    unit: Unit,
    officer: Officer,
    room: Mapping[int, Officer],
    minutes: Minutes,
    agenda: Mapping[int, Point],
    batch: Sequence[Application],
) -> tuple[list[Barred], list[Withdrew]]:
    """What cannot be decided, and who of those present left the room for what.

    Whoever enters the decision decides too: a relative's file is entered by a colleague.
    """
    of_each = {
        each.id: await bench.recused(office, unit, each, batch)
        for each in {officer.id: officer, **room}.values()
    }
    limited = await limits.reached(office, unit, batch)
    barred, withdrew = [], []
    for each in batch:
        out = {who: no[each.id] for who, no in of_each.items() if each.id in no}
        gone = {who: why for who, why in out.items() if who in room}
        withdrew += [Withdrew(each.id, who, why.relation) for who, why in gone.items()]
        why = hindrance(agenda[each.id], each.version, minutes, gone, limited.get(each.id))
        if why := (out.get(officer.id) or why):
            barred.append(Barred(each, why))
    return barred, withdrew


async def _note(
    unit: Unit, officer: Officer, round_id: int, minutes: Minutes, withdrew: Sequence[Withdrew]
) -> Meeting:
    held = Meeting(
        round_id=round_id,
        minutes=minutes.number,
        held_on=minutes.held_on,
        officer_id=officer.id,
        at=unit.now,
        present=list(minutes.present),
        others=minutes.others,
        withdrew=[vars(each) for each in withdrew],
    )
    await unit.meetings.note(held)
    who, on = f"officer:{officer.id}", f"round:{round_id}"
    told = {"held_on": minutes.held_on.isoformat(), "present": list(minutes.present)}
    await unit.acts.append(who, "meeting", on, meeting=held.id, **told)
    return held


def _points(
    held: Meeting,
    agenda: Mapping[int, Point],
    free: Sequence[Application],
    barred: Sequence[Barred],
) -> list[AgendaPoint]:
    """The list as the minutes keep it, by rank."""
    why = {each.application.id: type(each.why).__name__ for each in barred}
    found = sorted([*free, *(each.application for each in barred)], key=lambda each: each.rank)
    return [
        AgendaPoint(
            meeting_id=held.id,
            application_id=each.id,
            ruling=BARRED if each.id in why else agenda[each.id].ruling.value,
            ground=why.get(each.id) or agenda[each.id].ground,
        )
        for each in found
    ]


async def _approve(
    office: Office, unit: Unit, officer: Officer, yes: Sequence[Application], held: Meeting
) -> None:
    """The first are told at once; for the rest the clock does it, so that nobody waits for it."""
    tree = await unit.unions.tree(*(each.base_union_id for each in yes)) if yes else None
    why, by = Why(reason=_of(held)), acting(officer)
    passed: dict[int, Stage] = {}
    for application in yes:
        passed[application.id] = stage_of(office, application)
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
    ground: str,
) -> None:
    why = Why(reason=_of(held) | {"note": ground})
    await passage.move(office, unit, application, Move.REJECT, acting(officer), why)
    await onward.rejected(office, unit, application, [], ground)


async def _postpone(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    held: Meeting,
    ground: str,
) -> None:
    why = Why(reason=_of(held) | ({"note": ground} if ground else {}))
    await passage.move(office, unit, application, Move.POSTPONE, acting(officer), why)
    await onward.postponed(office, unit, application)


def _of(held: Meeting) -> dict[str, object]:
    return {"meeting": held.id, "minutes": held.minutes}
