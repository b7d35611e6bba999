"""口令: given to the person at the counter, typed by the person in the person's own chat.

It lives for half an hour, works once, and for this version of the record only; the archive holds
its hash, and it is shown on the officer's page alone, never in a message.
"""

import re
from datetime import timedelta

from core.errors import AlreadyDecided, MoveNotAllowed
from core.oral import Proof, Record, to_be_signed
from handlers import recorded
from handlers.bench import acting
from handlers.office import Office
from handlers.oral import CARD
from storage.conversations import Talk
from storage.tables import Officer, Recording
from storage.unit import Unit

LIFE = timedelta(minutes=30)
LENGTH = 8
LIKE_ONE = re.compile(r"(?=.*[A-Za-z])(?=.*[2-9])[A-Za-z2-9]{4}[- ]?[A-Za-z2-9]{4}")


async def give(office: Office, unit: Unit, officer: Officer, recording_id: int) -> str:
    """A new one; the one before stops working.

    Raises AlreadyDecided where nothing waits to be confirmed, MoveNotAllowed where the document
    wants a signature, and what `recorded.held` raises.
    """
    row = await recorded.held(office, unit, officer, recording_id)
    if row.state != Record.ASKED:
        raise AlreadyDecided
    if to_be_signed(recorded.scheme_of(office, row)):
        raise MoveNotAllowed(row.state, "oral_code")
    await unit.codes.revoke(CARD, row.id)
    code = await unit.codes.make(CARD, row.id, LIFE, typed=LENGTH)
    await unit.acts.append(acting(officer).who, "oral_code", f"recording:{row.id}")
    return f"{code[:4]}-{code[4:]}"


async def redeem(unit: Unit, talk: Talk, typed: str) -> Recording | None:
    """The record it opens, used up; None where it is wrong, too late, or somebody else's.

    The officer who has written it down does not confirm it, whoever else his chat speaks for.
    """
    slip = await unit.codes.peek(CARD, typed)
    if slip is None:
        return None
    row = await unit.recordings.held(slip.ref)
    if row.worker_id != talk.worker_id or row.officer_id == talk.officer_id:
        return None
    if row.state != Record.ASKED or await unit.codes.use(CARD, typed) != row.id:
        return None
    return row


async def proof(unit: Unit, row: Recording) -> Proof:
    """Whether the chat was the person's before anything was written down."""
    acts = await unit.acts.of(f"worker:{row.worker_id}")
    since = [act for act in acts if act.what == "bind" and act.at >= row.at]
    return Proof.NEW_CHAT if since else Proof.CHAT


def looks_like_one(text: str) -> bool:
    """Typed without being asked for: not a question to look up, and not to be kept as said."""
    return LIKE_ONE.fullmatch(text) is not None
