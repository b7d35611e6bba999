"""Sign in and out. The session's secret lives in a cookie only the console is sent."""

import re

from starlette.requests import Request
from starlette.responses import Response

from admin.guard import COOKIE
from admin.pages import page, to
from admin.seats import Form, Guest, Seated, Visiting
from core.errors import AppError, Locked, Unreadable
from handlers import access

OURS = re.compile(r"/console(?:/[A-Za-z0-9_-]+)*")


async def form(guest: Visiting) -> Response:
    return page(guest, "sign_in.html", sentence="", then="", typed=[])


async def enter(guest: Visiting, sent: Form, request: Request) -> Response:
    """Any session this browser had ends: nobody goes on with a secret from before."""
    then = sent.raw("then")
    try:
        secret = await access.sign_in(guest.office, sent.text("login"), sent.raw("password"))
    except (Unreadable, Locked) as no:
        return _again(guest, no, then)
    if old := request.cookies.get(COOKIE):
        await access.sign_out(guest.office, old)
    response = to(then if OURS.fullmatch(then) else "/console")
    secure = guest.office.public_url.startswith("https://")
    response.set_cookie(
        COOKIE, secret, path="/console", secure=secure, httponly=True, samesite="strict"
    )
    return response


async def leave(seat: Seated, request: Request) -> Response:
    await access.sign_out(seat.office, request.cookies[COOKIE])
    response = to("/console/sign-in")
    response.delete_cookie(COOKIE, path="/console")
    return response


def _again(guest: Guest, no: AppError, then: str) -> Response:
    status = 429 if isinstance(no, Locked) else 401
    return page(guest, "sign_in.html", status, sentence=guest.say.refusal(no), then=then, typed=[])
