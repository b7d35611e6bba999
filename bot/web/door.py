"""What all routes of the web chat share: who may come in, how fast, and the desk behind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request

from bot.web.cookies import Addresses, from_our_page
from bot.web.faults import Fault
from bot.web.pace import Pace
from bot.web.push import News
from handlers.chat import Answer, Turn
from handlers.office import Office

Receive = Callable[[Office, Turn], Awaitable[Answer]]
LARGEST_NUMBER = 2**31 - 1  # what both databases hold in an integer


@dataclass(frozen=True)
class Door:
    """Built once for each app; the routes take everything they need from here."""

    office: Office
    receive: Receive
    addresses: Addresses
    news: News
    pace: Pace

    def read(self, request: Request, kind: str = "read") -> str:
        """The address of whoever asks. Raises Fault without a cookie, and for too much."""
        address = self.addresses.read(request)
        self.slow_down(request, kind, address or "")
        if address is None:
            raise Fault(401, "web.error.cookie")
        return address

    def write(self, request: Request, kind: str) -> str:
        """Like `read`, for what changes something: only from one of our own pages."""
        if not from_our_page(request, self.office.public_url):
            raise Fault(403, "web.error.origin")
        return self.read(request, kind)

    def slow_down(self, request: Request, kind: str, address: str) -> None:
        if seconds := self.pace.wait(kind, address, host_of(request)):
            raise Fault(429, "web.error.pace", retry_after=seconds)


def host_of(request: Request) -> str:
    """Who asks, as the server or a trusted proxy says."""
    return request.client.host if request.client else ""


def number(text: str) -> int:
    """A number from an address line. Raises Fault for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise Fault(422, "web.error.form")
    value = int(text)
    if value > LARGEST_NUMBER:
        raise Fault(422, "web.error.form")
    return value
