"""The person reads what an officer has written down, and says whether it is right.

The code of the counter opens it. State: page (code, record, wrong), recording, version.
"""

from core import reading
from core.errors import AlreadyDecided, Locked, NotFound
from core.oral import Proof, Record
from handlers import account, oral, oral_code
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Recording

MOST = 300  # characters of what is wrong


async def begin(visit: Visit, told: str) -> Outcome:
    """The button under the card: its record, the version it showed, the button."""
    if not told:
        return await code(visit)
    recording, version, choice = map(int, told.split())
    row = await _mine(visit, recording, version)
    match choice:
        case 0 if row.state == Record.CONFIRMED:  # sent already: once more the receipt
            return await oral.confirmed(visit.office, visit.unit, row, Proof.CHAT)
        case 0:
            return await code(visit)
        case 1:
            return await _wrong(visit, row)
        case 2:
            return await _refused(visit, row)
    raise NotFound(recording=row.id)


async def code(visit: Visit) -> Outcome:
    """Also for somebody who has no chat with us yet: first who it is, then the code."""
    if visit.talk.worker_id is None:
        return Go("consent", "account confirming")
    visit.go("confirming", page="code")
    if oral_code.looks_like_one(visit.text):
        return await _hear_code(visit)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, back = visit.say, Offer("menu", visit.say("menu.back"))
    match visit.state["page"]:
        case "record":
            return await _record(visit)
        case "wrong":
            return visit.ask(say("oral.worker.wrong", most=MOST), [back], expects="text")
    return visit.ask(say("oral.code.ask"), [back], expects="text", secret=True)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "menu":
        return Go("menu")
    match visit.state["page"]:
        case "record":
            return await _hear_record(visit)
        case "wrong":
            return await _hear_wrong(visit)
    return await _hear_code(visit)


async def _hear_code(visit: Visit) -> Outcome:
    """A wrong one counts for this chat, and for the person it speaks for."""
    unit, keys = visit.unit, (account.key(visit), f"oral:{visit.talk.worker_id}")
    for key in keys:
        await unit.tries.check(key)
    row = await oral_code.redeem(unit, visit.talk, visit.text)
    if row is not None:
        for key in keys:
            await unit.tries.clear(key)
        visit.go("confirming", page="record", recording=row.id, version=row.version)
        return await proceed(visit)
    locked = [until for key in keys if (until := await unit.tries.wrong(key))]
    if locked:
        visit.note(visit.say.refusal(Locked(max(locked))))
        return Go("menu")
    visit.note(visit.say("oral.code.wrong"))
    return await proceed(visit)


async def _record(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    row = await _mine(visit, state["recording"], state["version"])
    told = "\n".join(await oral.readback(visit.office, visit.unit, row, visit.talk.language))
    offers = [
        Offer("right", say("oral.right"), "primary"),
        Offer("wrong", say("oral.wrong")),
        Offer("refuse", say("oral.refuse"), "danger"),
    ]
    return visit.ask(say("oral.sure", record=told), offers)


async def _hear_record(visit: Visit) -> Outcome:
    row = await _mine(visit, visit.state["recording"], visit.state["version"])
    match visit.token:
        case "right":
            proof = await oral_code.proof(visit.unit, row)
            return await oral.confirmed(visit.office, visit.unit, row, proof)
        case "wrong":
            return await _wrong(visit, row)
        case "refuse":
            return await _refused(visit, row)
    return await proceed(visit)


async def _wrong(visit: Visit, row: Recording) -> Outcome:
    visit.go("confirming", page="wrong", recording=row.id, version=row.version)
    return await proceed(visit)


async def _hear_wrong(visit: Visit) -> Outcome:
    text = reading.read_prose(visit.prose, MOST)
    row = await _mine(visit, visit.state["recording"], visit.state["version"])
    await oral.wrong(visit.office, visit.unit, row, text)
    visit.note(visit.say("oral.worker.told"))
    return Go("menu")


async def _refused(visit: Visit, row: Recording) -> Outcome:
    await oral.refused(visit.office, visit.unit, row, f"worker:{row.worker_id}")
    visit.note(visit.say("oral.worker.refused"))
    return Go("menu")


async def _mine(visit: Visit, recording_id: int, version: int) -> Recording:
    """Raises NotFound for anybody else's, AlreadyDecided for what was changed since."""
    row = await visit.unit.recordings.held(recording_id)
    if row.worker_id != visit.talk.worker_id:
        raise NotFound(recording=recording_id)
    if row.version != version:
        raise AlreadyDecided
    return row
