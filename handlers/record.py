"""The worker's receipt: an address only he knows, behind which stands what was done to his case."""

import hmac

from core.errors import NotFound
from handlers.office import Office
from storage.receipts import Line, collect
from storage.tables import Application

LENGTH = 40  # of the keyed part; cannot be guessed


def address(office: Office, application_id: int) -> str:
    """The page of the receipt. The same application always has the same."""
    return f"{office.public_url}/receipt/{_secret(office, application_id)}"


async def opened(office: Office, secret: str) -> tuple[Application, list[Line]]:
    """The application and its sealed acts. Raises NotFound for an address nobody was given."""
    number, _, _ = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise NotFound(receipt="")
    if not hmac.compare_digest(secret.encode(), _secret(office, int(number)).encode()):
        raise NotFound(receipt="")
    async with office.reading() as unit:
        application = await unit.applications.by_id(int(number))
        return application, await collect(unit, f"application:{application.id}")


def _secret(office: Office, application_id: int) -> str:
    return f"{application_id}-{office.vault.index(str(application_id), 'receipt')[:LENGTH]}"
