"""The page of stand-ins, and the console in somebody else's seat."""

from datetime import timedelta

from core.people import Role
from handlers import objection, review
from storage.objections import Objector
from tests.admin.desk import Browser, Console, hidden, text
from tests.handlers.province import Day
from tests.handlers.test_standing_in import at_erhai, stands_in
from tests.people import a_talk, identity_number

PAGE = "/console/stand-ins"


async def names(day: Day, browser: Browser, deputy: str) -> str:
    today = day.office.today()
    answer = await browser.post(
        PAGE, deputy=day.province[deputy].id, first=today, last=today + timedelta(days=9)
    )
    return text(await browser.follow(answer))


async def test_an_officer_names_somebody_who_then_decides_in_his_place(console: Console) -> None:
    day = console.day
    application = await at_erhai(day)
    erhai, dali = await console.officer("erhai"), await console.officer("dali")
    assert "经办dali" in text(await erhai.get(PAGE))
    assert "双方都通知到了" in await names(day, erhai, "dali")
    queue = await dali.get("/console/queue")
    assert application.number in text(queue)
    assert "代 经办erhai" in text(queue)
    shown = await dali.get(f"/console/applications/{application.id}")
    assert "您代 经办erhai 办理这一件" in text(shown)
    sent = {"decision": "pass", "undertaking": "yes", "version": hidden(shown, "version")}
    done = await dali.post(f"/console/applications/{application.id}/decision", **sent)
    assert "经办dali 代 经办erhai" in text(await dali.follow(done))


async def test_in_the_others_seat_the_others_pages_open_and_end_with_the_last_day(
    console: Console,
) -> None:
    day = console.day
    finance = await console.officer("finance")
    manager = await console.officer("manager")
    assert (await manager.get("/console/payments")).status_code == 403
    await names(day, finance, "manager")
    answer = await manager.post(f"{PAGE}/1/sit")
    assert answer.status_code == 303
    seated = await manager.get("/console/payments")
    assert seated.status_code == 200
    assert "您现在代 经办finance 办理" in text(seated)
    assert (await manager.get("/console/people")).status_code == 403
    day.clock.set(day.clock.now() + timedelta(minutes=1))
    await manager.post(f"{PAGE}/own")
    assert (await manager.get("/console/people")).status_code == 200
    await manager.post(f"{PAGE}/1/sit")
    await stays_signed_in(console, manager, days=10)
    assert (await manager.get("/console/payments")).status_code == 403


async def stays_signed_in(console: Console, browser: Browser, days: int) -> None:
    """Days later, in a session of that day that was left in the other's seat."""
    console.day.clock.set(console.day.clock.now() + timedelta(days=days))
    async with console.office.unit() as unit:
        secret, session = await unit.officers.sign_in(console.day.province["manager"])
        session.stand_in_id = 1
        browser.csrf = session.csrf
    browser.http.cookies.clear()
    browser.http.cookies.set("console", secret)


async def test_what_is_done_in_the_others_seat_says_so(console: Console) -> None:
    day = console.day
    application = await at_erhai(day)
    made = await stands_in(day, "dali", "erhai")
    dali = await console.officer("dali")
    await dali.post(f"{PAGE}/{made.row.id}/sit")
    await day.passes("erhai", application)
    sent = {"round": application.round_id, "stage": 1}
    posted = await dali.post("/console/notices", **sent)
    assert posted.status_code == 303, text(posted)
    async with console.office.reading() as unit:
        (act,) = [each for each in await unit.acts.of("notice:1") if each.what == "post_notice"]
        there = await review.card(console.office, unit, day.province["erhai"], application.id)
    assert act.who == f"officer:{made.deputy.id}"
    assert act.detail["instead_of"] == f"officer:{made.officer.id}"
    assert (there.steps[-1].officer, there.steps[-1].instead_of) == ("经办dali", "经办erhai")


async def test_token_and_password_stay_ones_own_in_the_others_seat(console: Console) -> None:
    made = await stands_in(console.day, "dali", "erhai")
    dali = await console.officer("dali")
    await dali.post(f"{PAGE}/{made.row.id}/sit")
    assert (await dali.post("/console/me/token")).status_code == 200
    async with console.office.reading() as unit:
        mine = await unit.officers.by_id(made.deputy.id)
        other = await unit.officers.by_id(made.officer.id)
    assert mine is not None
    assert other is not None
    assert mine.token_hash
    assert not other.token_hash


async def test_a_manager_arranges_it_by_the_two_logins_and_ends_it(console: Console) -> None:
    day = console.day
    manager = await console.officer("manager")
    today = day.office.today()
    days = {"first": today, "last": today + timedelta(days=3)}
    wrong = await manager.post(PAGE, officer="erhai", login="base", **days)
    assert wrong.status_code == 422
    assert "不能代理" in text(wrong)
    made = await manager.post(PAGE, officer="erhai", login="dali", **days)
    assert "经办dali 代 经办erhai" in text(await manager.follow(made))
    ended = await manager.post(f"{PAGE}/1/end")
    assert "代理已经结束" in text(await manager.follow(ended))
    dali = await console.officer("dali")
    refused = await dali.post(PAGE, officer="erhai", login="dali", **days)
    assert refused.status_code == 403


async def test_nobody_sits_in_a_seat_that_is_not_given(console: Console) -> None:
    made = await stands_in(console.day, "dali", "erhai")
    for login in ("base", "erhai", "manager"):
        browser = await console.officer(login)
        assert (await browser.post(f"{PAGE}/{made.row.id}/sit")).status_code == 403
    auditor = await console.officer("auditor")
    assert Role(console.day.province["auditor"].role) is Role.AUDITOR
    assert (await auditor.get(PAGE)).status_code == 403


async def test_the_page_speaks_english(console: Console) -> None:
    await stands_in(console.day, "dali", "erhai")
    dali = await console.officer("dali")
    shown = text(await dali.get(PAGE, language="en"))
    assert "Act for 经办erhai" in shown
    assert "Ask somebody to stand in" in shown


async def test_a_link_from_the_chat_opens_in_the_office_it_belongs_to(console: Console) -> None:
    """Nobody has to sit down first: the page says for whom, and so does what is done there."""
    day = console.day
    finance, manager = "/console/payments", await console.officer("manager")
    assert (await manager.get(finance)).status_code == 403
    await stands_in(day, "manager", "finance")
    assert "您现在代 经办finance 办理" in text(await manager.get(finance))
    assert "您现在代" not in text(await manager.get("/console/people"))

    application = await at_erhai(day)
    await day.passes("erhai", application)
    dali = await console.officer("dali")
    sent = {"round": application.round_id, "stage": 1}
    assert (await dali.post("/console/notices", **sent)).status_code == 404
    made = await stands_in(day, "dali", "erhai")
    assert "1份申报" in text(await dali.get("/console/notices"))
    hung = await dali.follow(await dali.post("/console/notices", **sent))
    assert "公示已经张贴" in text(hung)
    await dali.post("/console/notices/1/stop")
    said = Objector("李小明", identity_number(77), "13812345678", "证书是假的")
    await objection.make(console.office, 1, application.number, said)
    assert application.number in text(await dali.get("/console/objections"))
    assert "证书是假的" in text(await dali.get("/console/objections/1"))
    async with console.office.unit() as unit:
        talk = await a_talk(unit, "asker")
        about = (day.province.other_base.id, "", "证书算不算？", unit.now)
        await unit.handovers.add(talk, *about)
    assert "/console/handovers/1" in (await dali.get("/console/handovers")).text
    assert "证书算不算？" in text(await dali.get("/console/handovers/1"))
    await dali.post("/console/handovers/1/answer", answer="算的")
    async with console.office.reading() as unit:
        on = ["notice:1", f"application:{application.id}", "handover:1"]
        done = [act for each in on for act in await unit.acts.of(each)]
    mine = [act for act in done if act.who == f"officer:{made.deputy.id}"]
    assert {act.what for act in mine} == {
        *("post_notice", "post", "stop_announcing"),
        *("read_objection", "read_handover", "answer"),
    }
    assert {act.detail.get("instead_of") for act in mine} == {f"officer:{made.officer.id}"}
