"""收据: the page of one repayment, behind an address only its worker knows."""

import hmac
from dataclasses import dataclass

from core.errors import NotFound
from core.people import masked_name
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, Repayment
from storage.unit import Unit

LENGTH = 40  # of the keyed part; cannot be guessed


@dataclass(frozen=True)
class Receipt:
    """What stands on it; `left_fen` was open after this repayment."""

    number: str
    application: str
    scheme: str
    name: str  # masked
    fen: int
    left_fen: int
    came: Repayment
    union: str


def address(office: Office, repayment_id: int) -> str:
    return f"{office.public_url}/repayment/{_secret(office, repayment_id)}"


async def opened(office: Office, secret: str) -> Receipt:
    """Raises NotFound for an address nobody was given."""
    number, _, _ = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise NotFound(receipt="")
    if not hmac.compare_digest(secret.encode(), _secret(office, int(number)).encode()):
        raise NotFound(receipt="")
    async with office.reading() as unit:
        return await _read(office, unit, await unit.claw_backs.repayment(int(number)))


async def _read(office: Office, unit: Unit, came: Repayment) -> Receipt:
    found = await unit.claw_backs.by_id(came.claw_back_id)
    application: Application = await unit.applications.by_id(found.application_id)
    worker = await unit.workers.by_id(application.worker_id)
    till_then = [
        each.amount_fen
        for each in await unit.claw_backs.repayments(found.id)
        if each.position <= came.position
    ]
    union = await unit.unions.by_id(found.payer_id or found.union_id or application.base_union_id)
    return Receipt(
        number=came.number,
        application=application.number,
        scheme=scheme_of(office, application).name,
        name=masked_name(unit.workers.name(worker)) if worker else "",
        fen=came.amount_fen,
        left_fen=found.amount_fen - sum(till_then),
        came=came,
        union=union.name,
    )


def _secret(office: Office, repayment_id: int) -> str:
    keyed = office.vault.index(str(repayment_id), "repayment")
    return f"{repayment_id}-{keyed[:LENGTH]}"
