"""The holder of a title answers a charge in his chat: in words, with papers if there are any.

State: plea, phase (text, papers, sure), text (sealed), papers (as they lie in the store).
"""

from base64 import b64decode, b64encode
from dataclasses import astuple

from core import pleading as law
from core import reading
from core.errors import FileRefused, NotFound
from handlers import pleading
from handlers.bench import stage_of
from handlers.visit import Go, Offer, Outcome, Visit
from storage.files import Stored
from storage.tables import Plea

PLACE = "defending.text"


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the plea."""
    visit.go("defending", plea=int(told), phase="text", text="", papers=[])
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say, plea = visit.say, await _mine(visit)
    back = Offer("back", say("asking.back"))
    match visit.state["phase"]:
        case "text":
            charge, until = visit.unit.pleas.charge(plea), say.day(plea.answer_by, visit.today)
            text = say("plea.ask", charge=charge, until=until, most=law.LONGEST)
            human = Offer("human", say("clawback.button.human"))
            return visit.ask(text, [human, back], expects="text", secret=True)
        case "papers":
            count = len(visit.state["papers"])
            done = Offer("done", say("papers.next" if count else "papers.skip"), "primary")
            return visit.ask(say("plea.papers", count=count), [done, back], expects="photo")
    offers = [Offer("send", say("plea.send"), "primary"), Offer("again", say("plea.again")), back]
    text = say("plea.sure", text=_kept(visit), count=len(visit.state["papers"]))
    return visit.ask(text, offers, secret=True)


async def answer(visit: Visit) -> Outcome:
    state = visit.state
    match visit.token:
        case "back":
            await _forget(visit)
            return Go("status")
        case "human":
            return Go("human")
        case "again":
            await _forget(visit)
            state.update(phase="text", papers=[])
        case "done" if state["phase"] == "papers":
            state["phase"] = "sure"
        case "send" if state["phase"] == "sure":
            worker = visit.talk.worker_id or 0
            about = (visit.office, visit.unit, worker, state["plea"])
            await pleading.answer(*about, _kept(visit), _brought(visit))
            visit.note(visit.say("plea.thanks"))
            return Go("status")
        case _ if visit.files and state["phase"] == "papers":
            _add(visit)
        case _ if visit.text and state["phase"] == "text":
            text = reading.read_prose(visit.prose, law.LONGEST)
            sealed = visit.office.vault.seal(text, PLACE)
            state.update(phase="papers", text=b64encode(sealed).decode())
    return await proceed(visit)


async def lines(visit: Visit) -> tuple[list[str], list[Offer]]:
    """What the status says of charges put to this holder, and the buttons to answer them."""
    say, told, offers = visit.say, list[str](), list[Offer]()
    for plea in await visit.unit.pleas.of_worker(visit.talk.worker_id or 0):
        until = say.day(plea.answer_by, visit.today)
        if plea.answered_at is not None:
            told.append(say("plea.status.answered"))
        elif visit.today <= plea.answer_by:
            told.append(say("plea.status.open", until=until))
            offers.append(Offer(f"plea:{plea.id}", say("plea.button.answer"), "primary"))
    return told, offers


async def _mine(visit: Visit) -> Plea:
    """Raises NotFound for anybody else's, PleaOver where nothing can be said any more."""
    plea = await pleading.own(visit.unit, visit.talk.worker_id or 0, visit.state["plea"])
    if plea.answered_at is not None or visit.today > plea.answer_by:
        application = await visit.unit.applications.by_id(plea.application_id)
        raise law.PleaOver(plea.answer_by, stage_of(visit.office, application).cite)
    if visit.talk.worker_id is None:
        raise NotFound
    return plea


def _add(visit: Visit) -> None:
    there = visit.state["papers"]
    if len(there) + len(visit.files) > law.MOST_PAPERS:
        raise FileRefused("many")
    visit.state["papers"] = [*there, *(list(astuple(each)) for each in visit.files)]


async def _forget(visit: Visit) -> None:
    """What was photographed for nothing does not stay in the store."""
    for each in _brought(visit):
        if not await visit.unit.drafts.used(each.digest):
            visit.discard.append(each.digest)


def _brought(visit: Visit) -> tuple[Stored, ...]:
    return tuple(Stored(*each) for each in visit.state["papers"])


def _kept(visit: Visit) -> str:
    return visit.office.vault.open(b64decode(visit.state["text"]), PLACE)
