"""The word of a notice on its way to the members: going on, stopped, sent on again.

Chat and console both end here. State of the chat's page: nothing.
"""

from core.errors import NotFound, OutsideJurisdiction
from handlers import hats
from handlers.bench import acting, beside, present, within
from handlers.deciding import me
from handlers.office import Office
from handlers.visit import Go, Offer, Outcome, Visit
from storage.notices import Announcement
from storage.tables import Officer
from storage.unit import Unit

TURNS = {"stop": "danger", "go_on": "plain"}


async def of(unit: Unit, officer: Officer) -> list[Announcement]:
    """What still goes out to the members, and what was stopped while its notice still hangs, for
    all unions this officer acts for today."""
    unions = await hats.unions(unit, officer)
    return [each for union in unions for each in await unit.notices.announcements(union)]


async def stop(office: Office, officer: Officer, notice_id: int, unit: Unit | None = None) -> bool:
    """Who has not heard will not; False where nothing was going out any more.

    Raises NotFound, OutsideJurisdiction, NotYours, StandInOver.
    """
    async with within(office, unit) as work:
        officer, broadcast = await _held(work, officer, notice_id)
        if changed := await work.broadcasts.stop(broadcast):
            await work.acts.append(acting(officer).who, "stop_announcing", f"notice:{notice_id}")
        return changed


async def go_on(office: Office, officer: Officer, notice_id: int, unit: Unit | None = None) -> bool:
    """From where it was stopped; False where it was not. Raises as `stop`."""
    async with within(office, unit) as work:
        officer, broadcast = await _held(work, officer, notice_id)
        if changed := await work.broadcasts.go_on(broadcast):
            on = f"notice:{notice_id}"
            await work.acts.append(acting(officer).who, "go_on_announcing", on)
        return changed


async def _held(unit: Unit, officer: Officer, notice_id: int) -> tuple[Officer, int]:
    """The officer in the office that posted it, and its broadcast."""
    officer = await present(unit, officer)
    notice = await unit.notices.by_id(notice_id)
    officer = await hats.at(unit, officer, notice.union_id)
    if notice.union_id != officer.union_id or not await hats.acts(unit, officer):
        raise OutsideJurisdiction((await unit.unions.by_id(notice.union_id)).name)
    broadcast = await unit.notices.broadcast(notice_id)
    if broadcast is None:
        raise NotFound(notice=notice_id)
    return officer, broadcast


async def show(visit: Visit) -> Outcome:
    """Each with a way to stop it, or to send it on."""
    officer, say = await me(visit), visit.say
    visit.go("officer", page="announcements")
    there = await of(visit.unit, officer)
    offers = []
    for each in there:
        turn, notice = "stop" if each.going else "go_on", each.notice
        of_round = await visit.unit.rounds.by_id(notice.round_id)
        scheme = visit.office.schemes.version(notice.scheme_id, of_round.scheme_version)
        about = {"stage": say.scheme(scheme.stages[notice.stage].name), "until": notice.last_day}
        whose = (await hats.at(visit.unit, officer, notice.union_id)).instead_of
        label = say(f"procedure.{turn}.one", count=len(notice.entries), **about)
        label += beside(say, whose)
        offers.append(Offer(f"{turn}:{notice.id}", label, TURNS[turn]))
    key = "procedure.stop.text" if there else "procedure.stop.none"
    return visit.ask(say(key), [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear(visit: Visit) -> Outcome:
    turn, _, number = visit.token.partition(":")
    if turn not in TURNS:
        return await show(visit)
    do = stop if turn == "stop" else go_on
    done = await do(visit.office, await me(visit), int(number), visit.unit)
    visit.note(visit.say(f"procedure.{turn}.{'done' if done else 'over'}"))
    return Go("officer")
