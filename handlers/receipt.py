"""What one reads after sending: the number, the place where it counts, and what comes next."""

from datetime import date

from core.scheme import Scheme, StageKind
from core.terms import ANSWERED
from handlers.chat import Reply
from handlers.visit import Offer, Visit
from locales import Speaker
from storage.admission import Admitted
from storage.tables import Application, Round


async def given(visit: Visit, admitted: Admitted) -> Reply:
    """Number, place, places left, and what comes next and by when."""
    application = await visit.unit.applications.by_id(admitted.application_id)
    scheme = visit.office.schemes.version(application.scheme_id, application.scheme_version)
    _settle_facts(visit, scheme)
    running = await visit.unit.rounds.by_id(application.round_id)
    say = visit.say
    lines = [
        say("sending.receipt" if admitted.fresh else "sending.already"),
        number(say, scheme, application.number),
        *_place(say, scheme, admitted),
        say("sending.what", what=what(say, scheme, application)),
        "",
        say("reserves.next") if admitted.reserve else _next(say, scheme, running, visit.today),
    ]
    visit.go("status")
    return visit.ask(
        "\n".join(lines),
        [
            Offer("show", say("menu.status"), "primary"),
            Offer("menu", say("menu.back")),
        ],
    )


def number(say: Speaker, scheme: Scheme, number: str) -> str:
    """A complaint is no application."""
    return say("sending.case" if scheme.kind in ANSWERED else "sending.number", number=number)


def what(say: Speaker, scheme: Scheme, application: Application) -> str:
    """The scheme, with the sum where money is paid."""
    name = say.scheme(scheme.name)
    if not scheme.pays:
        return name
    return say("sending.name_sum", name=name, amount=say.money(application.amount_fen))


def _place(say: Speaker, scheme: Scheme, admitted: Admitted) -> list[str]:
    if admitted.reserve:
        return [say("reserves.receipt", rank=admitted.reserve)]
    if admitted.places_left is None or not scheme.ranks:
        return []
    return [say("sending.rank", rank=admitted.rank, left=admitted.places_left)]


def _next(say: Speaker, scheme: Scheme, running: Round, today: date) -> str:
    """Who begins with what, and when."""
    first = next((s for s in scheme.stages if s.stage is not StageKind.NOTICE), scheme.stages[0])
    name, closes = say.scheme(first.name), say.until(running.ends, today)
    if running.at_once:
        return say("sending.next_at_once", next=name, tell=say.scheme(first.tell))
    key = "sending.next_full" if running.left is not None else "sending.next_over"
    return say(key, next=name, closes=closes)


def _settle_facts(visit: Visit, scheme: Scheme) -> None:
    """What belongs to this case stays with the application; the next one is asked anew."""
    gone = _own(scheme)
    visit.talk.facts = {f: kept for f, kept in visit.talk.facts.items() if f not in gone}


def _own(scheme: Scheme) -> set[str]:
    """The facts of the thing applied with: what the sum goes by, the form, all that leans on it."""
    leaning = {fact for fact, question in scheme.asked.items() if question.after or question.record}
    return {scheme.amount.by, *scheme.form} | leaning
