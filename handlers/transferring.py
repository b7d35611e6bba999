"""Handing a matter over in the chat: which union, why, and once more before it goes.

State: page, application, version, prefecture, to, why.
"""

from core import reading
from core import transfer as law
from core.jurisdiction import Level
from handlers import deciding, places, ticking, transfer
from handlers.visit import Go, Offer, Outcome, Visit


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the application and the version that was shown."""
    application, version = map(int, told.split())
    about = {"application": application, "version": version, "prefecture": 0}
    visit.go("officer", page="transfer", **about)
    return await where(visit)


async def where(visit: Visit) -> Outcome:
    """The unions below first, then a prefecture and its counties."""
    say, back = visit.say, ticking.back(visit)
    tree = await visit.unit.unions.tree()
    prefecture = visit.state["prefecture"]
    if prefecture:
        return places.counties(visit, tree, prefecture, say("behalf.county"), back)
    application = await visit.unit.applications.by_id(visit.state["application"])
    open_ = law.targets(tree, application.union_id or 0)
    near = [node for node in open_ if node.level in (Level.BASE_UNIT, Level.INDUSTRIAL)]
    more = [Offer(f"at:{node.id}", node.name) for node in near[:20]]
    top = tree.of_level(Level.PROVINCE)
    more += [Offer(f"at:{top.id}", top.name)] if top in open_ else []
    return places.prefectures(visit, tree, say("transfer.where"), *more, back)


async def hear_where(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    match kind:
        case "back":
            return await deciding.again(visit)
        case "elsewhere":
            visit.state["prefecture"] = 0
        case "in":
            visit.state["prefecture"] = int(number)
        case "at":
            visit.state.update(page="transfer_why", to=int(number))
            return await why(visit)
    return await where(visit)


async def why(visit: Visit) -> Outcome:
    return visit.ask(visit.say("transfer.why"), [ticking.back(visit)], expects="text")


async def hear_why(visit: Visit) -> Outcome:
    reason = reading.read_prose(visit.prose, transfer.LONGEST)
    visit.state.update(page="transfer_sure", why=reason)
    return await sure(visit)


async def sure(visit: Visit) -> Outcome:
    """Says who names the union where it does not go over at once."""
    to = await visit.unit.unions.by_id(visit.state["to"])
    text = visit.say("transfer.sure", to=to.name, reason=visit.state["why"])
    return visit.ask(text, [ticking.yes(visit, "transfer.yes"), ticking.back(visit)])


async def hear_sure(visit: Visit) -> Outcome:
    return await (_go if visit.token == "yes" else sure)(visit)


async def _go(visit: Visit) -> Outcome:
    state = visit.state
    about = (state["application"], state["version"], state["to"], state["why"])
    officer = await deciding.me(visit)
    row = await transfer.propose(visit.office, officer, *about, unit=visit.unit)
    names = await visit.unit.unions.names(row.to_union_id, row.namer_union_id or row.to_union_id)
    to = names[row.to_union_id]
    if row.namer_union_id is None:
        visit.note(visit.say("transfer.gone", to=to))
    else:
        visit.note(visit.say("transfer.asked", to=to, namer=names[row.namer_union_id]))
    return Go("officer")
