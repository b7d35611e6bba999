"""Officers and applicants of procedures of every kind, and one step of whoever is responsible."""

from collections.abc import Mapping
from datetime import timedelta

from core.errors import (
    SumMissing,
    SumOutOfRange,
)
from core.facts import noted
from core.jurisdiction import Level
from core.people import Role
from core.rules import Value
from core.stages import Manner
from core.terms import needs_opening
from handlers import notice, review, standards, standing, weighing
from handlers import round as rounds
from handlers.bench import scheme_of, stage_of
from handlers.cards import responsible
from handlers.decisions import Decision, Enter, Pass
from storage.tables import Application, Round, Union
from tests.handlers.province import Day, meets
from tests.journeys.playing import a_ticket, lately
from tests.on_the_spot import goes_and_sees
from tests.people import a_talk, a_union, an_officer


async def furnish(day: Day) -> None:
    """The officers the two subsidies do not need: a county's, an office's, the province's."""
    if "county" in day.province.officers:
        return
    tree = day.province.tree
    async with day.office.unit() as unit:
        labour = await a_union(unit, Level.OFFICE, tree.province, code="yn-labour-office")
        posts: dict[str, tuple[Union, Role]] = {
            "county": (tree.county, Role.VERIFIER),
            "county2": (tree.county, Role.VERIFIER),
            "labour": (labour, Role.OFFICE),
            "province": (tree.province, Role.OFFICE),
            "treasurer": (tree.prefecture, Role.FINANCE),
        }
        for login, (union, role) in posts.items():
            officer = await an_officer(unit, union, role, login, name=f"经办{login}")
            talk = await a_talk(unit, f"officer-{login}")
            talk.officer_id = officer.id
            await unit.conversations.write(talk)
            day.province.officers[login] = officer


async def applies(
    day: Day, scheme_id: str, again: Application | None = None, **more: Value
) -> Application:
    """Somebody of the base unit, with everything only officers can tell left open; or, with
    `again`, whoever sent that one, in another round."""
    await furnish(day)
    today = day.office.today()
    scheme = day.office.schemes.on(scheme_id, today)
    asked = scheme.asked
    known = {**lately(scheme, today), **more}
    worker = None if again else await day.worker()
    async with day.office.unit() as unit:
        if again:
            worker = await unit.workers.by_id(again.worker_id)
        assert worker is not None
        running = None if needs_opening(scheme) else await standing.running(unit, scheme)
    running = running or await opens(day, scheme_id)
    async with day.office.unit() as unit:
        draft = await unit.drafts.begin(worker.id, scheme.id)
    facts = {
        fact: noted(value, "worker", today)
        for fact, value in known.items()
        if asked[fact].asked_of_worker
    }
    ticket = a_ticket(scheme, running.id, worker, draft.id, today, facts)
    admitted = await day.office.admission.admit(ticket)
    await day.time_passes()
    return await day.now(admitted.application_id)


async def opens(day: Day, scheme_id: str) -> Round:
    """Each year's call, for as many as come."""
    today = day.office.today()
    about = {"opens": today, "closes": today + timedelta(days=20)}
    manager = day.province["manager"]
    return await rounds.open_round(day.office, manager, scheme_id=scheme_id, places=None, **about)


async def hangs(day: Day, login: str, application: Application, days: int | None) -> None:
    """Posted, in the unit as well where the document wants it, and its days are over."""
    there = await day.now(application)
    about = (there.round_id, there.stage)
    hung = await notice.post(day.office, day.province[login], *about, days=days)
    if stage_of(day.office, there).also_by:
        await notice.post(day.office, day.province["base"], *about)
    await day.notice_ends(hung)


async def goes_on(day: Day, there: Application, *sums: int) -> None:
    """One step by whoever is responsible, with what the example says, and one of these sums."""
    async with day.office.reading() as unit:
        stage = stage_of(day.office, there)
        officer = (await responsible(unit, stage, there.union_id))[0]
        open_ = await weighing.open_facts(day.office, unit, there)
    known = lately(scheme_of(day.office, there), day.office.today())
    facts = {each.fact: known[each.fact] for each in open_ if each.fact in known}
    match stage.manner:
        case Manner.POST:
            await hangs(day, officer.login, there, None if stage.days else 5)
        case Manner.MEET:
            await meets(day.office, officer, there.round_id)
        case Manner.ENTER:
            await decides(day, officer.login, there, Enter("已办妥", facts))
        case _:
            await passes(day, officer.login, there, facts, *sums)


async def passes(
    day: Day, login: str, there: Application, facts: Mapping[str, Value], *sums: int
) -> None:
    """With a sum where one has to be set."""
    for fen in (None, *(sums or (10_000_00, 150_000_00))):
        try:
            await decides(day, login, there, Pass(True, facts, "同意", fen))
        except (SumMissing, SumOutOfRange):
            continue
        return


async def decides(day: Day, login: str, application: Application, what: Decision) -> Application:
    there = await day.now(application)
    if isinstance(what, Pass | Enter):
        await goes_and_sees(day.office, day.province[login], there)
    return await review.decide(day.office, day.province[login], there.id, there.version, what)


AID = "yn-union-legal-aid"
POOR: dict[str, Value] = {  # nobody is exempt from being looked at
    "migrant_wage_or_injury_claim": False,
    "minimum_living_allowance": False,
    "registered_hardship_worker": False,
    "disability_grade": "没有或六级以下",
    "model_or_brave_or_kin": False,
    "rights_seriously_infringed": False,
    "income_per_head": 5000_00,
}


async def asks_for_aid(day: Day) -> Application:
    """Somebody whose income is known to be too high; whether a blow has struck, officers find."""
    await furnish(day)
    line = "legal_aid_hardship_line"
    await standards.set_line(day.office, day.province["manager"], line, 2026, "1050元")
    choices = day.office.schemes.on(AID, day.office.today()).asked["disability_grade"].choices
    return await applies(day, AID, **{**POOR, "disability_grade": choices[-1]})
