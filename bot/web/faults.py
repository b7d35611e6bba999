"""What a web door answers when it cannot hand a turn to the desk: one clear sentence as JSON."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

logger = logging.getLogger(__name__)

Speak = Callable[..., str]
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Fault(Exception):
    """The request ends here; `key` names the sentence. `retry_after` in seconds, 0 for never."""

    def __init__(self, status: int, key: str, retry_after: int = 0, **values: Any) -> None:
        self.status, self.key, self.retry_after, self.values = status, key, retry_after, values
        super().__init__(f"{status} {key}")


def language_of(request: Request) -> str:
    """The language the browser or the page asks for; Chinese if it asks for neither."""
    for wish in request.headers.get("accept-language", "").lower().split(","):
        if wish.strip().startswith("zh"):
            return "zh_CN"
        if wish.strip().startswith("en"):
            return "en"
    return "zh_CN"


def told(fault: Fault, speak: Speak) -> JSONResponse:
    """The fault as the page gets it."""
    headers = dict(HEADERS)
    if fault.retry_after:
        headers["Retry-After"] = str(fault.retry_after)
    sentence = speak(fault.key, **fault.values)
    return JSONResponse({"error": sentence}, fault.status, headers)


def kind_route(speaking: Callable[[str], Speak]) -> type[APIRoute]:
    """A route that turns a fault into its sentence. `speaking` finds the voice of a language."""

    class KindRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def kindly(request: Request) -> Response:
                try:
                    return await handle(request)
                except Fault as fault:
                    return told(fault, speaking(language_of(request)))
                except ClientDisconnect:
                    return Response(status_code=400)  # nobody is there to read it
                except (OperationalError, InterfaceError, PoolTimeout) as error:
                    # The text of these errors quotes what was to be written: never into a log.
                    logger.warning("the archive is away: %s", type(error).__name__)
                    away = Fault(503, "web.error.busy", retry_after=5)
                    return told(away, speaking(language_of(request)))

            return kindly

    return KindRoute


def install(app: FastAPI, speaking: Callable[[str], Speak]) -> None:
    """Make the whole app speak this way, also of unknown addresses and of our own bugs."""

    async def unknown(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        key = {404: "web.error.not_found", 405: "web.error.not_found"}.get(status, "web.error.busy")
        return told(Fault(status, key), speaking(language_of(request)))

    app.add_exception_handler(HTTPException, unknown)
    app.add_exception_handler(Exception, unknown)
