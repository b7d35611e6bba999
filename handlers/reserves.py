"""The reserve list (备选): who is put on it, who moves up, and who is left when the round closes.

A round is held before its applications wherever places are given or lost: its row is the lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import reserves
from core.errors import Unreadable
from core.jurisdiction import Tree
from core.reserves import Lost, PlacesGiven, ReserveTaken
from core.scheme import Scheme
from core.workflow import Move
from handlers import allotting, onward, passage
from handlers.bench import CALENDAR, acting, scheme_of, stage_of
from handlers.decisions import Reserve
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import Application, Officer, Round
from storage.unit import Unit

MOST = 1000  # on one list


@dataclass(frozen=True)
class Waiting:
    """A line of the list: its rank, the number of the application, and the union whose list it is
    (0: of the whole round)."""

    rank: int
    number: str
    id: int
    list_of: int = 0


async def hold(office: Office, unit: Unit, application_id: int) -> None:
    """The round first, where this step gives places."""
    stage = stage_of(office, application := await unit.applications.by_id(application_id))
    if stage.reserves or stage.own_places:
        await unit.rounds.held(application.round_id)


async def check_place(office: Office, unit: Unit, application: Application) -> None:
    """Whether there is a place for one more; the round is held. Raises PlacesGiven,
    OwnPlacesGiven."""
    await allotting.check(office, unit, application)
    stage = stage_of(office, application)
    if not stage.reserves:
        return
    running = await unit.rounds.by_id(application.round_id)
    places = reserves.places(scheme_of(office, application), running.places)
    if places is None:
        return
    if await unit.reserves.holders(running.id, application.stage) >= places:
        raise PlacesGiven(places, stage.cite)


async def put(
    office: Office, unit: Unit, officer: Officer, application: Application, decision: Reserve
) -> None:
    """On the list, with the rank the jury gave. Raises ReserveTaken, Unreadable(number)."""
    if not 0 < decision.rank <= MOST:
        raise Unreadable("number")
    mine = application.round_id, await list_of(office, unit, application)
    if await unit.reserves.has_rank(*mine, decision.rank):
        raise ReserveTaken(decision.rank, await unit.reserves.last_rank(*mine) + 1)
    stage = stage_of(office, application)
    why = Why(
        reason={"reserve": decision.rank} | ({"note": decision.note} if decision.note else {})
    )
    await passage.move(office, unit, application, Move.RESERVE, acting(officer), why)
    application.reserve, application.reserve_of = decision.rank, mine[1]
    values = {"rank": decision.rank, "stage": stage.name}
    await _tell(office, unit, application, "reserves.worker.put", **values)


async def refill(office: Office, unit: Unit, round_id: int) -> datetime | None:
    """By the calendar, right after a place was lost: the next one moves up, as often as needed.

    The day of it is a day like any other: a notice is posted anew, about this one only, for its
    full length.
    """
    running = await unit.rounds.held(round_id)
    if running.state == "done":
        return None
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    for lost in await _vacant(unit, scheme, running):
        if line := await waiting(unit, round_id, lost.home):
            next_up = await unit.applications.held(line[0].id)
            await _move_up(office, unit, scheme, running, next_up, lost.stage)
            await unit.flush()
    return None


async def close(office: Office, unit: Unit, running: Round) -> None:
    """The round is over: whoever still waits is told, and is free to apply elsewhere."""
    for left in await unit.reserves.of(running.id):
        application = await unit.applications.held(left.id)
        await passage.move(office, unit, application, Move.CLOSE, CALENDAR)
        await _tell(office, unit, application, "reserves.worker.closed", rank=left.reserve)


async def list_of(office: Office, unit: Unit, application: Application) -> int:
    """Whose list it would be on: of the round (0), or of its prefecture or provincial system."""
    tree = await unit.unions.tree(application.base_union_id)
    return reserves.home(scheme_of(office, application), tree, application.base_union_id)


async def waiting(unit: Unit, round_id: int, list_of: int | None = None) -> list[Waiting]:
    """Who waits, list by list, the first to move up first; all lists, or this one alone."""
    there = [
        Waiting(each.reserve or 0, each.number, each.id, each.reserve_of)
        for each in await unit.reserves.of(round_id)
        if list_of in (None, each.reserve_of)
    ]
    return sorted(there, key=lambda each: (each.list_of, each.rank))


async def becomes(office: Office, unit: Unit, application: Application, say: Speaker) -> str:
    """What becomes of the place if this application falls now; nothing where nobody has said."""
    if stage_of(office, application).vacancy == "left_empty":
        return say("reserves.becomes.empty")
    scheme = scheme_of(office, application)
    if not reserves.refilled(scheme, application.stage):
        return ""
    mine = await list_of(office, unit, application)
    there = await waiting(unit, application.round_id, mine)
    if not there:
        return say("reserves.becomes.nobody")
    return say("reserves.becomes.next", rank=there[0].rank, number=there[0].number)


async def _vacant(unit: Unit, scheme: Scheme, running: Round) -> Sequence[Lost]:
    """The places to be refilled now, and never more than there are places."""
    lost, moved_up = await unit.reserves.lost(running.id), await unit.reserves.moved_up(running.id)
    bases = {base for _, base in lost} | set(moved_up)
    tree = await unit.unions.tree(*bases) if bases else Tree(())
    homes = {base: reserves.home(scheme, tree, base) for base in bases}
    gone = [Lost(stage, homes[base]) for stage, base in lost]
    vacant = reserves.vacant(scheme, gone, [homes[base] for base in moved_up])
    free = await allotting.left(unit, scheme, running, vacant)
    places = reserves.places(scheme, running.places)
    if places is None:
        return free
    chosen = reserves.chosen_in(scheme)
    after = -1 if reserves.by_submission(scheme) or chosen is None else chosen
    return free[: max(0, places - await unit.reserves.holders(running.id, after))]


async def _move_up(
    office: Office,
    unit: Unit,
    scheme: Scheme,
    running: Round,
    application: Application,
    lost_in: int,
) -> None:
    start = reserves.goes_on_at(scheme, lost_in)
    await passage.move(office, unit, application, Move.MOVE_UP, CALENDAR, start=start)
    application.moved_up_at = unit.now
    rank = application.reserve
    if start is None:
        if running.state == "open":
            await office.admission.take_again(unit, running.id)
        await unit.timers.set("round_full", running.id, unit.now)
        await _tell(office, unit, application, "reserves.worker.place", rank=rank)
        return
    tell = stage_of(office, application).tell
    await _tell(office, unit, application, "reserves.worker.moved_up", rank=rank, tell=tell)
    await onward.call(office, unit, application)


async def _tell(
    office: Office, unit: Unit, application: Application, key: str, **values: object
) -> None:
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        said = {k: say.scheme(v) if isinstance(v, str) else v for k, v in values.items()}
        return say(key, scheme=say.scheme(scheme.name), number=application.number, **said)

    about = f"{key}:{application.id}:{application.version}"
    await tell_worker(office, unit, application.worker_id, text, key=about)
