"""Who may look into an objection: those who posted the notice, and nobody who is concerned."""

from collections.abc import Collection, Iterable

from core import recusal
from core.errors import OutsideJurisdiction, Recused
from core.jurisdiction import check as check_jurisdiction
from core.recusal import Judge
from handlers import bench, hats
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, Notice, Objection, Officer
from storage.unit import Unit

OBJECTOR = "objector"


async def check(
    office: Office,
    unit: Unit,
    officer: Officer,
    notice: Notice,
    application: Application,
    objector: str,
    *,
    recording: bool = False,
) -> None:
    """`objector` is the index of who objects, empty where nobody asked; whoever posted it may
    write down what was said to them. Raises OutsideJurisdiction, Recused."""
    stage = scheme_of(office, application).stages[notice.stage]
    tree = await unit.unions.tree(application.base_union_id)
    body = await investigator(office, unit, notice, application)
    acting = notice.union_id if recording else body
    check_jurisdiction(stage, tree[acting], officer.union_id, officer.role)
    try:
        await check_concerned(unit, officer, application, objector)
    except Recused as why:
        if why.relation == OBJECTOR:  # it would tell who objects
            raise OutsideJurisdiction("") from None
        raise


async def investigator(office: Office, unit: Unit, notice: Notice, application: Application) -> int:
    """Who posted it; where the unit hangs it beside another body, that body."""
    stage = scheme_of(office, application).stages[notice.stage]
    if stage.also_by is None or notice.union_id != application.base_union_id:
        return notice.union_id
    first = await unit.notices.first_about(application, notice.stage)
    return first.union_id if first else notice.union_id


async def check_concerned(
    unit: Unit, officer: Officer, application: Application, objector: str
) -> None:
    """Not the applicant, a relative, nor who objects. Raises Recused."""
    for judge in await bench.judges(unit, officer):
        _check(judge, application.identity_index, objector)


async def concerned(unit: Unit, officer: Officer, application: Application, objector: str) -> bool:
    """Whether this officer is told nothing of it."""
    try:
        await check_concerned(unit, officer, application, objector)
    except Recused:
        return True
    return False


async def open_before(unit: Unit, officer: Officer) -> list[Objection]:
    """Those this officer may decide on, in any of his offices of today."""
    unions = await hats.unions(unit, officer)
    rows = [each for union in unions for each in await unit.objections.of_union(union)]
    matters = {a.id: a for a in await unit.applications.some({r.application_id for r in rows})}
    opens = await open_to(
        unit, officer, [(matters[row.application_id].identity_index, row) for row in rows]
    )
    return [row for row in rows if row.id in opens]


async def open_to(
    unit: Unit, officer: Officer, objections: Collection[tuple[str, Objection]]
) -> set[int]:
    """Which of these, each with the index of the applicant, he may look into, by id."""
    found = set()
    for each in await hats.of(unit, officer):
        if await hats.acts(unit, each):
            here = [(a, row) for a, row in objections if row.union_id == each.union_id]
            found |= {row.id for _, row in here} - await concerning(unit, each, here)
    return found


async def concerning(
    unit: Unit, officer: Officer, objections: Iterable[tuple[str, Objection]]
) -> set[int]:
    """Which of these, each with the index of the applicant, concern this officer, by id."""
    judges = await bench.judges(unit, officer)
    return {
        row.id
        for applicant, row in objections
        if any(_concerns(judge, applicant, row.identity_index) for judge in judges)
    }


def _concerns(judge: Judge, applicant: str, objector: str) -> bool:
    try:
        _check(judge, applicant, objector)
    except Recused:
        return True
    return False


def _check(judge: Judge, applicant: str, objector: str) -> None:
    """Raises Recused(own | relative | objector)."""
    recusal.check(judge, applicant, 0, ())
    if objector and objector in {judge.person, *judge.relatives}:
        raise Recused(OBJECTOR)
