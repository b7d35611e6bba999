"""What officers do before they leave a step that wants it: they go and see, and attach papers."""

import tempfile
from pathlib import Path

from core.pleading import earliest
from handlers import assignment, identification, inspection, pleading
from handlers.assignment import Whom
from handlers.bench import scheme_of, stage_of
from handlers.identification import Told
from handlers.office import Office
from handlers.pleading import Charge, Said
from storage.files import Stored
from storage.tables import Application, Officer
from tests.hands import a_photo
from tests.people import identity_number


async def goes_and_sees(office: Office, officer: Officer, application: Application) -> None:
    """As many as the file of the scheme wants, all of whom confirm; then the paper it wants."""
    stage = stage_of(office, application)
    about = (office, officer, application.id, application.version)
    if stage.inspectors:
        async with office.reading() as unit:
            free = await inspection.companions(office, unit, application)
        others = [each for each in free if each.id != officer.id][: stage.inspectors - 1]
        ids = [each.id for each in others]
        row = await inspection.report(*about, office.today(), "家中情况属实", ids)
        for each in others:
            await inspection.confirm(office, each, row.id)
    async with office.reading() as unit:
        named = await unit.assignments.of(application.id)
    if stage.assigns and not named:
        whom = Whom("李明律师", "0871-0000000")
        await assignment.assign(*about, whom)
    if scheme_of(office, application).about:
        told = Told(identity_number(application.id % 1000, born="19410101"), "李德昌", "春城机械厂")
        await identification.complete(*about, told)
    if stage.hears:
        await hears(*about)
    if stage.attach:
        await inspection.attach(*about, [await a_stored(office)])


async def hears(office: Office, officer: Officer, application_id: int, version: int) -> None:
    """Whom nobody knows here is told of the charge by letter, and what he says is written down."""
    async with office.reading() as unit:
        if await unit.pleas.of(application_id):
            return
    today = office.today()
    charge = Charge("证书系伪造", earliest(today, office.calendar))
    await pleading.put(office, officer, application_id, version, charge)
    said = Said("没有这回事", "visit", today)
    await pleading.record(office, officer, application_id, version, said)


async def a_stored(office: Office, text: str = "report") -> Stored:
    """A photograph, cleaned and sealed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        path.write_bytes(a_photo(text))
        return await office.files.put(path)
