"""What the calendar does by itself: a timer rings once, in the unit in which its work is done."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import (
    bank,
    beside,
    clawback,
    clock,
    duties,
    handover,
    lying,
    notice,
    onward,
    oral,
    pleading,
    reminding,
    repaying,
    reserves,
    returning,
    standing,
    standing_in,
    unattended,
)
from handlers import round as rounds
from handlers.office import Office
from storage.admission import VACANCY
from storage.timers import Alarm
from storage.unit import Unit

Ring = Callable[[Office, Unit, int], Awaitable[datetime | None]]  # when to ring again
LATER = timedelta(minutes=10)  # when a timer that failed is tried again


async def tick(office: Office) -> int:
    """Everything that is due now, oldest first; how many timers rang.

    One that fails does not hold up the others: it is tried again in ten minutes, and the
    errors of all are raised together at the end.
    """
    async with office.reading() as unit:
        alarms = await unit.timers.due()
    errors = [error for alarm in alarms if (error := await _try(office, alarm))]
    if errors:
        raise BaseExceptionGroup("timers failed", errors)
    return len(alarms)


async def ring(office: Office, alarm: Alarm) -> None:
    """Does what the timer was set for, part by part; harmless if somebody else has done it."""
    more: Alarm | None = alarm
    while more:
        more = await _part(office, more)


async def _try(office: Office, alarm: Alarm) -> BaseException | None:
    (outcome,) = await asyncio.gather(ring(office, alarm), return_exceptions=True)
    if outcome is not None:
        async with office.unit() as unit:
            await unit.timers.set(alarm.kind, alarm.ref, unit.now + LATER)
    return outcome


class FasterElsewhere(Exception):
    """Another process has done it meanwhile: what was done here is undone."""


async def _part(office: Office, alarm: Alarm) -> Alarm | None:
    """The timer as it is set anew, if it is to ring again at once.

    It is marked last: whoever moves an application holds that first and its timers after it,
    and two who lock in different order would wait for each other.
    """
    try:
        async with office.unit() as unit:
            again = await RINGS[alarm.kind](office, unit, alarm.ref)
            if not await unit.timers.fire(alarm):
                raise FasterElsewhere
            if again is not None:
                await unit.timers.set(alarm.kind, alarm.ref, again)
            return replace(alarm, due=again) if again and again <= unit.now else None
    except FasterElsewhere:
        return None


RINGS: Mapping[str, Ring] = {
    "round_full": rounds.start_reviews,
    standing.CLOSING: rounds.start_reviews,
    VACANCY: reserves.refill,
    rounds.ENDING: rounds.remind_beginners,
    notice.NOTICE_END: notice.close,
    returning.LAPSE: returning.lapse,
    returning.REMINDER: returning.remind,
    beside.TIMER: beside.ring,
    notice.POSTED: notice.tell_posted,
    bank.INVITATION: bank.invite,
    onward.PASSED: onward.passed_before,
    bank.REMINDER: bank.remind,
    clock.STAGE_SOON: clock.remind,
    clock.STAGE_DUE: clock.remind_today,
    clock.STAGE_LATE: clock.escalate,
    handover.TIMER: handover.raise_,
    clawback.HEARD: clawback.heard,
    repaying.TIMER: repaying.ring,
    oral.TIMER: oral.lapse,
    duties.TIMER: duties.ring,
    pleading.TIMER: pleading.over,
    lying.STEP: unattended.step,
    lying.OBJECTION: unattended.objection,
    lying.FINDING: unattended.finding,
    lying.PAYMENTS: unattended.payments,
    reminding.HERE: reminding.here,
    reminding.ABOVE: reminding.above,
    standing_in.BEGINS: standing_in.begins,
    standing_in.OVER: standing_in.over,
}
