"""The console, the public pages and the API as one app; `bot.app` mounts it behind the doors.

A refusal becomes a status and a page, or JSON where a machine asks, here and nowhere else.
"""

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from admin import again, guard, uploads
from admin.api.answers import Problem
from admin.api.attached import BODY
from admin.pages import SAFE, page, use_look
from admin.routes import OPEN_TO, ROUTES
from admin.seats import Guest, Seat
from admin.sent import Sent
from core.errors import (
    AppError,
    Locked,
    NotFound,
    NotYours,
    Refused,
    SchemeFileError,
    SignInNeeded,
    Unreadable,
)
from handlers.office import Office

log = logging.getLogger(__name__)

# The nearest class above an error counts.
STATUSES: dict[type[AppError], int] = {
    Refused: 409,
    Locked: 429,
    NotYours: 403,
    SignInNeeded: 401,
    NotFound: 404,
    Unreadable: 422,
    SchemeFileError: 500,
}
LARGEST_BODY = 512 * 1024  # bytes
JSON_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
AWAY = (SQLAlchemyError, ConnectionError, TimeoutError)


def console(office: Office, look: str = "/chat/static/look") -> FastAPI:
    """All pages and the API. `look` is where the web chat serves `page.css` and `mark.svg`."""
    use_look(look)
    app = FastAPI(
        title="Huigong",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=LARGEST_BODY,
        routes=list(_routes()),
    )
    app.state.office = office
    _answer_errors(app, office)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """The same for every office: to read all their signatures takes a tenth of a second."""
    files = [route.name for route in ROUTES if route.files]
    guarded = guard.guard(OPEN_TO, files)
    router = APIRouter(route_class=guarded, max_body_size=LARGEST_BODY)
    for route in ROUTES:
        router.add_api_route(
            route.path,
            route.endpoint,
            methods=[route.method],
            max_body_size=uploads.ALL if route.files else BODY if route.papers else None,
            status_code=route.status,
            tags=[route.tag] if route.tag else None,
            include_in_schema=bool(route.tag),
            responses={"default": {"model": Problem}} if route.tag else None,
        )
    return tuple(router.routes)


def status_of(error: AppError) -> int:
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def _answer_errors(app: FastAPI, office: Office) -> None:
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, AppError)
        return await _refusal(office, request, error)

    async def unreadable(request: Request, error: Exception) -> Response:
        """What does not fit a path leads nowhere; what does not fit a body cannot be read."""
        assert isinstance(error, RequestValidationError)
        where = {str(problem["loc"][0]) for problem in error.errors()}
        no = NotFound() if "path" in where else Unreadable("form")
        return await _refusal(office, request, no, _fields(error))

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status in (404, 405):
            return await _refusal(office, request, NotFound())
        return await _refusal(office, request, Unreadable("form"), status=status)

    async def away(request: Request, error: Exception) -> Response:
        # The text of these errors quotes what was to be written: never into a log.
        log.warning("the archive is away: %s", type(error).__name__)
        return _trouble(office, request, 503, "console.away")

    async def bug(request: Request, error: Exception) -> Response:
        return _trouble(office, request, 500, "console.bug")

    async def gone(request: Request, error: Exception) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    app.add_exception_handler(AppError, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, http)
    for kind in AWAY:
        app.add_exception_handler(kind, away)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(Exception, bug)


async def _refusal(
    office: Office, request: Request, error: AppError, fields: str = "", status: int = 0
) -> Response:
    guest = getattr(request.state, "guest", None) or guard.begin(office, request)
    sentence = _sentence(request, guest, error)
    status = status or status_of(error)
    if _wants_json(request):
        headers = {**JSON_HEADERS, "WWW-Authenticate": "Bearer"} if status == 401 else JSON_HEADERS
        cite = getattr(error, "cite", "")
        told = {"code": type(error).__name__, "message": sentence + fields, "cite": cite}
        return JSONResponse({"error": told}, status, headers)
    if isinstance(error, SignInNeeded):
        return await _sign_in(request, sentence)
    return await _returned(request, guest, error, sentence, status)


async def _returned(
    request: Request, guest: Guest, error: AppError, sentence: str, status: int
) -> Response:
    """A form comes back filled; whatever else was asked for gets a page with the sentence."""
    cause, back, typed = type(error).__name__, "", []
    if isinstance(guest, Seat) and request.method != "GET":
        if hasattr(request.state, "sent"):
            wrong = _field(error) if isinstance(error, Unreadable) else ""
            if filled := await again.filled(request, guest, sentence, wrong, status):
                return filled
            typed = again.words(request.state.sent, guest)
        back = again.before(request.url.path)
    values: dict[str, Any] = {"sentence": sentence, "cause": cause, "back": back, "typed": typed}
    return page(guest, "refused.html", status, **values)


def _field(error: Unreadable) -> str:
    """Where nobody knew the field, it is named like what was wanted: identity, phone, name."""
    return error.field or error.hint.partition("_")[0]


def _sentence(request: Request, guest: Guest, error: AppError) -> str:
    """What cannot be found, and what was left empty, is said otherwise than in a chat."""
    form = request.url.path.startswith("/console/")
    if form and isinstance(error, Unreadable) and error.hint == "text":
        return guest.say("console.refused.empty")
    if isinstance(error, NotFound):
        gone = request.url.path.startswith("/bank/")
        return guest.say("console.bank.gone" if gone else "console.not_found")
    return guest.say.refusal(error)


async def _sign_in(request: Request, sentence: str) -> Response:
    """The sign-in page, with the words of a form that came too late to be taken.

    A link on another site brings no strict cookie: ask once more ourselves.
    """
    guest = request.state.guest
    if request.method != "GET":
        then, typed = again.before(request.url.path), await _typed(request, guest)
        return page(guest, "sign_in.html", 401, sentence=sentence, then=then, typed=typed)
    if request.headers.get("sec-fetch-site") == "cross-site":
        return page(guest, "bridge.html")
    return page(guest, "sign_in.html", 401, sentence="", then=guest.path, typed=[])


async def _typed(request: Request, guest: Guest) -> list[str]:
    """Nobody is known yet, but who reads this is who has written it."""
    try:
        return again.words(await Sent.read(request), guest)
    except Unreadable:
        return []


def _trouble(office: Office, request: Request, status: int, key: str) -> Response:
    guest = getattr(request.state, "guest", None) or guard.begin(office, request)
    headers = {**SAFE, "Retry-After": "5"}
    if _wants_json(request):
        told = {"code": "Unavailable", "message": guest.say(key), "cite": ""}
        return JSONResponse({"error": told}, status, headers)
    response = page(
        guest, "refused.html", status, sentence=guest.say(key), cause="", back="", typed=[]
    )
    response.headers.update(headers)
    return response


def _wants_json(request: Request) -> bool:
    machine = guard.is_api(request) or request.url.path in ("/health", "/heads")
    return machine or request.headers.get("accept", "").startswith("application/json")


def _fields(error: RequestValidationError) -> str:
    """Which fields, and what is wrong with each; never what was in them."""
    rows = [(problem["loc"][1:], problem["msg"]) for problem in error.errors()]
    return "".join(f"\n{'.'.join(map(str, where))}: {what}" for where, what in rows if where)
