"""Rounds, notices, objections, the meeting, payment, claw-backs, people: a year at the console."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from storage.tables import Application
from tests.admin.desk import Console, hidden, text
from tests.admin.files import OBJECTOR, filled
from tests.handlers.province import SKILL
from tests.people import identity_number


async def at_stage(console: Console, stage: int, count: int = 1) -> list[Application]:
    day = console.day
    running = await day.opens_round()
    applications = [await day.applies(running, trade=f"工种{number}") for number in range(count)]
    await day.goes_to(stage, running, *applications)
    return [await day.now(each) for each in applications]


async def test_the_province_opens_a_round(console: Console) -> None:
    manager = await console.officer("manager")
    form = {"scheme": SKILL, "places": "30", "opens": "2026-03-10", "closes": "2026-04-10"}
    opened = await manager.post("/console/rounds", **form, stage_days="")
    page = text(await manager.follow(opened))
    assert "批次已开" in page
    assert "0 / 30 个名额" in page
    assert "云工办通〔2021〕27号" in page
    assert "正在申报" in text(await manager.get("/console/rounds"))


async def test_the_hour_of_the_last_day_stands_on_the_pages(console: Console) -> None:
    manager = await console.officer("manager")
    form = {"scheme": SKILL, "places": "30", "opens": "2026-03-10", "closes": "2026-04-10"}
    opened = await manager.post("/console/rounds", **form, closes_at="17:00")
    for page in (await manager.follow(opened), await manager.get("/console/rounds")):
        assert "4月10日 17:00" in text(page)


@pytest.mark.parametrize(
    "wrong",
    [
        {"places": "0"},
        {"places": "-3"},
        {"places": "1e3"},
        {"places": "99999999999999"},
        {"closes": "2026-03-09"},
        {"closes_at": "25:00"},
        {"closes_at": "五点"},
        {"opens": "2026-02-30"},
        {"scheme": "no-such-scheme"},
        {"stage_days": "0"},
        {"stage_days": "400"},
    ],
)
async def test_a_round_that_makes_no_sense_is_not_opened(
    console: Console, wrong: dict[str, str]
) -> None:
    manager = await console.officer("manager")
    form = {"scheme": SKILL, "places": "30", "opens": "2026-03-10", "closes": "2026-04-10"}
    answer = await manager.post("/console/rounds", **(form | wrong))
    assert answer.status_code in (404, 422)
    assert "还没有开过批次" in text(await manager.get("/console/rounds"))


async def test_a_form_that_is_pressed_twice_opens_one_round(console: Console) -> None:
    manager = await console.officer("manager")
    form = {"scheme": SKILL, "places": "30", "opens": "2026-03-10", "closes": "2026-04-10"}
    form["key"] = hidden(await manager.get("/console/rounds"), "key")
    first, second = [await manager.post("/console/rounds", **form) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    other = await manager.post("/console/rounds", **(form | {"places": "31"}))
    assert other.status_code == 422
    async with console.office.reading() as unit:
        assert len(await unit.rounds.all()) == 1


async def test_a_notice_is_posted_and_shows_how_it_hangs(console: Console) -> None:
    [application] = await at_stage(console, 1)
    officer = await console.officer("base")
    ready = await officer.get("/console/notices")
    assert "1份申报，公示5天" in text(ready)
    form = {"round": application.round_id, "stage": application.stage}
    posted = await officer.post("/console/notices", **form)
    page = await officer.follow(posted)
    assert "公示已经张贴" in text(page)
    assert application.number in page.text
    again = await officer.post("/console/notices", **form)
    assert again.status_code == 409
    assert "经办base" in text(again)


async def test_the_word_of_a_notice_is_stopped_and_taken_up_again(console: Console) -> None:
    [application] = await at_stage(console, 1)
    notice = await console.day.posts("base", application)
    officer = await console.officer("base")
    address = f"/console/notices/{notice.id}"
    stopped = await officer.follow(await officer.post(f"{address}/stop"))
    assert "通知已停发" in text(stopped)
    assert "已停发" in text(await officer.get(address))
    await officer.post(f"{address}/go-on")
    assert "正在发送" in text(await officer.get(address))
    acts = await console.acts(f"notice:{notice.id}")
    assert acts == ["post_notice", "stop_announcing", "go_on_announcing"]


@pytest.mark.parametrize(("upheld", "state"), [("yes", "disqualified"), ("no", "in_stage")])
async def test_an_objection_is_looked_into_and_decided(
    console: Console, tmp_path: Path, upheld: str, state: str
) -> None:
    files = await filled(console.day, tmp_path)
    officer = await console.officer("base")
    assert files.number in (await officer.get("/console/objections")).text
    address = f"/console/objections/{files.objection_id}"
    page = await officer.get(address)
    assert OBJECTOR.name in page.text
    assert OBJECTOR.text in page.text
    assert OBJECTOR.identity not in page.text
    half = await officer.post(f"{address}/decision", upheld="yes", finding=" ")
    assert half.status_code == 422
    found = "查了发证机构的记录。\n\n情况清楚。"
    form = {"upheld": upheld, "finding": found, "reason": "证书是今年取得的。"}
    if upheld == "yes":
        assert "是不是弄虚作假" in text(await officer.post(f"{address}/decision", **form))
        form["ground"] = "0"
    done = await officer.follow(await officer.post(f"{address}/decision", **form))
    assert "结论已作出" in text(done)
    again = await officer.post(f"{address}/decision", **form)
    assert again.status_code == 409
    shown = (await officer.get(f"/console/applications/{files.application_id}")).text
    assert ("记入诚信记录" in shown) is (upheld == "yes")
    async with console.office.reading() as unit:
        application = await unit.applications.by_id(files.application_id)
    assert application.state == state
    acts = await console.acts(f"application:{files.application_id}")
    # a refused form shows the page once more
    assert acts.count("read_objection") == (5 if upheld == "yes" else 4)


async def test_who_objects_is_hidden_from_the_applicants_relative_and_the_auditor(
    console: Console, tmp_path: Path
) -> None:
    files = await filled(console.day, tmp_path)
    async with console.office.unit() as unit:
        application = await unit.applications.by_id(files.application_id)
        base = console.day.province["base"]
        await unit.officers.declare(base.id, application.identity_index, "表弟")
    officer, auditor = await console.officer("base"), await console.officer("auditor")
    kin = await officer.get(f"/console/objections/{files.objection_id}")
    assert kin.status_code == 403
    assert OBJECTOR.name not in kin.text
    listed = await auditor.get("/console/objections")
    assert files.number in listed.text
    assert OBJECTOR.name not in listed.text
    assert "/console/objections/" not in listed.text.split("<main")[1]


async def test_the_meeting_decides_the_batch_together(console: Console) -> None:
    first, second = await at_stage(console, 5, count=2)
    chairs = await console.officer("chairs")
    assert "2份申报公示期满" in text(await chairs.get("/console/meetings"))
    address = f"/console/meetings/{first.round_id}"
    page = await chairs.get(address)
    assert "2份，合计2,000元" in text(page)
    form = {
        "minutes": "云工办纪〔2026〕12号",
        "held_on": console.office.today().isoformat(),
        "others": "其他主席",
        f"ruling:{first.id}": f"approve:{first.version}",
        f"ruling:{second.id}": f"refuse:{second.version}",
    }
    without = await chairs.post(address, **form)
    assert without.status_code == 422
    form[f"ground:{second.id}"] = "材料存疑"
    form["key"] = hidden(page, "key")
    done = await chairs.follow(await chairs.post(address, **form))
    assert "会议云工办纪〔2026〕12号的决定已记录" in text(done)
    assert (await console.day.now(first)).stage == 6
    assert (await console.day.now(second)).state == "rejected"
    assert "云工办纪〔2026〕12号" in text(await chairs.get("/console/meetings"))
    minutes = text(await chairs.get("/console/minutes/1"))
    assert f"{second.number} 张*华 春城机械厂工会 不通过 材料存疑" in minutes
    assert "其他主席" in minutes
    pressed_twice = await chairs.post(address, **form)
    assert pressed_twice.headers["location"].startswith(f"{address}?held=")
    assert (await chairs.post(address, **(form | {"key": ""}))).status_code == 409


async def test_a_list_is_made_exported_and_recorded_line_by_line(console: Console) -> None:
    first, second, third = await at_stage(console, 6, count=3)
    day = console.day
    for application in (first, second):
        await day.gives_account(application)
    finance = await console.officer("finance")
    page = text(await finance.get(f"/console/payments/rounds/{first.round_id}"))
    assert "可以发放：2份" in page
    assert "还缺银行账户：1份" in page
    assert third.number in page
    made = await finance.post("/console/payments", round=first.round_id)
    address = made.headers["location"].partition("?")[0]
    listed = await finance.get(address)
    lines = [part.split('"')[0] for part in listed.text.split('name="line:')[1:]]
    sheet = await finance.get(f"{address}/sheet")
    assert "attachment" in sheet.headers["content-disposition"]
    assert sheet.headers["cache-control"] == "no-store"
    rows = load_workbook(BytesIO(sheet.content)).active
    assert rows is not None
    assert rows["D2"].value == identity_number(1)
    nothing = await finance.post(f"{address}/results", **{f"line:{lines[0]}": ""})
    assert nothing.status_code == 422
    done = await finance.post(
        f"{address}/results",
        **{
            f"line:{lines[0]}": "paid",
            f"line:{lines[1]}": "account_name",
            f"note:{lines[1]}": "户名少一个字",
        },
    )
    page = text(await finance.follow(done))
    assert "没有成功" in page
    assert "户名不符：户名少一个字" in page
    assert (await day.now(first)).state == "paid"
    again = await finance.post(f"{address}/results", **{f"line:{lines[0]}": "paid"})
    assert again.status_code == 409
    strange = await finance.post(f"{address}/results", **{"line:99": "paid"})
    assert strange.status_code == 404
    assert "export_payments" in await console.acts(f"payment_list:{address.rpartition('/')[2]}")


async def test_a_person_is_found_by_number_and_freed_from_a_chat(console: Console) -> None:
    worker = await console.day.worker()
    manager = await console.officer("manager")
    number = identity_number(1)
    page = await manager.post("/console/people", identity=f" {number[:6]} {number[6:]} ")
    assert "张*华" in text(page)
    assert "telegram" in text(page)
    assert number not in page.text
    wrong = await manager.post(f"/console/people/{worker.id}/unbind", reason="just so")
    assert wrong.status_code == 422
    done = await manager.post(f"/console/people/{worker.id}/unbind", reason="lost_phone")
    assert "已解除绑定" in text(await manager.follow(done))
    async with console.office.reading() as unit:
        assert await unit.conversations.for_worker(worker.id) is None
        acts = await unit.acts.of(f"worker:{worker.id}")
    assert [(act.what, act.detail) for act in acts] == [
        ("read_person", {}),
        ("unbind", {"reason": "lost_phone"}),
    ]
    again = await manager.post(f"/console/people/{worker.id}/unbind", reason="asked")
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), ("530102199001010011", 422), ("'; --", 422)]
)
async def test_a_number_that_is_none_finds_nobody(
    console: Console, typed: str, status: int
) -> None:
    manager = await console.officer("manager")
    assert (await manager.post("/console/people", identity=typed)).status_code == status
    unknown = await manager.post("/console/people", identity=identity_number(500))
    assert unknown.status_code == 404


async def test_the_auditor_reads_everything_page_by_page(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.listing.ROWS", 2)
    monkeypatch.setattr("admin.oversight.ROWS", 2)
    applications = await at_stage(console, 0, count=3)
    auditor = await console.officer("auditor")
    first = await auditor.get("/console/applications")
    assert [a.number in first.text for a in applications] == [False, True, True]
    further = first.text.split("below=")[1].split('"')[0]
    second = await auditor.get("/console/applications", below=further)
    assert [a.number in second.text for a in applications] == [True, False, False]
    assert (
        applications[0].number
        not in (await auditor.get("/console/applications", state="paid")).text
    )
    acts = await auditor.get("/console/acts", on=f"application:{applications[0].id}")
    assert "submit" in acts.text
    for query in ({"below": -1}, {"below": 10**40}, {"state": "'"}, {"round": "\x00"}):
        status = (await auditor.get("/console/applications", **query)).status_code
        assert status in (200, 422)


async def test_an_overseer_of_one_prefecture_sees_its_own_only(console: Console) -> None:
    [ours] = await at_stage(console, 0)
    worker = await console.day.worker(console.day.province.other_base)
    theirs = await console.day.applies(await console.day.opens_round(), worker)
    auditor = await console.officer("dali-auditor")
    listed = (await auditor.get("/console/applications")).text
    assert theirs.number in listed
    assert ours.number not in listed
    for path in ("acts", "meetings", "payments"):
        assert (await auditor.get(f"/console/{path}")).status_code == 404
