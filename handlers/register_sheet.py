"""The register as a ledger (台账): full names, masked identity numbers; each export is an act."""

from core.people import masked_identity
from handlers import register, title_keepers
from handlers.bench import present
from handlers.office import Office
from handlers.spreadsheet import table
from locales import DEFAULT, Speaker
from storage.tables import Officer, Title, Worker
from storage.unit import Unit

COLUMNS = ("row", "title", "name", "identity", "union", "since", "state", "proof", "ended")
WIDTHS = (6, 28, 16, 22, 28, 16, 10, 28, 36)


async def sheet(office: Office, officer: Officer, title: str = "", state: str = "") -> bytes:
    """What this officer's branch looks after, or his office keeps, as it was entered."""
    async with office.unit() as unit:
        officer = await present(unit, officer)
        unions = await register.reach(unit, officer.union_id)
        mine = await title_keepers.readable(office, unit, officer)
        entries = await unit.titles.below(unions, mine, title, state)
        people = await unit.applications.people({e.worker_id for e in entries if e.worker_id})
        names = await unit.unions.names(*(entry.union_id for entry in entries))
        say = office.speak(DEFAULT)
        rows = [_row(unit, say, entry, people, names) for entry in entries]
        who, on = f"officer:{officer.id}", f"union:{officer.union_id}"
        await unit.acts.append(who, "export_titles", on, count=len(rows))
    head = [(say(f"register.{key}"), width) for key, width in zip(COLUMNS, WIDTHS, strict=True)]
    return table(say("register.sheet"), head, rows)


def _row(
    unit: Unit, say: Speaker, entry: Title, people: dict[int, Worker], names: dict[int, str]
) -> tuple[str, ...]:
    person = people.get(entry.worker_id or 0)
    ended = f"{say.day(entry.ended_on)} {entry.ended_why}" if entry.ended_on else ""
    return (
        entry.title,
        unit.titles.name(entry),
        masked_identity(unit.workers.identity(person) or "") if person else "",
        names[entry.union_id],
        say.day(entry.since) if entry.since else "",
        say(f"register.state.{entry.state}"),
        entry.proof,
        ended,
    )
