"""终止: a matter under way is ended by the officer in charge, on a ground the document names.

In the chat: the ground, a word to the applicant, and once more whether it is meant.
"""

from core import reading
from core.errors import Unreadable
from core.scheme import Scheme
from core.words import Clause
from core.workflow import Move
from handlers import grounding, passage, posting, returning
from handlers.bench import acting, scheme_of
from handlers.decisions import CardView, Terminate
from handlers.office import Office
from handlers.passage import Why
from handlers.returning import LONGEST_NOTE
from handlers.tell import tell_worker
from handlers.visit import Outcome, Visit
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
    return reading.read_prose(note, LONGEST_NOTE)


async def begin(visit: Visit, view: CardView) -> Outcome:
    visit.go("officer", page="terminate", application=view.id, version=view.version)
    return await grounds(visit)


async def grounds(visit: Visit) -> Outcome:
    scheme = await grounding.scheme_at_hand(visit)
    return grounding.ask(visit, "procedure.terminate.what", scheme.termination)


def heard_ground(visit: Visit) -> bool:
    """Whether a ground was chosen; the next page is then asked."""
    return grounding.heard(visit, "terminate_note")


async def note(visit: Visit) -> Outcome:
    return grounding.note(visit, "procedure.terminate.note")


async def sure(visit: Visit) -> Outcome:
    ground = ground_of(await grounding.scheme_at_hand(visit), visit.state["ground"])
    words = ("procedure.terminate.sure", "procedure.button.terminate_yes")
    return grounding.sure(visit, *words, ground)


def decision(visit: Visit) -> Terminate:
    return Terminate(visit.state["ground"], visit.state["note"])


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
