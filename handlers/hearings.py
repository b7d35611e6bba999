"""What the holder of an award is told of a finding: what it says, when to answer, what follows;
and who is called to decide on it."""

from core.jurisdiction import ROLE_AT, Level
from core.workflow import State
from handlers import cards, hats
from handlers.bench import Actor, scheme_of
from handlers.chat import Choice, Reply
from handlers.office import Office
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import Application, ClawBack, Stain
from storage.unit import Unit


async def tell_found(office: Office, unit: Unit, application: Application, found: ClawBack) -> None:
    """Who is accused reads the finding; who has reported it does not stand in it."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        return say(
            "clawback.worker.found",
            scheme=say.scheme(scheme.name),
            number=application.number,
            ground=say.scheme(found.say),
            cite=say.article(found.cite),
            finding=found.finding,
            until=say.day(found.answer_by) if found.answer_by else "",
        )

    await tell_worker(office, unit, application.worker_id, text, key=f"found:{found.id}")


async def tell_dropped(
    office: Office, unit: Unit, application: Application, found: ClawBack
) -> None:
    await tell_worker(
        office,
        unit,
        application.worker_id,
        "clawback.worker.dropped",
        key=f"dropped:{found.id}",
        number=application.number,
        reason=found.reason,
    )


async def tell_upheld(
    office: Office,
    unit: Unit,
    application: Application,
    found: ClawBack,
    entered: Stain | None,
) -> None:
    """The sum and its parts, or that it is revoked; the record, and whom to ask."""
    scheme = scheme_of(office, application)
    debt = await unit.claw_backs.debt(found)
    payee = await unit.unions.by_id(found.payer_id or found.decider_id or 0)

    def text(say: Speaker) -> str:
        lines = [
            say(
                "clawback.worker.upheld",
                scheme=say.scheme(scheme.name),
                number=application.number,
                ground=say.scheme(found.say),
                cite=say.article(found.cite),
                reason=found.reason,
            )
        ]
        if debt.fen:
            lines.append(say("clawback.worker.sum", amount=say.money(debt.fen)))
            lines += [
                say("clawback.worker.part", day=say.day(part.due), amount=say.money(part.fen))
                for part in debt.parts
            ]
            lines.append(say("clawback.worker.payee", union=payee.name, contact=payee.contact))
        elif application.state == State.REVOKED:
            lines.append(say("clawback.worker.revoked"))
        if entered is not None:
            lines.append(said_of(say, entered))
        lines.append(say("clawback.worker.ask" if debt.fen else "clawback.worker.ask_only"))
        return "\n".join(lines)

    await tell_worker(office, unit, application.worker_id, text, key=f"claw_back:{found.id}")


def said_of(say: Speaker, stain: Stain) -> str:
    """What the record means for the one it is about."""
    if not stain.blocks:
        return say("integrity.entered.warns")
    if stain.until is None:
        return say("integrity.entered.forever")
    return say("integrity.entered.until", day=say.day(stain.until))


async def call(office: Office, unit: Unit, found: ClawBack) -> None:
    """Those who decide: it can be decided now, here or on the page."""
    body = await unit.unions.by_id(found.decider_id or found.union_id or 0)
    application = await unit.applications.by_id(found.application_id)
    url = f"{office.public_url}/console/claw-backs/{found.id}"

    def face(say: Speaker) -> Reply:
        read = Choice(say("claw.read"), "primary")
        open_ = Choice(say("procedure.button.open"), url=url)
        return Reply(say("clawback.officer.decide", number=application.number), (read, open_))

    there = await unit.officers.of_union(body.id, ROLE_AT[Level(body.kind)])
    for each in await hats.covering(unit, there):
        talks = await unit.conversations.for_officer(each.id)
        await cards.deal(office, unit, (cards.FINDING, found.id, 0), talks, face)


async def close(office: Office, unit: Unit, found: ClawBack, number: str, by: Actor) -> None:
    """Every card that called to decide says that it is decided."""

    def closed(say: Speaker) -> Reply:
        return Reply(say("claw.closed", number=number, by=by.named(say)))

    await cards.close_all(office, unit, (cards.FINDING,), found.id, closed)
