"""What follows a move: the worker hears the next step, and whoever acts next is called."""

from core.scheme import StageKind
from core.verdict import Reason
from handlers import cards, posting
from handlers.bench import scheme_of, stage_of
from handlers.office import Office
from handlers.tell import Sentence, tell_officer, tell_worker
from locales import Speaker
from storage.tables import Application
from storage.unit import Unit


async def began(office: Office, unit: Unit, application: Application) -> None:
    """The review of the round has begun."""
    await _tell_step(office, unit, application, "procedure.worker.began")
    await call(office, unit, application)


async def passed(office: Office, unit: Unit, application: Application, stage: str) -> None:
    """It has passed `stage` (its name) and stands in the next."""
    await _tell_step(office, unit, application, "procedure.worker.passed", stage)
    await call(office, unit, application)


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


async def ended(office: Office, unit: Unit, application: Application, key: str, cite: str) -> None:
    """It has ended otherwise: lapsed, disqualified; the list no longer waits for it."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        return say(
            key,
            scheme=say.scheme(scheme.name),
            number=application.number,
            cite=say.article(cite),
        )

    await _tell(office, unit, application, text)
    await posting.suggest(office, unit, application)


async def call(office: Office, unit: Unit, application: Application) -> None:
    """A card for those who decide or post; one line for those who take a whole batch."""
    stage = stage_of(office, application)
    match stage.stage:
        case StageKind.NOTICE:
            await posting.suggest(office, unit, application)
        case StageKind.APPROVAL | StageKind.PAYMENT:
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
