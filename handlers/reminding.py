"""What lies with a union, counted for each officer: one message a day, with nothing in it that he
may not know of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import lying
from core.capacities import confidential
from core.errors import Recused
from core.jurisdiction import ROLE_AT, Level, role_at
from core.lying import Call
from core.people import Role
from core.scheme import Scheme, Stage
from handlers import hats, investigating, sight, tribunal
from handlers.office import Office
from handlers.tell import tell_officer
from locales import Speaker
from storage.queue import Lying
from storage.tables import Application, ClawBack, Objection, Officer, PaymentList, Union
from storage.unit import Unit

HERE, ABOVE = "lies_here", "lies_above"  # timers of a union
MOST_LINES = 5


@dataclass(frozen=True)
class Line:
    """So many of one kind, the oldest since this day."""

    key: str  # of the sentence
    count: int
    since: date
    scheme: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Pile:
    """What lies in one step; `private` holds them one by one where few may know of them."""

    row: Lying
    scheme: Scheme
    stage: Stage
    role: Role
    private: Sequence[Application]


@dataclass(frozen=True)
class Found:
    """All that lies with one union."""

    union: Union
    piles: tuple[Pile, ...]
    objections: tuple[tuple[Application, Objection], ...]
    findings: tuple[tuple[Application, ClawBack], ...]
    lists: tuple[PaymentList, ...]

    @property
    def decides(self) -> Role:
        return ROLE_AT[Level(self.union.kind)]

    @property
    def roles(self) -> set[Role]:
        return {self.decides, Role.FINANCE, *(pile.role for pile in self.piles)}


async def here(office: Office, unit: Unit, union_id: int) -> datetime | None:
    """By the calendar: those who act in this union are reminded."""
    found = await _found(office, unit, union_id, Call.REMIND)
    for role in sorted(found.roles):
        for officer in await hats.covering(unit, await unit.officers.of_union(union_id, role)):
            await _tell(
                office, unit, officer, found, await _lines(office, unit, officer, found, role)
            )
    return None


async def above(office: Office, unit: Unit, union_id: int) -> datetime | None:
    """By the calendar: they were reminded, and the next one up is told."""
    found = await _found(office, unit, union_id, Call.ESCALATE)
    told = []
    for officer in await hats.next_up(unit, union_id):
        if lines := await _lines(office, unit, officer, found, None):
            await _tell(office, unit, officer, found, lines, above=True)
            told.append(officer.id)
    await unit.acts.append("calendar", "escalate", f"union:{union_id}", told=told)
    return None


def heard_on(found: ClawBack) -> date | None:
    """The day from which a finding can be decided: answered, or the time for it is over."""
    return found.answered_at.date() if found.answered_at else found.answer_by


async def _found(office: Office, unit: Unit, union_id: int, asked: Call) -> Found:
    """All that has lain so long."""
    until = lying.since_before(unit.today, asked, office.calendar)
    union = await unit.unions.by_id(union_id)
    rows = await unit.queue.lying(union_id, until)
    objections = [e for e in await unit.objections.of_union(union_id) if e.made_at.date() <= until]
    hearing = await unit.claw_backs.hearing_at(union_id)
    findings = [each for each in hearing if (heard_on(each) or unit.today) <= until]
    ids = {each.application_id for each in objections}
    ids |= {each.application_id for each in findings}
    matters = {each.id: each for each in await unit.applications.some(ids)}
    lists = [made for made, _, _ in await unit.payments.unanswered(union_id)]
    return Found(
        union,
        tuple([await _pile(office, unit, union, row, until) for row in rows]),
        tuple((matters[each.application_id], each) for each in objections),
        tuple((matters[each.application_id], each) for each in findings),
        tuple(made for made in lists if made.made_at.date() <= until),
    )


async def _pile(office: Office, unit: Unit, union: Union, row: Lying, until: date) -> Pile:
    scheme = office.schemes.version(row.scheme_id, row.scheme_version)
    stage = scheme.stages[row.stage]
    few = confidential(scheme)
    private = await unit.queue.lying_in(union.id, row, until) if few else ()
    return Pile(row, scheme, stage, role_at(stage, Level(union.kind)), private)


async def _lines(
    office: Office, unit: Unit, officer: Officer, found: Found, role: Role | None
) -> list[Line]:
    """What this officer does in this role; from above (no role), that there is something."""
    lines = []
    for pile in found.piles:
        if role in (None, pile.role):
            lines += await _of_pile(office, unit, officer, pile, named=role is not None)
    if role in (None, found.decides):
        lines += await _objections(unit, officer, found)
        lines += await _findings(office, unit, officer, found)
    if role in (None, Role.FINANCE) and found.lists:
        since = min(each.made_at.date() for each in found.lists)
        lines.append(Line("lying.payments", len(found.lists), since))
    return sorted(lines, key=lambda each: each.since)


async def _of_pile(
    office: Office, unit: Unit, officer: Officer, pile: Pile, *, named: bool
) -> list[Line]:
    count, since = pile.row.count, pile.row.since
    if pile.private:
        kept = await sight.kept_from(office, unit, officer, pile.private)
        there = [each for each in pile.private if each.id not in kept]
        count = len(there)
        since = min((each.lies_since or since for each in there), default=since)
    if not count:
        return []
    if pile.private and not named:
        return [Line("lying.private", count, since)]
    return [Line("lying.step", count, since, pile.scheme.name, pile.stage.name)]


async def _objections(unit: Unit, officer: Officer, found: Found) -> list[Line]:
    pairs = [(matter.identity_index, row) for matter, row in found.objections]
    barred = await investigating.concerning(unit, officer, pairs) if pairs else set()
    days = [row.made_at.date() for _, row in pairs if row.id not in barred]
    return [Line("lying.objections", len(days), min(days))] if days else []


async def _findings(office: Office, unit: Unit, officer: Officer, found: Found) -> list[Line]:
    days = []
    for matter, row in found.findings:
        try:
            await tribunal.check_unbiased(unit, officer, row, matter)
        except Recused:
            continue
        if not await sight.hidden(office, unit, officer, matter):
            days.append(heard_on(row) or unit.today)
    return [Line("lying.findings", len(days), min(days))] if days else []


async def _tell(
    office: Office,
    unit: Unit,
    officer: Officer,
    found: Found,
    lines: Sequence[Line],
    *,
    above: bool = False,
) -> None:
    if not lines:
        return
    whom = "above" if above else "here"

    def text(say: Speaker) -> str:
        union = say.named(found.union.name, found.union.name_en)
        count = sum(each.count for each in lines)
        more = sum(each.count for each in lines[MOST_LINES:])
        about = {"union": union, "count": count, "patience": lying.PATIENCE}
        return "\n".join(
            [
                say("lying.above" if above else "lying.here", **about),
                *(_said(office, say, each, unit.today) for each in lines[:MOST_LINES]),
                *([say("lying.more", count=more)] if more else []),
                say("lying.ask_above" if above else "lying.ask_here", **about),
            ]
        )

    key = f"lying:{whom}:{found.union.id}:{officer.id}:{unit.today}"
    await tell_officer(office, unit, officer, text, key=key)


def _said(office: Office, say: Speaker, line: Line, today: date) -> str:
    days = lying.lain(line.since, today, office.calendar)
    about = {"scheme": say.scheme(line.scheme), "stage": say.scheme(line.stage)}
    return say(line.key, count=line.count, days=days, **about)
