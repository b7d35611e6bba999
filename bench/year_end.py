"""`python -m bench year [N]`: lives through the year, reads the archive, and prints one table."""

import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import DeclarativeBase

from bench.year import Year
from bench.year_books import Found, Walks
from bench.year_comes import DAYS
from bench.year_money import Money
from core.way import Stop, first_stop, stop_after
from core.workflow import State
from handlers.office import Office
from handlers.route import traveller
from storage import seal_check
from storage.tables import (
    Act,
    Address,
    Application,
    Budget,
    ClawBack,
    Commitment,
    Conversation,
    Correction,
    Instalment,
    Notice,
    NoticeEntry,
    Objection,
    Outbox,
    Passage,
    Payment,
    Repayment,
    Round,
)
from storage.unit import Unit
from tests import run
from tests.clock import Clock
from tests.house import a_house

Row = Callable[[str, str, str], None]


async def measure(row: Row, count: int) -> int:
    """So many people come; how many lines of the table are wrong."""
    with tempfile.TemporaryDirectory(dir=run.folder()) as folder:
        clock, url = Clock(), f"sqlite:///{folder}/year.db"
        async with a_house(url, Path(folder), clock) as house:
            year, began, worked = (
                Year(house, clock, count),
                time.perf_counter(),
                time.process_time(),
            )
            await year.furnish()
            while year.day < DAYS:
                await year.lives()
            took, work = time.perf_counter() - began, time.process_time() - worked
            row(f"(y) {DAYS} days", f"{took:.0f} s, {work:.0f} s of processor", "")
            wrong = 0
            async for found in reckoned(year):
                row(found.what, found.measured, f"{found.wrong} WRONG" if found.wrong else "holds")
                wrong += bool(found.wrong)
    return wrong


async def reckoned(year: Year) -> AsyncIterator[Found]:
    async with year.office.reading() as unit:
        walks = await _walks(year.office, unit)
        for found in walks.all(year.deadlines):
            yield found
        for found in (await _money(year.office, unit, walks)).all():
            yield found
        yield await _said(unit)
        yield await _reminded(unit)
        alarms = await unit.timers.due()
        yield Found("timers that should have rung", str(len(alarms)), len(alarms))
    report = await seal_check.verify(year.office.database)
    told = f"{report.acts:,} acts, {report.sealed:,} sealed, {len(report.faults)} faults"
    yield Found("the chain of acts", told, len(report.faults) + report.unsealed)
    told = ", ".join(f"{count:,} {what}" for what, count in year.done.most_common())
    yield Found("as it was lived", told)
    for what, count in year.refusals.most_common():
        yield Found(f"  refused: {what}", str(count), count * what.startswith("NotEligible"))


async def _walks(office: Office, unit: Unit) -> Walks:
    passages: dict[int, list[Passage]] = defaultdict(list)
    for each in await _all(unit, Passage, Passage.application_id, Passage.version):
        passages[each.application_id].append(each)
    applications = await _all(unit, Application, Application.id)
    escalated = select(Act).where(Act.what == "escalate", Act.on.like("application:%"))
    escalated = escalated.order_by(Act.id)
    expected = {each.id: await _way(office, unit, each) for each in applications}
    return Walks(
        office,
        applications,
        passages,
        tuple(a for a in await unit.session.scalars(escalated) if "lain" not in a.detail),
        await _all(unit, Round, Round.id),
        await _all(unit, Notice, Notice.id),
        await _all(unit, NoticeEntry, NoticeEntry.notice_id),
        await _all(unit, Correction, Correction.id),
        await _all(unit, Objection, Objection.id),
        expected,
    )


async def _way(office: Office, unit: Unit, application: Application) -> list[int]:
    """Every stop from the first to the last, by the facts as they are now."""
    if application.state in (State.WAITING, State.RESERVE):
        return []
    who = await traveller(office, unit, application)
    tree = await unit.unions.tree(application.base_union_id)
    found: list[int] = []
    stop: Stop | None = first_stop(who, tree)
    while stop:
        found.append(stop.stage)
        stop = stop_after(who, tree, stop.stage, stop.union.id)
    return found


async def _money(office: Office, unit: Unit, walks: Walks) -> Money:
    late = select(Act).where(Act.what == "instalment_late")
    return Money(
        office,
        walks.applications,
        await _all(unit, Payment, Payment.id),
        await _all(unit, Budget, Budget.id),
        await _all(unit, Commitment, Commitment.application_id),
        await _all(unit, ClawBack, ClawBack.id),
        await _all(unit, Instalment, Instalment.claw_back_id, Instalment.position),
        await _all(unit, Repayment, Repayment.id),
        tuple((await unit.session.scalars(late)).all()),
        walks.expected,
    )


async def _all(unit: Unit, table: type[DeclarativeBase], *order: Any) -> tuple[Any, ...]:
    return tuple((await unit.session.scalars(select(table).order_by(*order))).all())


async def _said(unit: Unit) -> Found:
    """Every message goes to the chat of somebody we know."""
    known = or_(Conversation.worker_id.is_not(None), Conversation.officer_id.is_not(None))
    whose = (
        select(func.count(Outbox.id))
        .outerjoin(
            Address,
            (Address.channel == Outbox.channel) & (Address.address == Outbox.address),
        )
        .outerjoin(Conversation, Conversation.id == Address.conversation_id)
    )
    count = await unit.session.scalar(select(func.count(Outbox.id))) or 0
    theirs = await unit.session.scalar(whose.where(known)) or 0
    told = f"{count:,}, {count - theirs} to nobody"
    return Found("messages written", told, count - theirs)


async def _reminded(unit: Unit) -> Found:
    """What was said to officers about their time, by its key."""
    told = []
    for what, like in (
        ("soon over", "officer.clock.soon:%"),
        ("due today", "due:%"),
        ("late", "officer.clock.late:%"),
        ("to the next one up", "officer.clock.late_above:%"),
        ("what lies without a time", "lying:here:%"),
        ("what lies, to the next one up", "lying:above:%"),
    ):
        said = select(func.count(Outbox.id)).where(Outbox.key.like(like))
        told.append(f"{await unit.session.scalar(said) or 0} {what}")
    return Found("officers reminded", ", ".join(told))
