"""公示 in the chat: what hangs now, one's own branch first, and an objection to it.

State: after (how many were shown before), words (the union or scheme that was typed).
"""

from collections.abc import Sequence

from handlers import hanging
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Notice

SHOWN = 5  # notices on one page
SHORTEST = 2  # signs of a name somebody looks for


async def begin(visit: Visit) -> Outcome:
    visit.go("noticeboard", after=0, words="")
    return await proceed(visit)


async def proceed(visit: Visit) -> Reply:
    say, state = visit.say, visit.state
    running = await _ordered(visit, state["words"])
    after = state["after"] if state["after"] < len(running) else 0
    there = running[after : after + SHOWN]
    names = await visit.unit.unions.names(*{each.union_id for each in there})
    lines, offers = list[str](), list[Offer]()
    for number, each in enumerate(there, after + 1):
        about = {"number": number, "name": _name(visit, each), "union": names[each.union_id]}
        until = say.day(each.last_day, visit.today)
        lines.append(say("noticeboard.line", **about, count=len(each.entries), until=until))
        if await hanging.hears(visit, each):
            offers.append(Offer(f"{hanging.OBJECT}{each.id}", say("noticeboard.object", **about)))
    if after + SHOWN < len(running):
        offers.append(Offer("more", say("noticeboard.more")))
    url = f"{visit.office.public_url}/notices"
    offers += [Offer("page", say("noticeboard.page"), url=url), Offer("menu", say("menu.back"))]
    text = say("noticeboard.text", notices="\n".join(lines)) if lines else say("noticeboard.none")
    return visit.ask(text, offers)


async def answer(visit: Visit) -> Outcome:
    match visit.token.split(":"):
        case ["menu"]:
            return Go("menu")
        case ["more"]:
            visit.state["after"] += SHOWN
        case ["objecting", notice]:
            return Go("objecting", notice)
        case _ if len(visit.text) >= SHORTEST:
            if not await _ordered(visit, visit.text):
                return Go("words")
            visit.state.update(after=0, words=visit.text)
    return await proceed(visit)


async def _ordered(visit: Visit, words: str) -> Sequence[Notice]:
    """Those of one's own unit and the unions above it first, else the newest first."""
    unit = visit.unit
    running = [each for each in await unit.notices.running() if each.last_day >= visit.today]
    if words:
        names = await unit.unions.names(*{each.union_id for each in running})
        running = [each for each in running if words in names[each.union_id] + _name(visit, each)]
    worker = visit.talk.worker_id and await unit.workers.by_id(visit.talk.worker_id)
    if not worker:
        return running
    tree = await unit.unions.tree(worker.union_id)
    near = {node.id for node in tree.upwards(worker.union_id)}
    return sorted(running, key=lambda each: each.union_id not in near)


def _name(visit: Visit, hung: Notice) -> str:
    return visit.say.scheme(visit.office.schemes.versions(hung.scheme_id)[-1].name)
