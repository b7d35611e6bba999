"""The page of a receipt, and the same as a file that `huigong verify --receipt` reads.

The address is a secret of the worker's: `admin.quiet` keeps it out of the access log.
"""

from functools import partial

from starlette.responses import JSONResponse, Response

from admin.pages import page
from admin.seats import Visiting
from handlers import record
from locales import Speaker
from storage.receipts import still_there

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def show(guest: Visiting, secret: str) -> Response:
    application, lines = await record.opened(guest.office, secret)
    wrong = await still_there(guest.office.database, lines)
    return page(
        guest,
        "receipt.html",
        application=application,
        lines=lines,
        secret=secret,
        wrong=wrong,
        done=partial(_done, guest.say),
    )


async def file(guest: Visiting, secret: str) -> Response:
    application, lines = await record.opened(guest.office, secret)
    named = f'attachment; filename="huigong-{application.number}.json"'
    told = {"number": application.number, "lines": [line.as_json() for line in lines]}
    return JSONResponse(told, headers=HEADERS | {"Content-Disposition": named})


def _done(say: Speaker, what: str) -> str:
    """What was done, in plain words; of what is no step of the case, only that it is recorded."""
    return say(f"move.{what}") if say.has(f"move.{what}") else say("console.receipt.other")
