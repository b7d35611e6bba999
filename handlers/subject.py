"""去世的劳模: whom an award is about. One award for each, whoever of the family asks for it.

Looked for when it is sent, under a lock at every decision and before payment.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core import reading
from core.findings import last_before_money
from core.people import masked_identity, masked_name
from core.scheme import Scheme
from core.subjects import Claim, SubjectMissing, SubjectTaken
from handlers import route
from handlers.bench import scheme_of
from handlers.office import Office
from locales import Speaker
from storage.tables import Application, Subject
from storage.unit import Unit

LONGEST_UNIT = 60  # characters


@dataclass(frozen=True)
class Held:
    """A line of the register of titles about this person."""

    title: str
    since: date | None
    state: str


@dataclass(frozen=True)
class SubjectView:
    """Masked; `identity` is empty while nobody knows it, `held` what the register says."""

    name: str
    identity: str
    unit: str
    held: tuple[Held, ...] = ()


async def check(unit: Unit, scheme: Scheme, draft_id: int) -> None:
    """Before it is sent. Raises SubjectTaken."""
    row = await unit.subjects.of(draft_id)
    if scheme.about is None or row is None:
        return
    for claim in await unit.subjects.claims(row, scheme.id):
        raise await _taken(unit, scheme, claim)


async def reached(
    office: Office, unit: Unit, applications: Collection[Application]
) -> dict[int, SubjectTaken]:
    """Those of these applications that have to give way to another about the same person."""
    mine = [each for each in applications if scheme_of(office, each).about]
    rows = await unit.subjects.some({each.draft_id for each in mine}) if mine else {}
    found = {}
    for each in mine:
        row, scheme = rows.get(each.draft_id), scheme_of(office, each)
        if row is not None and (first := await _first(unit, row, each)) is not None:
            found[each.id] = await _taken(unit, scheme, first)
    return found


async def hold(office: Office, unit: Unit, applications: Collection[Application]) -> None:
    """Two officers who decide about the same person wait for each other."""
    mine = {each.draft_id for each in applications if scheme_of(office, each).about}
    if mine:
        await unit.subjects.hold(mine)


async def demanded(office: Office, unit: Unit, application: Application) -> None:
    """Before the step is left. Raises SubjectTaken, and SubjectMissing at the last one before
    money."""
    scheme = scheme_of(office, application)
    if scheme.about is None:
        return
    await hold(office, unit, [application])
    for why in (await reached(office, unit, [application])).values():
        raise why
    row = await unit.subjects.of(application.draft_id)
    who = await route.traveller(office, unit, application)
    known = row is not None and row.identity_index is not None
    if not known and last_before_money(who, application.stage):
        raise SubjectMissing(cite=scheme.about.cite)


def read_unit(text: str) -> str:
    """Raises Unreadable(text, too_long)."""
    return reading.read_prose(text, LONGEST_UNIT)


async def seen(office: Office, unit: Unit, application: Application) -> SubjectView | None:
    """As an officer may see it; None where it is about nobody else."""
    if scheme_of(office, application).about is None:
        return None
    row = await unit.subjects.of(application.draft_id)
    return SubjectView("", "", "") if row is None else await _view(unit, row)


def lines(say: Speaker, view: SubjectView) -> list[str]:
    """Who it is, and what the register of titles says."""
    identity = view.identity or say("subject.identity_open")
    told = [say("subject.line", name=view.name or "?", identity=identity, unit=view.unit)]
    return told + [
        say(
            "subject.held",
            title=say.scheme(each.title),
            since=say.day(each.since) if each.since else "",
            state=say(f"register.state.{each.state}"),
        )
        for each in view.held
    ]


async def told(unit: Unit, scheme: Scheme, draft_id: int) -> SubjectView | None:
    """As whoever sends it reads it once more."""
    row = await unit.subjects.of(draft_id) if scheme.about else None
    return None if row is None else await _view(unit, row)


async def given_this_year(office: Office, unit: Unit, application: Application) -> int:
    """The fen the same person has had this year below the same line (年度最高)."""
    about = scheme_of(office, application).about
    row = await unit.subjects.of(application.draft_id) if about and about.year_with else None
    if about is None or row is None or row.identity_index is None:
        return 0
    return await unit.subjects.given(row, about.year_with, application.year)


async def _view(unit: Unit, row: Subject) -> SubjectView:
    person = unit.subjects.person(row)
    held = [Held(each.title, each.since, each.state) for each in await unit.subjects.titles(row)]
    identity = masked_identity(person.identity) if person.identity else ""
    return SubjectView(masked_name(person.name), identity, person.unit, tuple(held))


async def _first(unit: Unit, row: Subject, application: Application) -> Claim | None:
    claims: Sequence[Claim] = await unit.subjects.claims(row, application.scheme_id)
    mine = Claim(application.id, application.decided_at, 0)
    others = [each for each in claims if each.application != application.id]
    return next((each for each in others if each.before(mine)), None)


async def _taken(unit: Unit, scheme: Scheme, claim: Claim) -> SubjectTaken:
    names = await unit.unions.names(claim.union)
    return SubjectTaken(names[claim.union], scheme.about.cite if scheme.about else "")
