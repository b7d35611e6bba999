"""The bank account: given through a one-time link, on a page, never in a chat.

The account is shown masked and confirmed; only then is it kept, and the link used up.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256

from core import reading
from core.errors import ConsentMissing, NotFound, Unreadable
from core.payees import Payee
from core.people import masked_account
from core.results import AccountUsed
from core.stages import Manner
from core.workflow import State
from handlers import lying, payees
from handlers.bench import scheme_of, stage_of
from handlers.office import Office
from handlers.tell import Said, tell_worker, with_link
from locales import LANGUAGES, Speaker
from storage.codes import Slip
from storage.tables import SHANGHAI, Application
from storage.unit import Unit
from storage.vault import VaultError

KIND, REMINDER, INVITATION = "bank", "bank_reminder", "bank_invitation"
LIFE = timedelta(days=7)
PATIENCE = timedelta(days=3)
LONGEST_REMINDED = timedelta(days=31)
APPROVED = "procedure.worker.approved"
CONSENT = "procedure.bank.consent"  # the text consented to
LONGEST_BANK = 80  # characters
PLACE = "bank.given"


@dataclass(frozen=True)
class BankForm:
    """What the page shows before anything is given; `holder` is masked, but for a unit's."""

    scheme: str
    number: str  # of the application
    amount_fen: int | None
    holder: str
    payee: Payee
    cite: str
    agreed: bool
    expires_at: datetime


@dataclass(frozen=True)
class Given:
    """The account as it was given, masked; `token` is to be sent back to confirm it."""

    holder: str
    number: str
    bank: str
    token: str = ""


async def wanted(unit: Unit, application: Application) -> bool:
    """Whether an approved application lacks an account that money can be sent to."""
    approved = application.state == State.IN_STAGE and application.decided_at is not None
    return approved and await unit.accounts.usable(application.id) is None


async def asked(unit: Unit, application: Application) -> bool:
    """Whether the applicant is being reminded of the account, and nobody else can go on."""
    if _long_ago(unit, application) or not await wanted(unit, application):
        return False
    return await unit.conversations.for_worker(application.worker_id) is not None


async def link(office: Office, unit: Unit, application: Application) -> str:
    """The address of a fresh page, good for seven days; never to be logged."""
    talk = await unit.conversations.for_worker(application.worker_id)
    secret = await unit.codes.make(KIND, application.id, LIFE, talk.id if talk else None)
    return f"{office.public_url}/bank/{secret}"


async def ask(office: Office, unit: Unit, application: Application, sentence: str) -> None:
    """Tells the worker by this sentence, with a link, and reminds in three days."""
    await _send_link(office, unit, application, sentence)
    await unit.timers.set(REMINDER, application.id, _reminded(unit))


async def invite(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, right after a meeting that has approved many."""
    application = await unit.applications.by_id(application_id)
    if await wanted(unit, application):
        await ask(office, unit, application, APPROVED)
    return None


async def remind(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar, every three days of the first month: still no account. Then it lies with
    whoever pays, who may have another way to reach the applicant."""
    application = await unit.applications.held(application_id)
    if not await wanted(unit, application):
        return None
    if _long_ago(unit, application):
        await _left_to_the_payer(office, unit, application)
        return None
    await _send_link(office, unit, application, "procedure.worker.bank_reminder")
    return _reminded(unit)


async def open_link(office: Office, secret: str) -> BankForm:
    """What the link is for. Raises NotFound for a wrong, used or old one."""
    async with office.reading() as unit:
        slip, application = await _behind(unit, secret)
        whose = await payees.holder(office, unit, application)
        return BankForm(
            scheme=scheme_of(office, application).name,
            number=application.number,
            amount_fen=application.amount_fen,
            holder=whose.shown,
            payee=whose.payee,
            cite=whose.cite,
            agreed=await _agreed(office, unit, slip),
            expires_at=slip.expires_at,
        )


async def agree(office: Office, secret: str, language: str) -> None:
    """Consent to the text of `CONSENT`, as this language shows it on the page."""
    async with office.unit() as unit:
        slip, application = await _behind(unit, secret)
        talk = _conversation(slip)
        wording = _wording(office.speak(language))
        await unit.consents.give(talk, KIND, wording, "web", application.worker_id)


async def give(office: Office, secret: str, holder: str, number: str, bank: str) -> Given:
    """Checks the account; nothing is kept yet.

    One account is one person's or one unit's. Raises ConsentMissing, NotFound, AccountUsed,
    Unreadable (those of `payees.Holder.check`, bank).
    """
    async with office.reading() as unit:
        slip, application = await _behind(unit, secret)
        if not await _agreed(office, unit, slip):
            raise ConsentMissing(KIND)
        whose = await payees.holder(office, unit, application)
        name, account = whose.check(holder, number)
        if await unit.accounts.anothers(application, account, whose.owner(name)):
            raise AccountUsed
    bank = reading.clean(bank)
    if not 2 <= len(bank) <= LONGEST_BANK:
        raise Unreadable("bank")
    sealed = office.vault.seal(json.dumps([name, account, bank]), _place(application))
    token = urlsafe_b64encode(sealed).decode()
    return Given(replace(whose, name=name).shown, masked_account(account), bank, token)


async def confirm(office: Office, secret: str, token: str) -> Given:
    """Keeps what `give` has shown, and uses up every link to this application.

    Raises NotFound, AccountUsed.
    """
    async with office.unit() as unit:
        _, application = await _behind(unit, secret)
        name, account, bank = _opened(office, application, token)
        whose = await payees.holder(office, unit, application)
        if await unit.accounts.anothers(application, account, whose.owner(name)):
            raise AccountUsed
        if await unit.codes.use(KIND, secret) is None:
            raise NotFound
        await unit.codes.revoke(KIND, application.id)
        await unit.accounts.add(application.id, whose.owner(name), account, bank)
        await unit.timers.cancel(REMINDER, application.id)
        await _left_to_the_payer(office, unit, application)
        who, on = f"worker:{application.worker_id}", f"application:{application.id}"
        await unit.acts.append(who, "give_account", on)
        given = Given(replace(whose, name=name).shown, masked_account(account), bank)
        await _tell_kept(office, unit, application, given)
        return given


def _long_ago(unit: Unit, application: Application) -> bool:
    approved = application.decided_at
    return approved is None or unit.now - approved >= LONGEST_REMINDED


async def _left_to_the_payer(office: Office, unit: Unit, application: Application) -> None:
    """It is the payer's to do now, as long as no time is set for it."""
    if stage_of(office, application).manner is Manner.PAY and application.due is None:
        await lying.begin_step(office, unit, application)


def _reminded(unit: Unit) -> datetime:
    return datetime.combine(unit.today + PATIENCE, time(9, tzinfo=SHANGHAI))


async def _send_link(office: Office, unit: Unit, application: Application, sentence: str) -> None:
    url = await link(office, unit, application)
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> Said:
        line = say(
            sentence,
            scheme=say.scheme(scheme.name),
            number=application.number,
            amount=say.money(application.amount_fen),
            days=LIFE.days,
        )
        return with_link(line, say("procedure.button.bank"), url)

    key = f"bank:{application.id}:{sha256(url.encode()).hexdigest()[:12]}"
    await tell_worker(office, unit, application.worker_id, text, key=key)


async def _behind(unit: Unit, secret: str) -> tuple[Slip, Application]:
    """What a good link leads to, as long as an account is wanted there. Raises NotFound."""
    slip = await unit.codes.peek(KIND, secret)
    if slip is None:
        raise NotFound
    application = await unit.applications.by_id(slip.ref)
    if not await wanted(unit, application):
        raise NotFound
    return slip, application


async def _agreed(office: Office, unit: Unit, slip: Slip) -> bool:
    """Under the present text in any language."""
    talk = _conversation(slip)
    wordings = [_wording(office.speak(language)) for language in LANGUAGES]
    return any([await unit.consents.holds(talk, KIND, wording) for wording in wordings])


def _conversation(slip: Slip) -> int:
    """Consent belongs to a chat; a link made without one opens nothing."""
    if slip.conversation_id is None:
        raise NotFound
    return slip.conversation_id


def _wording(say: Speaker) -> str:
    return sha256(say(CONSENT).encode()).hexdigest()


def _place(application: Application) -> str:
    return f"{PLACE}.{application.id}"


def _opened(office: Office, application: Application, token: str) -> tuple[str, str, str]:
    try:
        text = office.vault.open(urlsafe_b64decode(token), _place(application))
    except (VaultError, ValueError):
        raise NotFound from None
    name, account, bank = json.loads(text)
    return name, account, bank


async def _tell_kept(office: Office, unit: Unit, application: Application, given: Given) -> None:
    await tell_worker(
        office,
        unit,
        application.worker_id,
        "procedure.worker.account_kept",
        key=f"account:{application.id}:{unit.now.isoformat()}",
        number=application.number,
        account=given.number,
        bank=given.bank,
    )
