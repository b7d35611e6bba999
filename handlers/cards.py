"""Cards: messages with buttons in the officers' chats, every copy of which is closed together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from core.jurisdiction import Level, role_at
from core.scheme import Stage
from core.workflow import Move
from handlers import docket, hats, investigating, sight
from handlers.bench import Actor, stage_of
from handlers.card_text import application_text
from handlers.chat import Choice, Reply
from handlers.decisions import CardView
from handlers.office import Office
from handlers.tell import tell_officer
from locales import LANGUAGES, Speaker
from storage.conversations import Talk
from storage.tables import Application, Inspection, Objection, Officer
from storage.unit import Unit

APPLICATION, POSTING, OBJECTION, CORRECTION = "application", "posting", "objection", "correction"
TRANSFER, INSPECTION, DUTY, PLEA = "transfer", "inspection", "duty", "plea"
HANDOVER, FINDING, REPORT = "handover", "finding", "report"
TONES = {
    "pass": "primary",
    "enter": "primary",
    "return": "plain",
    "reject": "danger",
    "terminate": "danger",
} | dict.fromkeys(("reserve", "transfer", "yield"), "plain")
MANY = 5  # above this, an officer is told of the pile once, and takes from it one by one


async def of_application(office: Office, unit: Unit, application: Application) -> None:
    """To every officer who may decide on it now, as long as they have few before them."""
    stage = stage_of(office, application)
    officers = await responsible(unit, stage, application.union_id)
    if await unit.applications.more_than(MANY, application.union_id or 0):
        await _pile(office, unit, application, officers)
        return
    for officer in officers:
        talks = await unit.conversations.for_officer(officer.id)
        if not talks or await sight.hidden(office, unit, officer, application):
            continue
        view = await docket.card(office, unit, officer, application.id)
        if view.may:
            await deal(
                office,
                unit,
                (APPLICATION, application.id, application.version),
                talks,
                partial(application_face, office, unit, view),
            )


def application_face(office: Office, unit: Unit, view: CardView, say: Speaker) -> Reply:
    """What may be done, then the way to the console; in the order of `CardView.may`."""
    choices = [Choice(say(f"procedure.button.{each}"), TONES[each]) for each in view.may]
    choices += [Choice(say(f"procedure.button.{each}")) for each in view.also]
    choices.append(Choice(say("procedure.button.open"), url=console(office, view.id)))
    return Reply(application_text(say, view, unit.today), tuple(choices))


def console(office: Office, application_id: int) -> str:
    return f"{office.public_url}/console/applications/{application_id}"


async def of_posting(
    office: Office, unit: Unit, first: Application, stage: Stage, count: int
) -> None:
    """A notice can be posted; `first` of those it will be about stands for all of them."""

    def face(say: Speaker) -> Reply:
        name = say.scheme(stage.name)
        key = "procedure.posting.card" if stage.days else "officer.notice.card"
        text = say(key, stage=name, count=count, days=stage.days)
        return Reply(text, (Choice(say("procedure.button.post"), "primary"),))

    for officer in await responsible(unit, stage, first.union_id):
        talks = await unit.conversations.for_officer(officer.id)
        await deal(office, unit, (POSTING, first.id, first.version), talks, face)


async def of_objection(
    office: Office, unit: Unit, objection: Objection, application: Application
) -> None:
    """Who objects and why is read in the console only."""

    def face(say: Speaker) -> Reply:
        return Reply(
            say("procedure.objection.card", number=application.number),
            (
                Choice(say("procedure.button.upheld"), "danger"),
                Choice(say("procedure.button.dismissed")),
                Choice(
                    say("procedure.button.open"),
                    url=f"{office.public_url}/console/objections/{objection.id}",
                ),
            ),
        )

    stage = stage_of(office, application)
    for officer in await responsible(unit, stage, objection.union_id):
        if await investigating.concerned(unit, officer, application, objection.identity_index):
            continue
        talks = await unit.conversations.for_officer(officer.id)
        await deal(office, unit, (OBJECTION, objection.id, 0), talks, face)


async def of_inspection(
    office: Office,
    unit: Unit,
    written: Inspection,
    application: Application,
    went: Sequence[int],
) -> None:
    """To those who went along: read in the console, and confirmed there or here."""

    def face(say: Speaker) -> Reply:
        said = say("steps.inspect.card", number=application.number, day=written.went_on)
        open_ = Choice(say("procedure.button.open"), url=console(office, application.id))
        return Reply(said, (Choice(say("steps.inspect.confirm"), "primary"), open_))

    for each in set(went) - {written.officer_id}:
        talks = await unit.conversations.for_officer(each)
        await deal(office, unit, (INSPECTION, written.id, 0), talks, face)


async def close_inspection(office: Office, unit: Unit, inspection_id: int, number: str) -> None:
    def closed(say: Speaker) -> Reply:
        return Reply(say("steps.inspect.confirmed", number=number))

    await close_all(office, unit, (INSPECTION,), inspection_id, closed)


async def of_correction(
    office: Office, unit: Unit, application: Application, text: Callable[[Speaker], str]
) -> None:
    """To the applicant, with a button that leads to the correction."""
    talk = await unit.conversations.for_worker(application.worker_id)
    if talk is not None:
        await deal(
            office,
            unit,
            (CORRECTION, application.id, application.version),
            [talk],
            lambda say: Reply(text(say), (Choice(say("procedure.button.correct"), "primary"),)),
        )


async def close(
    office: Office, unit: Unit, application: Application, what: Move, by: Actor
) -> None:
    """Every copy about this application says what was done, by whom and when."""

    def closed(say: Speaker) -> Reply:
        key = "procedure.card.done_by" if by.name else "procedure.card.done"
        move, at = say(f"move.{what}"), say.moment(unit.now, unit.today)
        return Reply(say(key, number=application.number, move=move, by=by.named(say), at=at))

    await close_all(office, unit, (APPLICATION, POSTING, CORRECTION), application.id, closed)


async def close_objection(
    office: Office, unit: Unit, objection: Objection, number: str, by: Actor
) -> None:
    def closed(say: Speaker) -> Reply:
        state, at = say(f"procedure.objection.{objection.state}"), say.moment(unit.now, unit.today)
        return Reply(
            say("procedure.card.done_by", number=number, move=state, by=by.named(say), at=at)
        )

    await close_all(office, unit, (OBJECTION,), objection.id, closed)


async def responsible(unit: Unit, stage: Stage, union_id: int | None) -> Sequence[Officer]:
    """The officers of this union whose role acts at this stage, and who stands in for them."""
    if union_id is None:
        return ()
    level = Level((await unit.unions.by_id(union_id)).kind)
    there = await unit.officers.of_union(union_id, role_at(stage, level))
    return await hats.covering(unit, there)


async def _pile(
    office: Office, unit: Unit, application: Application, officers: Sequence[Officer]
) -> None:
    for officer in officers:
        key = f"pile:{application.round_id}:{application.stage}:{officer.id}"
        await tell_officer(office, unit, officer, "procedure.officer.pile", key=key)


async def deal(
    office: Office,
    unit: Unit,
    about: tuple[str, int, int],
    talks: Sequence[Talk],
    face: Callable[[Speaker], Reply],
) -> None:
    card = await unit.outbox.card(*about)
    for talk in talks:
        reply = replace(face(office.speak(talk.language)), card=card, step=about[2])
        await unit.outbox.say(talk.id, reply.as_json(), key=f"card:{card}")


async def close_all(
    office: Office, unit: Unit, kinds: Sequence[str], ref: int, closed: Callable[[Speaker], Reply]
) -> None:
    for card in await unit.cards.open_about(kinds, ref):
        bodies = {each: closed(office.speak(each)).as_json() for each in LANGUAGES}
        await unit.outbox.close_card(card, bodies)
