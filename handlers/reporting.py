"""The holder of an award reports on a duty: in words and photographs, and sends it.

State: duty, text (sealed; empty until something is written).
"""

from base64 import b64decode, b64encode

from core.duties import DutyState, still_open
from core.errors import FileRefused, NotFound
from core.papers import REPORTS
from handlers import duties, fulfilling
from handlers.papers import MOST_PAGES
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Application, Duty

PLACE = "reporting.text"
OPEN = (DutyState.OPEN, DutyState.OVERDUE, DutyState.REPORTED)


async def begin(visit: Visit, told: str) -> Outcome:
    """`told` is the id of the duty."""
    visit.go("reporting", duty=int(told), text="")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    say = visit.say
    application, row = await _mine(visit)
    rule = duties.rule_of(visit.office, application, row)
    lines = [
        say(
            "duty.report.ask",
            duty=say.scheme(rule.say),
            cite=say.article(rule.cite),
            day=say.day(row.answer_by, visit.today),
        )
    ]
    if row.note:
        lines.append(say("duty.report.note", note=row.note))
    photos = len(await visit.unit.drafts.papers(application.draft_id, _slot(row)))
    if photos:
        lines.append(say("duty.report.photos", count=photos))
    offers = [Offer("back", say("asking.back"))]
    if visit.state["text"]:
        lines.append(say("duty.report.sure", text=_kept(visit)))
        offers = [
            Offer("send", say("duty.report.send"), "primary"),
            Offer("anew", say("duty.report.anew")),
            *offers,
        ]
    return visit.ask("\n".join(lines), offers, expects="text", secret=True)


async def answer(visit: Visit) -> Outcome:
    match visit.token:
        case "back":
            return Go("status")
        case "anew":
            visit.state["text"] = ""
        case "send" if visit.state["text"]:
            worker = visit.talk.worker_id or 0
            about = (visit.office, visit.unit, worker, visit.state["duty"])
            await fulfilling.report(*about, _kept(visit))
            visit.note(visit.say("duty.report.thanks"))
            return Go("status")
        case _ if visit.files:
            await _take(visit)
        case _:
            text = fulfilling.prose(visit.prose)
            sealed = visit.office.vault.seal(text, PLACE)
            visit.state["text"] = b64encode(sealed).decode()
    return await proceed(visit)


async def lines(visit: Visit, application: Application) -> list[str]:
    """What the status says of duties that are not done."""
    say = visit.say
    found = []
    for row in await _open(visit, application):
        rule = duties.rule_of(visit.office, application, row)
        duty, cite = say.scheme(rule.say), say.article(rule.cite)
        day = say.day(row.answer_by, visit.today)
        found.append(say(f"duty.status.{row.state}", duty=duty, cite=cite, day=day))
    return found


async def offers(visit: Visit, application: Application) -> list[Offer]:
    say = visit.say
    return [
        Offer(
            f"duty:{row.id}",
            say("duty.button.report_by", day=say.day(row.due, visit.today)),
            "primary" if row.state == DutyState.OVERDUE else "plain",
        )
        for row in await _open(visit, application)
    ]


async def _open(visit: Visit, application: Application) -> list[Duty]:
    if not any(rule.watched for rule in duties.rules_of(visit.office, application)):
        return []
    return [row for row in await visit.unit.duties.of(application.id) if row.state in OPEN]


async def _take(visit: Visit) -> None:
    """Photographs lie in the folder of the application, in a slot of this duty."""
    application, row = await _mine(visit)
    there = await visit.unit.drafts.papers(application.draft_id, _slot(row))
    if len(there) + len(visit.files) > MOST_PAGES:
        raise FileRefused("many")
    album = visit.turn.files[0].album if visit.turn.files else ""
    for stored in visit.files:
        about = (application.draft_id, _slot(row), stored, album)
        visit.papers.append((await visit.unit.drafts.add(*about)).id)
    visit.note(visit.say("papers.received", count=len(visit.files)))


async def _mine(visit: Visit) -> tuple[Application, Duty]:
    """Raises NotFound for anybody else's, AlreadyDecided for one that is done."""
    if visit.talk.worker_id is None:
        raise NotFound
    row = await visit.unit.duties.by_id(visit.state["duty"])
    application = await visit.unit.applications.own(visit.talk.worker_id, row.application_id)
    still_open(row.state)
    return application, row


def _slot(row: Duty) -> int:
    return REPORTS + row.id


def _kept(visit: Visit) -> str:
    return visit.office.vault.open(b64decode(visit.state["text"]), PLACE)
