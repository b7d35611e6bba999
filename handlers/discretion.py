"""Whether what was said in a chat may be read by those whom the person asks something else."""

from collections.abc import Iterable, Set

from core.capacities import confidential
from core.scheme import Scheme
from handlers import sight
from handlers.visit import Visit


async def speaks_of_private(visit: Visit, about: str) -> bool:
    """A complaint, a report or an objection has been told here, or begun; or it is an officer's.

    Then nothing of the chat is handed over: whom it is about may be the one who answers.
    """
    talk, unit = visit.talk, visit.unit
    known = list(visit.office.schemes.known(visit.today))
    private = {scheme.id for scheme in known if confidential(scheme)}
    if talk.officer_id is not None or about in private:
        return True
    if _only_of(known, private) & talk.facts.keys():
        return True
    if await unit.objections.made_in(talk.id):
        return True
    if talk.worker_id is None:
        return False
    begun = await unit.drafts.schemes_of(talk.worker_id)
    sent = await unit.applications.of_worker(talk.worker_id)
    return bool(begun & private) or any(sight.private(visit.office, each) for each in sent)


def _only_of(known: Iterable[Scheme], private: Set[str]) -> set[str]:
    """The facts asked for in these schemes alone: an answer tells what it was about."""
    told, shared = set[str](), set[str]()
    for scheme in known:
        (told if scheme.id in private else shared).update(scheme.questions)
    return told - shared
