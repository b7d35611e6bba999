"""案件台账: what a union has taken in under a scheme in a year, and how each ended.

Source: 云工通〔2021〕13号 第二十四条 载明受援人、案由、受理时间、承办单位及人员、结案报告.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.facts import plain
from core.jurisdiction import Level
from core.people import masked_identity
from core.rules import Value
from core.scheme import Scheme
from core.workflow import GOING
from handlers import register, sight
from handlers.bench import present, scheme_of
from handlers.office import Office
from handlers.spreadsheet import table
from locales import DEFAULT, Speaker
from storage.tables import Application, Officer, Worker
from storage.unit import Unit

COLUMNS = (
    *("row", "number", "scheme", "name", "identity", "unit", "matter", "received"),
    *("stage", "body", "carried", "ended", "outcome", "papers"),
)
WIDTHS = (6, 18, 24, 14, 22, 28, 36, 14, 20, 28, 28, 14, 36, 10)
MOST = 5000  # rows of one sheet


@dataclass(frozen=True)
class Row:
    """`matter` holds the answers the file wants in its ledger; `ended` is None while it goes on."""

    application: Application
    scheme: str
    person: Worker
    unit: str
    matter: tuple[tuple[str, Value], ...]
    stage: str
    body: str  # which union has it, or has ended it
    carried: str
    ended: date | None
    outcome: str  # a word of why, as the last step keeps it
    papers: int  # that officers have put to it


async def rows(
    office: Office, unit: Unit, officer: Officer, scheme_id: str, year: int, limit: int = MOST
) -> list[Row]:
    """Oldest first: of this branch; of reports and complaints, what this officer looks into."""
    if not await _keeps(office, unit, officer, scheme_id):
        return []
    mine = await register.reach(unit, officer.union_id)
    found = await unit.applications.taken_in(scheme_id, year, mine, limit)
    seen = [each for each in found if await sight.told_of(office, unit, officer, each)]
    people = await unit.applications.people({each.worker_id for each in seen})
    units = await unit.unions.names(
        *{id_ for each in seen for id_ in (each.base_union_id, each.union_id) if id_}
    )
    carried = await unit.assignments.present([each.id for each in seen])
    lines = []
    for each in seen:
        scheme = scheme_of(office, each)
        steps = await unit.passages.of(each.id)
        over = each.state not in GOING
        last = steps[-1] if steps else None
        who = carried.get(each.id)
        lines.append(
            Row(
                application=each,
                scheme=scheme.name,
                person=people[each.worker_id],
                unit=units[each.base_union_id],
                matter=_matter(scheme, each),
                stage=scheme.stages[each.stage].name,
                body=units.get(each.union_id or 0) or (last.union if last else ""),
                carried=f"{who.name} {who.contact}" if who else "",
                ended=each.decided_at.date() if over and each.decided_at else None,
                outcome=str(last.reason.get("note", "")) if over and last else "",
                papers=len(await unit.inspections.attached(each.id)),
            )
        )
    return lines


async def sheet(office: Office, officer: Officer, scheme_id: str, year: int) -> bytes:
    """As XLSX: full names, masked identity numbers; each export is an act."""
    async with office.unit() as unit:
        officer = await present(unit, officer)
        say = office.speak(DEFAULT)
        there = [
            _texts(unit, say, each) for each in await rows(office, unit, officer, scheme_id, year)
        ]
        who, on = f"officer:{officer.id}", f"union:{officer.union_id}"
        about = {"scheme": scheme_id, "year": year, "count": len(there)}
        await unit.acts.append(who, "export_ledger", on, **about)
    head = [(say(f"ledger.{key}"), width) for key, width in zip(COLUMNS, WIDTHS, strict=True)]
    return table(say("ledger.sheet"), head, there)


def matter(say: Speaker, row: Row) -> str:
    """案由, in words."""
    return "；".join(say.scheme(str(value)) for _, value in row.matter)


def _texts(unit: Unit, say: Speaker, row: Row) -> Sequence[str]:
    each = row.application
    return (
        each.number,
        row.scheme,
        unit.workers.name(row.person),
        masked_identity(unit.workers.identity(row.person) or ""),
        row.unit,
        matter(say, row),
        say.day(each.submitted_at.date()),
        row.stage if row.ended is None else "",
        row.body,
        row.carried,
        say.day(row.ended) if row.ended else "",
        " ".join(filter(None, (say(f"state.officer.{each.state}"), row.outcome))),
        str(row.papers),
    )


def _matter(scheme: Scheme, application: Application) -> tuple[tuple[str, Value], ...]:
    facts = plain(application.facts, scheme.asked)
    return tuple((fact, facts[fact]) for fact in scheme.ledger if fact in facts)


async def _keeps(office: Office, unit: Unit, officer: Officer, scheme_id: str) -> bool:
    """An office of the province keeps the ledgers of the schemes that name it."""
    body = await unit.unions.by_id(officer.union_id)
    if body.kind != Level.OFFICE:
        return True
    return office.schemes.versions(scheme_id)[-1].office == body.code
