"""The card of the union that names one of two, with the reasons of both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.capacities import confidential
from handlers import cards
from handlers.bench import Actor, scheme_of, stage_of
from handlers.chat import Choice, Reply
from handlers.office import Office
from locales import Speaker
from storage.tables import Application, Officer, Transfer
from storage.unit import Unit


@dataclass(frozen=True)
class Dispute:
    """What the union reads that names one: every reason so far, oldest first."""

    row: Transfer
    application: Application
    reasons: tuple[tuple[Transfer, str], ...]


def both(row: Transfer) -> tuple[int, int]:
    """In the order of the buttons."""
    return row.from_union_id, row.to_union_id


async def deal(
    office: Office,
    unit: Unit,
    dispute: Dispute,
    officers: Collection[Officer],
    names: Mapping[int, str],
) -> None:
    """Why a complaint is handed over is read in the console only."""
    row, application = dispute.row, dispute.application
    scheme, stage = scheme_of(office, application), stage_of(office, application)
    told = () if confidential(scheme) else dispute.reasons

    def face(say: Speaker) -> Reply:
        text = say(
            "transfer.card",
            scheme=say.scheme(scheme.name),
            number=application.number,
            stage=say.scheme(stage.name),
            here=names[row.from_union_id],
            to=names[row.to_union_id],
        )
        lines = [text, *(say("transfer.reason", reason=reason) for _, reason in told)]
        choices = [Choice(say("transfer.by", union=names[each]), "primary") for each in both(row)]
        choices.append(Choice(say("transfer.third")))
        url = f"{office.public_url}/console/transfers/{row.id}"
        choices.append(Choice(say("procedure.button.open"), url=url))
        return Reply("\n".join(lines), tuple(choices))

    for officer in officers:
        talks = await unit.conversations.for_officer(officer.id)
        await cards.deal(office, unit, (cards.TRANSFER, row.id, 0), talks, face)


async def close(office: Office, unit: Unit, row: Transfer, number: str, by: Actor) -> None:
    names = await unit.unions.names(row.named_union_id or 0)

    def closed(say: Speaker) -> Reply:
        union = names.get(row.named_union_id or 0, "")
        return Reply(say("transfer.card_done", number=number, union=union, by=by.named(say)))

    await cards.close_all(office, unit, (cards.TRANSFER,), row.id, closed)
