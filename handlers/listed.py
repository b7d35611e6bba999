"""What a holder reads of lists nobody applies for: 不用申请, the state, and the expected day."""

from collections.abc import Sequence

from core.decision import decide
from core.scheme import Scheme
from core.titles import titles_of
from core.truth import NO
from core.workflow import State
from handlers import drawing, knowledge
from handlers.bench import stage_of
from handlers.visit import Visit
from storage.tables import Application


async def told(visit: Visit, scheme: Scheme) -> str:
    """That no application is needed, and how far this year's list is."""
    assert scheme.drawn is not None
    no_need = visit.say("drawn.no_need", cite=visit.say.article(scheme.drawn.cite))
    return "\n".join([no_need, *await _this_year(visit, scheme)])


async def coming(visit: Visit, mine: Sequence[Application]) -> list[str]:
    """The lists a holder will be on, while nothing of this year stands in their own papers."""
    there = {each.scheme_id for each in mine if each.year == visit.today.year}
    lines = []
    for scheme in drawing.schemes(visit.office):
        if scheme.id in there or not await _holds(visit, scheme):
            continue
        name = visit.say.scheme(scheme.name)
        lines.append(visit.say("drawn.coming", name=name, told=await told(visit, scheme)))
    return lines


async def expected(visit: Visit, application: Application) -> list[str]:
    """When it is to be paid, while it is not."""
    if application.state not in (State.WAITING, State.IN_STAGE):
        return []
    drawn = await visit.unit.drawn.of(application.round_id)
    if drawn is None or drawn.expected_on is None:
        return [visit.say("drawn.no_day")]
    return [visit.say("drawn.expected", day=visit.say.day(drawn.expected_on, visit.today))]


async def _holds(visit: Visit, scheme: Scheme) -> bool:
    """Whether the register has a title of theirs, and nothing speaks against it."""
    worker = visit.talk.worker_id
    assert worker is not None
    titles = {each.title for each in await visit.unit.titles.of_worker(worker)}
    if not titles & set(titles_of(scheme.asked)):
        return False
    facts = await knowledge.values(visit, scheme)
    return decide(scheme, facts, visit.today, visit.calendar).truth is not NO


async def _this_year(visit: Visit, scheme: Scheme) -> list[str]:
    say, year = visit.say, visit.today.year
    drawn = await visit.unit.drawn.latest(scheme.id, year)
    if drawn is None:
        return [say("drawn.not_yet")]
    line = None
    if visit.talk.worker_id is not None:
        line = await visit.unit.drawn.line(drawn.round_id, visit.talk.worker_id)
    if line is None:
        return [say("drawn.missing")] if visit.talk.worker_id else []
    if line.state in (State.PAID, State.COMPLETED):
        return [say("drawn.paid", year=year)]
    if line.state not in (State.WAITING, State.IN_STAGE):
        return [say("drawn.struck", year=year)]
    tell = say.scheme(stage_of(visit.office, line).tell)
    return [say("drawn.listed", year=year, tell=tell), *await expected(visit, line)]
