"""An oral application by a form: every question of the scheme at once, as the console shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.capacities import asks_for_union, confidential
from core.errors import AnswersMissing
from core.facts import noted
from core.oral import Record
from core.rules import Value
from core.scheme import Scheme
from core.verdict import conditions, judge
from handlers import application, behalf, knowledge, oral, sending
from handlers.bench import acting
from handlers.decisions import OpenFact
from handlers.meant import PLACE
from handlers.office import Office
from handlers.recorded import held, keeper, scheme_of
from handlers.visit import Visit
from storage.tables import Draft, Officer, Recording
from storage.unit import Unit


@dataclass(frozen=True)
class Told:
    """`accused` is empty where nobody in person is meant; None leaves it as it is."""

    facts: Mapping[str, Value]
    ground: str = ""
    accused: str | None = None
    union: int | None = None


@dataclass(frozen=True)
class Form:
    """What can be asked: `open` are the questions, the rest what else has to be said."""

    scheme: Scheme
    open: tuple[OpenFact, ...]
    grounds: tuple[str, ...]
    accused: bool
    union: bool
    room: None = None


async def form(office: Office, unit: Unit, row: Recording) -> Form:
    scheme = scheme_of(office, row)
    visit = oral.stand_in(office, unit, row, "zh_CN")
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    wanted = application.form(scheme)
    limits = {limit.fact for limit in scheme.limits}
    judged = judge(scheme.rules, {}, unit.today, office.calendar)
    deciding = [each.fact for each in conditions(judged)]
    asked = [*(fact for fact in deciding if fact not in limits), *wanted]
    roster = await knowledge.roster(visit)
    return Form(
        scheme,
        tuple(
            OpenFact(fact, scheme.asked[fact], False)
            for fact in dict.fromkeys(asked)
            if scheme.asked[fact].asked_of_worker and fact not in roster
        ),
        scheme.intake.at if scheme.intake and len(scheme.intake.at) > 1 else (),
        confidential(scheme),
        asks_for_union(scheme) and draft.accepting_union_id is None,
    )


async def write(
    office: Office, unit: Unit, officer: Officer, recording_id: int, told: Told
) -> Recording:
    """Raises AlreadyDecided for what has been read back already."""
    row = await held(office, unit, officer, recording_id)
    officer = await keeper(office, unit, officer, row)
    oral.check_open(row)
    new = {fact: noted(value, "worker", unit.today) for fact, value in told.facts.items()}
    row.facts = {**row.facts, **new}
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    draft.ground = told.ground or draft.ground
    draft.accepting_union_id = told.union or draft.accepting_union_id
    if told.accused is not None:
        draft.accused_sealed = office.vault.seal(told.accused, PLACE)
    draft.capacity = draft.capacity or "self"
    await unit.acts.append(acting(officer).who, "record_answers", f"recording:{row.id}")
    return row


async def read_back(office: Office, unit: Unit, officer: Officer, recording_id: int) -> str:
    """Complete, so that the person can be asked; how it is confirmed (`oral.ask`).

    Raises AnswersMissing, NotEligible, PapersMissing, AlreadyDecided, Recused.
    """
    row = await held(office, unit, officer, recording_id)
    visit = oral.stand_in(office, unit, row, "zh_CN")
    scheme = scheme_of(office, row)
    visit.go("sending", scheme=scheme.id, look="summary", draft=row.draft_id)
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    missing = await _missing(visit, scheme, draft)
    if missing:
        raise AnswersMissing(missing)
    await sending.submission(visit)
    return await oral.ask(office, unit, officer, row)


async def _missing(visit: Visit, scheme: Scheme, draft: Draft) -> list[str]:
    """The names of what the form asks for, and of what has to be chosen."""
    facts = await knowledge.values(visit, scheme)
    missing = [scheme.asked[fact].name for fact in application.form(scheme) if fact not in facts]
    whom = await visit.unit.subjects.of(draft.id)
    if phase := behalf.open_phase(scheme, draft, whom):
        missing.append(visit.say(f"oral.phase.{phase}"))
    return missing


def editable(row: Recording) -> bool:
    return row.state == Record.OPEN
