"""The front desk: one turn at a time per person, in one transaction.

It finds the conversation, recognises old buttons and repeated updates, hands the turn to the topic
at hand, and writes down the answer. The only clerk that catches what the others refuse.
"""

from dataclasses import replace

from core.errors import AppError, FileRefused, Unreadable
from handlers import hearing, inquiry, menu, oral, pressed, receipt, unread
from handlers.chat import Answer, Reply, Turn
from handlers.office import Office
from handlers.topics import BEGINNINGS, COMMANDS, TOPICS
from handlers.visit import Errand, Go, Outcome, Submission, Visit
from storage.conversations import Talk
from storage.files import Stored
from storage.unit import Unit


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
        if isinstance(outcome, Errand):
            return await _run(office, turn, outcome)
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


async def _run(office: Office, turn: Turn, errand: Errand) -> Answer:
    came = await errand.run()
    async with office.unit() as unit:
        visit = await _visit(office, unit, turn)
        outcome = await _follow(visit, errand.told(visit, came))
        reply = outcome if isinstance(outcome, Reply) else await menu.greet(visit)
        return await _write_down(visit, reply)


async def _refuse(office: Office, turn: Turn, refused: AppError) -> Answer:
    """What the turn began is undone; the person hears why, and the present question again."""
    async with office.unit() as unit:
        visit = await _visit(office, unit, turn)
        unread = isinstance(refused, Unreadable)
        if unread and (other := inquiry.called(visit)):
            return await _write_down(visit, await _asked(visit, other))
        aside = inquiry.instead(visit) if unread else ""
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


async def _follow(visit: Visit, outcome: Outcome) -> Reply | Submission | Errand:
    while isinstance(outcome, Go):
        outcome = await BEGINNINGS[outcome.topic](visit, outcome)
    return outcome


async def _respond(visit: Visit) -> Outcome:
    turn, talk = visit.turn, visit.talk
    if turn.tap and turn.tap.card:
        return await pressed.tapped(visit) or await _present(visit, "desk.old")
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


async def _asked(visit: Visit, instead: Go | None = None) -> Reply:
    """The question at hand after a refusal; where it is refused as well, the menu."""
    try:
        outcome = await _follow(visit, instead or await _present(visit))
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
