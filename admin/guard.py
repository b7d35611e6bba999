"""Before any route of the console runs: who asks, may this role come here, is the form ours.

The roles stand in `admin.routes`; a route that is not there cannot be built. What is refused to
an officer because it is not his is written into the book of acts.
"""

import hmac
from collections.abc import Callable, Collection, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from admin import uploads
from admin.seats import Guest, Seat
from admin.sent import Sent
from core.errors import (
    AppError,
    FileRefused,
    NotFound,
    NotYours,
    OutsideJurisdiction,
    SignInNeeded,
    Unreadable,
)
from core.people import Role
from handlers import access
from handlers.office import Office
from locales import DEFAULT, LANGUAGES, language_of

COOKIE = "console"
LANGUAGE = "language"
API = "/api/"
YEAR = 365 * 24 * 3600

Roles = frozenset[Role] | None  # None: open to the public


def guard(open_to: Mapping[str, Roles], with_files: Collection[str] = ()) -> type[APIRoute]:
    """The class of all routes. `open_to` has a row `GET /path` for each; KeyError without one.

    Only the routes named in `with_files` take anything but a plain form. The office is the one of
    the app the request came to.
    """

    class Guarded(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()
            roles = {method: open_to[f"{method} {self.path}"] for method in self.methods or ()}

            async def guarded(request: Request) -> Response:
                office: Office = request.app.state.office
                begin(office, request)
                name = f"{request.method} {self.path}"
                try:
                    async with AsyncExitStack() as stack:
                        files = stack if name in with_files else None
                        await _admit(office, request, roles[request.method], files)
                        response = await handle(request)
                except NotYours as no:
                    await _note_denied(office, request, name, no)
                    raise _told(request, no) from None
                _keep_language(office, request, response)
                return response

            return guarded

    return Guarded


def begin(office: Office, request: Request) -> Guest:
    """Until somebody is recognised, everybody is a guest."""
    guest = Guest(office, office.speak(_language(request)), request.url.path)
    request.state.guest = guest
    return guest


def is_api(request: Request) -> bool:
    return request.url.path.startswith(API)


async def _admit(
    office: Office, request: Request, roles: Roles, files: AsyncExitStack | None
) -> None:
    changes = request.method not in ("GET", "HEAD")
    if changes and not _from_our_page(request, office.public_url):
        raise NotYours
    if roles is not None:
        request.state.guest = await _recognise(office, request)
        request.state.guest = await _seated(request.state.guest, roles)
    if changes and not is_api(request):
        request.state.sent = sent = await _read(request, files)
        if roles is not None and not _same(sent.raw("csrf"), request.state.guest.csrf):
            raise Unreadable("stale")


async def _read(request: Request, files: AsyncExitStack | None) -> Sent:
    """The form; files that came with it lie in `request.state.files` until it is answered."""
    request.state.files = None
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if files is None or kind != uploads.FORM:
        return await Sent.read(request)
    try:
        upload = await files.enter_async_context(uploads.received(request))
    except uploads.NotTaken as no:
        raise FileRefused("too_big") if no.why == "large" else Unreadable("form") from None
    request.state.files = upload
    return Sent(upload.fields)


async def _recognise(office: Office, request: Request) -> Seat:
    """By the cookie on a page, by the token in the API: one never opens the other."""
    if is_api(request):
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise SignInNeeded
        found = await access.by_token(office, token)
    else:
        if not (secret := request.cookies.get(COOKIE, "")):
            raise SignInNeeded
        found = await access.signed_in(office, secret)
    guest: Guest = request.state.guest
    return Seat(office, guest.say, guest.path, found.officer, found.union, found.csrf)


async def _seated(seat: Seat, roles: Collection[Role]) -> Seat:
    """In his own office, or in the first he stands in for today whose role may come here.

    Raises NotYours.
    """
    if seat.role in roles:
        return seat
    found = await access.covering(seat.office, seat.officer, roles)
    return replace(seat, officer=found.officer, union=found.union)


async def _note_denied(office: Office, request: Request, route: str, no: NotYours) -> None:
    guest = request.state.guest
    if isinstance(guest, Seat) and not isinstance(no, SignInNeeded):
        who = f"officer:{guest.officer.id}"
        async with office.unit() as unit:
            await unit.acts.append(who, "denied", who, route=route, why=type(no).__name__)


def _told(request: Request, no: NotYours) -> AppError:
    """Whose a thing is that one may not see is not told, nor that it is there."""
    if not isinstance(no, OutsideJurisdiction):
        return no
    return NotFound() if request.method == "GET" else NotYours()


def _from_our_page(request: Request, public_url: str) -> bool:
    """Whether no browser says that another site sent this. Where it says nothing, `csrf` decides.

    Pages that send no Referer send `Origin: null`: that tells nothing.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return True
    ours = {request.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()}
    return origin.partition("://")[2].lower() in ours


def _same(sent: str, kept: str) -> bool:
    return bool(kept) and hmac.compare_digest(sent.encode(), kept.encode())


def _language(request: Request) -> str:
    if is_api(request):
        return language_of(request.headers.get("accept-language", ""))
    wish = request.query_params.get(LANGUAGE) or request.cookies.get(LANGUAGE, "")
    return wish if wish in LANGUAGES else DEFAULT


def _keep_language(office: Office, request: Request, response: Response) -> None:
    if not is_api(request) and request.query_params.get(LANGUAGE) in LANGUAGES:
        response.set_cookie(
            LANGUAGE,
            _language(request),
            max_age=YEAR,
            path="/",
            secure=office.public_url.startswith("https://"),
            httponly=True,
            samesite="lax",
        )
