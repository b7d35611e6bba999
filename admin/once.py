"""Doing a thing once although it is asked for twice: a machine's Idempotency-Key, or the key in
a form that somebody has pressed twice.

The first answer is an act under a hash of the key, written in the unit of what was done. A
second one waits for the first, and gets the same answer; with another order it is refused.
"""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Header

from admin.seats import Seat
from core.errors import Unreadable
from storage.unit import Unit

Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=8, max_length=200)]
NEVER = 2**31 - 1  # wrong tries, so that the row is a lock for this transaction and nothing else


def new_key() -> str:
    """For a form whose second press is not to act again."""
    return token_urlsafe(16)


async def once(
    seat: Seat,
    key: str | None,
    what: str,
    order: str,
    do: Callable[[Unit], Awaitable[int]],
) -> int:
    """The id of what `do` has made, now or when it was asked for the first time.

    Raises Unreadable("idempotency") where the key came with another order before.
    """
    async with seat.unit() as unit:
        if not key:
            return await do(unit)
        on = f"once:{_hash(f'{seat.officer.id}|{what}|{key}')[:32]}"
        body = _hash(order)
        await unit.tries.wrong(on, NEVER)  # whoever else has this key waits here
        for act in await unit.acts.of(on):
            if act.detail["body"] != body:
                raise Unreadable("idempotency")
            await unit.tries.clear(on)
            return int(act.detail["made"])
        made = await do(unit)
        await unit.acts.append(f"officer:{seat.officer.id}", "api", on, body=body, made=made)
        await unit.tries.clear(on)
        return made


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
