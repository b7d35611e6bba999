"""Public notices (公示): posted by the officers of a union, closed by the calendar.

Source: 第六条(二)、(三) 公示期不少于5日.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from core.errors import AlreadyDecided, NotFound, Unreadable
from core.jurisdiction import Level, Tree
from core.jurisdiction import check as check_jurisdiction
from core.notice import Entry, digest
from core.people import masked_name
from core.scheme import Scheme, Stage
from core.workflow import Move
from handlers import beside, hats, onward, passage
from handlers.bench import CALENDAR, acting, present, scheme_of, within
from handlers.chat import Choice, Reply
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import Said, tell_worker, with_link
from locales import DEFAULT, LANGUAGES, Speaker
from storage.tables import SHANGHAI, Application, Notice, Officer
from storage.unit import Unit

NOTICE_END, POSTED = "notice_end", "notice_posted"
AT_ONCE = 50  # applicants told in the unit of the posting itself; the clock tells the rest
CHUNK = 50  # applications moved in one unit
MOST_DAYS = 60


@dataclass(frozen=True)
class Ready:
    """A list that can be posted: `stage` is the number of the stage, from 0.

    `days` is 0 where the document names no number: whoever posts it has to. `instead_of` is in
    whose place it would be posted.
    """

    round_id: int
    stage: int
    union_id: int
    scheme: str
    name: str
    days: int
    count: int
    instead_of: str = ""
    since: date | None = None  # the oldest lies since then


async def ready(office: Office, unit: Unit, officer: Officer) -> list[Ready]:
    """What this officer's union has to post, round by round; then that of whom he stands in for."""
    lists = []
    for union in await hats.unions(unit, officer):
        other = (await hats.at(unit, officer, union)).instead_of
        found: dict[tuple[int, int], list[Application]] = {}
        hung = await beside.unposted(office, unit, union)
        for application in (*await unit.applications.unposted(union), *hung):
            found.setdefault((application.round_id, application.stage), []).append(application)
        lists += [
            _ready(scheme_of(office, standing[0]), standing, other)
            for _, standing in sorted(found.items())
        ]
    return lists


async def post(
    office: Office,
    officer: Officer,
    round_id: int,
    stage: int,
    unit: Unit | None = None,
    days: int | None = None,
    union_id: int | None = None,
) -> Notice:
    """Posts everything that stands unposted in this stage for the officer's union.

    `days` only where the document leaves them open, `union_id` for one who acts for several.
    Raises AlreadyDecided if somebody has just posted it, NotFound if there is nothing,
    OutsideJurisdiction for another role, Unreadable(notice_days).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        officer, standing = await _wearing(work, officer, round_id, stage, union_id)
        if not standing:
            officer, standing = await beside.wearing(office, work, officer, round_id, stage)
        if not standing:
            await _refuse(work, officer, round_id, stage)
        scheme = scheme_of(office, standing[0])
        tree = await work.unions.tree(*(each.base_union_id for each in standing))
        here = scheme.stages[stage]
        check_jurisdiction(here, tree[officer.union_id], officer.union_id, officer.role)
        length = _days(here, days)
        notice = await _write(office, work, officer, scheme, stage, standing, length)
        if standing[0].stage_began is None:
            await _move(office, work, officer, standing, notice, tree)
            await beside.posted(office, work, notice, here, standing)
        else:
            for application in standing:
                application.due = max(application.due or notice.last_day, notice.last_day)
        over = datetime.combine(notice.last_day + timedelta(days=1), time(tzinfo=SHANGHAI))
        await work.timers.set(NOTICE_END, notice.id, over)
        await _announce(office, work, scheme, notice, tree)
        return notice


async def _move(
    office: Office,
    unit: Unit,
    officer: Officer,
    standing: Sequence[Application],
    notice: Notice,
    tree: Tree,
) -> None:
    """The step has begun for all of them; the first are told at once, the others by the clock."""
    for application in standing:
        why = Why(notice.last_day, {"notice": notice.id})
        await passage.move(office, unit, application, Move.POST, acting(officer), why, tree)
    for application in standing[:AT_ONCE]:
        await _tell(office, unit, application, notice)
    for application in standing[AT_ONCE:]:
        await unit.timers.set(POSTED, application.id, unit.now)


async def close(office: Office, unit: Unit, notice_id: int) -> datetime | None:
    """By the calendar, on the day after the last; at once again if there is more to do.

    Every entry without an open objection passes on.
    """
    notice = await unit.notices.held(notice_id)
    if unit.today <= notice.last_day:
        return None
    also = await beside.wanted(office, unit, notice)
    standing = await unit.notices.free(notice, CHUNK, unit.today, also_by_unit=also)
    tree = await unit.unions.tree(*(each.base_union_id for each in standing))
    for application in standing:
        await passage.move(office, unit, application, Move.PASS, CALENDAR, tree=tree)
    for application in standing:
        gone = scheme_of(office, application).stages[notice.stage]
        await onward.passed(office, unit, application, gone)
    if len(standing) == CHUNK:
        return unit.now
    notice.state = "closed"
    await unit.acts.append("calendar", "close_notice", f"notice:{notice.id}")
    return None


async def tell_posted(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, right after many were posted."""
    application = await unit.applications.by_id(application_id)
    hung = await unit.notices.newest_about(application)
    if hung is not None:
        await _tell(office, unit, application, hung)
    return None


async def shown(unit: Unit, notice_id: int) -> None:
    """Somebody has been shown the notice: the proof of its display."""
    await unit.notices.shown(notice_id)


def link(office: Office, notice: Notice) -> str:
    return f"{office.public_url}/notices/{notice.id}"


def _ready(scheme: Scheme, standing: Sequence[Application], other: Officer | None) -> Ready:
    first, here = standing[0], scheme.stages[standing[0].stage]
    about = (first.round_id, first.stage, first.union_id or 0)
    whose = other.name if other else ""
    since = min((each.lies_since for each in standing if each.lies_since), default=None)
    return Ready(*about, scheme.name, here.name, here.days or 0, len(standing), whose, since)


def _days(stage: Stage, given: int | None) -> int:
    """Those of the document, or those of the officer where it has none."""
    if stage.days is not None:
        return stage.days
    if given is None or not 0 < given <= MOST_DAYS:
        raise Unreadable("notice_days", most=MOST_DAYS)
    return given


async def _wearing(
    unit: Unit, officer: Officer, round_id: int, stage: int, union_id: int | None
) -> tuple[Officer, Sequence[Application]]:
    """The officer in that office of his, or in the first that has something to post there."""
    unions = [*await hats.unions(unit, officer), officer.union_id]
    for union in [union_id] if union_id else unions:
        worn = await hats.at(unit, officer, union)
        if standing := await _unposted(unit, worn, round_id, stage):
            return worn, standing
    return await hats.at(unit, officer, union_id), ()


async def _unposted(
    unit: Unit, officer: Officer, round_id: int, stage: int
) -> Sequence[Application]:
    """Held; what somebody has posted in the meantime is left out."""
    found = await unit.applications.unposted(officer.union_id)
    wanted = [each.id for each in found if (each.round_id, each.stage) == (round_id, stage)]
    held = await unit.applications.all_held(wanted)
    still = [each for each in held if each.stage == stage and each.stage_began is None]
    return sorted((each for each in still if each.state == "in_stage"), key=lambda a: a.rank)


async def _refuse(unit: Unit, officer: Officer, round_id: int, stage: int) -> None:
    for notice in await unit.notices.of_union(officer.union_id):
        if (notice.round_id, notice.stage) == (round_id, stage):
            by = await unit.officers.by_id(notice.officer_id)
            raise AlreadyDecided(by.name if by else "")
    raise NotFound(round=round_id, stage=stage)


async def _write(
    office: Office,
    unit: Unit,
    officer: Officer,
    scheme: Scheme,
    stage: int,
    standing: Sequence[Application],
    days: int,
) -> Notice:
    """The notice as it will hang, with the digest that proves it."""
    here = scheme.stages[stage]
    span = office.calendar.last_day(unit.today, days, here.day_kind)
    union = await unit.unions.by_id(officer.union_id)
    entries = await _entries(unit, standing)
    notice = Notice(
        round_id=standing[0].round_id,
        scheme_id=scheme.id,
        stage=stage,
        union_id=union.id,
        officer_id=officer.id,
        posted_at=unit.now,
        last_day=span.last,
        remark="" if span.certain else office.speak(DEFAULT)("procedure.notice.uncertain"),
        entries=[asdict(entry) for entry in entries],
        digest=digest(scheme.name, union.name, unit.today, span.last, entries),
        state="running",
        shown=0,
    )
    await unit.notices.add(notice, [each.id for each in standing])
    who, on = f"officer:{officer.id}", f"notice:{notice.id}"
    await unit.acts.append(who, "post_notice", on, digest=notice.digest, count=len(entries))
    return notice


async def _entries(unit: Unit, standing: Sequence[Application]) -> list[Entry]:
    people = await unit.applications.people({each.worker_id for each in standing})
    units = await unit.unions.names(*{each.base_union_id for each in standing})
    return [
        Entry(
            number=each.number,
            name=masked_name(unit.workers.name(people[each.worker_id])),
            unit=units[each.base_union_id],
            level=each.level,
            amount_fen=each.amount_fen,
        )
        for each in standing
    ]


async def _tell(office: Office, unit: Unit, application: Application, notice: Notice) -> None:
    """The applicant hears that the name hangs, where, and until when."""

    def text(say: Speaker) -> Said:
        line = say("procedure.worker.posted", number=application.number, until=notice.last_day)
        return with_link(line, say("procedure.button.notice"), link(office, notice))

    key = f"posted:{application.id}:{notice.id}"
    await tell_worker(office, unit, application.worker_id, text, key=key)


async def _announce(office: Office, unit: Unit, scheme: Scheme, notice: Notice, tree: Tree) -> None:
    """To the members of the union that posts it; a provincial office speaks to the province."""
    here = tree[notice.union_id]
    audience = here if here.level is Level.BASE_UNIT else tree.nearest(here.id, Level.PROVINCE)
    card = await unit.outbox.card("notice", notice.id)
    bodies = {each: _body(office, office.speak(each), scheme, notice, card) for each in LANGUAGES}
    await unit.broadcasts.start(
        f"notice:{notice.id}", bodies, unions=[audience.id], officer_id=notice.officer_id
    )


def _body(
    office: Office, say: Speaker, scheme: Scheme, notice: Notice, card: int
) -> dict[str, Any]:
    """Where it hangs, and a button for whoever objects under their own name."""
    text = say(
        "procedure.notice.announced",
        scheme=say.scheme(scheme.name),
        count=len(notice.entries),
        until=notice.last_day,
    )
    look = Choice(say("procedure.button.notice"), "primary", link(office, notice))
    return Reply(text, (look, Choice(say("procedure.button.object"))), card=card).as_json()
