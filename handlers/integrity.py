"""诚信记录: what a finding leaves behind. It shuts out for a while, or only warns those who decide.

It is found by the keyed hash of the identity number, so that a change of union changes nothing,
and by the unit where the document speaks of the unit. Struck out, it stays and counts no more.
"""

from collections.abc import Collection

from core.bodies import responsible
from core.conduct import Consequence
from core.errors import AlreadyDecided, Barred, LimitReached
from core.facts import plain
from handlers import route, tribunal
from handlers.bench import present, scheme_of, within
from handlers.office import Office
from handlers.tell import tell_worker
from storage.stains import unit_key
from storage.tables import Application, ClawBack, Officer, Stain
from storage.unit import Unit


async def enter(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    found: ClawBack,
    leads_to: Consequence,
) -> Stain | None:
    """The entry, where the document demands one: it names a record, or bars this applicant."""
    facts = plain(application.facts, scheme_of(office, application).asked)
    shut_out = leads_to.bars_whom(facts, application.submitted_at.date(), office.calendar)
    if not leads_to.record and not shut_out:
        return None
    person = leads_to.whom == "person"
    stain = Stain(
        claw_back_id=found.id,
        whose=application.identity_index if person else unit_key(application.base_union_id),
        scheme_id=application.scheme_id,
        say=leads_to.say,
        cite=leads_to.cite,
        blocks=list(leads_to.bars) if shut_out else [],
        until=leads_to.until(unit.today) if shut_out else None,
        entered_at=unit.now,
    )
    await unit.stains.enter(stain)
    who, on = f"officer:{officer.id}", f"application:{application.id}"
    await unit.acts.append(who, "enter_record", on, stain=stain.id, cite=stain.cite)
    return stain


async def disqualified(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    leads_to: Consequence,
    finding: str,
    reason: str,
) -> Stain | None:
    """The entry for cheating that came out before anything was awarded: a settled finding stands
    behind it, which the office that keeps the file may strike out.

    Source: 云工办通〔2021〕27号 第八条 取消申报人资格，纳入诚信记录.
    """
    scheme = scheme_of(office, application)
    ground = tribunal.grounds(scheme).index(leads_to)
    tree = await unit.unions.tree(application.base_union_id)
    keeper = responsible(scheme, route.home(application), tree)
    found = await unit.claw_backs.open(
        ClawBack(
            application_id=application.id,
            identity_index=application.identity_index,
            state="done",
            paid_fen=0,
            ground=ground,
            say=leads_to.say,
            cite=leads_to.cite,
            finding=finding,
            reason=reason,
            officer_id=officer.id,
            union_id=officer.union_id,
            decider_id=keeper.id,
            opened_at=unit.now,
            decided_by=officer.id,
            decided_at=unit.now,
        )
    )
    return await enter(office, unit, officer, application, found, leads_to)


async def strike(
    office: Office, officer: Officer, stain_id: int, why: str, unit: Unit | None = None
) -> Stain:
    """By the body that decided, with a reason. Raises NotYours, Recused, AlreadyDecided."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        there = await work.stains.by_id(stain_id)
        found = await work.claw_backs.by_id(there.claw_back_id)
        application = await work.applications.held(found.application_id)
        stain = await work.stains.held(stain_id)
        officer = await tribunal.check_decider(work, officer, found, application)
        if stain.struck_at is not None:
            raise AlreadyDecided
        stain.struck_why = tribunal.prose(why)
        stain.struck_at, stain.struck_by = work.now, officer.id
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        await work.acts.append(who, "strike_record", on, stain=stain.id)
        await tell_worker(
            office,
            work,
            application.worker_id,
            "integrity.worker.struck",
            key=f"struck:{stain.id}",
            number=application.number,
            reason=stain.struck_why,
        )
        return stain


async def check(unit: Unit, scheme_id: str, identity_index: str, base_union_id: int) -> None:
    """Raises LimitReached while an entry shuts this person, or the unit, out of the scheme."""
    for stain in await unit.stains.standing([identity_index, unit_key(base_union_id)]):
        if bars(stain, scheme_id, unit):
            raise _barred(stain)


async def barred(unit: Unit, applications: Collection[Application]) -> dict[int, LimitReached]:
    """Those of these applications that an entry shuts out, by id."""
    keys = {key for each in applications for key in _keys(each)}
    found: dict[int, LimitReached] = {}
    stains = await unit.stains.standing(keys)
    for each in applications:
        for stain in stains:
            mine = stain.whose in _keys(each)
            if mine and bars(stain, each.scheme_id, unit):
                found.setdefault(each.id, _barred(stain))
    return found


async def known(unit: Unit, application: Application) -> tuple[Stain, ...]:
    """What stands in the record of this applicant or of the unit, for those who decide."""
    return tuple(await unit.stains.standing(_keys(application)))


def bars(stain: Stain, scheme_id: str, unit: Unit) -> bool:
    """Whether it shuts out of this scheme today."""
    return scheme_id in stain.blocks and (stain.until is None or unit.today <= stain.until)


def _keys(application: Application) -> tuple[str, str]:
    return application.identity_index, unit_key(application.base_union_id)


def _barred(stain: Stain) -> LimitReached:
    return Barred(stain.say, stain.cite, stain.until)
