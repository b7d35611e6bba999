"""Who asks for a page: a guest from the public, or an officer in a seat at the console."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Path
from starlette.requests import Request

from admin.roles import OVERSEERS
from admin.sent import LARGEST_NUMBER, Sent
from admin.uploads import Upload
from core.people import Role
from handlers import hats
from handlers.office import Office
from locales import Speaker
from storage.tables import Officer, Union
from storage.unit import Unit


@dataclass(frozen=True)
class Guest:
    """Whoever asks, and in which language; `path` is what was asked for, without its query."""

    office: Office
    say: Speaker
    path: str

    @property
    def today(self) -> date:
        return self.office.today()


@dataclass(frozen=True)
class Seat(Guest):
    """A signed-in officer; `csrf` has to come back with every form."""

    officer: Officer
    union: Union
    csrf: str = ""

    @property
    def role(self) -> Role:
        return Role(self.officer.role)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction, in which what is done is kept with whose office this is."""
        async with self.office.unit() as unit:
            hats.wear(unit, self.officer)
            yield unit

    @property
    def overseer(self) -> bool:
        """Sees everything below the union, and decides nothing there."""
        return self.role in OVERSEERS


async def _guest(request: Request) -> Guest:
    guest: Guest = request.state.guest
    return guest


async def _seat(request: Request) -> Seat:
    """The guard has let only officers through to where a seat is asked for."""
    seat = request.state.guest
    if not isinstance(seat, Seat):
        raise RuntimeError(f"{request.url.path} is open to guests, but wants a seat")
    return seat


async def _sent(request: Request) -> Sent:
    sent: Sent = request.state.sent
    return sent


async def _files(request: Request) -> Upload | None:
    upload: Upload | None = request.state.files
    return upload


Visiting = Annotated[Guest, Depends(_guest)]
Seated = Annotated[Seat, Depends(_seat)]
Form = Annotated[Sent, Depends(_sent)]
Files = Annotated[Upload | None, Depends(_files)]
Id = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
