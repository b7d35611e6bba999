"""Steps of every kind on the page and for machines: findings, what was done, yearly lines."""

from core.pleading import earliest
from tests.admin.desk import Console, hidden, text
from tests.admin.files import OBJECTOR, picture
from tests.handlers.steps import applies, asks_for_aid
from tests.handlers.test_pleading import CHARGE, before_the_decision
from tests.handlers.test_reserves import a_selection, to_the_notice

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
    assert (await officer.post(f"{address}/decision", **given, note="已指派")).status_code == 409
    lawyer = {"version": given["version"], "name": "李明律师", "contact": "0871-1234567"}
    page = await officer.follow(await officer.post(f"{address}/assignment", **lawyer))
    assert "承办人：李明律师，0871-1234567" in text(page)
    done = await officer.post(f"{address}/decision", **given, note="已指派李律师")
    assert "已指派李律师" in text(await officer.follow(done))
    about = {"scheme": "yn-union-legal-aid", "year": "2026"}
    listed = await officer.get("/console/ledger", **about)
    assert f"{aid.number}" in listed.text
    assert "李明律师 0871-1234567" in text(listed)
    sheet = await officer.get("/console/ledger/sheet", **about)
    assert sheet.content[:2] == b"PK"


async def test_a_report_is_written_confirmed_and_read_on_the_page(console: Console) -> None:
    """The document names no number for 入户调查; whoever is named confirms all the same."""
    relief = await applies(console.day, "yn-model-worker-living-hardship-allowance")
    officer, second = await console.officer("base"), await console.officer("base2")
    address = f"/console/applications/{relief.id}"
    page = await officer.get(address)
    assert "登记入户调查（考察）" in text(page)
    decision = {"decision": "pass", "version": hidden(page, "version")}
    assert (await officer.post(f"{address}/decision", **decision)).status_code == 409
    went = str(console.day.province["base2"].id)
    told = {"version": hidden(page, "version"), "went_on": str(console.office.today())}
    done = await officer.post(f"{address}/inspection", **told, findings="住房一间", went=went)
    assert "住房一间" in text(await officer.follow(done))
    assert (await officer.post(f"{address}/decision", **decision)).status_code == 409
    files = [("files", ("a.jpg", picture(), "image/jpeg"))]
    sent = {"csrf": officer.csrf, "version": hidden(page, "version")}
    forged = await officer.http.post(
        f"{address}/attachments", data=sent | {"csrf": "x"}, files=files
    )
    assert forged.status_code == 422
    wrong = [("files", ("a.jpg", b"no picture", "image/jpeg"))]
    refused = await officer.http.post(f"{address}/attachments", data=sent, files=wrong)
    assert refused.status_code == 409
    done = await officer.http.post(f"{address}/attachments", data=sent, files=files)
    assert f"{address}/attachments/1/thumbnail" in (await officer.follow(done)).text
    stranger = await console.officer("erhai")
    for end in ("content", "thumbnail"):
        assert (await stranger.get(f"{address}/attachments/1/{end}")).status_code == 404
        seen = await second.get(f"{address}/attachments/1/{end}")
        assert seen.headers["content-type"] == "image/jpeg"
    done = await second.post(f"{address}/inspection/1/confirm")
    assert "还没有确认" not in text(await second.follow(done))
    done = await officer.post(f"{address}/decision", **decision)
    assert done.status_code == 303
    assert "read_paper" in await console.acts(f"application:{relief.id}")


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
    whom = {"version": moved.json()["version"], "login": "county2", "contact": "本会二楼"}
    named = await machine.http.post(f"{address}/assignment", json=whom)
    assert named.json()["stage"] == 1
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


async def test_the_page_lists_a_reserve_and_writes_down_what_was_said_on_the_telephone(
    console: Console,
) -> None:
    running, (first, second) = await a_selection(console.day, places=1, people=2)
    officer = await console.officer("prefecture")
    for application, more in ((first, {"decision": "pass"}), (second, {"decision": "reserve"})):
        address = f"/console/applications/{application.id}"
        form = {"version": hidden(await officer.get(address), "version"), "rank": "1"} | more
        page = await officer.follow(await officer.post(f"{address}/decision", **form))
    assert "备选第1名" in text(page)
    manager = await console.officer("manager")
    assert second.number in (await manager.get(f"/console/rounds/{running.id}")).text

    hung = await to_the_notice(console.day, first)
    said = {"name": OBJECTOR.name, "identity": OBJECTOR.identity, "contact": OBJECTOR.contact}
    said |= {"entry": first.number, "channel": "mail", "on": hung.posted_at.date().isoformat()}
    address = f"/console/notices/{hung.id}"
    assert "登记电话、来信" in (await officer.get(address)).text
    said["text"] = "业绩不是他的。"
    sent = await officer.post(f"{address}/objections", **said)
    assert "实名提供书面材料" in text(sent)
    letter = [("files", ("letter.jpg", picture(), "image/jpeg"))]
    form = {"csrf": officer.csrf, **said}
    sent = await officer.http.post(f"{address}/objections", data=form, files=letter)
    page = await officer.follow(sent)
    assert "来信或邮件" in text(page)
    proof = "/console/objections/1/papers/1"
    assert f"{proof}/thumbnail" in page.text
    stranger = await console.officer("dali")
    for end in ("content", "thumbnail"):
        assert (await stranger.get(f"{proof}/{end}")).status_code == 404
        assert (await officer.get(f"{proof}/{end}")).headers["content-type"] == "image/jpeg"
    assert f"由备选第1名（{second.number}）递补" in text(page)
    said["text"] = " "
    assert (await officer.post(f"{address}/objections", **said)).status_code == 422


async def test_the_holder_of_a_title_is_heard_on_the_page(console: Console) -> None:
    report, _, _ = await before_the_decision(console.day)
    officer = await console.officer("province")
    address = f"/console/applications/{report.id}"
    page = await officer.get(address)
    assert "这是本服务的规定" in text(page)
    about = {"version": hidden(page, "version")}
    until = str(earliest(console.office.today(), console.office.calendar))
    put = {**about, "charge": CHARGE, "answer_by": until, "title": "", "identity": ""}
    page = await officer.follow(await officer.post(f"{address}/plea", **put))
    assert "再登记他怎么说" in text(page)
    decision = {"decision": "pass", **about, "note": "属实"}
    assert (await officer.post(f"{address}/decision", **decision)).status_code == 409
    said = {**about, "channel": "visit", "on": str(console.office.today()), "text": "没有这回事"}
    files = [("files", ("a.jpg", picture(), "image/jpeg"))]
    sent = {"csrf": officer.csrf, **said}
    done = await officer.http.post(f"{address}/plea/answer", data=sent, files=files)
    page = await officer.follow(done)
    assert "没有这回事" in text(page)
    paper = await officer.get(f"{address}/plea/1/content")
    assert paper.headers["content-type"] == "image/jpeg"
    done = await officer.post(f"{address}/decision", **decision)
    assert done.status_code == 303


async def test_a_machine_puts_the_charge_and_writes_down_the_answer(console: Console) -> None:
    report, _, entry = await before_the_decision(console.day)
    machine = await console.machine("province")
    address = f"{V1}/applications/{report.number}/plea"
    there = (await machine.get(address)).json()
    assert [each["id"] for each in there["holders"]] == [entry]
    assert there["answer_by"] is None
    until = str(earliest(console.office.today(), console.office.calendar))
    order = {"version": there["version"], "charge": CHARGE, "answer_by": until, "title": entry}
    named = order | {"charge": f"{await console.day.name(report)}说是假的"}
    refused = await machine.http.post(address, json=named)
    assert refused.status_code == 422
    assert "谁反映的" in refused.text
    put = await machine.http.post(address, json=order)
    assert (put.status_code, put.json()["reached"]) == (201, True)
    assert (await machine.http.post(address, json=order)).status_code == 409
    today = str(console.office.today())
    said = {"version": there["version"], "channel": "telephone", "on": today, "text": "没有的事"}
    heard = await machine.http.post(f"{address}/answer", json=said)
    assert (heard.status_code, heard.json()["said_on"]) == (200, today)
    assert "没有的事" not in heard.text
    elsewhere = await console.machine("dali")
    assert (await elsewhere.get(address)).status_code in (403, 404)
