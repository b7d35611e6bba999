"""The register of titles (称号名册): who holds which, entered by an office or by our own awards.

A union sees and enters what its own branch looks after, an office what it keeps
(`handlers.title_keepers`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core import reading
from core.capacities import Capacity
from core.errors import (
    MoveNotAllowed,
    NotFound,
    NotYours,
    OutsideJurisdiction,
    TitleThere,
    Unreadable,
)
from core.facts import plain
from core.keepers import titles_in
from core.people import Role, normal_identity, normal_name
from core.scheme import Scheme
from core.titles import TitleState, fitting
from core.workflow import State
from handlers import duties, title_keepers
from handlers.bench import Actor, acting, present, scheme_of, within
from handlers.meant import meant
from handlers.office import Office
from storage.tables import Application, Officer, Title, Union
from storage.titles import Holder
from storage.unit import Unit

KEEPERS = (Role.OFFICE, Role.VERIFIER)
REPORTERS = (*KEEPERS, Role.REVIEWER)
LONGEST = 200  # characters of a proof or a reason


@dataclass(frozen=True)
class Entry:
    """What an office types: a person by name and identity number, the title, and its proof.

    `union` is the code of the union that looks after the holder.
    """

    name: str
    identity: str
    title: str
    union: str
    proof: str
    since: date | None = None


def known_titles(office: Office) -> tuple[str, ...]:
    """Every title the library confers or asks for, each once."""
    return titles_in(office.schemes.known(office.today()))


async def reach(unit: Unit, union_id: int) -> set[int]:
    """The unions whose holders an officer of this body may see."""
    tree = await unit.unions.tree()
    return tree.below(tree.union_of(union_id).id)


async def check_sight(office: Office, unit: Unit, officer: Officer, entry: Title) -> None:
    """Raises OutsideJurisdiction for another branch's, or another office's title."""
    if entry.union_id not in await reach(unit, officer.union_id):
        raise OutsideJurisdiction((await unit.unions.by_id(entry.union_id)).name)
    mine = await title_keepers.readable(office, unit, officer)
    if mine is not None and entry.title not in mine:
        raise OutsideJurisdiction("")


async def unmatched(office: Office, unit: Unit, union: Union) -> list[Application]:
    """Decided revocations of this office that have ended no entry yet: it finds whose it is."""
    found = []
    known = office.schemes.known(office.today())
    ending = [each.id for each in known if each.ends and each.office == union.code]
    for application in await unit.titles.unmatched(ending):
        scheme = scheme_of(office, application)
        facts = plain(application.facts, scheme.asked)
        if fitting(scheme.ends, facts, unit.today, office.calendar):
            found.append(application)
    return found


async def enter(office: Office, officer: Officer, entry: Entry, unit: Unit | None = None) -> Title:
    """A person who is in no roster yet is entered there too.

    Raises NotYours, OutsideJurisdiction, NotFound, TitleThere, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, *KEEPERS)
        if entry.title not in known_titles(office):
            raise Unreadable("choice")
        if entry.since is not None and entry.since > work.today:
            raise Unreadable("date_future")
        home = await work.unions.coded(entry.union.strip())
        if home.id not in await reach(work, officer.union_id):
            raise OutsideJurisdiction(home.name)
        await title_keepers.check_enter(office, work, officer, entry.title)
        holder = await _person(work, entry, home.id)
        made = await work.titles.enter(
            holder, entry.title, entry.since, proof=said(entry.proof), officer_id=officer.id
        )
        if made is None:
            raise TitleThere(entry.title)
        await _note(work, acting(officer).who, "enter_title", made)
        return made


async def end(
    office: Office,
    officer: Officer,
    title_id: int,
    state: TitleState,
    why: str,
    by: str = "",
    unit: Unit | None = None,
) -> Title:
    """Revoked (`by` is the number of the decided revocation, where there is one), or deceased.

    The office that keeps it revokes; a city's union what it has entered itself; a death any union
    of the branch reports. Raises NotYours, OutsideJurisdiction, NotFound, MoveNotAllowed,
    Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, *REPORTERS)
        entry = await work.titles.held(title_id)
        await check_sight(office, work, officer, entry)
        may_end = state is not TitleState.REVOKED or await title_keepers.may_end(
            office, work, officer, entry
        )
        if not may_end:
            raise NotYours
        if state is TitleState.HELD or entry.state != TitleState.HELD:
            raise MoveNotAllowed(entry.state, state)
        named = by and state is TitleState.REVOKED
        revocation = await _revocation(office, work, entry, by) if named else None
        await close(work, acting(officer), entry, state, said(why), revocation)
        return entry


async def close(
    unit: Unit,
    by: Actor,
    entry: Title,
    state: TitleState,
    why: str,
    revocation: Application | None = None,
) -> None:
    """The entry stays, with the day and the reason of its end."""
    entry.state, entry.ended_on, entry.ended_why = state.value, unit.today, why
    entry.ended_by = revocation.id if revocation else None
    await _note(unit, by.who, f"title_{state}", entry)
    if entry.application_id:
        await duties.over(unit, entry.application_id, by.who)


async def settle(office: Office, unit: Unit, application: Application, by: Actor) -> None:
    """What an award that has come so far enters."""
    scheme = scheme_of(office, application)
    facts = plain(application.facts, scheme.asked)
    for clause in fitting(scheme.confers, facts, unit.today, office.calendar):
        await _confer(office, unit, application, clause.title, by)


async def revoke(office: Office, unit: Unit, application: Application, by: Actor) -> None:
    """What a decided revocation ends, once."""
    scheme = scheme_of(office, application)
    facts = plain(application.facts, scheme.asked)
    ended = [c.title for c in fitting(scheme.ends, facts, unit.today, office.calendar)]
    if ended and not await unit.titles.ended_by(application.id):
        await _revoke(office, unit, application, scheme, ended, by)


async def taken_back(unit: Unit, application: Application, by: Actor) -> None:
    """The award this title came with has been taken back."""
    for entry in await unit.titles.conferred_by(application.id):
        await close(unit, by, entry, TitleState.REVOKED, application.number, application)


async def _confer(
    office: Office, unit: Unit, application: Application, title: str, by: Actor
) -> None:
    """Entered once, whoever has the title already keeps the older entry."""
    made = await unit.titles.enter(
        await _holder(office, unit, application),
        title,
        unit.today,
        proof=application.number,
        officer_id=by.officer_id,
        application_id=application.id,
    )
    if made is not None:
        await _note(unit, by.who, "enter_title", made)


async def _revoke(
    office: Office,
    unit: Unit,
    application: Application,
    scheme: Scheme,
    titles: Collection[str],
    by: Actor,
) -> None:
    """Where exactly one holder bears the name; otherwise an office picks the entry."""
    accused = (await meant(office, unit, application)).accused
    found = [
        entry
        for entry in await unit.titles.standing(titles)
        if accused and unit.titles.name(entry) == accused
    ]
    if len({entry.holder_index for entry in found}) != 1:
        return
    alone = {each.title: each.given_with for each in scheme.ends}
    for entry in found:
        with_ = alone[entry.title]
        if not with_ or await unit.titles.given_with(entry, with_):
            await close(unit, by, entry, TitleState.REVOKED, application.number, application)


async def _holder(office: Office, unit: Unit, application: Application) -> Holder:
    """Whoever was honoured: the person, the team, the pair, or the unit."""
    who = await meant(office, unit, application)
    home = application.base_union_id
    worker = await unit.workers.by_id(application.worker_id)
    assert worker is not None
    match who.capacity:
        case Capacity.LEADER:
            return Holder(who.other, home)
        case Capacity.PAIR:
            return Holder(f"{unit.workers.name(worker)}、{who.other}", home)
        case Capacity.ENTERPRISE | Capacity.SCHOOL | Capacity.UNION:
            return Holder((await unit.unions.by_id(home)).name, home)
    return Holder(unit.workers.name(worker), home, worker)


async def _person(unit: Unit, entry: Entry, home: int) -> Holder:
    """Of the roster, or new to it. Raises Unreadable where the number is somebody else's."""
    name, identity = normal_name(entry.name), normal_identity(entry.identity, unit.today)
    worker = await unit.workers.by_identity(identity)
    if worker is None:
        worker = await unit.workers.add(home, name, identity)
    elif unit.workers.name(worker) != name:
        raise Unreadable("roster_name")
    return Holder(name, home, worker)


async def _revocation(office: Office, unit: Unit, entry: Title, number: str) -> Application:
    """Raises NotFound where nothing of that number was decided to end this title."""
    application = await unit.applications.numbered(number.strip())
    ends = {each.title for each in scheme_of(office, application).ends}
    if application.state != State.COMPLETED or entry.title not in ends:
        raise NotFound(number=number)
    return application


def said(text: str) -> str:
    """Raises Unreadable(text | too_long)."""
    return reading.read_prose(text, LONGEST)


async def _note(unit: Unit, who: str, what: str, entry: Title) -> None:
    await unit.acts.append(who, what, f"title:{entry.id}", title=entry.title, union=entry.union_id)
