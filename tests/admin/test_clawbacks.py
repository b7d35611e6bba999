"""Findings, repayments and the record at the console and for machines."""

from datetime import timedelta

from tests.admin.desk import Console, hidden, text
from tests.admin.test_province import at_stage
from tests.handlers.findings import receipts


async def test_a_finding_is_heard_decided_and_repaid_at_the_console(console: Console) -> None:
    [application] = await at_stage(console, 6)
    await console.day.gives_account(application)
    async with console.office.reading() as unit:
        running = await unit.rounds.by_id(application.round_id)
    await console.day.pays(running, application)
    finance, chairs = await console.officer("finance"), await console.officer("chairs")
    base = "/console/claw-backs"
    assert (await finance.get(f"{base}/new", number="9")).status_code == 404
    page = await finance.get(f"{base}/new", number=application.number)
    assert "实际已发1,000元" in text(page)
    until = str(console.office.today() + timedelta(days=10))
    about = {"number": application.number, "finding": "证书是假的", "answer_by": until}
    assert (await finance.post(base, **about, ground="9")).status_code == 409
    opened = await finance.follow(await finance.post(base, **about, ground="0"))
    assert "等他说明" in text(opened)
    said = await finance.post(f"{base}/1/answer", text="证书是真的")
    assert "说明记下了" in text(await finance.follow(said))
    page = await chairs.get(f"{base}/1")
    assert "证书是真的" in text(page)
    assert "read_answer" in await console.acts(f"application:{application.id}")
    assert (await finance.post(f"{base}/1/decision", upheld="yes", reason="x")).status_code == 403
    first = str(console.office.today() + timedelta(days=30))
    uphold = {"upheld": "yes", "reason": "查实是假的", "parts": "2", "first": first}
    wrong = await chairs.post(f"{base}/1/decision", **uphold, sum="400元")
    assert wrong.status_code == 409
    assert "全部追回" in text(wrong)
    done = await chairs.follow(await chairs.post(f"{base}/1/decision", **uphold))
    assert "要退1,000元" in text(done)
    assert (await console.day.now(application)).state == "clawed_back"
    page = await finance.get(f"{base}/1")
    once = {"key": hidden(page, "key"), "sum": "600元", "came_on": str(console.office.today())}
    for _ in range(2):  # pressed twice
        done = await finance.follow(await finance.post(f"{base}/1/repayments", **once))
    assert "已退600元，还剩400元" in text(done)
    more = {**once, "key": "", "sum": "400.01元"}
    assert (await finance.post(f"{base}/1/repayments", **more)).status_code == 409
    link = (await receipts(console.day, application))[-1]
    shown = text(await (await console.nobody()).get(link.removeprefix("http://127.0.0.1:8000")))
    assert f"{application.number}-R1" in shown
    assert "600元" in shown
    struck = await chairs.follow(await chairs.post(f"{base}/1/strike", why="记错了"))
    assert "划去：记错了" in text(struck)


async def test_a_machine_finds_decides_and_records(console: Console) -> None:
    [application] = await at_stage(console, 6)
    await console.day.gives_account(application)
    async with console.office.reading() as unit:
        running = await unit.rounds.by_id(application.round_id)
    await console.day.pays(running, application)
    finance, chairs = await console.machine("finance"), await console.machine("chairs")
    base = "/api/v1/claw-backs"
    until = str(console.office.today() + timedelta(days=10))
    order = {"number": application.number, "ground": 0, "finding": "假的", "answer_by": until}
    opened = (await finance.http.post(base, json=order)).json()
    assert (opened["state"], opened["paid_fen"], opened["may"]) == ("hearing", 100000, ["answer"])
    early = await chairs.http.post(
        f"{base}/1/decision", json={"decision": "uphold", "reason": "查实", "parts": 4}
    )
    assert early.json()["error"]["code"] == "HearingOpen"
    await console.day.days_pass(11)
    decided = await chairs.http.post(
        f"{base}/1/decision", json={"decision": "uphold", "reason": "查实", "parts": 4}
    )
    told = decided.json()
    assert [part["fen"] for part in told["parts"]] == [25000] * 4
    assert (told["state"], told["record"]["blocks"]) == ("owed", [])
    order = {"amount_fen": 100000, "came_on": str(console.office.today())}
    keyless = await finance.http.post(f"{base}/1/repayments", json=order)
    assert keyless.status_code == 422
    for _ in range(2):
        came = await finance.http.post(
            f"{base}/1/repayments", json=order, headers={"idempotency-key": "only-once"}
        )
        assert came.json()["number"] == f"{application.number}-R1"
    assert (await finance.http.get(f"{base}/1")).json()["state"] == "done"
    assert len((await chairs.http.get(base)).json()) == 1
