"""Steps of every kind on the page and for machines: findings, what was done, yearly lines."""

from tests.admin.desk import Console, hidden, text
from tests.handlers.steps import asks_for_aid

V1 = "/api/v1"


async def test_the_page_asks_for_what_decides_and_enters_what_was_done(console: Console) -> None:
    aid = await asks_for_aid(console.day)
    officer = await console.officer("county")
    address = f"/console/applications/{aid.id}"
    page = await officer.get(address)
    assert 'name="answer:temporary_hardship"' in page.text
    given = {"decision": "pass", "version": hidden(page, "version"), "note": "已核实"}
    refused = await officer.post(f"{address}/decision", **given)
    assert refused.status_code == 409
    answers = {"answer:temporary_hardship": "yes"}
    done = await officer.post(f"{address}/decision", **given, **answers)
    page = await officer.follow(done)
    assert "办理完毕" in text(page)
    given = {"decision": "enter", "version": hidden(page, "version")}
    assert (await officer.post(f"{address}/decision", **given)).status_code == 422
    done = await officer.post(f"{address}/decision", **given, note="已指派李律师")
    assert "已指派李律师" in text(await officer.follow(done))


async def test_a_machine_reads_what_is_open_and_decides_with_it(console: Console) -> None:
    aid = await asks_for_aid(console.day)
    machine = await console.machine("county")
    address = f"{V1}/applications/{aid.number}"
    card = (await machine.get(address)).json()
    assert [each["fact"] for each in card["open"] if each["needed"]] == ["temporary_hardship"]
    order = {"decision": "pass", "version": card["version"]}
    refused = await machine.http.post(f"{address}/decision", json=order)
    assert refused.json()["error"]["code"] == "FindingsMissing"
    order |= {"facts": {"temporary_hardship": "perhaps"}}
    refused = await machine.http.post(f"{address}/decision", json=order)
    assert refused.json()["error"]["code"] == "Unreadable"
    order |= {"facts": {"temporary_hardship": True}}
    moved = await machine.http.post(f"{address}/decision", json=order)
    assert moved.json()["stage"] == 1
    order = {"decision": "enter", "version": moved.json()["version"], "note": "已办"}
    assert (await machine.http.post(f"{address}/decision", json=order)).json()["stage"] == 2


async def test_the_province_sets_the_yearly_lines_and_all_that_was_set_is_kept(
    console: Console,
) -> None:
    manager = await console.officer("manager")
    for said in ("4000元", "4200元"):
        done = await manager.post(
            "/console/standards", fact="in_service_model_worker_line", year="2026", sum=said
        )
    page = text(await manager.follow(done))
    assert "4,200元" in page
    assert "4,000元" in page
    wrong = await manager.post("/console/standards", fact="certificate", year="2026", sum="1元")
    assert wrong.status_code == 422
    office = await console.officer("office")
    assert (await office.get("/console/standards")).status_code == 200
    base = await console.officer("base")
    assert (await base.get("/console/standards")).status_code == 403
