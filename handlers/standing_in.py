"""代理人: named by the officer or the manager, told to both, over by itself or ended.

In which offices somebody may act because of it is said in `handlers.hats`.
"""

from datetime import date, datetime, time, timedelta

from core.errors import NotYours, Unreadable
from core.jurisdiction import Tree
from core.people import Role
from core.standin import (
    Colleague,
    StandInAway,
    StandInThere,
    candidates,
    check_days,
    may_name,
)
from handlers import review
from handlers.bench import acting, present, within
from handlers.office import Office
from handlers.tell import tell_officer
from locales import Speaker
from storage.standins import Standing
from storage.tables import SHANGHAI, Officer
from storage.unit import Unit

BEGINS, OVER = "stand_in_begins", "stand_in_over"
MORNING = time(9, tzinfo=SHANGHAI)


async def free(unit: Unit, officer: Officer) -> list[Officer]:
    """Who can be asked to stand in for this officer, whatever the days."""
    tree = await unit.unions.tree(officer.union_id)
    bodies = [body.id for body in tree.upwards(officer.union_id)]
    there = {each.id: each for body in bodies for each in await unit.officers.of_union(body)}
    seen = [_colleague(each) for each in there.values()]
    return [there[each.id] for each in candidates(_colleague(officer), seen, tree)]


async def name(
    office: Office,
    by: Officer,
    officer_id: int,
    deputy_id: int,
    first: date,
    last: date,
    unit: Unit | None = None,
) -> Standing:
    """`deputy_id` acts for the officer from `first` to `last`, both days included.

    Raises NotYours, StandInThere, StandInAway, Unreadable (stand_in_past, stand_in_days, choice).
    """
    async with within(office, unit) as work:
        by = await present(work, by)
        officer = await _named(work, by, officer_id)
        check_days(first, last, work.today)
        deputy = next((e for e in await free(work, officer) if e.id == deputy_id), None)
        if deputy is None:
            raise Unreadable("choice")
        await work.standins.hold(officer.id, deputy.id)
        await check_free(work, officer.id, deputy.id, first, last)
        row = await work.standins.add(officer, deputy, first, last, by.id)
        days = {"first": first.isoformat(), "last": last.isoformat()}
        who, on = acting(by).who, f"officer:{officer.id}"
        await work.acts.append(who, "name_stand_in", on, stand_in=row.id, deputy=deputy.id, **days)
        if first > work.today:
            await work.timers.set(BEGINS, row.id, _morning_of(first))
        await work.timers.set(OVER, row.id, _morning_of(last + timedelta(days=1)))
        made = Standing(row, officer, deputy)
        await _tell(office, work, made, "standin.named")
        return made


async def check_free(unit: Unit, officer_id: int, deputy_id: int, first: date, last: date) -> None:
    """Nobody stands in for either of the two on these days. Raises StandInThere, StandInAway."""
    for there in await unit.standins.between(officer_id, first, last):
        raise StandInThere(there.deputy.name, there.row.last_day)
    for there in await unit.standins.between(deputy_id, first, last):
        raise StandInAway(there.officer.name)


async def end(office: Office, by: Officer, stand_in_id: int, unit: Unit | None = None) -> Standing:
    """From now on: by the officer, by whoever stands in, or by the manager. Ended twice, once.

    Raises NotFound, NotYours.
    """
    async with within(office, unit) as work:
        by = await present(work, by)
        there = await work.standins.by_id(stand_in_id)
        await work.standins.hold(there.officer.id, there.deputy.id)
        await work.session.refresh(there.row)
        if by.id != there.deputy.id:
            await _named(work, by, there.officer.id)
        if there.row.ended_at is not None or there.row.last_day < work.today:
            return there
        there.row.ended_at, there.row.ended_by = work.now, by.id
        for kind in (BEGINS, OVER):
            await work.timers.cancel(kind, stand_in_id)
        who, on = acting(by).who, f"officer:{there.officer.id}"
        await work.acts.append(who, "end_stand_in", on, stand_in=stand_in_id)
        await _tell(office, work, there, "standin.ended")
        return there


async def begins(office: Office, unit: Unit, stand_in_id: int) -> datetime | None:
    """By the calendar, on the morning of the first day, with what waits."""
    there = await unit.standins.by_id(stand_in_id)
    if there.row.ended_at is None and there.row.first_day <= unit.today <= there.row.last_day:
        await _tell(office, unit, there, "standin.begins")
    return None


async def over(office: Office, unit: Unit, stand_in_id: int) -> datetime | None:
    """By the calendar, on the morning after the last day."""
    there = await unit.standins.by_id(stand_in_id)
    if there.row.ended_at is None and unit.today > there.row.last_day:
        on = f"officer:{there.officer.id}"
        await unit.acts.append("calendar", "stand_in_over", on, stand_in=stand_in_id)
        await _tell(office, unit, there, "standin.over")
    return None


async def lines(office: Office, unit: Unit, officer: Officer, say: Speaker) -> list[str]:
    """For whom this officer stands in now or soon, and who stands in for him."""
    found = await unit.standins.about(officer.id, unit.today)
    return [
        say(
            "standin.mine" if each.officer.id == officer.id else "standin.yours",
            other=each.officer.name,
            deputy=each.deputy.name,
            first=each.row.first_day,
            last=each.row.last_day,
        )
        for each in found
    ]


async def named_officer(unit: Unit, by: Officer, login: str) -> Officer:
    """The one with this login, for a manager of his union. Raises NotYours, Unreadable."""
    officer = await unit.officers.by_login(login)
    if officer is None:
        raise Unreadable("standin_login")
    return await _named(unit, by, officer.id)


async def with_login(unit: Unit, officer: Officer, login: str) -> Officer:
    """Of those who can stand in for the officer. Raises Unreadable(standin_login)."""
    for each in await free(unit, officer):
        if each.login == login:
            return each
    raise Unreadable("standin_login")


async def listed(unit: Unit, by: Officer) -> list[Standing]:
    """What this officer may see: his own, both ways; of all below for a manager."""
    found = list(await unit.standins.about(by.id, unit.today))
    if by.role == Role.MANAGER:
        below = (await unit.unions.tree()).below(by.union_id)
        seen = {each.row.id for each in found}
        rest = await unit.standins.of_unions(below, unit.today)
        found += [each for each in rest if each.row.id not in seen]
    return found


async def _named(unit: Unit, by: Officer, officer_id: int) -> Officer:
    """The officer about whom this one may decide that somebody stands in. Raises NotYours."""
    officer = await unit.officers.by_id(officer_id)
    if officer is None or by.instead_of is not None:
        raise NotYours
    tree: Tree = await unit.unions.tree(officer.union_id)
    if not officer.active or not may_name(_colleague(by), _colleague(officer), tree):
        raise NotYours
    return officer


async def _tell(office: Office, unit: Unit, there: Standing, sentence: str) -> None:
    """Both: the one who stands in also hears how much waits."""
    row = there.row
    names = {"other": there.officer.name, "deputy": there.deputy.name}
    days = {"first": row.first_day, "last": row.last_day}
    heaps = await review.heaps(office, unit, there.officer)
    count = sum(each.pile.count for each in heaps)
    for whom, part in ((there.officer, "officer"), (there.deputy, "deputy")):
        key = f"{sentence}:{row.id}:{whom.id}"
        said = {"count": count} if part == "deputy" else {}
        await tell_officer(
            office, unit, whom, f"{sentence}.{part}", key=key, **names, **days, **said
        )


def _colleague(officer: Officer) -> Colleague:
    person = officer.identity_index or ""
    return Colleague(officer.id, person, officer.union_id, Role(officer.role))


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING)
