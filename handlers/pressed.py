"""A button under a card: whose card it is, what it is about, and the topic that takes it."""

from core.errors import AlreadyDecided
from handlers import besides, cards, deciding, finding, inspection, naming
from handlers.deciding import me
from handlers.visit import Go, Outcome, Visit
from storage.outbox import CardShown


async def tapped(visit: Visit) -> Outcome | None:
    """A button under a card; None for a card that is not this person's."""
    tap = visit.turn.tap
    shown = await visit.unit.outbox.shown(tap.card) if tap else None
    if shown is None or tap is None:
        return None
    match shown.kind:
        case "notice":
            return Go("objecting", str(shown.ref))
        case "oral" if visit.talk.worker_id:
            return Go("confirming", f"{shown.ref} {shown.version} {tap.choice}")
        case cards.CORRECTION if visit.talk.worker_id:
            return Go("status") if shown.closed else Go("correction", str(shown.ref))
        case cards.DUTY if visit.talk.worker_id:
            return Go("status") if shown.closed else Go("reporting", str(shown.ref))
        case cards.PLEA if visit.talk.worker_id:
            return Go("defending", str(shown.ref))
    if visit.talk.officer_id is None or shown.kind in (cards.CORRECTION, cards.DUTY, cards.PLEA):
        return None
    if shown.closed:
        raise AlreadyDecided
    if shown.kind in besides.CARDS:
        return Go(besides.CARDS[shown.kind], str(shown.ref))
    return await _answer_card(visit, shown, tap.choice)


async def _answer_card(visit: Visit, shown: CardShown, choice: int) -> Outcome | None:
    match shown.kind:
        case cards.APPLICATION:
            return await deciding.from_card(visit, shown, choice)
        case cards.POSTING:
            return await finding.from_posting(visit, shown)
        case cards.OBJECTION:
            return await finding.from_objection(visit, shown, choice)
        case cards.TRANSFER:
            return await naming.from_card(visit, shown, choice)
        case cards.INSPECTION:
            return await _confirmed(visit, shown)
    return None


async def _confirmed(visit: Visit, shown: CardShown) -> Outcome:
    officer = await me(visit)
    there = await inspection.confirm(visit.office, officer, shown.ref, visit.unit)
    visit.note(visit.say("steps.inspect.thanks", number=there.number))
    return Go("officer")
