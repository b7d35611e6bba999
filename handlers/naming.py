"""The common upper union names the one responsible, in the chat: one of two, or a third.

State: page, transfer, prefecture, to, why.
"""

from core import reading
from core.errors import NotFound
from core.jurisdiction import Level
from handlers import deciding, places, ticking, transfer
from handlers.transfer_cards import both
from handlers.visit import Go, Offer, Outcome, Visit
from storage.outbox import CardShown


async def from_card(visit: Visit, shown: CardShown, choice: int) -> Outcome:
    """One of the two by its button; behind the next one are all the others."""
    officer = await deciding.me(visit)
    row = (await transfer.read(visit.office, visit.unit, officer, shown.ref)).row
    if choice > len(both(row)):
        raise NotFound(transfer=row.id)
    if choice == len(both(row)):
        visit.go("officer", page="third", transfer=row.id, prefecture=0)
        return await where(visit)
    return await _named(visit, row.id, both(row)[choice], "")


async def where(visit: Visit) -> Outcome:
    """Below a prefecture its counties, below the province a prefecture first."""
    officer, say = await deciding.me(visit), visit.say
    dispute = await transfer.read(visit.office, visit.unit, officer, visit.state["transfer"])
    open_ = await transfer.nameable(visit.unit, dispute.row)
    tree = await visit.unit.unions.tree()
    top = tree[dispute.row.namer_union_id or 0]
    inside = visit.state["prefecture"] or (top.id if top.level is Level.PREFECTURE else 0)
    back = ticking.back(visit)
    if inside:
        return places.counties(visit, tree, inside, say("behalf.county"), back)
    more = [Offer(f"at:{node.id}", node.name) for node in open_ if node.level is Level.INDUSTRIAL]
    more += [Offer(f"at:{top.id}", top.name)] if top in open_ else []
    return places.prefectures(visit, tree, say("transfer.third_where"), *more, back)


async def hear_where(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    match kind:
        case "back":
            return Go("officer")
        case "elsewhere":
            visit.state["prefecture"] = 0
        case "in":
            visit.state["prefecture"] = int(number)
        case "at":
            visit.state.update(page="third_why", to=int(number))
            return await why(visit)
    return await where(visit)


async def why(visit: Visit) -> Outcome:
    return visit.ask(visit.say("transfer.third_why"), [ticking.back(visit)], expects="text")


async def hear_why(visit: Visit) -> Outcome:
    reason = reading.read_prose(visit.prose, transfer.LONGEST)
    visit.state.update(page="third_sure", why=reason)
    return await sure(visit)


async def sure(visit: Visit) -> Outcome:
    to = await visit.unit.unions.by_id(visit.state["to"])
    text = visit.say("transfer.third_sure", to=to.name, reason=visit.state["why"])
    return visit.ask(text, [ticking.yes(visit, "transfer.third_yes"), ticking.back(visit)])


async def hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await sure(visit)
    return await _named(visit, *(visit.state[each] for each in ("transfer", "to", "why")))


async def _named(visit: Visit, transfer_id: int, union: int, reason: str) -> Outcome:
    officer = await deciding.me(visit)
    await transfer.name(visit.office, officer, transfer_id, union, reason, visit.unit)
    names = await visit.unit.unions.names(union)
    visit.note(visit.say("transfer.named", union=names[union]))
    return Go("officer")
