"""The queue, an application, and the three ways to decide on it."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from core.people import Role
from handlers.decisions import Pass
from handlers.review import decide
from storage.tables import Application
from tests.admin.desk import Console, hidden, text
from tests.admin.files import a_paper
from tests.people import identity_number

EVIL = "<script>alert('工')</script>"


async def in_review(console: Console, *, at: str = "base", days: int | None = 10) -> Application:
    """An application that stands where this officer decides."""
    day = console.day
    running = await day.opens_round(stage_days=days)
    application = await day.applies(running)
    await day.goes_to({"base": 0, "prefecture": 2, "office": 3}[at], running, application)
    return await day.now(application)


async def test_the_queue_shows_the_nearest_date_first_and_masks_names(console: Console) -> None:
    late = await in_review(console, days=3)
    early = await in_review(console, days=None)
    page = await (await console.officer("base")).get("/console/queue")
    assert page.text.index(late.number) < page.text.index(early.number)
    assert "张*华" in text(page)
    assert "张夏华" not in text(page)
    assert "共2份等您办理" in text(page)
    assert "超期" in text(page)


async def test_the_queue_is_chosen_from_by_scheme_and_stage(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    for query, there in (
        ({"scheme": application.scheme_id}, True),
        ({"scheme": "yn-degree-upgrade-subsidy"}, False),
        ({"stage": "基层初审"}, True),
        ({"stage": "'; DROP TABLE applications; --"}, False),
        ({"after": "2026-12-31.9.9"}, False),
        ({"after": ".."}, None),
        ({"after": "'; DROP TABLE applications; --"}, None),
    ):
        page = await officer.get("/console/queue", **query)
        assert page.status_code == (200 if there is not None else 422)
        assert (application.number in page.text) is bool(there), query


async def test_the_queue_goes_by_pages_of_fifty(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.queue.ROWS", 1)
    first, second = await in_review(console), await in_review(console)
    officer = await console.officer("base")
    one = await officer.get("/console/queue")
    further = re.search(r'rel="next" href="([^"]+)"', one.text)
    assert further is not None
    two = await officer.get(unescape(further[1]))
    assert "共2份" in text(one)
    assert (await officer.get("/console/queue", after="x")).status_code == 422
    assert (first.number in one.text, second.number in one.text) == (True, False)
    assert (first.number in two.text, second.number in two.text) == (False, True)
    assert 'rel="next"' not in two.text


async def test_an_application_shows_facts_conditions_papers_and_steps(
    console: Console, tmp_path: Path
) -> None:
    application = await in_review(console, at="prefecture")
    await a_paper(console.day, application, tmp_path)
    page = await (await console.officer("prefecture")).get(
        f"/console/applications/{application.id}"
    )
    said = text(page)
    assert "证书是今年取得的 第三条" in said
    assert "发证日期 2026年3月10日 本人填写" in said
    assert "今年申领过 否 系统记录" in said
    assert "530***********" in said
    assert "承诺：本单位已核实申报材料，承诺材料真实。" in said
    assert "经办base" in said
    assert "下一步：省总审核" in said
    assert "本级工会已复核申报材料，承诺材料真实。" in said
    assert identity_number(1) not in page.text


async def test_passing_needs_the_undertaking_and_tells_the_applicant(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    address = f"/console/applications/{application.id}"
    version = hidden(await officer.get(address), "version")
    without = await officer.post(f"{address}/decision", version=version, decision="pass")
    assert without.status_code == 409
    assert f'action="{address}/decision"' in without.text  # to do it properly
    passed = await officer.post(
        f"{address}/decision", version=version, decision="pass", undertaking="yes"
    )
    assert "已办理" in text(await officer.follow(passed))
    assert (await console.day.now(application)).stage == 1
    assert "通过了“基层初审”" in (await console.day.told(application))[-1]


async def test_a_stale_page_says_who_was_faster(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    await decide(
        console.office,
        console.day.province["base2"],
        application.id,
        application.version,
        Pass(undertaking=True),
    )
    stale = await officer.post(
        f"/console/applications/{application.id}/decision",
        version=application.version,
        decision="pass",
        undertaking="yes",
    )
    assert stale.status_code == 409
    assert "经办base2刚才已经处理了这份申报" in text(stale)


async def test_everything_wrong_is_asked_for_once(console: Console) -> None:
    application = await in_review(console, at="office")
    officer = await console.officer("office")
    due = console.office.today() + timedelta(days=7)
    address = f"/console/applications/{application.id}"
    form = {
        "version": application.version,
        "decision": "return",
        "item": ["slot:0", "fact:certificate_number"],
        "note:slot:0": "照片反光",
        "note:fact:certificate_number": "",
        "due": due.isoformat(),
    }
    done = await officer.follow(await officer.post(f"{address}/decision", **form))
    said = text(done)
    assert "要求补正" in said
    assert "照片反光" in said
    assert "补正截止" in said
    waiting = await officer.get("/console/corrections")
    assert application.number in waiting.text
    assert application.number not in (await officer.get("/console/queue")).text


@pytest.mark.parametrize(
    "form",
    [
        {"decision": "return", "due": "2026-06-01"},
        {"decision": "return", "item": "slot:99", "due": "2026-06-01"},
        {"decision": "return", "item": "slot:-1", "due": "2026-06-01"},
        {"decision": "return", "item": "nothing", "due": "2026-06-01"},
        {"decision": "return", "item": "slot:0", "due": "gestern"},
        {"decision": "return", "item": "slot:0", "due": "2020-01-01"},
        {"decision": "reject"},
        {"decision": "reject", "fact": "no_such_fact"},
        {"decision": "reject", "fact": "certificate", "note": "长" * 501},
        {"decision": "approve"},
        {},
    ],
)
async def test_half_a_decision_changes_nothing(console: Console, form: dict[str, str]) -> None:
    application = await in_review(console, at="office")
    officer = await console.officer("office")
    address = f"/console/applications/{application.id}/decision"
    answer = await officer.post(address, version=application.version, **form)
    assert answer.status_code in (409, 422)
    assert (await console.day.now(application)).version == application.version


async def test_a_rejection_names_the_conditions_and_a_note(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    address = f"/console/applications/{application.id}"
    form = {
        "version": application.version,
        "decision": "reject",
        "fact": ["certificate", "union_member"],
        "note": f"证书与本人不符 {EVIL}",
    }
    page = await officer.follow(await officer.post(f"{address}/decision", **form))
    assert "不予通过" in text(page)
    assert "证书等级" in text(page)
    assert EVIL not in page.text
    assert "&lt;script&gt;" in page.text
    told = (await console.day.told(application))[-1]
    assert "证书与本人不符" in told
    assert "第二条" in told


async def test_ones_own_file_is_barred_with_a_reason(console: Console) -> None:
    application = await in_review(console)
    async with console.office.unit() as unit:
        officer = await unit.officers.by_login("base")
        assert officer is not None
        officer.identity_index = application.identity_index
    browser = await console.officer("base")
    page = await browser.get(f"/console/applications/{application.id}")
    assert "这是您自己的申报" in text(page)
    assert "decision" not in page.text.split("<aside")[1]
    tried = await browser.post(
        f"/console/applications/{application.id}/decision",
        version=application.version,
        decision="pass",
        undertaking="yes",
    )
    assert tried.status_code == 403
    assert "denied" in await console.acts(f"officer:{console.day.province['base'].id}")


async def test_an_application_is_found_by_its_number(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    found = await officer.get("/console/find", number=f" {application.number} ")
    assert found.headers["location"] == f"/console/applications/{application.id}"
    for number in ("", "1", "%", "' OR 1=1 --", "\x00", "9" * 500):
        assert (await officer.get("/console/find", number=number)).status_code == 404


async def test_the_pages_of_another_language(console: Console) -> None:
    application = await in_review(console)
    officer = await console.officer("base")
    chosen = await officer.get("/console/queue", language="en")
    assert "language=en" in chosen.headers["set-cookie"]
    page = await officer.get(f"/console/applications/{application.id}")
    assert "Condition by condition" in text(page)
    assert "Articles 3 and 7" in text(page) or "Article 3" in text(page)
    back = await officer.get("/console/queue", language="zh_CN")
    assert "待办" in text(back)
    assert "待办" in text(await officer.get("/console/queue", language="fr"))


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_begins_on_a_page_of_their_own(console: Console, role: Role) -> None:
    login = {
        Role.REVIEWER: "base", Role.VERIFIER: "prefecture", Role.OFFICE: "office",
        Role.CHAIRS: "chairs", Role.FINANCE: "finance", Role.MANAGER: "manager",
        Role.AUDITOR: "auditor",
    }[role]  # fmt: skip
    officer = await console.officer(login)
    home = await officer.follow(await officer.get("/console"))
    assert home.status_code == 200
    assert 'aria-current="page"' in home.text
    for address in {part.split('"')[0] for part in home.text.split('href="/console/')[1:]}:
        if "static" not in address:
            assert (await officer.get(f"/console/{address}")).status_code == 200, address
