"""Who may look into an objection: those who posted the notice, and nobody who is concerned."""

from core import recusal
from core.errors import Recused
from core.jurisdiction import check as check_jurisdiction
from handlers import bench
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, Notice, Officer
from storage.unit import Unit


async def check(
    office: Office,
    unit: Unit,
    officer: Officer,
    notice: Notice,
    application: Application,
    objector: str,
) -> None:
    """`objector` is the index of who objects, empty where nobody asked. Raises
    OutsideJurisdiction, Recused."""
    stage = scheme_of(office, application).stages[notice.stage]
    tree = await unit.unions.tree(application.base_union_id)
    check_jurisdiction(stage, tree[notice.union_id], officer.union_id, officer.role)
    await check_concerned(unit, officer, application, objector)


async def check_concerned(
    unit: Unit, officer: Officer, application: Application, objector: str
) -> None:
    """Not the applicant, a relative, nor who objects. Raises Recused."""
    for judge in await bench.judges(unit, officer):
        recusal.check(judge, application.identity_index, application.stage, ())
        if objector and objector in {judge.person, *judge.relatives}:
            raise Recused("objector")


async def concerned(unit: Unit, officer: Officer, application: Application, objector: str) -> bool:
    """Whether this officer is told nothing of it."""
    try:
        await check_concerned(unit, officer, application, objector)
    except Recused:
        return True
    return False
