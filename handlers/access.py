"""Who sits at the console: sign-in, sessions, passwords, tokens for machines, codes for a chat.

A wrong login and a wrong password sound the same and take the same time. Passwords are checked
outside of any unit and off the event loop: one check costs a tenth of a second of a core.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import Locked, NotFound, NotYours, SignInNeeded, Unreadable
from core.people import Role
from core.standin import StandInOver
from handlers import hats
from handlers.bench import present
from handlers.office import Office
from storage.officers import TOUCH
from storage.tables import Officer, Union
from storage.unit import Unit

T = TypeVar("T")
TRIES = 5
LOCK = timedelta(minutes=15)
CODE_LIFE = timedelta(minutes=10)
CODE_LENGTH = 8
SHORTEST, LONGEST = 10, 128  # characters of a password
# Why a chat is unbound; a closed list, because the book of acts holds no personal data.
REASONS = ("asked", "lost_phone", "wrong_person", "other")

_hasher = PasswordHasher()
# A check takes 64 MiB and a core: many who sign in at once wait for each other, not we for them.
_checkers = ThreadPoolExecutor(2, "password")


@dataclass(frozen=True)
class Present:
    """A signed-in officer, the union decided for, and what the forms of the session carry."""

    officer: Officer
    union: Union
    csrf: str = ""


async def sign_in(office: Office, login: str, password: str) -> str:
    """The secret for the cookie. Raises Unreadable("login") or Locked.

    A try is counted before it is checked, so that many at once are not more than a few.
    """
    login = login.strip()
    key = f"login:{office.vault.index(login.casefold(), 'login')[:40]}"
    async with office.unit() as unit:
        locked = await unit.tries.wrong(key, TRIES + 1, LOCK)
        officer = await unit.officers.by_login(login)
    if locked is not None:
        raise Locked(locked)
    right = await _matches(officer.password_hash if officer else _nobody(), password)
    if officer is None or not right:
        raise Unreadable("login")
    return await _begin(office, officer, password, key)


async def signed_in(office: Office, secret: str) -> Present:
    """Who holds this cookie. Raises SignInNeeded. Once a minute the session is noted as in use."""
    async with office.reading() as unit:
        present, seen = await _session(unit, secret)
    if office.now() - seen >= TOUCH:
        async with office.unit() as unit:
            present, _ = await _session(unit, secret)
    return present


async def sign_out(office: Office, secret: str) -> None:
    async with office.unit() as unit:
        found = await unit.officers.signed_in(secret)
        if found is None:
            return
        await unit.officers.sign_out(secret)
        await _note(unit, found[0], "sign_out")


async def by_token(office: Office, token: str) -> Present:
    """Whose machine this is. Raises SignInNeeded."""
    async with office.reading() as unit:
        officer = await unit.officers.by_token(token)
        if officer is None:
            raise SignInNeeded
        return Present(officer, await unit.unions.by_id(officer.union_id))


async def covering(office: Office, officer: Officer, roles: Collection[Role]) -> Present:
    """In the office of whom this officer stands in for today. Raises NotYours."""
    async with office.reading() as unit:
        for each in await hats.of(unit, officer):
            if each.role in roles:
                return Present(each, await unit.unions.by_id(each.union_id))
    raise NotYours


async def give_token(office: Office, officer: Officer) -> str:
    """A token for the API, told once; the one before stops working."""
    async with office.unit() as unit:
        officer = await _himself(unit, officer)
        token = await unit.officers.give_token(officer)
        await _note(unit, officer, "give_token")
    return token


async def chat_code(office: Office, officer: Officer) -> str:
    """What the officer types or opens in a chat within ten minutes to connect it; works once."""
    async with office.unit() as unit:
        officer = await present(unit, officer)
        await unit.codes.revoke("officer", officer.id)
        code = await unit.codes.make("officer", officer.id, CODE_LIFE, typed=CODE_LENGTH)
        await _note(unit, officer, "chat_code")
    return code


async def change_password(office: Office, officer: Officer, old: str, new: str) -> None:
    """All sessions end. Raises Unreadable("password_old", "password_new", "password_short")."""
    if not SHORTEST <= len(new) <= LONGEST:
        raise Unreadable("password_short", least=SHORTEST)
    if new == old or new.casefold() == officer.login.casefold():
        raise Unreadable("password_new")
    if not await _matches(officer.password_hash, old):
        raise Unreadable("password_old")
    hashed = await _aside(partial(_hasher.hash, new))
    async with office.unit() as unit:
        officer = await _himself(unit, officer)
        officer.password_hash = hashed
        await unit.officers.sign_out_everywhere(officer.id)
        await _note(unit, officer, "change_password")


async def _begin(office: Office, officer: Officer, password: str, key: str) -> str:
    """A new session. The hash is renewed where the advice on its cost has changed."""
    stale = _hasher.check_needs_rehash(officer.password_hash)
    hashed = await _aside(partial(_hasher.hash, password)) if stale else ""
    async with office.unit() as unit:
        officer = await present(unit, officer)
        officer.password_hash = hashed or officer.password_hash
        await unit.tries.clear(key)
        secret, _ = await unit.officers.sign_in(officer)
        await _note(unit, officer, "sign_in")
    return secret


async def _session(unit: Unit, secret: str) -> tuple[Present, datetime]:
    found = await unit.officers.signed_in(secret)
    if found is None:
        raise SignInNeeded
    officer, session = found
    if session.stand_in_id is not None:
        officer = await hats.seated(unit, officer, session.stand_in_id)
    union = await unit.unions.by_id(officer.union_id)
    return Present(officer, union, session.csrf), session.seen_at


async def _matches(hashed: str, password: str) -> bool:
    """Whether the password opens it; a hash that is none opens nothing."""
    try:
        return await _aside(partial(_hasher.verify, hashed, password))
    except (VerificationError, InvalidHashError):
        return False


async def _aside(work: Callable[[], T]) -> T:
    """In a thread for this, so that papers need not wait for passwords."""
    return await asyncio.get_running_loop().run_in_executor(_checkers, work)


@cache
def _nobody() -> str:
    """A hash to check against where there is no such officer: it takes as long as a real one."""
    return _hasher.hash("nobody signs in with this")


async def sit(office: Office, secret: str, stand_in_id: int | None) -> None:
    """This session goes on in the office of whom one stands in for; in one's own with None.

    Raises SignInNeeded, StandInOver.
    """
    async with office.unit() as unit:
        found = await unit.officers.signed_in(secret)
        if found is None:
            raise SignInNeeded
        officer, session = found
        if (
            stand_in_id is not None
            and not (await hats.seated(unit, officer, stand_in_id)).instead_of
        ):
            raise StandInOver
        session.stand_in_id = stand_in_id


async def _himself(unit: Unit, officer: Officer) -> Officer:
    """Whatever hat he wears: his token and his password are his own. Raises NotYours."""
    known = await unit.officers.by_id(officer.id)
    if known is None:
        raise NotYours
    return await present(unit, known)


async def _note(unit: Unit, officer: Officer, what: str) -> None:
    who = f"officer:{officer.id}"
    await unit.acts.append(who, what, who)


async def unbind(office: Office, officer: Officer, worker_id: int, reason: str) -> None:
    """No chat speaks for this worker any more. Raises NotYours, NotFound, Unreadable("choice")."""
    if reason not in REASONS:
        raise Unreadable("choice")
    async with office.unit() as unit:
        officer = await present(unit, officer, Role.MANAGER)
        if not await unit.workers.unbind(worker_id):
            raise NotFound(worker=worker_id)
        await unit.codes.revoke("device", worker_id)
        who, on = f"officer:{officer.id}", f"worker:{worker_id}"
        await unit.acts.append(who, "unbind", on, reason=reason)
