"""Object to a public notice from the chat, or write down as an officer what somebody has said.

Whoever is bound objects with the name and number of the roster where the scheme wants a real name;
where anybody may object, nothing is asked but what is wrong. State: notice, record (an officer
writes), named, phase, entry (number of the application), channel and on (how and when it was
said), papers (as they lie in the store), and sealed: name, identity, contact, text.
"""

from base64 import b64decode, b64encode
from dataclasses import astuple
from datetime import date

from core import reading
from core.errors import FileRefused, NotFound, Unreadable
from core.stages import Stage
from handlers import deciding, objection
from handlers.chat import Reply
from handlers.consent import agreed
from handlers.visit import Go, Offer, Outcome, Visit
from storage.files import Stored
from storage.objections import CHANNELS, Objector
from storage.tables import Notice, Objection

MOST = {
    "name": 60,
    "identity": 40,
    "contact": objection.LONGEST_CONTACT,
    "text": objection.LONGEST_TEXT,
}
SKIP = "skip"
SHOWN = 20  # entries of a notice as buttons


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the notice, behind `record` where an officer writes it down."""
    record, _, number = told.rpartition(" ")
    notice = await visit.unit.notices.by_id(int(number))
    named = (await _stage(visit, notice)).named
    if named and not record:
        then = f"objecting {notice.id}"
        if not await agreed(visit):
            return Go("consent", then)
        if visit.talk.worker_id is None:
            return Go("account", then)
    about = {"notice": notice.id, "record": bool(record), "named": named, "papers": []}
    visit.go("objecting", phase="entry", **about)
    return await proceed(visit)


def phases(*, record: bool, named: bool) -> tuple[str, ...]:
    """What is asked, in order."""
    if record:
        who = ("name", "identity") if named else ()
        return ("entry", "channel", "on", *who, "text", "papers", "contact", "sure")
    middle = ("contact", "text", "papers") if named else ("text", "papers", "contact")
    return ("entry", *middle, "sure")


async def proceed(visit: Visit) -> Outcome:
    state, say = visit.state, visit.say
    stop = Offer("menu", say("procedure.menu.back" if state["record"] else "menu.back"))
    match state["phase"]:
        case "entry":
            return await _entries(visit, stop)
        case "channel":
            ways = [
                Offer(f"channel:{each}", say(f"objections.channel.{each}")) for each in CHANNELS
            ]
            return visit.ask(say("objections.ask.channel"), [*ways, stop])
        case "on":
            today = Offer(f"on:{visit.today.isoformat()}", say("objections.today"))
            return visit.ask(say("objections.ask.on"), [today, stop], expects="date")
        case "papers":
            return await _papers(visit, stop)
        case "sure":
            return _sure(visit, stop)
        case "contact" if not state["named"]:
            skip = Offer(SKIP, say("objections.skip"))
            return visit.ask(say(_words(visit)), [skip, stop], expects="text", secret=True)
    return visit.ask(say(_words(visit)), [stop], expects="text", secret=True)


async def answer(visit: Visit) -> Outcome:
    kind, _, told = visit.token.partition(":")
    if kind == "menu":
        await _forget(visit)
        return Go("officer" if visit.state["record"] else "menu")
    phase, state = visit.state["phase"], visit.state
    match phase:
        case "entry" if not kind and visit.text:
            return await _find(visit)
        case "entry" | "channel":
            if kind != phase:
                raise Unreadable("choice")
            state[phase] = told
        case "on":
            day = date.fromisoformat(told) if told else reading.read_date(visit.text, visit.today)
            notice = await visit.unit.notices.by_id(state["notice"])
            objection.check_day(notice, day, visit.today)
            state["on"] = day.isoformat()
        case "papers":
            if visit.files or kind != "done":
                return await _take(visit)
        case "sure":
            return await _send(visit) if kind == "send" else await proceed(visit)
        case "contact" if kind == SKIP:
            state.pop("contact", None)
        case _:
            _keep(visit, phase, MOST[phase])
    order = phases(record=state["record"], named=state["named"])
    state["phase"] = order[order.index(phase) + 1]
    return await proceed(visit)


async def _papers(visit: Visit, stop: Offer) -> Reply:
    """What proves it; the document may want it in writing."""
    say, there = visit.say, visit.state.get("papers", [])
    notice = await visit.unit.notices.by_id(visit.state["notice"])
    wanted = (await _stage(visit, notice)).papers
    done = say("papers.next") if there else say("papers.skip")
    offers = [Offer("done", done, "primary")] if there or not wanted else []
    key = "objections.papers.wanted" if wanted else "objections.papers"
    return visit.ask(say(key, count=len(there)), [*offers, stop], expects="photo")


async def _take(visit: Visit) -> Outcome:
    there = visit.state.get("papers", [])
    if len(there) + len(visit.files) > objection.MOST_PAPERS:
        raise FileRefused("many")
    visit.state["papers"] = [*there, *(list(astuple(each)) for each in visit.files)]
    return await proceed(visit)


async def _stage(visit: Visit, notice: Notice) -> Stage:
    running = await visit.unit.rounds.by_id(notice.round_id)
    scheme = visit.office.schemes.version(running.scheme_id, running.scheme_version)
    return scheme.stages[notice.stage]


async def _entries(visit: Visit, stop: Offer) -> Reply:
    """The first of them, where there are many; the others are found by what is typed."""
    found = await _found(visit, visit.state.get("find", ""))
    offers = [
        Offer(f"entry:{entry['number']}", f"{entry['name']} {entry['unit']}")
        for entry in found[:SHOWN]
    ]
    if visit.state["record"]:
        text = visit.say("objections.record.which")
    else:
        named = visit.state["named"]
        text = visit.say("objecting.which" if named else "objections.which")
    if len(found) > SHOWN:
        text += "\n" + visit.say("objecting.find", count=len(found), shown=SHOWN)
    return visit.ask(text, [*offers, stop])


async def _find(visit: Visit) -> Outcome:
    """By its number, or by a part of what the notice shows."""
    if not await _found(visit, visit.text):
        raise Unreadable("choice")
    visit.state["find"] = visit.text
    return await proceed(visit)


async def _found(visit: Visit, words: str) -> list[dict[str, str]]:
    notice = await visit.unit.notices.by_id(visit.state["notice"])
    return [each for each in notice.entries if words in " ".join(map(str, each.values()))]


def _words(visit: Visit) -> str:
    """The question of a phase, to whoever objects or to the officer who listened."""
    phase = visit.state["phase"]
    if visit.state["record"]:
        return f"objections.record.{phase}"
    if phase == "contact" and not visit.state["named"]:
        return "objections.contact"
    return f"objecting.{phase}"


def _sure(visit: Visit, stop: Offer) -> Reply:
    say, state = visit.say, visit.state
    sure = Offer("send", say("objecting.send"), "danger")
    if state["record"]:
        key, sure = (
            "objections.record.sure",
            Offer("send", say("objections.record.send"), "primary"),
        )
    else:
        key = "objecting.sure" if state["named"] else "objections.sure"
    return visit.ask(say(key, number=state["entry"]), [sure, stop])


def _keep(visit: Visit, what: str, most: int) -> None:
    """What an objector says is nobody's to read in the conversation's row."""
    text = visit.prose if what == "text" else visit.text
    if not text:
        raise Unreadable(what if what in ("contact", "name") else "text")
    if len(text) > most:
        raise Unreadable("too_long", most=most)
    sealed = visit.office.vault.seal(text, f"objecting.{what}")
    visit.state[what] = b64encode(sealed).decode()


def _kept(visit: Visit, what: str) -> str:
    sealed = visit.state.get(what)
    return visit.office.vault.open(b64decode(sealed), f"objecting.{what}") if sealed else ""


async def _forget(visit: Visit) -> None:
    """What was photographed for nothing does not stay in the store."""
    for each in _brought(visit):
        if not await visit.unit.drafts.used(each.digest):
            visit.discard.append(each.digest)


def _brought(visit: Visit) -> tuple[Stored, ...]:
    return tuple(Stored(*each) for each in visit.state.get("papers", []))


async def _send(visit: Visit) -> Outcome:
    state = visit.state
    if state["record"]:
        await _record(visit)
        visit.note(visit.say("objections.record.done"))
        return Go("officer")
    name, identity = await _who(visit) if state["named"] else ("", "")
    contact, text = _kept(visit, "contact"), _kept(visit, "text")
    said = Objector(name, identity, contact, text, _brought(visit))
    about = (visit.office, state["notice"], state["entry"], said, visit.talk.id)
    await objection.make(*about, unit=visit.unit)
    visit.note(visit.say("objecting.sent"))
    return Go("menu")


async def _record(visit: Visit) -> Objection:
    name, identity, contact, text = (_kept(visit, each) for each in MOST)
    said = Objector(name, identity, contact, text, _brought(visit))
    state = visit.state
    heard = objection.Heard(state["channel"], date.fromisoformat(state["on"]))
    officer = await deciding.me(visit)
    about = (state["notice"], state["entry"], said, heard)
    return await objection.record(visit.office, officer, *about, unit=visit.unit)


async def _who(visit: Visit) -> tuple[str, str]:
    """The name and number of the roster."""
    member = await visit.unit.workers.by_id(visit.talk.worker_id or 0)
    identity = visit.unit.workers.identity(member) if member else None
    if member is None or identity is None:
        raise NotFound(worker=visit.talk.worker_id)
    return visit.unit.workers.name(member), identity
