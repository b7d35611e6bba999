"""Collect the papers, one slot of the checklist after the other.

State: scheme, draft, slot, look ("" to collect, "pages" to arrange), single (back to the summary
after this slot).
"""

from collections.abc import Sequence

from core.errors import FileRefused
from core.scheme import Document, Scheme
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Paper

MOST_PAGES = 20


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the scheme, perhaps with one slot to come back to."""
    scheme_id, _, slot = told.partition(" ")
    assert visit.talk.worker_id is not None
    draft = await visit.unit.drafts.begin(visit.talk.worker_id, scheme_id)
    visit.go(
        "papers",
        scheme=scheme_id,
        draft=draft.id,
        slot=int(slot or 0),
        look="",
        single=bool(slot),
    )
    return await proceed(visit)


def here(visit: Visit) -> tuple[Scheme, Document]:
    scheme = visit.office.schemes.on(visit.state["scheme"], visit.today)
    return scheme, scheme.slots[visit.state["slot"]]


async def proceed(visit: Visit) -> Outcome:
    if visit.state["look"] == "pages":
        return await _pages(visit)
    scheme, paper = here(visit)
    count = len(await _there(visit))
    return _collect(visit, scheme, paper, count)


def _collect(visit: Visit, scheme: Scheme, paper: Document, count: int) -> Reply:
    say = visit.say
    number, total = visit.state["slot"] + 1, len(scheme.slots)
    need = "" if paper.required else say("papers.optional")
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
        offers = [] if paper.required else [Offer("next", say("papers.skip"), "primary")]
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
    scheme, paper = here(visit)
    if paper.required and not await _there(visit):
        visit.note(visit.say("papers.needed"))
        return await proceed(visit)
    if visit.state["single"] or visit.state["slot"] + 1 == len(scheme.slots):
        return Go("application", scheme.id)
    visit.state["slot"] += 1
    return await proceed(visit)


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
