"""Public notices as officers handle them: lists ready to be posted, those that hang, the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from admin import announcing, listing
from admin.pages import page, to
from admin.seats import Form, Guest, Id, Seat, Seated
from core.errors import OutsideJurisdiction
from core.notice import Entry
from handlers import hats, objection
from handlers import notice as clerk
from storage.objections import CHANNELS
from storage.tables import Notice, Round
from storage.unit import Unit


@dataclass(frozen=True)
class Shown:
    """A notice with its names and words in the reader's language."""

    row: Notice
    union: str
    scheme: str
    stage: str
    cite: str
    running: bool
    left: int  # days, 0 on the last
    named: bool  # whoever objects says who they are
    papers: bool  # and brings it in writing

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(**entry) for entry in self.row.entries)

    @property
    def posted(self) -> date:
        return self.row.posted_at.date()

    @property
    def first_shown(self) -> datetime | None:
        return self.row.first_shown


def shown(guest: Guest, row: Notice, of_round: Round, union: str) -> Shown:
    say = guest.say
    scheme = guest.office.schemes.version(row.scheme_id, of_round.scheme_version)
    stage = scheme.stages[row.stage]
    return Shown(
        row,
        union,
        say.scheme(scheme.name),
        say.scheme(stage.name),
        say.article(stage.cite),
        running=row.state == "running" and guest.today <= row.last_day,
        left=(row.last_day - guest.today).days,
        named=stage.named,
        papers=stage.papers,
    )


async def notices(seat: Seated, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        ready = [] if seat.overseer else await clerk.ready(seat.office, unit, seat.officer)
        rows = await _described(seat, unit)
    return page(seat, "notices.html", ready=ready, rows=rows, done=done)


async def post(seat: Seated, sent: Form) -> Response:
    posted = await clerk.post(
        seat.office,
        seat.officer,
        sent.number("round"),
        sent.number("stage", least=0),
        days=sent.perhaps("days"),
        union_id=sent.perhaps("union"),
    )
    return to(f"/console/notices/{posted.id}", done="posted")


async def notice(seat: Seated, notice_id: Id, done: str = "") -> Response:
    """Raises OutsideJurisdiction for another union's."""
    async with seat.office.reading() as unit:
        row = await unit.notices.by_id(notice_id)
        union = (await unit.unions.names(row.union_id))[row.union_id]
        hanging = shown(seat, row, await unit.rounds.by_id(row.round_id), union)
        if not await seen(seat, unit, [row]):
            raise OutsideJurisdiction(union)
        told = await announcing.progress(unit, notice_id)
        objections = await listing.open_objections(unit, notice_id)
    about: dict[str, Any] = {
        "told": told,
        "objections": objections,
        "channels": CHANNELS,
        "done": done,
    }
    return page(seat, "notice.html", notice=hanging, longest=objection.LONGEST_TEXT, **about)


async def seen(seat: Seat, unit: Unit, rows: Sequence[Notice]) -> list[Notice]:
    """Those of the unions one acts for; for an overseer, those of all unions below."""
    if not seat.overseer:
        unions = await hats.unions(unit, seat.officer)
        return [row for row in rows if row.union_id in unions]
    tree = await unit.unions.tree(*{row.union_id for row in rows})
    above = {row.id: {body.id for body in tree.upwards(row.union_id)} for row in rows}
    return [row for row in rows if seat.union.id in above[row.id]]


async def mine(seat: Seat, unit: Unit) -> list[Notice]:
    """What one's unions have posted; for an overseer, all that hang below. Newest first."""
    if seat.overseer:
        return await seen(seat, unit, await unit.notices.running())
    unions = await hats.unions(unit, seat.officer)
    return [each for union in unions for each in await unit.notices.of_union(union)]


async def _described(seat: Seat, unit: Unit) -> list[Shown]:
    rows = await mine(seat, unit)
    rounds = {each.round_id: await unit.rounds.by_id(each.round_id) for each in rows}
    unions = await unit.unions.names(*{each.union_id for each in rows})
    return [shown(seat, each, rounds[each.round_id], unions[each.union_id]) for each in rows]
