"""Bind a chat to a member: name and identity number, or the phone number the channel vouches for.

Whoever is bound at another door already proves it with a code shown there. Five wrong tries lock
for an hour. What is open to anybody may also be sent by people on no roster
(`handlers.registering`). State: then (where to go on), phase (name, identity, code), name and
identity (sealed), worker.
"""

from base64 import b64decode, b64encode
from datetime import timedelta

from core.errors import Locked
from core.people import normal_identity, normal_name, normal_phone
from core.scheme import Scheme
from handlers.chat import Reply
from handlers.tell import tell
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Worker

CODE_LIFE = timedelta(minutes=10)
PLACE = "conversations.name"


async def begin(visit: Visit, then: str) -> Outcome:
    visit.go("account", then=then, phase="name")
    await visit.unit.tries.check(key(visit))
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    """The question of the present phase."""
    say = visit.say
    stop = Offer("menu", say("menu.back"))
    match visit.state["phase"]:
        case "identity":
            again = Offer("name", say("account.other_name"))
            return visit.ask(say("account.identity"), [again, stop], expects="text", secret=True)
        case "code":
            resend = Offer("name", say("account.start_over"))
            return visit.ask(say("account.code"), [resend, stop], expects="number", secret=True)
    phone = "phone" if visit.turn.channel == "telegram" else "name"
    text = say("account.name_or_phone" if phone == "phone" else "account.name")
    if open_to_anybody(visit, visit.state["then"]):
        text = say("account.name_anybody")
    return visit.ask(text, [stop], expects=phone, secret=True)


async def answer(visit: Visit) -> Outcome:
    match visit.token:
        case "menu":
            return Go("menu")
        case "name":
            visit.state["phase"] = "name"
            return await proceed(visit)
    if visit.turn.phone:
        return await _by_phone(visit)
    match visit.state["phase"]:
        case "identity":
            return await _by_identity(visit)
        case "code":
            return await _by_code(visit)
    name = normal_name(visit.text)
    sealed = visit.office.vault.seal(name, PLACE)
    visit.state.update(phase="identity", name=b64encode(sealed).decode())
    return await proceed(visit)


def open_to_anybody(visit: Visit, then: str) -> Scheme | None:
    """The scheme somebody is on the way to, if people on no roster may send it."""
    topic, _, told = then.partition(" ")
    if topic != "application":
        return None
    scheme = visit.office.schemes.on(told, visit.today)
    return scheme if scheme.anybody else None


async def _by_phone(visit: Visit) -> Outcome:
    sharing = await visit.unit.workers.by_phone(normal_phone(visit.turn.phone))
    members = [member for member in sharing if member.active]
    if len(members) != 1:  # nobody, or a number that a family shares
        visit.note(visit.say("account.phone_unknown"))
        visit.state["phase"] = "name"
        return await proceed(visit)
    return await found(visit, members[0])


async def _by_identity(visit: Visit) -> Outcome:
    """Says the same for an unknown number and a wrong name: nobody learns who is a member."""
    await visit.unit.tries.check(key(visit))
    number = normal_identity(visit.text, visit.today)
    member = await visit.unit.workers.by_identity(number)
    name = visit.office.vault.open(b64decode(visit.state["name"]), PLACE)
    known = member is not None and (member.active or member.guest)
    mine = known and member is not None and visit.unit.workers.name(member) == name
    if not mine and open_to_anybody(visit, visit.state["then"]):
        visit.state["identity"] = b64encode(visit.office.vault.seal(number, PLACE)).decode()
        return Go("registering", visit.state["then"])
    if member is None or not known:
        return await wrong(visit, "account.not_found")
    await visit.unit.tries.check(f"identity:{member.id}")
    if not mine:
        return await wrong(visit, "account.not_found", f"identity:{member.id}")
    await visit.unit.tries.clear(key(visit))
    return await found(visit, member)


async def _by_code(visit: Visit) -> Outcome:
    await visit.unit.tries.check(key(visit))
    if await visit.unit.codes.use("device", visit.text) != visit.state["worker"]:
        return await wrong(visit, "account.code_wrong")
    older = await visit.unit.conversations.for_worker(visit.state["worker"], hold=True)
    if older is None:  # unbound meanwhile
        visit.talk.worker_id = visit.state["worker"]
        return await _bound(visit, visit.state["then"])
    then, facts = visit.state["then"], visit.talk.facts
    language, officer = visit.talk.language, visit.talk.officer_id
    await visit.unit.conversations.lead_to(visit.talk, older.id)
    visit.talk.facts = visit.talk.facts | facts
    visit.talk.language = language
    visit.talk.officer_id = visit.talk.officer_id or officer
    return await _bound(visit, then)


async def found(visit: Visit, member: Worker) -> Outcome:
    older = await visit.unit.conversations.for_worker(member.id, hold=True)
    if older is None or older.id == visit.talk.id:
        visit.talk.worker_id = member.id
        await visit.unit.acts.append(
            f"worker:{member.id}", "bind", f"worker:{member.id}", door=visit.turn.channel
        )
        return await _bound(visit, visit.state["then"])
    code = await visit.unit.codes.make("device", member.id, CODE_LIFE, visit.talk.id, typed=6)
    await tell(
        visit.office,
        visit.unit,
        older.id,
        "account.device_code",
        key=f"device:{visit.talk.id}:{visit.talk.step}",
        code=code,
    )
    visit.state.update(phase="code", worker=member.id)
    return await proceed(visit)


async def _bound(visit: Visit, then: str) -> Outcome:
    member = await visit.unit.workers.by_id(visit.talk.worker_id or 0)
    guest = member is not None and member.guest
    visit.note(visit.say("account.bound_guest" if guest else "account.bound"))
    topic, _, told = then.partition(" ")
    return Go(topic, told)


async def wrong(visit: Visit, why: str, *also: str) -> Reply:
    """A wrong try counts for this chat, and for the person it was aimed at."""
    until = None
    for counted in (key(visit), *also):
        until = await visit.unit.tries.wrong(counted) or until
    if until is None:
        visit.note(visit.say(why))
        visit.state["phase"] = "code" if visit.state["phase"] == "code" else "name"
    else:
        visit.note(visit.say.refusal(Locked(until)))
        visit.go("menu", page="greeting")
        return visit.ask(visit.say("menu.after_lock"), [Offer("human", visit.say("menu.human"))])
    outcome = await proceed(visit)
    assert isinstance(outcome, Reply)
    return outcome


def key(visit: Visit) -> str:
    return f"address:{visit.turn.channel}:{visit.turn.address}"
