"""收据: the page of one repayment, to be read or printed by whoever paid it back."""

from starlette.responses import Response

from admin.pages import page
from admin.seats import Visiting
from handlers import receipts


async def show(guest: Visiting, secret: str) -> Response:
    return page(guest, "repayment.html", receipt=await receipts.opened(guest.office, secret))
