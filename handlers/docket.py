"""What lies on an officer's desk: one application with all there is to know."""

from core.assignment import wanted
from core.conduct import before_payment
from core.decision import decide
from core.errors import AppError, NotYours, OutsideJurisdiction
from core.facts import plain
from core.jurisdiction import Level, Tree, role_at
from core.jurisdiction import check as check_jurisdiction
from core.people import masked_identity, masked_name
from core.reserves import home
from core.scheme import Scheme, Stage
from core.stages import Manner
from core.transfer import movable
from core.way import Traveller, ahead
from core.workflow import State
from handlers import (
    allotting,
    bench,
    card_lines,
    granting,
    hats,
    integrity,
    lying,
    route,
    sight,
    subject,
    weighing,
)
from handlers.bench import scheme_of
from handlers.decisions import CardView, Earlier, InspectedLine
from handlers.meant import meant
from handlers.office import Office
from storage.tables import Application, Officer, Worker
from storage.unit import Unit

ONE_BY_ONE = (Manner.DECIDE, Manner.ENTER)


async def card(office: Office, unit: Unit, officer: Officer, application_id: int) -> CardView:
    """The application as this officer may see it. Raises NotFound, OutsideJurisdiction."""
    application = await unit.applications.by_id(application_id)
    scheme = scheme_of(office, application)
    tree = await unit.unions.tree(application.base_union_id)
    officer = await _seeing(office, unit, tree, officer, application)
    stage = scheme.stages[application.stage]
    worker = (await unit.applications.people({application.worker_id}))[application.worker_id]
    bar = await bar_to(office, unit, officer, application)
    may = await _may(unit, officer, application, scheme, bar)
    earlier = await received_before(office, unit, application)
    if may and movable(scheme, application.stage):
        may = (*may, "transfer", *(("yield",) if earlier else ()))
    noted = await route.noted_facts(office, unit, application)
    facts = plain(noted, scheme.asked)
    day, number = application.submitted_at.date(), application.stage
    verdict = decide(scheme, facts, day, office.calendar)
    who = Traveller(scheme, route.home(application), facts, day, office.calendar)
    return CardView(
        id=application.id,
        number=application.number,
        version=application.version,
        state=application.state,
        scheme_id=scheme.id,
        scheme=scheme.name,
        name=_masked(unit, worker),
        identity=masked_identity(unit.workers.identity(worker) or ""),
        unit=tree[application.base_union_id].name,
        union=tree[application.union_id].name if application.union_id else "",
        rank=application.rank if scheme.ranks else 0,
        stage=stage.name,
        stage_number=number + 1,
        stages=len(scheme.stages),
        kind=stage.stage,
        stage_began=application.stage_began,
        due=application.due,
        submitted_at=application.submitted_at,
        amount_fen=application.amount_fen,
        undertaking=stage.undertaking,
        facts=card_lines.facts(scheme, noted),
        every_condition=verdict.every_condition,
        by_fact=verdict.by_fact,
        papers=await card_lines.papers(unit, scheme, application),
        steps=await card_lines.steps(unit, scheme, application),
        room=await granting.room_for(office, unit, application, verdict) if may else None,
        open=await weighing.open_facts(office, unit, application) if may else (),
        may=may,
        bar=bar,
        meant=await meant(office, unit, application),
        sums=verdict.sums if scheme.pays else (),
        totals=verdict.totals if scheme.pays else (),
        asked=scheme.asked,
        guest=worker.guest,
        earlier=earlier,
        record=await integrity.known(unit, application),
        also=_also(scheme, application.stage) if may else (),
        inspectors=stage.inspectors or 0,
        attach=stage.attach,
        inspected=(seen := await card_lines.inspected(unit, scheme, application)),
        attached=await card_lines.attached(unit, scheme, application),
        assigned=tuple(await unit.assignments.of(application.id)),
        confirm=next((each.id for each in seen if _named_in(officer, each)), 0),
        reserve=application.reserve,
        reserves=await _reserves(unit, scheme, tree, application),
        allotted=await allotting.standing(office, unit, application) if may else None,
        instead_of=officer.instead_of.name if officer.instead_of else "",
        coming=ahead(who, tree, number),
        lain=lying.lain(office, application.lies_since, unit.today),
        recorded=await unit.recordings.behind(application.id),
        soft=verdict.soft,
        subject=await subject.seen(office, unit, application),
    )


async def wearing(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> Officer:
    """The officer in that office of his in which he may act on it; in his own where in none."""
    worn = await hats.of(unit, officer)
    here = [each for each in worn if await _acts(office, unit, each, application)]
    if len(here) > 1:
        free = [each for each in here if not await bench.recused(office, unit, each, [application])]
        here = free or here
    return hats.wear(unit, here[0] if here else officer)


async def _acts(office: Office, unit: Unit, officer: Officer, application: Application) -> bool:
    """Whether it stands before this office."""
    if application.union_id is None or application.union_id != officer.union_id:
        return False
    body = await unit.unions.by_id(application.union_id)
    return role_at(_stage(office, application), Level(body.kind)) == officer.role


async def _seeing(
    office: Office, unit: Unit, tree: Tree, officer: Officer, application: Application
) -> Officer:
    """In the office that acts on it, or in the first that may read it. Raises as `card`."""
    best = await wearing(office, unit, officer, application)
    for each in (best, *await hats.of(unit, officer)):
        try:
            await sight.check(office, unit, tree, each, application)
        except NotYours:
            continue
        return hats.wear(unit, each)
    await sight.check(office, unit, tree, best, application)
    return best


async def _reserves(
    unit: Unit, scheme: Scheme, tree: Tree, application: Application
) -> tuple[tuple[int, str], ...]:
    """Those who wait on its list, where the list is made or moved up from."""
    stage = scheme.stages[application.stage]
    if not stage.reserves and stage.vacancy != "from_reserves":
        return ()
    mine = home(scheme, tree, application.base_union_id)
    there = [e for e in await unit.reserves.of(application.round_id) if e.reserve_of == mine]
    return tuple((each.reserve or 0, each.number) for each in there)


async def bar_to(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> AppError | None:
    """Why this officer may not decide on it now; None also where nothing is to be decided."""
    manner = _stage(office, application).manner
    if application.state != State.IN_STAGE or manner is Manner.POST:
        return None
    try:
        await check(office, unit, officer, application)
    except NotYours as no:
        return no
    return None


async def check(office: Office, unit: Unit, officer: Officer, application: Application) -> Stage:
    """The stage this officer may decide at. Raises OutsideJurisdiction, Recused.

    Whom a complaint is about is not told so: it is none of his.
    """
    stage = _stage(office, application)
    if application.union_id is None:
        raise OutsideJurisdiction("")
    tree = await unit.unions.tree(application.base_union_id)
    acting = tree[application.union_id]
    check_jurisdiction(stage, acting, officer.union_id, officer.role)
    recused = await bench.recused(office, unit, officer, [application])
    if why := recused.get(application.id):
        if sight.private(office, application) and sight.keeps_away(why):
            raise OutsideJurisdiction("")
        raise why
    return stage


def _stage(office: Office, application: Application) -> Stage:
    return scheme_of(office, application).stages[application.stage]


async def _may(
    unit: Unit, officer: Officer, application: Application, scheme: Scheme, bar: AppError | None
) -> tuple[str, ...]:
    stage = scheme.stages[application.stage]
    if bar is not None or application.state != State.IN_STAGE or stage.manner not in ONE_BY_ONE:
        return ()
    under_way = application.stage and scheme.termination
    ends = ("terminate",) if under_way else ()
    if stage.manner is Manner.ENTER:
        return ("enter", "reject", *ends)
    back = ("return",) if stage.correction else ()
    listed = ("reserve",) if stage.reserves else ()
    return ("pass", *listed, *back, "reject", *ends)


async def received_before(
    office: Office, unit: Unit, application: Application
) -> tuple[Earlier, ...]:
    """The same person's, at unions that received it before, where the first of them goes on."""
    scheme = scheme_of(office, application)
    if scheme.intake is None or not scheme.intake.first:
        return ()
    others = await unit.applications.elsewhere_before(application)
    names = await unit.unions.names(*{each.accepting_union_id or 0 for each in others})
    cite = scheme.intake.first
    return tuple(
        Earlier(each.number, names[each.accepting_union_id or 0], each.submitted_at, cite)
        for each in others
    )


def _masked(unit: Unit, worker: Worker) -> str:
    return masked_name(unit.workers.name(worker))


def _also(scheme: Scheme, number: int) -> tuple[str, ...]:
    """What may be put to the step before it is left, and how it ends for a cheat."""
    stage = scheme.stages[number]
    cheat = ("disqualify",) if before_payment(scheme.misconduct, scheme.id) else ()
    inspect = ("inspect",) if stage.inspectors else ()
    attach = ("attach",) if inspect or stage.attach or stage.by_hand else ()
    assign = ("assign",) if wanted(scheme.stages, number) else ()
    identify = ("identify",) if scheme.about else ()
    hear = ("hear",) if stage.hears else ()
    return (*identify, *inspect, *attach, *assign, *cheat, *hear)


def _named_in(officer: Officer, each: InspectedLine) -> bool:
    return officer.id in each.report.went and officer.id not in each.report.confirmed
