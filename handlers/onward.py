"""What follows a move: the worker hears the next step, and whoever acts next is called."""

from datetime import datetime

from core.stages import Manner
from core.verdict import Reason
from core.workflow import State
from handlers import bank, cards, posting
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


async def passed(office: Office, unit: Unit, application: Application, stage: str) -> None:
    """It has passed `stage` (its name) and stands in the next, or has come to its end."""
    await tell_passed(office, unit, application, stage)
    await call(office, unit, application)


async def tell_passed(office: Office, unit: Unit, application: Application, stage: str) -> None:
    """The worker hears what comes next, is asked for an account, or hears that it is done."""
    if application.state == State.COMPLETED:
        await _tell_step(office, unit, application, "officer.worker.completed", stage)
    elif await bank.wanted(unit, application) and _pays(office, application):
        await bank.ask(office, unit, application, "officer.worker.account_wanted")
    elif application.state == State.IN_STAGE:
        await _tell_step(office, unit, application, "procedure.worker.passed", stage)


async def postponed(office: Office, unit: Unit, application: Application) -> None:
    """The meeting has left it to another one."""
    await _tell_step(office, unit, application, "officer.worker.postponed")


async def passed_before(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, right after a batch has passed."""
    application = await unit.applications.by_id(application_id)
    steps = await unit.passages.of(application_id)
    stages = scheme_of(office, application).stages
    await tell_passed(office, unit, application, stages[steps[-1].stage].name if steps else "")
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
        lines = [say.reason(reason) for reason in reasons]
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
    office: Office, unit: Unit, application: Application, key: str, stage: str = ""
) -> None:
    scheme, present = scheme_of(office, application), stage_of(office, application)
    if scheme.drawn:  # nobody sent it: it is shown when asked for, and told when it is paid
        return

    def text(say: Speaker) -> str:
        return say(
            key,
            scheme=say.scheme(scheme.name),
            number=application.number,
            stage=say.scheme(stage),
            tell=say.scheme(present.tell),
            step=application.stage + 1,
            steps=len(scheme.stages),
        )

    await _tell(office, unit, application, text)


async def _tell(office: Office, unit: Unit, application: Application, text: Sentence) -> None:
    key = f"application:{application.id}:{application.version}"
    await tell_worker(office, unit, application.worker_id, text, key=key)
