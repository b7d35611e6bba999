"""One link of the chain over the book of acts, and where the chain ends."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import orjson
from sqlalchemy import exists, select

from storage.acts import Entry
from storage.book import Work
from storage.tables import Act, Seal


class Head(NamedTuple):
    """The end of the chain: publish it daily, outside the database."""

    seq: int
    digest: str


ORIGIN = Head(0, "0" * 64)
UNSEALED = ~exists().where(Seal.act_id == Act.id)


def link(before: str, act: Entry) -> str:
    """SHA-256 of the digest before and the act in canonical JSON (sorted keys, UTC)."""
    body = {
        "id": act.id,
        "at": act.at.astimezone(UTC),
        "who": act.who,
        "what": act.what,
        "on": act.on,
        "detail": act.detail,
    }
    return sha256(before.encode() + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def head_of(work: Work) -> Head:
    seals = select(Seal.seq, Seal.digest).order_by(Seal.seq.desc()).limit(1)
    row = (await work.connection.execute(seals)).first()
    return ORIGIN if row is None else Head(*row)


def links(head: Head, acts: Sequence[Entry], at: datetime) -> Iterator[dict[str, object]]:
    """The rows that continue the chain."""
    seq, digest = head
    for act in acts:
        seq, digest = seq + 1, link(digest, act)
        yield {"seq": seq, "act_id": act.id, "digest": digest, "at": at}
