"""What lies in one union's drawers, so that others can be caught reaching into them."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from handlers import objection
from storage.objections import Objector
from storage.tables import Application
from storage.titles import Holder
from tests.handlers.findings import claws_back
from tests.handlers.province import SKILL, Day
from tests.people import identity_number

OBJECTOR = Objector("李小明", identity_number(77), "13812345678", "证书不是今年拿到的")


@dataclass(frozen=True)
class Files:
    """Ids of one thing of each kind; all belong to the base unit of the first branch."""

    round_id: int
    application_id: int  # stands in the notice of the base unit
    number: str
    paper_id: int
    notice_id: int
    objection_id: int
    list_id: int
    meeting_id: int
    claw_back_id: int
    worker_id: int
    title_id: int
    handover_id: int
    transfer_id: int = 1
    inspection_id: int = 1
    attachment_id: int = 1
    recording_id: int = 1
    duty_id: int = 1
    stand_in_id: int = 1

    def path(self, pattern: str) -> str:
        """A route's address with these ids in it."""
        filled = pattern.replace("{secret}", "x" * 32).replace("{version}", "0")
        filled = filled.replace("{name}", "nothing.css").replace("{scheme}", SKILL)
        for name, value in vars(self).items():
            filled = filled.replace(f"{{{name}}}", str(value))
        return filled


async def filled(day: Day, folder: Path) -> Files:
    paid_round = await day.opens_round(places=1)
    paid = await day.applies(paid_round)
    await day.goes_to(6, paid_round, paid)
    await day.gives_account(paid)
    await day.pays(paid_round, paid)
    owed = await claws_back(day, paid)
    async with day.office.reading() as unit:
        list_id = (await unit.payments.lists(paid_round.id))[0].id
        meeting_id = (await unit.meetings.of_round(paid_round.id))[0].id
    running = await day.opens_round()
    application = await day.applies(running)
    paper_id = await a_paper(day, application, folder)
    await day.goes_to(1, running, application)
    notice = await day.posts("base", application)
    made = await objection.make(day.office, notice.id, application.number, OBJECTOR)
    async with day.office.unit() as unit:
        worker = await unit.workers.by_id(application.worker_id)
        assert worker is not None
        holder = Holder("张春华", application.base_union_id, worker)
        entry = await unit.titles.enter(holder, "云岭工匠", None, proof=application.number)
        assert entry is not None
        title_id = entry.id
        talk = await unit.conversations.for_worker(worker.id)
        assert talk is not None
        about = (talk, application.base_union_id, "", OBJECTOR.text, unit.now)
        handover_id = (await unit.handovers.add(*about)).id
    return Files(
        round_id=running.id,
        application_id=application.id,
        number=application.number,
        paper_id=paper_id,
        notice_id=notice.id,
        objection_id=made.id,
        list_id=list_id,
        meeting_id=meeting_id,
        claw_back_id=owed.id,
        worker_id=application.worker_id,
        title_id=title_id,
        handover_id=handover_id,
    )


async def a_paper(day: Day, application: Application, folder: Path, pdf: bytes = b"") -> int:
    """A photograph (or this PDF) in the first slot of the application."""
    file = folder / "paper"
    file.write_bytes(pdf or picture())
    stored = await day.office.files.put(file)
    async with day.office.unit() as unit:
        return (await unit.drafts.add(application.draft_id, 0, stored)).id


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (640, 480), "#8a1c1c").save(content, "JPEG")
    return content.getvalue()
