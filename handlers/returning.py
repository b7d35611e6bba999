"""补正: everything that is wrong is told at once, with a date; answered in time, or lapsed.

Source: 第六条(三) 应当一次性告知……全部内容及其补正截止时间。逾期未补正的，视为放弃申报。
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from core import correction as law
from core import reading
from core.decision import decide
from core.errors import CertificateUsed, NotEligible, Unreadable
from core.facts import plain
from core.papers import PROOF, paper_in
from core.people import normal_certificate
from core.scheme import Scheme
from core.workflow import Move, State
from handlers import bench, cards, onward, passage, posting
from handlers.bench import CALENDAR, scheme_of, stage_of
from handlers.clock import MORNING
from handlers.decisions import Defect, Return
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import SHANGHAI, Application, Correction, Officer
from storage.unit import Unit

LAPSE, REMINDER = "correction_due", "correction_reminder"
LATEST = timedelta(days=90)  # nobody is kept waiting longer
LONGEST_NOTE = 500  # characters
ONE_DAY = timedelta(days=1)


async def ask(
    office: Office, unit: Unit, officer: Officer, application: Application, asked: Return
) -> None:
    """Back to the applicant. Raises CorrectionUsed, Overlooked, Unreadable."""
    scheme = scheme_of(office, application)
    _check_items(scheme, asked.items)
    _check_due(asked.due, unit.today)
    late = reading.read_prose(asked.why, LONGEST_NOTE) if asked.why else ""
    told = [each.item for each in asked.items]
    law.check(stage_of(office, application), told, await requests(unit, application), late)
    items = [item.as_json() for item in asked.items]
    because = {"why": late} if late else {}
    why = Why(asked.due, {"items": items, "due": asked.due.isoformat(), **because})
    by = bench.acting(officer)
    await passage.move(office, unit, application, Move.ASK_CORRECTION, by, why)
    row = Correction(
        application_id=application.id,
        items=items,
        due=asked.due,
        officer_id=officer.id,
        asked_at=unit.now,
    )
    await unit.applications.ask_correction(row)
    await _set_timers(unit, application.id, asked.due)
    await _tell(office, unit, application, scheme, replace(asked, why=late))
    await posting.suggest(office, unit, application)


async def requests(unit: Unit, application: Application) -> list[list[law.Item]]:
    """What was asked for so far, request by request."""
    asked = await unit.applications.corrections(application.id)
    return [[(each.get("slot"), each.get("fact", "")) for each in one.items] for one in asked]


async def corrected(
    office: Office, unit: Unit, application: Application, facts: Mapping[str, Any]
) -> Application:
    """The applicant has brought what was asked for; `facts` are new answers (`core.facts.noted`).

    Back in the same stage, with the sum the answers lead to now. Raises CorrectionOverdue,
    MoveNotAllowed; NotEligible and CertificateUsed where the new answers do not do.
    """
    application = await unit.applications.held(application.id)
    by = bench.worker(application.worker_id)
    await passage.move(office, unit, application, Move.CORRECT, by)
    if facts:
        await _take_over(office, unit, application, facts)
    (await unit.applications.correction(application.id)).answered_at = unit.now
    await cancel_timers(unit, application.id)
    await onward.corrected(office, unit, application)
    return application


async def lapse(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, on the day after the last: 逾期未补正，视为放弃申报."""
    application = await unit.applications.held(application_id)
    if application.state != State.CORRECTING:
        return None
    if unit.today <= (await unit.applications.correction(application_id)).due:
        return None
    stage = stage_of(office, application)
    await passage.move(office, unit, application, Move.LAPSE, CALENDAR)
    await onward.ended(office, unit, application, f"correction.{stage.overdue}", stage.cite)
    return None


async def remind(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, on the day before the last."""
    application = await unit.applications.by_id(application_id)
    if application.state == State.CORRECTING:
        due = (await unit.applications.correction(application.id)).due

        def text(say: Speaker) -> str:
            told = {"number": application.number, "due": due}
            return say("procedure.worker.correct_soon", **told, over=over(office, application, say))

        key = f"reminder:{application.id}:{application.version}"
        await tell_worker(office, unit, application.worker_id, text, key=key)
    return None


def over(office: Office, application: Application, say: Speaker) -> str:
    """What it counts as once the last day has passed without an answer."""
    return say(f"correction.over.{stage_of(office, application).overdue}")


def defect_text(say: Speaker, scheme: Scheme, item: Defect) -> str:
    """One line: the paper or the question, and what is wrong with it."""
    if item.slot is not None:
        what = say.scheme(paper_in(scheme.slots, item.slot).what)
    else:
        what = say.scheme(scheme.asked[item.fact].name)
    key = "procedure.defect.noted" if item.note else "procedure.defect.plain"
    return say(key, what=what, note=item.note)


def _check_items(scheme: Scheme, items: tuple[Defect, ...]) -> None:
    """At least one; each a paper or an answer of this scheme."""
    if not items or not all(_fits(scheme, item) for item in items):
        raise Unreadable("choice")
    if any(len(item.note) > LONGEST_NOTE for item in items):
        raise Unreadable("too_long", most=LONGEST_NOTE)


def _fits(scheme: Scheme, item: Defect) -> bool:
    if item.slot is None:
        return item.fact in scheme.questions
    return not item.fact and (0 <= item.slot < len(scheme.slots) or item.slot == PROOF)


def _check_due(due: date, today: date) -> None:
    if due <= today:
        raise Unreadable("date_past")
    if due > today + LATEST:
        raise Unreadable("date_far", days=LATEST.days)


async def _set_timers(unit: Unit, application_id: int, due: date) -> None:
    over = datetime.combine(due + ONE_DAY, time(tzinfo=SHANGHAI))
    await unit.timers.set(LAPSE, application_id, over)
    if due - ONE_DAY > unit.today:
        await unit.timers.set(REMINDER, application_id, datetime.combine(due - ONE_DAY, MORNING))


async def cancel_timers(unit: Unit, application_id: int) -> None:
    for kind in (LAPSE, REMINDER):
        await unit.timers.cancel(kind, application_id)


async def _tell(
    office: Office, unit: Unit, application: Application, scheme: Scheme, asked: Return
) -> None:
    def text(say: Speaker) -> str:
        lines = [defect_text(say, scheme, item) for item in asked.items]
        lines += [say("correction.late", why=asked.why)] if asked.why else []
        return say(
            "procedure.worker.correct",
            scheme=say.scheme(scheme.name),
            number=application.number,
            items="\n".join(lines),
            due=asked.due,
            over=over(office, application, say),
        )

    await cards.of_correction(office, unit, application, text)


async def _take_over(
    office: Office, unit: Unit, application: Application, new: Mapping[str, Any]
) -> None:
    """New answers change what was judged; the day of submission stays the day it is judged by."""
    scheme = scheme_of(office, application)
    application.facts = {**application.facts, **new}
    facts = plain(application.facts, scheme.asked)
    verdict = decide(scheme, facts, application.submitted_at.date(), office.calendar)
    if not verdict.enough:
        raise NotEligible(verdict.failed or verdict.reasons)
    application.amount_fen = verdict.due_fen if scheme.pays else None
    application.level = str(facts.get(scheme.amount.by, ""))
    application.trade = str(facts.get(scheme.trade, ""))
    number = facts.get(scheme.certificate)
    if number:
        index = office.vault.index(normal_certificate(str(number)), "certificate")
        if await unit.applications.certificate_used(index, other_than=application.id):
            raise CertificateUsed
        application.certificate_index = index
