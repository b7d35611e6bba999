"""The page behind a one-time link: consent, the account, a masked look at it, done.

The link is a secret: the page tells no other site where it stands, keeps nothing in the browser,
and `admin.quiet` keeps the address out of the access log.
"""

from starlette.responses import Response

from admin.pages import page
from admin.seats import Form, Guest, Visiting
from admin.sent import Sent
from core.errors import AppError, ConsentMissing, Unreadable
from core.results import AccountUsed
from handlers import bank

BLANK = Sent({})


async def show(guest: Visiting, secret: str) -> Response:
    return await _form(guest, secret, BLANK)


async def give(guest: Visiting, sent: Form, secret: str) -> Response:
    """Shows the account masked; whatever cannot be read is asked again beside what was typed."""
    office = guest.office
    try:
        if sent.ticked("consent"):
            await bank.agree(office, secret, guest.say.language)
        given = await bank.give(
            office, secret, sent.raw("holder"), sent.raw("number"), sent.raw("bank")
        )
    except (AccountUsed, Unreadable, ConsentMissing) as no:
        return await _form(guest, secret, sent, no)
    return page(guest, "bank_check.html", secret=secret, given=given)


async def confirm(guest: Visiting, sent: Form, secret: str) -> Response:
    given = await bank.confirm(guest.office, secret, sent.raw("token"))
    return page(guest, "bank_done.html", given=given)


async def _form(guest: Guest, secret: str, sent: Sent, no: AppError | None = None) -> Response:
    """The number is not sent back: it is safer typed again than left in a page."""
    wanted = await bank.open_link(guest.office, secret)
    return page(
        guest,
        "bank.html",
        422 if no else 200,
        secret=secret,
        wanted=wanted,
        sentence=guest.say.refusal(no) if no else "",
        consent=guest.say(bank.CONSENT),
        holder=sent.raw("holder")[:60],
        bank=sent.raw("bank")[: bank.LONGEST_BANK],
    )
