"""The person hears what an officer has written down, and says whether it is right.

State: recording.
"""

from core.errors import AlreadyDecided, NotFound, Unreadable
from handlers import oral
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Recording

MOST = 300  # characters of what is wrong


async def begin(visit: Visit, told: str) -> Outcome:
    """Right, wrong or not wanted, under the card: its record, the version it showed, the button."""
    recording, version, choice = map(int, told.split())
    row = await _mine(visit, recording)
    if row.version != version:
        raise AlreadyDecided
    match choice:
        case 0:
            return await oral.confirmed(visit.office, visit.unit, row, "chat")
        case 1:
            visit.go("confirming", recording=row.id)
            return await proceed(visit)
        case 2:
            who = f"worker:{row.worker_id}"
            await oral.refused(visit.office, visit.unit, row, who)
            visit.note(visit.say("oral.worker.refused"))
            return Go("menu")
    raise NotFound(recording=row.id)


async def proceed(visit: Visit) -> Outcome:
    back = Offer("menu", visit.say("menu.back"))
    return visit.ask(visit.say("oral.worker.wrong", most=MOST), [back], expects="text")


async def answer(visit: Visit) -> Outcome:
    if visit.token == "menu":
        return Go("menu")
    if not visit.text:
        raise Unreadable("text")
    if len(visit.text) > MOST:
        raise Unreadable("too_long", most=MOST)
    row = await _mine(visit, visit.state["recording"])
    await oral.wrong(visit.office, visit.unit, row, visit.text)
    visit.note(visit.say("oral.worker.told"))
    return Go("menu")


async def _mine(visit: Visit, recording_id: int) -> Recording:
    """Raises NotFound for anybody else's."""
    row = await visit.unit.recordings.held(recording_id)
    if row.worker_id != visit.talk.worker_id:
        raise NotFound(recording=recording_id)
    return row
