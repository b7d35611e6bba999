"""From "yes, you qualify" to a complete file: consent, binding, the form, the papers.

State: scheme, asked (the fact of the question on the table).
"""

from core.capacities import Capacity
from core.decision import decide
from core.errors import NoApplicationNeeded, NotOnRoster, QuotaExhausted
from core.papers import PROOF, PROOF_PAPER, needed
from core.scheme import Scheme
from core.terms import once
from core.truth import YES
from handlers import asking, behalf, hanging, knowledge, limits, standing
from handlers.asking import BACK, WHY
from handlers.chat import Reply
from handlers.consent import agreed
from handlers.visit import Go, Outcome, Visit
from storage.tables import Draft


async def begin(visit: Visit, scheme_id: str, fact: str = "") -> Outcome:
    """Start, or change one `fact` and come back."""
    visit.go("application", scheme=scheme_id, asked=fact)
    return await proceed(visit)


def here(visit: Visit) -> Scheme:
    return visit.office.schemes.on(visit.state["scheme"], visit.today)


async def proceed(visit: Visit) -> Outcome:
    """The first thing that is still missing."""
    scheme = here(visit)
    if scheme.drawn:
        raise NoApplicationNeeded(cite=scheme.drawn.cite)
    if hung := await hanging.notices(visit, scheme):
        return hanging.ask(visit, hung)
    then = f"application {scheme.id}"
    if not await agreed(visit):
        return Go("consent", then)
    if visit.talk.worker_id is None:
        return Go("account", then)
    await _check_roster(visit, scheme)
    running = await standing.running(visit.unit, scheme)
    there = None
    if once(scheme) == "person":
        there = await visit.unit.applications.live_in(running.id, visit.talk.worker_id)
    if there is not None:
        visit.note(visit.say("application.already", number=there.number))
        return Go("status")
    facts = await knowledge.values(visit, scheme)
    await limits.check_unit(visit.unit, scheme, visit.talk.worker_id, facts)
    if running.full and running.places is not None and not running.reserves:
        raise QuotaExhausted(running.places, scheme.quota.cite)
    return await _fill(visit, scheme)


async def _check_roster(visit: Visit, scheme: Scheme) -> None:
    """Raises NotOnRoster for somebody who is no member, where it is for members."""
    person = await visit.unit.workers.by_id(visit.talk.worker_id or 0)
    if person is not None and person.guest and not scheme.anybody:
        raise NotOnRoster


async def _fill(visit: Visit, scheme: Scheme) -> Outcome:
    if visit.state["asked"]:
        return question(visit, scheme, visit.state["asked"])
    facts = await knowledge.values(visit, scheme)
    missing = [fact for fact in form(scheme) if fact not in facts]
    verdict = decide(scheme, facts, visit.today, visit.calendar)
    if not verdict.enough and not (set(missing) & {limit.needs for limit in scheme.limits}):
        return Go("judging", scheme.id)
    if not await behalf.settled(visit, scheme):
        return Go("behalf", scheme.id)
    if missing:
        visit.state["asked"] = missing[0]
        return question(visit, scheme, missing[0])
    return await _papers(visit, scheme)


async def _papers(visit: Visit, scheme: Scheme) -> Outcome:
    draft = await visit.folder(scheme.id)
    there = {paper.slot for paper in await visit.unit.drafts.papers(draft.id)}
    offered = there or not scheme.slots
    missing = await missing_papers(visit, scheme, draft, there)
    return Go("sending" if offered and not missing else "papers", scheme.id)


async def missing_papers(visit: Visit, scheme: Scheme, draft: Draft, there: set[int]) -> list[str]:
    """What has to be there in this person's case, and is not."""
    facts = await knowledge.values(visit, scheme)
    asked = needed(scheme.slots, facts, visit.today, visit.calendar)
    missing = [
        paper.what
        for slot, (paper, truth) in enumerate(asked)
        if truth is YES and slot not in there
    ]
    unproved = draft.capacity == Capacity.RELATIVE and PROOF not in there
    return [*missing, PROOF_PAPER.what] if unproved else missing


def form(scheme: Scheme) -> list[str]:
    """What is filled in before sending, as far as a person can be asked for it."""
    facts = [*scheme.form, *([scheme.window.event] if scheme.window else [])]
    return [fact for fact in facts if fact in scheme.asked and scheme.asked[fact].asked_of_worker]


def question(visit: Visit, scheme: Scheme, fact: str, explained: bool = False) -> Reply:
    """A question of the form: here an answer is needed, so nobody is offered 不知道."""
    asked = scheme.asked[fact]
    return asking.put(
        visit, asked, back=fact not in form(scheme), unknown=False, explained=explained
    )


async def answer(visit: Visit) -> Outcome:
    scheme, fact = here(visit), visit.state["asked"]
    match visit.token:
        case "menu":
            return Go("menu")
        case hanging.NOT_HERE:
            visit.state[hanging.NOT_HERE] = True
        case t if t.startswith(hanging.OBJECT):
            return Go("objecting", t.removeprefix(hanging.OBJECT))
    if not fact:
        return await proceed(visit)
    if visit.token == WHY:
        return question(visit, scheme, fact, explained=True)
    if visit.token != BACK:
        await change(visit, scheme, fact)
    visit.state["asked"] = ""
    return await proceed(visit)


async def change(visit: Visit, scheme: Scheme, fact: str) -> None:
    """Keeps a new answer; what leaned on the old one is dropped. Raises Unreadable."""
    value = asking.read(visit, scheme.asked[fact])
    before = (await knowledge.values(visit, scheme)).get(fact)
    knowledge.answer(visit, fact, value, before, scheme.asked)
