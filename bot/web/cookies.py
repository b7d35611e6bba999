"""Who is on the other side of a web chat: a random address in a signed cookie.

The cookie alone proves nothing about which page sent a request, so everything that changes
something also has to come from one of our own pages (`from_our_page`).
"""

import base64
import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import Response

NAME = "chat"
SECONDS = 400 * 24 * 3600  # the longest life browsers grant a cookie


class Addresses:
    """Makes, signs and reads the addresses of web chats."""

    def __init__(self, secret: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bot.web.cookie")
        self._key = derive.derive(secret.encode())

    def new(self) -> str:
        """A random address of 128 bits."""
        return secrets.token_hex(16)

    def sign(self, address: str) -> str:
        """What stands in the cookie."""
        mac = hmac.new(self._key, address.encode(), sha256).digest()
        return f"{address}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    def read(self, request: Request) -> str | None:
        """The address this browser was given, or None if it has none that we signed."""
        value = request.cookies.get(NAME, "")
        address = value.partition(".")[0]
        genuine = hmac.compare_digest(value.encode(), self.sign(address).encode())
        return address if genuine else None

    def give(self, request: Request, response: Response, address: str) -> None:
        """Set the cookie, or make it last anew."""
        response.set_cookie(
            NAME,
            self.sign(address),
            max_age=SECONDS,
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def from_our_page(request: Request, public_url: str = "") -> bool:
    """Whether the browser says that one of our own pages sent this.

    Browsers without Sec-Fetch-Site (or on plain http) are known by their Origin, which is the
    host that was asked, or `public_url` where a proxy has changed the host.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = _origin(request.headers.get("origin", ""))
    return bool(origin) and origin in {request.headers.get("host", "").lower(), _origin(public_url)}


def _origin(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # such as http://[
        return ""
