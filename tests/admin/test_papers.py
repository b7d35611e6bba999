"""Papers: served to those who may see the application, never left lying about, each look noted."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from storage.tables import Application
from tests.admin.desk import Browser, Console, text
from tests.admin.files import a_paper, picture


async def handed_in(console: Console, folder: Path, pdf: bytes = b"") -> tuple[Application, str]:
    """An application with one paper, and the address of the paper."""
    application = await console.day.applies(await console.day.opens_round())
    paper = await a_paper(console.day, application, folder, pdf)
    return application, f"/console/applications/{application.id}/papers/{paper}"


@pytest.fixture
async def officer(console: Console) -> Browser:
    return await console.officer("base")


async def test_a_photograph_is_shown_inside_our_page_and_the_look_is_noted(
    console: Console, officer: Browser, tmp_path: Path
) -> None:
    application, address = await handed_in(console, tmp_path)
    page = await officer.get(address)
    assert f'src="{address}/content"' in page.text
    assert "read_paper" not in await console.acts(f"application:{application.id}")
    file = await officer.get(f"{address}/content")
    assert file.headers["content-type"] == "image/jpeg"
    assert file.headers["content-disposition"].startswith("inline")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["cache-control"] == "no-store"
    assert "sandbox" in file.headers["content-security-policy"]
    assert file.content.startswith(picture()[:3])
    assert (await console.acts(f"application:{application.id}")).count("read_paper") == 1


async def test_a_pdf_is_handed_out_but_never_shown(
    console: Console, officer: Browser, tmp_path: Path
) -> None:
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(content)
    _, address = await handed_in(console, tmp_path, content.getvalue())
    assert "PDF" in text(await officer.get(address))
    file = await officer.get(f"{address}/content")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["content-type"] == "application/pdf"
    assert (await officer.get(f"{address}/thumbnail")).status_code == 404


async def test_a_small_picture_is_too_small_to_read(
    console: Console, officer: Browser, tmp_path: Path
) -> None:
    _, address = await handed_in(console, tmp_path)
    small = await officer.get(f"{address}/thumbnail")
    assert small.headers["content-type"] == "image/jpeg"
    assert small.headers["cache-control"] == "no-store"
    assert len(small.content) < 6000


async def test_a_paper_is_found_through_its_own_application_only(
    console: Console, officer: Browser, tmp_path: Path
) -> None:
    _, theirs = await handed_in(console, tmp_path)
    stranger = await console.day.worker(console.day.province.other_base)
    other = await console.day.applies(await console.day.opens_round(), stranger)
    mine = await console.day.applies(await console.day.opens_round())
    paper = await a_paper(console.day, other, tmp_path)
    for application in (mine, other):
        for end in ("", "/content", "/thumbnail"):
            address = f"/console/applications/{application.id}/papers/{paper}{end}"
            assert (await officer.get(address)).status_code == 404
    assert (await officer.get(theirs)).status_code == 200
    assert "read_paper" not in await console.acts(f"application:{other.id}")


async def test_a_removed_paper_is_gone(console: Console, officer: Browser, tmp_path: Path) -> None:
    application, address = await handed_in(console, tmp_path)
    async with console.office.unit() as unit:
        await unit.drafts.clear(application.draft_id, 0)
    for end in ("", "/content", "/thumbnail"):
        assert (await officer.get(f"{address}{end}")).status_code == 404
