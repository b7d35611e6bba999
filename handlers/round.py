"""Rounds: opened by the province for a number of places, full or over, reviewed, closed."""

from datetime import date, datetime, time, timedelta

from core.errors import MoveNotAllowed, NoApplicationNeeded, Unreadable
from core.people import Role
from core.reserves import by_submission, counted_at_once
from core.scheme import Scheme
from core.terms import at_once
from core.window import first_after, over
from core.workflow import Move, State
from handlers import allotting, onward, passage, reserves
from handlers.bench import CALENDAR, present, within
from handlers.clock import MORNING
from handlers.office import Office
from handlers.standing import CLOSING
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import SHANGHAI, Officer, Round
from storage.unit import Unit

CHUNK = 50  # applications moved in one unit, so that nobody waits long for the archive
ENDING = "round_ending"  # those who have begun and not sent are reminded
EARLY = timedelta(days=3)
MOST_PLACES = 1_000_000


async def open_round(
    office: Office,
    officer: Officer,
    *,
    scheme_id: str,
    places: int | None,
    opens: date,
    closes: date,
    closes_at: time | None = None,
    stage_days: int | None = None,
    unit: Unit | None = None,
) -> Round:
    """A new call, under the version of the scheme in force on its first day.

    Without `places` as many may apply as come: not where the first to come are served.
    `closes_at` is the hour of the last day; that of the document where it names one. `stage_days`
    is what the province asks of each level, None where it sets no date. Raises
    NotYours, NotFound, NoApplicationNeeded, Unreadable(number | date_order | date_past).
    """
    scheme = office.schemes.on(scheme_id, opens)
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.MANAGER)
        if scheme.drawn:
            raise NoApplicationNeeded(cite=scheme.drawn.cite)
        if places is None and scheme.ranks:
            raise Unreadable("number")
        at = closes_at or (scheme.window.at if scheme.window else None)
        _check(places, opens, closes, stage_days, work.today)
        if over(closes, at, work.now):
            raise Unreadable("date_past")
        new = Round(
            scheme_id=scheme.id,
            scheme_version=scheme.version,
            year=opens.year,
            opens=opens,
            closes=closes,
            closes_at=at,
            places=places,
            counted=counted_at_once(scheme),
            reserves=by_submission(scheme),
            at_once=at_once(scheme),
            stage_days=stage_days,
            state="open",
        )
        await work.rounds.add(new)
        await allotting.begin(work, scheme, new)
        await work.timers.set(CLOSING, new.id, first_after(closes, at, SHANGHAI))
        early = datetime.combine(closes - EARLY, MORNING)
        await work.timers.set(ENDING, new.id, max(early, datetime.combine(opens, MORNING)))
        who, on = f"officer:{officer.id}", f"round:{new.id}"
        await work.acts.append(who, "open_round", on, places=places, scheme=scheme.id)
        return new


async def start_reviews(office: Office, unit: Unit, round_id: int) -> datetime | None:
    """By the calendar, when the round is full or its window over; at once again if there is more.

    「名额申报满时」 (第六条), and 「申报规定的期限」 (第六条(一)): whichever comes first. Where the
    first step waits for nobody, as soon as an application is in.
    """
    running = await unit.rounds.held(round_id)
    if running.state == "open":
        if running.full or running.over(unit.now):
            running.state, running.started_at = "reviewing", unit.now
            await unit.acts.append("calendar", "start_reviews", f"round:{round_id}")
        elif not running.at_once:
            return None  # a place came back in the meantime
    waiting = await unit.applications.waiting(round_id, CHUNK)
    if waiting:
        tree = await unit.unions.tree(*(each.base_union_id for each in waiting))
        for application in waiting:
            await passage.move(office, unit, application, Move.START, CALENDAR, tree=tree)
        for application in waiting:
            await onward.began(office, unit, application)
    return unit.now if len(waiting) == CHUNK else None


async def close(office: Office, officer: Officer, round_id: int, unit: Unit | None = None) -> Round:
    """Everything is paid, refused or withdrawn; whoever still waits for a place is told.

    Raises MoveNotAllowed while something goes on.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.MANAGER)
        running = await work.rounds.held(round_id)
        if running.state != "reviewing" or await work.applications.going(round_id):
            raise MoveNotAllowed(State.IN_STAGE, "close_round")
        await reserves.close(office, work, running)
        running.state = "done"
        await work.acts.append(f"officer:{officer.id}", "close_round", f"round:{round_id}")
        return running


def _check(
    places: int | None, opens: date, closes: date, stage_days: int | None, today: date
) -> None:
    if places is not None and not 0 < places <= MOST_PLACES:
        raise Unreadable("number")
    if stage_days is not None and not 0 < stage_days <= 365:
        raise Unreadable("number")
    if closes < opens:
        raise Unreadable("date_order")
    if closes < today:
        raise Unreadable("date_past")


async def remind_beginners(office: Office, unit: Unit, round_id: int) -> None:
    """By the calendar, three days before the window ends: a folder that was never sent."""
    running = await unit.rounds.by_id(round_id)
    if running.state != "open" or running.full:
        return
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    for worker_id in await unit.drafts.begun(running.scheme_id):
        if await unit.applications.live_in(round_id, worker_id) is None:
            await _remind(office, unit, running, scheme, worker_id)


async def _remind(
    office: Office, unit: Unit, running: Round, scheme: Scheme, worker_id: int
) -> None:
    def text(say: Speaker) -> str:
        return say(
            "procedure.worker.unsent" if running.left is None else "procedure.worker.unsent_few",
            scheme=say.scheme(scheme.name),
            word=say.scheme(scheme.called[0] if scheme.called else scheme.name),
            closes=say.until(running.ends, unit.today),
            left=running.left,
        )

    await tell_worker(office, unit, worker_id, text, key=f"unsent:{running.id}:{worker_id}")
