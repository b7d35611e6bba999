"""The console, where cheating is found out before anything was paid, and where it was an error."""

from tests.admin.desk import Console, hidden, text
from tests.admin.test_review import in_review


async def test_an_officer_disqualifies_and_the_office_corrects_the_record(console: Console) -> None:
    application = await in_review(console)
    address = f"/console/applications/{application.id}"
    base = await console.officer("base")
    page = await base.get(address)
    assert "弄虚作假，取消资格" in text(page)
    form = {"version": hidden(page, "version"), "decision": "disqualify", "ground": "0"}
    assert (await base.post(f"{address}/decision", **form, note=" ")).status_code == 422
    done = await base.post(f"{address}/decision", **form, note="证书系伪造")
    shown = text(await base.follow(done))
    assert "诚信记录" in shown
    assert "记入了诚信记录" in (await console.day.told(application))[-1]
    keeper = await console.officer("office")
    assert "划去这一条" in text(await keeper.get("/console/claw-backs/1"))
    struck = await keeper.post("/console/claw-backs/1/strike", why="核对错了人")
    assert "诚信记录已更正" in text(await keeper.follow(struck))
    assert "划去" in (await console.day.told(application))[-1]


async def test_the_form_speaks_english(console: Console) -> None:
    application = await in_review(console)
    base = await console.officer("base")
    shown = text(await base.get(f"/console/applications/{application.id}", language="en"))
    assert "Disqualify for cheating" in shown
    assert "leaves nothing in the record" in shown
