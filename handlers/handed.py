"""Who has handed a matter over hears where it goes on to, and how it ends.

Of a complaint only that it has ended, never how: that is for who investigates it.
"""

from collections.abc import Collection

from core.capacities import confidential
from core.stages import Body
from core.workflow import GOING, State
from handlers import cards
from handlers.bench import scheme_of
from handlers.office import Office
from handlers.tell import tell_officer
from locales import Speaker
from storage.tables import Application, Transfer
from storage.unit import Unit


async def went(
    office: Office, unit: Unit, application: Application, row: Transfer, *, asked: bool
) -> None:
    """To all who have had it before; to the last one too where another has named the union."""
    now = (await unit.unions.names(row.named_union_id or 0)).get(row.named_union_id or 0, "")
    last = set() if asked else {row.from_union_id}
    told = await _had(unit, application) - last - {row.named_union_id or 0}
    await _tell(office, unit, application, told, "transfer.onward", f"{row.id}", union=now)


async def stayed(office: Office, unit: Unit, application: Application, row: Transfer) -> None:
    """The one that has it keeps it: those who wanted it elsewhere hear so."""
    now = (await unit.unions.names(row.from_union_id))[row.from_union_id]
    told = await _had(unit, application) - {row.from_union_id}
    await _tell(office, unit, application, told, "transfer.onward_stays", f"{row.id}", union=now)


async def moved(office: Office, unit: Unit, application: Application) -> None:
    """When it has ended; said once, whatever follows later."""
    here, state = application.accepting_union_id, State(application.state)
    if here is None or state in (*GOING, State.RESERVE):
        return
    if not (told := await _had(unit, application) - {here}):
        return
    union = (await unit.unions.names(here))[here]
    key = "transfer.ended" if confidential(scheme_of(office, application)) else "transfer.ended_as"
    await _tell(office, unit, application, told, key, "ended", union=union, state=state)


async def _had(unit: Unit, application: Application) -> set[int]:
    rows = await unit.transfers.of(application.id)
    return {row.from_union_id for row in rows if row.state == "done"}


async def _tell(
    office: Office,
    unit: Unit,
    application: Application,
    unions: Collection[int],
    sentence: str,
    once: str,
    *,
    union: str,
    state: State | None = None,
) -> None:
    scheme = scheme_of(office, application)
    taken_in = next(each for each in scheme.stages if each.by is Body.ACCEPTING_UNION)

    def text(say: Speaker) -> str:
        how = say(f"state.officer.{state}") if state else ""
        about = {"scheme": say.scheme(scheme.name), "number": application.number}
        return say(sentence, **about, union=union, state=how)

    for each in sorted(unions):
        for officer in await cards.responsible(unit, taken_in, each):
            key = f"handed:{application.id}:{once}:{officer.id}"
            await tell_officer(office, unit, officer, text, key=key)
