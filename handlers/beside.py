"""同步公示: the applicant's own unit hangs the list while the step's body does; both have to end.

Source: 云工通〔2021〕11号 第十六条 在省级网络或报纸等媒体进行公示，所在单位同步公示.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from core.scheme import Stage
from handlers import cards, hats
from handlers.bench import stage_of
from handlers.office import Office
from handlers.tell import tell_officer
from storage.tables import SHANGHAI, Application, Notice, Officer
from storage.unit import Unit

TIMER = "beside_due"
PATIENCE = timedelta(days=3)  # between two reminders; no document names a time
MORNING = time(9, tzinfo=SHANGHAI)


async def unposted(office: Office, unit: Unit, union_id: int) -> Sequence[Application]:
    """What hangs elsewhere, and this union has to hang as well."""
    wanted = [
        (scheme.id, scheme.version, number)
        for id_ in office.schemes.every_id
        for scheme in office.schemes.versions(id_)
        for number, stage in enumerate(scheme.stages)
        if stage.also_by
    ]
    return await unit.notices.unposted_beside(union_id, wanted) if wanted else ()


async def wearing(
    office: Office, unit: Unit, officer: Officer, round_id: int, stage: int
) -> tuple[Officer, Sequence[Application]]:
    """The officer in the first office of his that has to hang it too; what it is about, held."""
    for worn in await hats.of(unit, officer):
        found = await unposted(office, unit, worn.union_id)
        wants = [each.id for each in found if (each.round_id, each.stage) == (round_id, stage)]
        held = await unit.applications.all_held(wants) if wants else ()
        standing = [each for each in held if (each.state, each.stage) == ("in_stage", stage)]
        if standing:
            return hats.wear(unit, worn), standing
    return officer, ()


async def wanted(office: Office, unit: Unit, notice: Notice) -> bool:
    """Whether the units hang it as well."""
    running = await unit.rounds.by_id(notice.round_id)
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    return scheme.stages[notice.stage].also_by is not None


async def posted(
    office: Office, unit: Unit, notice: Notice, stage: Stage, standing: Collection[Application]
) -> None:
    """The body of the step has posted it: the units hang it as well, from today on."""
    if stage.also_by:
        await _call(office, unit, stage, standing)
        await unit.timers.set(TIMER, notice.id, _next(unit))


async def ring(office: Office, unit: Unit, notice_id: int) -> datetime | None:
    """By the calendar: some unit has not hung it; it is reminded, and the next one up is told."""
    notice = await unit.notices.by_id(notice_id)
    left = await unit.notices.not_beside(notice)
    if not left:
        return None
    stage = stage_of(office, left[0])
    await _call(office, unit, stage, left, "beside.late")
    for union in sorted({each.base_union_id for each in left}):
        name = (await unit.unions.by_id(union)).name
        for officer in await hats.next_up(unit, union):
            key = f"beside:{notice.id}:{union}:{unit.today}"
            about = {"union": name, "stage": stage.name}
            await tell_officer(office, unit, officer, "beside.late_above", key=key, **about)
    return _next(unit)


async def _call(
    office: Office,
    unit: Unit,
    stage: Stage,
    standing: Collection[Application],
    sentence: str = "beside.call",
) -> None:
    """Once for each unit: how many of its people are on the list."""
    for union in sorted({each.base_union_id for each in standing}):
        mine = [each for each in standing if each.base_union_id == union]
        if mine[0].union_id == union:
            continue
        about = {"stage": stage.name, "count": len(mine)}
        for officer in await cards.responsible(unit, stage, union):
            key = f"{sentence}:{mine[0].round_id}:{mine[0].stage}:{union}:{unit.today}"
            await tell_officer(office, unit, officer, sentence, key=key, **about)


def _next(unit: Unit) -> datetime:
    return datetime.combine(unit.today + PATIENCE, MORNING)
