"""The front desk: one turn at a time per person, in one transaction.

It finds the conversation, recognises old buttons and repeated updates, hands the turn to the topic
at hand, and writes down the answer. The only clerk that catches what the others refuse.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from core.errors import AppError, FileRefused, Unreadable
from handlers import (
    account,
    application,
    assigning,
    behalf,
    confirming,
    consent,
    convening,
    correction,
    dictation,
    eligibility,
    guide,
    handover,
    hearing,
    inquiry,
    inspecting,
    menu,
    objecting,
    officer,
    oral,
    papers,
    paying,
    privacy,
    receipt,
    recording,
    registering,
    replying,
    reporting,
    scheme,
    sending,
    status,
    transferring,
    unread,
)
from handlers.chat import Answer, Reply, Turn
from handlers.office import Office
from handlers.visit import Go, Outcome, Submission, Visit
from storage.conversations import Talk
from storage.files import Stored
from storage.unit import Unit

Clerk = Callable[[Visit], Awaitable[Outcome]]


@dataclass(frozen=True)
class Topic:
    """`answer` hears what the person did; `proceed` asks the present question afresh."""

    answer: Clerk
    proceed: Clerk
    files: bool = False  # whether files are wanted here


TOPICS: Mapping[str, Topic] = {
    "menu": Topic(menu.answer, menu.greet),
    "eligibility": Topic(eligibility.answer, eligibility.proceed),
    "guide": Topic(guide.answer, guide.proceed),
    "handover": Topic(handover.answer, handover.proceed),
    "scheme": Topic(scheme.answer, scheme.proceed),
    "inquiry": Topic(inquiry.answer, inquiry.proceed),
    "consent": Topic(consent.answer, consent.proceed),
    "account": Topic(account.answer, account.proceed),
    "registering": Topic(registering.answer, registering.proceed),
    "application": Topic(application.answer, application.proceed),
    "behalf": Topic(behalf.answer, behalf.proceed),
    "papers": Topic(papers.answer, papers.proceed, files=True),
    "sending": Topic(sending.answer, sending.proceed),
    "status": Topic(status.answer, status.proceed),
    "correction": Topic(correction.answer, correction.proceed, files=True),
    "objecting": Topic(objecting.answer, objecting.proceed, files=True),
    "replying": Topic(replying.answer, replying.proceed),
    "reporting": Topic(reporting.answer, reporting.proceed, files=True),
    "privacy": Topic(privacy.answer, privacy.proceed),
    "officer": Topic(officer.answer, officer.proceed),
    "assigning": Topic(assigning.answer, assigning.proceed),
    "convening": Topic(convening.answer, convening.proceed),
    "paying": Topic(paying.answer, paying.proceed),
    "inspecting": Topic(inspecting.answer, inspecting.proceed, files=True),
    "recording": Topic(recording.answer, recording.proceed),
    "confirming": Topic(confirming.answer, confirming.proceed),
    "dictation": Topic(
        lambda visit: dictation.answer(visit, BEGINNINGS, HEARS),
        lambda visit: dictation.proceed(visit, BEGINNINGS, ASKS),
        files=True,
    ),
}
HEARS: Mapping[str, Clerk] = {name: topic.answer for name, topic in TOPICS.items()}
ASKS: Mapping[str, Clerk] = {name: topic.proceed for name, topic in TOPICS.items()}

# Where a topic begins when another one hands over to it: `Go("eligibility", scheme)`.
BEGINNINGS: Mapping[str, Callable[[Visit, Go], Awaitable[Outcome]]] = {
    "menu": lambda visit, _: menu.greet(visit),
    "present": lambda visit, _: TOPICS[visit.talk.topic].proceed(visit),
    "words": lambda visit, _: inquiry.begin(visit),
    "handover": lambda visit, _: handover.begin(visit),
    "human": lambda visit, _: menu.human(visit),
    "eligibility": lambda visit, go: eligibility.begin(visit, go.told, go.fact),
    "guide": lambda visit, _: guide.begin(visit),
    "scheme": lambda visit, go: scheme.begin(visit, go.told, go.fact),
    "judging": lambda visit, go: eligibility.judge_again(visit, go.told),
    "consent": lambda visit, go: consent.begin(visit, go.told),
    "account": lambda visit, go: account.begin(visit, go.told),
    "registering": lambda visit, go: registering.begin(visit, go.told),
    "application": lambda visit, go: application.begin(visit, go.told, go.fact),
    "behalf": lambda visit, go: behalf.begin(visit, go.told),
    "papers": lambda visit, go: papers.begin(visit, go.told),
    "sending": lambda visit, go: sending.begin(visit, go.told),
    "status": lambda visit, _: status.begin(visit),
    "correction": lambda visit, go: correction.begin(visit, go.told),
    "objecting": lambda visit, go: objecting.begin(visit, go.told),
    "replying": lambda visit, go: replying.begin(visit, go.told),
    "reporting": lambda visit, go: reporting.begin(visit, go.told),
    "privacy": lambda visit, _: privacy.begin(visit),
    "officer": lambda visit, go: officer.begin(visit, go.told),
    "confirming": lambda visit, go: confirming.begin(visit, go.told),
    "recording": lambda visit, _: recording.begin(visit),
    "dictation": lambda visit, go: dictation.begin(visit, go.told, BEGINNINGS, ASKS),
    "transferring": lambda visit, go: transferring.begin(visit, go.told),
    "assigning": lambda visit, go: assigning.begin(visit, go.told),
    "convening": lambda visit, _: convening.begin(visit),
    "paying": lambda visit, _: paying.begin(visit),
    "inspecting": lambda visit, go: inspecting.begin(visit, go.told),
}

COMMANDS: Mapping[str, Clerk] = {
    "start": menu.start,
    "menu": menu.greet,
    "guide": guide.begin,
    "help": menu.help_,
    "language": menu.languages,
    "human": menu.human,
    "status": status.begin,
    "privacy": privacy.begin,
    "forget": privacy.forget,
    "officer": officer.begin,
    "code": confirming.code,
}


async def receive(office: Office, turn: Turn) -> Answer:
    """Answers one turn. Raises only what is a bug; the turn may then be tried again."""
    if turn.text:
        await office.finder.ready()  # before the unit: nobody else shall wait for it
    files, trouble = await _keep_files(office, turn)
    try:
        async with office.unit() as unit:
            visit = await _visit(office, unit, turn, files, trouble)
            if _seen(visit.talk, turn):
                return _again(visit.talk, turn)
            outcome = await _follow(visit, await _respond(visit))
            if isinstance(outcome, Reply):
                answer = await _write_down(visit, outcome)
        if isinstance(outcome, Submission):  # a place is taken outside of any unit
            return await _submit(office, turn, outcome)
    except AppError as refused:
        return await _refuse(office, turn, refused)
    for digest in visit.discard:
        await office.files.remove(digest)
    return answer


async def _submit(office: Office, turn: Turn, submission: Submission) -> Answer:
    admitted = await office.admission.admit(submission.ticket)
    async with office.unit() as unit:
        visit = await _visit(office, unit, turn)
        if submission.recording:
            await oral.submitted(office, unit, submission.recording, admitted)
        if visit.talk.worker_id != submission.ticket.worker_id:  # an officer, for somebody
            visit.note(visit.say("oral.sent", number=admitted.number))
            visit.go("officer", page="menu")
            return await _write_down(visit, await _asked(visit))
        return await _write_down(visit, await receipt.given(visit, admitted))


async def _refuse(office: Office, turn: Turn, refused: AppError) -> Answer:
    """What the turn began is undone; the person hears why, and the present question again."""
    async with office.unit() as unit:
        visit = await _visit(office, unit, turn)
        aside = inquiry.instead(visit) if isinstance(refused, Unreadable) else ""
        visit.note(aside or visit.say.refusal(refused))
        return await _write_down(visit, await _asked(visit))


async def _visit(
    office: Office, unit: Unit, turn: Turn, files: tuple[Stored, ...] = (), trouble: str = ""
) -> Visit:
    talk = await unit.conversations.of(turn.channel, turn.address, turn.language or "zh_CN")
    return Visit(office, unit, talk, turn, files, trouble)


def _seen(talk: Talk, turn: Turn) -> bool:
    if turn.inbox:
        return talk.has_seen(turn.inbox)
    return turn.id in talk.reply.get("turns", [])


def _again(talk: Talk, turn: Turn) -> Answer:
    """A repeated update changes nothing: the present question is the answer."""
    return Answer(Reply.from_json(talk.reply), talk.id)


async def _follow(visit: Visit, outcome: Outcome) -> Reply | Submission:
    while isinstance(outcome, Go):
        outcome = await BEGINNINGS[outcome.topic](visit, outcome)
    return outcome


async def _respond(visit: Visit) -> Outcome:
    turn, talk = visit.turn, visit.talk
    if turn.tap and turn.tap.card:
        return await officer.tapped(visit) or await _present(visit, "desk.old")
    command = turn.command or hearing.command(visit)
    if command == "resume":
        return await _present(visit)
    if command in COMMANDS:
        return await COMMANDS[command](visit)
    if turn.tap and turn.tap.step != talk.step:
        return await _present(visit, "desk.old")
    topic = TOPICS[talk.topic]
    if turn.trouble == "contact":
        return await _present(visit, refusal=FileRefused(turn.trouble))
    if (turn.files or turn.trouble) and not topic.files:
        return await _present(visit, "desk.no_file")
    if visit.trouble:
        return await _present(visit, refusal=FileRefused(visit.trouble))
    if inquiry.interrupts(visit) and (aside := inquiry.instead(visit)):
        visit.note(aside)
        return await _present(visit)
    return await unread.instead(visit) or await topic.answer(visit)


async def _present(visit: Visit, key: str = "", refusal: AppError | None = None) -> Outcome:
    """The question at hand, asked again; `key` says why."""
    if key:
        visit.note(visit.say(key))
    if refusal:
        visit.note(visit.say.refusal(refusal))
    return await TOPICS[visit.talk.topic].proceed(visit)


async def _asked(visit: Visit) -> Reply:
    """The question at hand after a refusal; where it is refused as well, the menu."""
    try:
        outcome = await _follow(visit, await _present(visit))
    except AppError as refused:
        visit.note(visit.say.refusal(refused))
        outcome = await menu.greet(visit)
    return outcome if isinstance(outcome, Reply) else await menu.greet(visit)


async def _write_down(visit: Visit, reply: Reply) -> Answer:
    """Conversation, the person's words and the answer: the end of the transaction."""
    unit, talk, turn = visit.unit, visit.talk, visit.turn
    heard = hearing.heard(visit)
    recent = [*talk.reply.get("turns", []), turn.id][-8:]
    if not reply.card:  # a card leaves the question at hand as it is
        talk.step += 1
        reply = replace(reply, step=talk.step)
        talk.reply = reply.as_json()
    talk.reply = talk.reply | {"turns": recent}
    if turn.inbox:
        talk.saw(turn.inbox)
    await unit.conversations.write(talk)
    line = outbox = 0
    if turn.channel == "web":
        if heard:
            mine = {"text": heard, "papers": visit.papers} if visit.papers else {"text": heard}
            await unit.outbox.line(talk.id, mine, mine=True)
        line = await unit.outbox.line(talk.id, reply.as_json(), mine=False)
    elif turn.channel == "telegram":
        key = f"turn:{turn.channel}:{turn.inbox or turn.id}"
        outbox = await unit.outbox.reply(turn.channel, turn.address, reply.as_json(), key)
    return Answer(reply, talk.id, outbox, line, heard)


async def _keep_files(office: Office, turn: Turn) -> tuple[tuple[Stored, ...], str]:
    """Cleans and stores the files before the unit opens; a refused one is told by its reason."""
    if not turn.files:
        return (), turn.trouble
    async with office.reading() as unit:
        talk = await unit.conversations.find(turn.channel, turn.address)
    if talk is None or not TOPICS[talk.topic].files:
        return (), ""
    kept = []
    for file in turn.files:
        try:
            kept.append(await office.files.put(file.path))
        except FileRefused as refused:
            return tuple(kept), refused.why
    return tuple(kept), turn.trouble
