"""终止: a matter under way is ended by the officer in charge, on a ground the document names.

In the chat: the ground, a word to the applicant, and once more whether it is meant. State of the
pages: application, version, ground, note.
"""

from core.errors import Unreadable
from core.scheme import Scheme
from core.words import Clause
from core.workflow import Move
from handlers import passage, posting, returning, ticking
from handlers.bench import acting, scheme_of
from handlers.decisions import CardView, Terminate
from handlers.office import Office
from handlers.passage import Why
from handlers.returning import LONGEST_NOTE
from handlers.tell import tell_worker
from handlers.visit import Offer, Outcome, Visit
from locales import Speaker
from storage.tables import Application, Officer
from storage.unit import Unit


async def terminate(
    office: Office, unit: Unit, officer: Officer, application: Application, decision: Terminate
) -> None:
    """Ended for good; what has been paid stays paid unless a finding says otherwise.

    Raises Unreadable for a ground the document does not know, or without a word of why.
    """
    ground = ground_of(scheme_of(office, application), decision.ground)
    note = said(decision.note)
    why = Why(reason={"ground": ground.say, "cite": ground.cite, "note": note})
    await returning.cancel_timers(unit, application.id)
    await passage.move(office, unit, application, Move.TERMINATE, acting(officer), why)
    await _tell(office, unit, application, ground, note)
    await posting.suggest(office, unit, application)


def ground_of(scheme: Scheme, number: int) -> Clause:
    """Raises Unreadable."""
    if not 0 <= number < len(scheme.termination):
        raise Unreadable("choice")
    return scheme.termination[number]


def said(note: str) -> str:
    """Raises Unreadable."""
    note = note.strip()
    if not note:
        raise Unreadable("text")
    if len(note) > LONGEST_NOTE:
        raise Unreadable("too_long", most=LONGEST_NOTE)
    return note


async def begin(visit: Visit, view: CardView) -> Outcome:
    visit.go("officer", page="terminate", application=view.id, version=view.version)
    return await grounds(visit)


async def grounds(visit: Visit) -> Outcome:
    """Those of the document, each with its article."""
    say, scheme = visit.say, await _scheme(visit)
    offers = [
        Offer(f"ground:{n}", f"{say.scheme(each.say)} {say.article(each.cite)}")
        for n, each in enumerate(scheme.termination)
    ]
    return visit.ask(say("procedure.terminate.what"), [*offers, ticking.back(visit)])


def heard_ground(visit: Visit) -> bool:
    """Whether a ground was chosen; the next page is then asked."""
    kind, _, number = visit.token.partition(":")
    if kind == "ground":
        visit.state.update(page="terminate_note", ground=int(number))
    return kind == "ground"


async def note(visit: Visit) -> Outcome:
    text = visit.say("procedure.terminate.note")
    return visit.ask(text, [ticking.back(visit)], expects="text")


async def sure(visit: Visit) -> Outcome:
    say, scheme = visit.say, await _scheme(visit)
    ground = ground_of(scheme, visit.state["ground"])
    text = say(
        "procedure.terminate.sure",
        ground=say.scheme(ground.say),
        cite=say.article(ground.cite),
        note=visit.state["note"],
    )
    yes = ticking.yes(visit, "procedure.button.terminate_yes", "danger")
    return visit.ask(text, [yes, ticking.back(visit)])


def decision(visit: Visit) -> Terminate:
    return Terminate(visit.state["ground"], visit.state["note"])


async def _scheme(visit: Visit) -> Scheme:
    application = await visit.unit.applications.by_id(visit.state["application"])
    return scheme_of(visit.office, application)


async def _tell(
    office: Office, unit: Unit, application: Application, ground: Clause, note: str
) -> None:
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        return say(
            "procedure.worker.terminated",
            scheme=say.scheme(scheme.name),
            number=application.number,
            ground=say.scheme(ground.say),
            cite=say.article(ground.cite),
            note=note,
        )

    key = f"application:{application.id}:{application.version}"
    await tell_worker(office, unit, application.worker_id, text, key=key)
