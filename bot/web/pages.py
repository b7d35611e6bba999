"""Pages a worker opens in a browser: all with one look, one head and one strict policy.

A page extends `base.html`; which classes there are stands at the top of `static/page.css`.
"""

import hashlib
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.faults import Fault
from locales import LANGUAGES, Speaker

HERE = Path(__file__).parent
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SAFE = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)
# What the script says by itself, with the fields it fills in.
SPOKEN: dict[str, tuple[str, ...]] = {
    "new": (),
    "more": (),
    "you": (),
    "us": (),
    "typing": (),
    "failed": (),
    "offline": (),
    "busy": (),
    "choose": (),
    "opens_page": (),
    "photo": (),
    "picture": (),
    "document": (),
    "uploading": ("percent",),
    "uploaded": (),
    "cancel": (),
    "cancelled": (),
    "too_big": ("limit",),
    "too_many": ("limit",),
    "progress": ("number", "left"),
    "progress_last": ("number",),
    "hidden": (),
    "ask_text": (),
    "ask_photo": (),
    "ask_phone": (),
    "ask_date": (),
    "ask_number": (),
    "ask_secret": (),
}


def _read_static() -> dict[str, bytes]:
    files = sorted((HERE / "static").iterdir())
    return {path.name: path.read_bytes() for path in files if path.suffix in KINDS}


STATIC = _read_static()
# In the path, so that a script and the modules it imports are always of one version.
VERSION = hashlib.sha256(b"".join(STATIC.values())).hexdigest()[:12]

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["static"] = f"/chat/static/{VERSION}"


def render(
    request: Request, template: str, speak: Speaker, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page in the language of `speak`, with the headers every page of ours has."""
    other = next(language for language in LANGUAGES if language != speak.language)
    page = _templates.get_template(template).render(
        request=request,
        speak=speak,
        lang=tag(speak.language),
        other=other,
        other_lang=tag(other),
        other_name=LANGUAGES[other],
        **values,
    )
    return HTMLResponse(page, status, dict(SAFE))


def tag(language: str) -> str:
    """zh_CN as HTML writes it."""
    return language.replace("_", "-")


def words(speak: Speaker) -> str:
    """The sentences of the script as JSON."""
    spoken = {
        key: speak(f"web.{key}", **{field: f"{{{field}}}" for field in fields})
        for key, fields in SPOKEN.items()
    }
    return orjson.dumps(spoken).decode()


async def static(version: str, name: str) -> Response:
    """A script, a stylesheet or a drawing. Those of another version are not kept."""
    if name not in STATIC:
        raise Fault(404, "web.error.not_found")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    if version == VERSION:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return Response(STATIC[name], media_type=KINDS[Path(name).suffix], headers=headers)
