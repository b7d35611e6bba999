"""What has become of the applications, read once: states, moves, words, places, money."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase

from core.scheme import Scheme
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import (
    Act,
    Address,
    Application,
    Card,
    CardCopy,
    ClawBack,
    Commitment,
    Conversation,
    Outbox,
    Passage,
    Payment,
    Relative,
    Repayment,
    Stain,
)
from storage.unit import Unit


@dataclass(frozen=True)
class Life:
    """One application with all that is known of it, in order of time.

    `told` is what the applicant has heard, `others` what everybody else has, by address.
    """

    scheme: Scheme
    now: Application
    moves: Sequence[Passage]
    acts: Sequence[Act]
    told: Sequence[str]
    others: Mapping[str, Sequence[str]]
    payments: Sequence[Payment]
    held: Commitment | None
    found: ClawBack | None
    came_back: Sequence[Repayment]
    stains: Sequence[Stain]
    kin: Collection[int]  # officers who are relatives
    carded: Collection[int]  # officers who got a card to decide on it

    @property
    def did(self) -> list[str]:
        return [each.move for each in self.moves]

    @property
    def paid_fen(self) -> int:
        return sum(each.amount_fen for each in self.payments if each.state == "paid")

    @property
    def back_fen(self) -> int:
        return sum(each.amount_fen for each in self.came_back)

    def heard(self, *words: str, who: str = "") -> bool:
        """Whether one message holds the number of the application and all of these words."""
        told = self.others.get(who, ()) if who else self.told
        return any(all(word in each for word in (self.now.number, *words)) for each in told)


async def lives(office: Office) -> dict[int, Life]:
    """By application. The applicants' addresses are those of `Play`, the officers' those of
    `Crossroads`."""
    async with office.reading() as unit:
        rows = await _all(unit, Application)
        moves = _of(await _all(unit, Passage))
        payments, held = _of(await _all(unit, Payment)), _of(await _all(unit, Commitment))
        found, came = _of(await _all(unit, ClawBack)), await _all(unit, Repayment)
        stains, said = await _all(unit, Stain), await _all(unit, Outbox)
        kin: dict[str, set[int]] = defaultdict(set)
        for each in await _all(unit, Relative):
            kin[each.identity_index].add(each.officer_id)
        carded: dict[int, set[int]] = defaultdict(set)
        dealt = (
            select(Card.ref, Conversation.officer_id)
            .join(CardCopy, CardCopy.card_id == Card.id)
            .join(Outbox, Outbox.id == CardCopy.outbox_id)
            .join(Address, Address.address == Outbox.address)
            .join(Conversation, Conversation.id == Address.conversation_id)
        )
        for ref, officer in await unit.session.execute(dealt.where(Card.kind == "application")):
            carded[ref].add(officer)
        acts: dict[str, list[Act]] = defaultdict(list)
        for each in await _all(unit, Act):
            acts[each.on].append(each)
    told: dict[str, list[str]] = defaultdict(list)
    for each in said:
        told[each.address].append(each.body["text"])
    there = {}
    for each in rows:
        ruled = next((one for one in found[each.id] if one.state != "dropped"), None)
        mine = ruled.id if ruled else 0
        there[each.id] = Life(
            scheme_of(office, each),
            each,
            moves[each.id],
            acts[f"application:{each.id}"],
            told[f"play-{each.worker_id}"],
            told,
            payments[each.id],
            next(iter(held[each.id]), None),
            ruled,
            [one for one in came if one.claw_back_id == mine],
            [one for one in stains if one.claw_back_id == mine],
            kin[each.identity_index],
            carded[each.id],
        )
    return there


async def _all(unit: Unit, table: type[DeclarativeBase]) -> Sequence[Any]:
    order = table.__table__.primary_key
    return (await unit.session.scalars(select(table).order_by(*order))).all()


def _of(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for each in rows:
        found[each.application_id].append(each)
    return found
