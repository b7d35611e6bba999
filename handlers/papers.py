"""Collect the papers, one slot of the checklist after the other, as far as the case needs it.

State: scheme, draft, slot, look ("" to collect, "pages" to arrange), single (back to the summary
after this slot).
"""

from collections.abc import Sequence

from core.capacities import Capacity
from core.decision import decide
from core.errors import FileRefused
from core.papers import PROOF, needed, paper_in
from core.scheme import Scheme
from core.truth import NO, UNKNOWN, YES, Truth
from core.verdict import Aside
from handlers import knowledge
from handlers.application import missing_papers
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Paper

MOST_PAGES = 20


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the scheme, perhaps with one slot to come back to."""
    scheme_id, _, slot = told.partition(" ")
    draft = await visit.folder(scheme_id)
    visit.go(
        "papers",
        scheme=scheme_id,
        draft=draft.id,
        slot=int(slot or -1),
        look="",
        single=bool(slot),
    )
    return await (proceed(visit) if slot else _onward(visit))


def here(visit: Visit) -> Scheme:
    return visit.office.schemes.on(visit.state["scheme"], visit.today)


async def wanted(visit: Visit) -> dict[int, Truth]:
    """The slots of this person's case, each with whether it has to be filled."""
    scheme = here(visit)
    facts = await knowledge.values(visit, scheme)
    asked = enumerate(needed(scheme.slots, facts, visit.today, visit.calendar))
    found = {slot: truth for slot, (paper, truth) in asked if not (paper.when and truth is NO)}
    draft = await visit.folder(scheme.id)
    return found | ({PROOF: YES} if draft.capacity == Capacity.RELATIVE else {})


async def _asked_for(visit: Visit) -> dict[int, Truth]:
    """The wanted ones, without those that would prove another way in than the one that is met.

    They can still be added from the summary.
    """
    scheme, there = here(visit), await wanted(visit)
    facts = await knowledge.values(visit, scheme)
    verdict = decide(scheme, facts, visit.today, visit.calendar)
    aside = {each.fact for each in verdict.by_fact if each.aside is Aside.MET} - facts.keys()
    return {
        slot: truth
        for slot, truth in there.items()
        if truth is not UNKNOWN
        or aside.isdisjoint(test.fact for test in paper_in(scheme.slots, slot).when)
    }


async def proceed(visit: Visit) -> Outcome:
    if visit.state["look"] == "pages":
        return await _pages(visit)
    return await _collect(visit, len(await _there(visit)))


async def _collect(visit: Visit, count: int) -> Reply:
    say, slot = visit.say, visit.state["slot"]
    asked_for = await _asked_for(visit)
    slots = asked_for if slot in asked_for else await wanted(visit)
    paper = paper_in(here(visit).slots, slot)
    number, total = sum(each <= slot for each in slots), len(slots)
    required = slots.get(slot) is YES
    need = "" if required else say("papers.optional" if not paper.when else "papers.perhaps")
    what = say.scheme(paper.what)
    if count:
        text = say("papers.have", what=what, count=count)
        offers = [
            Offer("next", say("papers.next"), "primary"),
            Offer("pages", say("papers.pages")),
            Offer("retake", say("papers.retake")),
        ]
    else:
        hint = say.scheme(paper.hint) if paper.hint else ""
        text = say(
            "papers.ask",
            number=number,
            total=total,
            what=what,
            need=need,
            hint=hint,
            cite=say.article(paper.cite),
        )
        offers = [] if required else [Offer("next", say("papers.skip"), "primary")]
    offers.append(Offer("later", say("papers.later")))
    return visit.ask(text.strip(), offers, expects="photo", progress=(number, total))


async def answer(visit: Visit) -> Outcome:
    if visit.files:
        return await _take(visit)
    match visit.token.split(":"):
        case ["next"]:
            return await _next(visit)
        case ["pages"]:
            visit.state["look"] = "pages"
        case ["done"]:
            visit.state["look"] = ""
        case ["retake"]:
            await visit.unit.drafts.clear(visit.state["draft"], visit.state["slot"])
        case ["later"]:
            visit.note(visit.say("papers.kept"))
            return Go("menu")
        case ["remove", index]:
            pages = await _there(visit)
            if int(index) < len(pages):
                await visit.unit.drafts.remove(pages[int(index)])
            visit.state["look"] = "pages" if len(pages) > 1 else ""
        case ["forward", index]:
            draft, slot = visit.state["draft"], visit.state["slot"]
            await visit.unit.drafts.forward(draft, slot, int(index))
        case _:
            visit.note(visit.say("papers.want_photo"))
    return await proceed(visit)


async def _take(visit: Visit) -> Outcome:
    """Every file is a page, in the order in which they came."""
    if len(await _there(visit)) + len(visit.files) > MOST_PAGES:
        raise FileRefused("many")
    album = visit.turn.files[0].album if visit.turn.files else ""
    for stored in visit.files:
        page = await visit.unit.drafts.add(visit.state["draft"], visit.state["slot"], stored, album)
        visit.papers.append(page.id)
    visit.state["look"] = ""
    visit.note(visit.say("papers.received", count=len(visit.files)))
    return await proceed(visit)


async def _next(visit: Visit) -> Outcome:
    required = (await wanted(visit)).get(visit.state["slot"]) is YES
    if required and not await _there(visit):
        visit.note(visit.say("papers.needed"))
        return await proceed(visit)
    return await _finished(visit) if visit.state["single"] else await _onward(visit)


async def _onward(visit: Visit) -> Outcome:
    """The next slot of this case; after the last, on to sending."""
    coming = [slot for slot in await _asked_for(visit) if slot > visit.state["slot"]]
    if not coming:
        return await _finished(visit)
    visit.state["slot"] = coming[0]
    return await proceed(visit)


async def _finished(visit: Visit) -> Go:
    draft = await visit.folder(here(visit).id)
    there = {paper.slot for paper in await visit.unit.drafts.papers(draft.id)}
    missing = await missing_papers(visit, here(visit), draft, there)
    return Go("application" if missing else "sending", here(visit).id)


async def _pages(visit: Visit) -> Reply:
    """The pages of this slot, to be put in order or thrown out."""
    say = visit.say
    pages = await _there(visit)
    lines = [
        say("papers.page", number=i + 1, size=_size(page.size), pages=page.pages)
        for i, page in enumerate(pages)
    ]
    offers = [Offer("done", say("papers.done"), "primary")]
    for i in range(len(pages)):
        if i:
            offers.append(Offer(f"forward:{i}", say("papers.forward", number=i + 1)))
        offers.append(Offer(f"remove:{i}", say("papers.remove", number=i + 1), "danger"))
    return visit.ask(say("papers.list", pages="\n".join(lines)), offers, expects="photo")


async def _there(visit: Visit) -> Sequence[Paper]:
    return await visit.unit.drafts.papers(visit.state["draft"], visit.state["slot"])


def _size(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"
