"""What follows a move: the worker hears the next step, and whoever acts next is called."""

from datetime import datetime

from core.stages import Manner, Stage
from core.verdict import Reason
from core.workflow import State
from handlers import bank, cards, posting, whereabouts
from handlers.bench import scheme_of, stage_of
from handlers.decisions import Earlier
from handlers.hearings import said_of
from handlers.office import Office
from handlers.tell import Sentence, tell_officer, tell_worker
from locales import Speaker
from storage.tables import Application, Stain
from storage.unit import Unit


async def began(office: Office, unit: Unit, application: Application) -> None:
    """The review of the round has begun."""
    await _tell_step(office, unit, application, "procedure.worker.began")
    await call(office, unit, application)


PASSED = "step_passed"  # of a large batch: the worker hears of it right after


async def passed(office: Office, unit: Unit, application: Application, stage: Stage) -> None:
    """It has left `stage` and stands in the next, or has come to its end; or at the next union."""
    await tell_passed(office, unit, application, stage)
    await call(office, unit, application)


async def tell_passed(office: Office, unit: Unit, application: Application, stage: Stage) -> None:
    """The worker hears what comes next, is asked for an account, or hears that it is done."""
    if application.state == State.COMPLETED:
        await _tell_completed(office, unit, application, stage)
    elif await bank.wanted(unit, application) and _pays(office, application):
        await bank.ask(office, unit, application, "officer.worker.account_wanted")
    elif application.state == State.IN_STAGE:
        await _tell_step(office, unit, application, "procedure.worker.passed", stage)


async def postponed(office: Office, unit: Unit, application: Application) -> None:
    """The meeting has left it to another one."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        about = {"scheme": say.scheme(scheme.name), "number": application.number}
        return say("officer.worker.postponed", **about)

    if not scheme.drawn:
        await _tell(office, unit, application, text)


async def passed_before(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, right after a batch has passed."""
    application = await unit.applications.by_id(application_id)
    steps = await unit.passages.of(application_id)
    stages = scheme_of(office, application).stages
    await tell_passed(office, unit, application, stages[steps[-1].stage])
    return None


def _pays(office: Office, application: Application) -> bool:
    return stage_of(office, application).manner is Manner.PAY


async def corrected(office: Office, unit: Unit, application: Application) -> None:
    """It is back in the stage that asked for the correction."""
    await _tell_step(office, unit, application, "procedure.worker.corrected")
    await call(office, unit, application)


async def rejected(
    office: Office,
    unit: Unit,
    application: Application,
    reasons: list[Reason],
    note: str,
) -> None:
    """Every failing condition with its article, and what would change it."""
    scheme, stage = scheme_of(office, application), stage_of(office, application)

    def text(say: Speaker) -> str:
        lines = say.reasons(reasons)
        lines += [say("procedure.worker.note", note=note)] if note else []
        return say(
            "procedure.worker.rejected",
            scheme=say.scheme(scheme.name),
            number=application.number,
            stage=say.scheme(stage.name),
            reasons="\n".join(lines),
        )

    await _tell(office, unit, application, text)
    await posting.suggest(office, unit, application)


async def ended(
    office: Office,
    unit: Unit,
    application: Application,
    key: str,
    cite: str,
    reason: str = "",
    entered: Stain | None = None,
) -> None:
    """It has ended otherwise: lapsed, disqualified; the list no longer waits for it. `entered` is
    what the record of integrity says of it from now on."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        told = say(
            key,
            scheme=say.scheme(scheme.name),
            number=application.number,
            cite=say.article(cite),
            reason=reason,
        )
        return f"{told}\n{said_of(say, entered)}" if entered else told

    await _tell(office, unit, application, text)
    await posting.suggest(office, unit, application)


async def yielded(office: Office, unit: Unit, application: Application, first: Earlier) -> None:
    """Another union received it before: the worker hears which."""

    def text(say: Speaker) -> str:
        about = {"number": application.number, "first": first.number, "union": first.union}
        return say("transfer.worker_yielded", **about, cite=say.article(first.cite))

    await _tell(office, unit, application, text)


async def call(office: Office, unit: Unit, application: Application) -> None:
    """A card for those who decide or post; one line for those who take a whole batch."""
    if application.state != State.IN_STAGE:
        return
    match stage_of(office, application).manner:
        case Manner.POST:
            await posting.suggest(office, unit, application)
        case Manner.MEET | Manner.PAY:
            await _call_once(office, unit, application)
        case _ if scheme_of(office, application).drawn:  # a list, not a card for each line
            await _call_once(office, unit, application)
        case _:
            await cards.of_application(office, unit, application)


async def _call_once(office: Office, unit: Unit, application: Application) -> None:
    """To chairs and finance: something of this round has arrived."""
    stage = stage_of(office, application)
    key = f"arrived:{application.round_id}:{application.stage}:{unit.today}"

    def text(say: Speaker) -> str:
        return say("procedure.officer.arrived", stage=say.scheme(stage.name))

    for officer in await cards.responsible(unit, stage, application.union_id):
        await tell_officer(office, unit, officer, text, key=key)


async def _tell_step(
    office: Office, unit: Unit, application: Application, key: str, gone: Stage | None = None
) -> None:
    """Where it stands now; `gone` is the step it has just left."""
    scheme = scheme_of(office, application)
    if scheme.drawn:  # nobody sent it: it is shown when asked for, and told when it is paid
        return
    place = await whereabouts.found(office, unit, application)

    def text(say: Speaker) -> str:
        name, number = scheme.name, application.number
        return say(
            key,
            scheme=say.scheme(name),
            number=number,
            left=whereabouts.left(say, place, name, number, gone) if gone else "",
            stands="\n".join(whereabouts.lines(say, place, unit.today)),
        )

    await _tell(office, unit, application, text)


async def _tell_completed(
    office: Office, unit: Unit, application: Application, last: Stage
) -> None:
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        return say(
            "officer.worker.completed",
            scheme=say.scheme(scheme.name),
            number=application.number,
            stage=say.scheme(last.name),
        )

    if not scheme.drawn:
        await _tell(office, unit, application, text)


async def _tell(office: Office, unit: Unit, application: Application, text: Sentence) -> None:
    key = f"application:{application.id}:{application.version}"
    await tell_worker(office, unit, application.worker_id, text, key=key)
