"""An officer answers for somebody who sits there or has called, with the same questions and papers.

The topics of the worker's chat run inside of the officer's, over the recording's own answers and
folder; instead of sending, it is read back. State: recording, page ("" inside, signed), version (of
what is signed).
"""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy

from core.oral import Proof, Record
from core.papers import SIGNED, SIGNED_PAPER
from handlers import oral, recorded
from handlers.deciding import me
from handlers.visit import Go, Offer, Outcome, Submission, Visit
from storage.tables import Recording

Beginnings = Mapping[str, Callable[[Visit, Go], Awaitable[Outcome]]]
Clerk = Callable[[Visit], Awaitable[Outcome]]
INSIDE = ("eligibility", "judging", "application", "behalf", "papers", "sending")


async def begin(
    visit: Visit, told: str, beginnings: Beginnings, topics: Mapping[str, Clerk]
) -> Outcome:
    """`told` is the id of a recording of the officer's own union."""
    row = await _mine(visit, int(told))
    visit.go("dictation", recording=row.id, page="")
    if row.state != Record.OPEN:
        return await _readback(visit, row)
    if row.place:
        return await proceed(visit, beginnings, topics)
    return await _inside(visit, row, beginnings, Go("eligibility", row.scheme_id))


async def proceed(visit: Visit, beginnings: Beginnings, topics: Mapping[str, Clerk]) -> Outcome:
    """The question at hand, or what is to be read back."""
    row = await _mine(visit, visit.state["recording"])
    if visit.state["page"] == "signed":
        return _photograph(visit)
    if row.state != Record.OPEN:
        return await _readback(visit, row)
    return await _inside(visit, row, beginnings, topics.get(row.place.get("topic", "")))


async def answer(visit: Visit, beginnings: Beginnings, topics: Mapping[str, Clerk]) -> Outcome:
    row = await _mine(visit, visit.state["recording"])
    if visit.state["page"] == "signed":
        return await _signed(visit, row)
    if row.state != Record.OPEN:
        return await _hear_readback(visit, row)
    return await _inside(visit, row, beginnings, topics.get(row.place.get("topic", "")))


async def _inside(
    visit: Visit, row: Recording, beginnings: Beginnings, step: Clerk | Go | None
) -> Outcome:
    """One turn of the worker's chat; what it leads to is kept in the recording."""
    inner = oral.stand_in(visit.office, visit.unit, row, visit.talk.language, visit)
    inner.notes = visit.notes
    outcome: Outcome = Go("eligibility", row.scheme_id)
    if isinstance(step, Go):
        outcome = step
    elif step is not None:
        outcome = await step(inner)
    while isinstance(outcome, Go) and outcome.topic in INSIDE:
        outcome = await beginnings[outcome.topic](inner, outcome)
    row.place = {"topic": inner.talk.topic, "state": deepcopy(inner.talk.state)}
    row.facts = dict(inner.talk.facts)
    visit.papers += inner.papers
    if isinstance(outcome, Submission):
        return await _ask(visit, row)
    if isinstance(outcome, Go):
        visit.note(visit.say("oral.kept"))
        return Go("officer")
    visit.state.update(offers=inner.state["offers"], expects=inner.state["expects"])
    return outcome


async def _ask(visit: Visit, row: Recording) -> Outcome:
    how = await oral.ask(visit.office, visit.unit, await me(visit), row)
    visit.note(visit.say(f"oral.{how}"))
    return await _readback(visit, row)


async def _readback(visit: Visit, row: Recording) -> Outcome:
    """What is read aloud; then the signature, where there is no chat to confirm in."""
    say = visit.say
    lines = await oral.readback(visit.office, visit.unit, row, visit.talk.language)
    offers = []
    if row.state == Record.ASKED:
        offers.append(Offer("signed", say("oral.signed"), "primary"))
        offers.append(Offer("mend", say("oral.mend")))
        offers.append(Offer("stop", say("oral.stop"), "danger"))
    url = f"{visit.office.public_url}/console/recordings/{row.id}"
    offers.append(Offer("page", say("oral.page"), url=url))
    offers.append(Offer("officer", say("procedure.menu.back")))
    text = say("oral.readback", record="\n".join(lines), state=say(f"oral.state.{row.state}"))
    return visit.ask(text, offers)


async def _hear_readback(visit: Visit, row: Recording) -> Outcome:
    officer = await me(visit)
    match visit.token:
        case "signed":
            visit.state.update(page="signed", version=row.version)
            return _photograph(visit)
        case "mend":
            await oral.mended(visit.office, visit.unit, officer, row)
            return Go("dictation", str(row.id))
        case "stop":
            await oral.stopped(visit.office, visit.unit, officer, row)
            visit.note(visit.say("oral.stopped"))
            return Go("officer")
        case "officer":
            return Go("officer")
    return await _readback(visit, row)


def _photograph(visit: Visit) -> Outcome:
    back = Offer("back", visit.say("procedure.button.back"))
    text = visit.say("oral.photograph", what=visit.say.scheme(SIGNED_PAPER.what))
    return visit.ask(text, [back], expects="photo")


async def _signed(visit: Visit, row: Recording) -> Outcome:
    """The photo of the record with the person's signature confirms it, as it was signed."""
    if row.version != visit.state["version"]:
        visit.state["page"] = ""
        visit.note(visit.say("oral.changed"))
        return await _readback(visit, row)
    if visit.token == "back":
        visit.state["page"] = ""
        return await _readback(visit, row)
    if not visit.files:
        return _photograph(visit)
    for stored in visit.files:
        page = await visit.unit.drafts.add(row.draft_id, SIGNED, stored)
        visit.papers.append(page.id)
    visit.state["page"] = ""
    return await oral.confirmed(visit.office, visit.unit, row, Proof.SIGNED)


async def _mine(visit: Visit, recording_id: int) -> Recording:
    return await recorded.held(visit.office, visit.unit, await me(visit), recording_id)
