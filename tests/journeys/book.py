"""The book of acts as an auditor reads it: all in words, and nothing in it about a person."""

import json
import re
from collections.abc import Sequence

from sqlalchemy import select

from admin import deeds
from admin.listing import Deed
from admin.seats import Seat
from handlers.office import Office
from locales import LANGUAGES, speaker
from storage.tables import Act, Officer, Union

RAW = re.compile(r"[a-z]{2,}_[a-z]|[a-z]+:\d|[\[\]{}]")  # a word for machines
BY_NATURE = ("digest", "body", "route")  # told as they are
# Whoever applies in the journeys; not what looks like a number in the middle of a digest.
PERSONAL = re.compile(r"(?<![0-9a-f])(\d{17}[\dX]|1[3-9]\d{9})(?![0-9a-f])|张春华|春华")
SOME = 2_000  # lines read as on a page; what is personal is looked for in all


async def faults(office: Office) -> set[str]:
    """What cannot be read, and what should not be there."""
    async with office.reading() as unit:
        rows = select(Act.id, Act.at, Act.who, Act.what, Act.on, Act.detail).order_by(Act.id)
        acts = [Deed(*row) for row in await unit.connection.execute(rows)]
        (union, officer) = (await unit.session.execute(
            select(Union, Officer).join(Officer, Officer.union_id == Union.id).limit(1)
        )).one()  # fmt: skip
        found = {
            f"{act.what}: {act.detail}"
            for act in acts
            if PERSONAL.search(json.dumps(act.detail, ensure_ascii=False))
        }
        for language in LANGUAGES:
            seat = Seat(office, speaker(language), "/console/acts", officer, union, "")
            told = await deeds.told(seat, unit, _of_each_kind(acts))
            found |= {f"{language}: {each}" for each in told if _raw(each)}
    return found


def _of_each_kind(acts: Sequence[Deed]) -> list[Deed]:
    """A few of every kind, as the same act has different particulars."""
    kinds: dict[tuple[str, ...], list[Deed]] = {}
    for act in acts:
        kinds.setdefault((act.what, act.on.partition(":")[0], *sorted(act.detail)), []).append(act)
    return [each for found in kinds.values() for each in found[: SOME // len(kinds)]]


def _raw(told: deeds.Told) -> bool:
    plain = [line for line in told.particulars if not _by_nature(line)]
    return bool(RAW.search(" ".join([told.deed, told.who, told.about, *plain])))


def _by_nature(line: str) -> bool:
    heads = {speaker(language)(f"acts.key.{key}") for language in LANGUAGES for key in BY_NATURE}
    return line.startswith(tuple(heads))
