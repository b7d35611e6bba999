"""A refused form comes back: the page it stood on, filled as it was sent, the reason in front.

The page is asked for anew, as this officer, so it shows the present state and carries a present
version. Where it has no such form any more, the words that were typed stand under the refusal.
"""

import asyncio
import re

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import compile_path
from starlette.types import Message

from admin.pages import SAFE
from admin.refill import may_return, refill
from admin.routes import ROUTES
from admin.seats import Guest, Seat
from admin.sent import Sent

PAGES = [
    compile_path(route.path)[0]
    for route in ROUTES
    if route.method == "GET" and route.path.startswith("/console/")
]
KEPT = ("type", "asgi", "http_version", "scheme", "server", "client", "root_path")
OF_THE_BODY = (b"content-length", b"content-type", b"transfer-encoding")
TOKEN = re.compile(r"[\w:.,+-]*", re.ASCII)  # what a form has chosen, not what somebody has written
SHORT = frozenset({"page", "name", "contact", "phone", "accused"})  # quickly typed once more
PLACE = re.compile(r"(/console/[\w/.-]*)(\?[\w=&%+.-]*)?", re.ASCII)
DONE = re.compile(r"(?<=[?&])(?:done|language)=[^&]*&?")
NOTE = Markup('<p class="note bad pre" id="refused" role="alert" tabindex="-1" autofocus>{}</p>')


async def filled(
    request: Request, seat: Seat, sentence: str, wrong: str, status: int
) -> HTMLResponse | None:
    """The page of the form, or None where it cannot be shown or has no such form."""
    sent: Sent = request.state.sent
    address = place(sent.raw("page")) or before(request.url.path)
    html = await _page(request, address) if address else ""
    typed, withheld = may_return(sent.fields, seat.today)
    if withheld or getattr(request.state, "files", None) is not None or sent.files:
        sentence = f"{sentence}\n{seat.say('console.refused.withheld')}"
    note = str(NOTE.format(sentence))
    again = await asyncio.to_thread(refill, html, request.url.path, typed, note, wrong)
    if again is None:
        return None
    title = f"<title>{escape(seat.say('console.refused.title'))} · "
    return HTMLResponse(again.replace("<title>", title, 1), status, dict(SAFE))


def words(sent: Sent, guest: Guest) -> list[str]:
    """What was written by hand into a form that is gone, so that it can be copied."""
    typed, _ = may_return(sent.fields, guest.today)
    values = [value.strip() for name in typed if name not in SHORT for value in typed[name]]
    return [value for value in values if not TOKEN.fullmatch(value)]


def place(given: str) -> str:
    """The page a form says it stands on, or nothing where that is no page of the console."""
    found = PLACE.fullmatch(given)
    if not found or not any(pattern.fullmatch(found[1]) for pattern in PAGES):
        return ""
    return DONE.sub("", given).rstrip("?&")


def before(path: str) -> str:
    """The nearest page at or above the address of a form."""
    while path.startswith("/console/"):
        if any(pattern.fullmatch(path) for pattern in PAGES):
            return path
        path = path.rpartition("/")[0]
    return ""


async def _page(request: Request, address: str) -> str:
    """What this officer's browser would get there; empty where that is no page to be read."""
    path, _, query = address.partition("?")
    scope = {name: request.scope[name] for name in KEPT if name in request.scope}
    scope |= {"method": "GET", "path": path, "raw_path": path.encode(), "extensions": {}}
    scope["query_string"] = query.encode()
    scope["headers"] = [row for row in request.headers.raw if row[0] not in OF_THE_BODY]
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await request.app(scope, receive, send)
    if not answer or answer[0]["status"] != 200:
        return ""
    kind = dict(answer[0]["headers"]).get(b"content-type", b"")
    if not kind.startswith(b"text/html"):
        return ""
    return b"".join(part.get("body", b"") for part in answer[1:]).decode()
