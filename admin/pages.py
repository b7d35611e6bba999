"""How a page is made: Jinja, one head, one strict policy and no script at all.

The colours, type and building blocks are those of the pages for workers (`page.css`, served by
the web chat under the address `look`); `static/console.css` adds what only officers need.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from admin.menu import menu
from admin.seats import Guest, Seat
from core.errors import NotFound
from handlers import lying
from locales import LANGUAGES, Speaker

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SAFE: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)
FOR_EVER = "public, max-age=31536000, immutable"
SOON = 3  # days: what is due by then stands out

# In every form: proof that it is ours, and the page it stands on, in case it is refused.
CSRF = Markup(
    '<input type="hidden" name="csrf" value="{}"><input type="hidden" name="page" value="{}">'
)

STATIC = {
    path.name: path.read_bytes()
    for path in sorted((HERE / "static").iterdir())
    if path.suffix in KINDS
}
VERSION = hashlib.sha256(b"".join(STATIC.values())).hexdigest()[:12]

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["static"] = f"/console/static/{VERSION}"


def use_look(address: str) -> None:
    """Where `page.css` and `mark.svg` of the pages for workers are served."""
    _templates.globals["look"] = address


def page(
    guest: Guest, template: str, status: int = 200, here: str = "", **values: Any
) -> HTMLResponse:
    """The page in the language of the guest, or of the officer, with the menu of the role.

    `here` is its address where the path alone does not lead to it.
    """
    seat = guest if isinstance(guest, Seat) else None
    say = guest.say
    other = next(language for language in LANGUAGES if language != say.language)
    html = _templates.get_template(template).render(
        guest=guest,
        seat=seat,
        menu=menu(seat) if seat else (),
        csrf=lambda: CSRF.format(seat.csrf if seat else "", here or guest.path),
        speak=say,
        word=lambda kind, key: word(say, kind, key),
        day=lambda day: say.day(day, guest.today),
        moment=lambda moment: say.moment(moment, guest.today),
        left=lambda day: (day - guest.today).days,
        lain=lambda since: lying.lain(guest.office, since, guest.today),
        soon=SOON,
        lang=tag(say.language),
        other=other,
        other_lang=tag(other),
        other_name=LANGUAGES[other],
        **values,
    )
    return HTMLResponse(html, status, dict(SAFE))


def word(say: Speaker, kind: str, key: str) -> str:
    """A word out of a closed set: `word("role", "finance")`."""
    return say(f"{kind}.{key}")


def to(address: str, **query: Any) -> Response:
    """After a form: the browser asks for another page, and a reload does nothing twice."""
    given = {name: value for name, value in query.items() if value not in ("", None)}
    url = f"{address}?{urlencode(given)}" if given else address
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


def tag(language: str) -> str:
    """zh_CN as HTML writes it."""
    return language.replace("_", "-")


async def static(version: str, name: str) -> Response:
    """A stylesheet or a drawing. Those of another version are not kept."""
    if name not in STATIC:
        raise NotFound
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    if version == VERSION:
        headers["Cache-Control"] = FOR_EVER
    return Response(STATIC[name], media_type=KINDS[Path(name).suffix], headers=headers)
