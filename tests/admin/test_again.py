"""A refused form comes back with what was typed, and says why; without what is secret."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import pytest

from admin.again import place
from admin.refill import may_return, refill
from tests.admin.desk import Browser, Console, hidden, text
from tests.admin.files import filled, picture
from tests.admin.test_review import in_review
from tests.handlers.province import ACCOUNT
from tests.handlers.steps import applies, asks_for_aid
from tests.people import identity_number

FINDING = "查了发证机构的记录。\r\n\r\n</textarea><script>alert(1)</script>情况清楚。"


def area(answer: httpx.Response, name: str) -> str:
    """What stands in a field of several lines, as a browser reads it."""
    found = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', answer.text, re.S)
    return unescape("|".join(found))


def tag(answer: httpx.Response, name: str, value: str = "") -> str:
    """The tag of a field, or of the one with this value."""
    tags = re.findall(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', answer.text)
    return next(each for each in tags if not value or f'value="{value}"' in each)


async def test_what_was_typed_stays_and_the_wrong_field_is_marked(
    console: Console, tmp_path: Path
) -> None:
    files = await filled(console.day, tmp_path)
    officer = await console.officer("base")
    address = f"/console/objections/{files.objection_id}/decision"
    back = await officer.post(address, upheld="yes", finding=FINDING, reason=" ")
    assert back.status_code == 422
    assert "必须填写的地方有一处空着" in text(back)
    assert area(back, "finding") == FINDING
    assert "<script>" not in back.text
    assert "checked" in tag(back, "upheld", "yes")
    assert "checked" not in tag(back, "upheld", "no")
    assert 'aria-invalid="true"' in tag(back, "reason")
    assert "aria-invalid" not in tag(back, "finding")
    form = back.text[back.text.index(f'action="{address}"') :]
    assert form.index('role="alert"') < form.index("<textarea")
    assert 'tabindex="-1" autofocus' in form
    assert "<title>没有办成 · " in back.text


async def test_only_the_form_that_was_sent_is_filled_and_unfolded(console: Console) -> None:
    """Pass, return, reject and terminate go to one address."""
    application = await in_review(console, at="office")
    officer = await console.officer("office")
    address = f"/console/applications/{application.id}"
    page = await officer.get(address)
    assert "<details open" not in page.text
    typed = {"version": hidden(page, "version"), "decision": "return", "due": "2000-01-01"}
    typed |= {"item": "slot:0", "note:slot:0": "看不清"}
    back = await officer.post(f"{address}/decision", **typed)
    assert back.status_code in (409, 422)
    assert back.text.count("<details open") == 1
    opened = back.text[back.text.index("<details open") :]
    assert opened.index('value="return"') < opened.index("</details>")
    assert 'value="2000-01-01"' in tag(back, "due")
    assert "checked" in tag(back, "item", "slot:0")
    assert "checked" not in tag(back, "item", "slot:1")
    assert 'value="看不清"' in tag(back, "note:slot:0")
    assert "看不清" not in area(back, "note")


async def test_answers_and_remarks_survive_a_missing_finding(console: Console) -> None:
    aid = await asks_for_aid(console.day)
    officer = await console.officer("county")
    address = f"/console/applications/{aid.id}"
    page = await officer.get(address)
    given = {"decision": "pass", "version": hidden(page, "version"), "note": "已电话核实"}
    back = await officer.post(f"{address}/decision", **given)
    assert back.status_code == 409
    assert area(back, "note") == "已电话核实|"  # the other form has a remark of its own
    typed = given | {"answer:temporary_hardship": "no"}
    again = await officer.post(f"{address}/decision", **(typed | {"version": "x"}))
    assert '<option value="no" selected>' in again.text
    assert hidden(again, "version") == hidden(page, "version")  # the page's own, not the typed one


async def test_secrets_and_files_do_not_come_back(console: Console) -> None:
    officer = await console.officer("base")
    number = identity_number(5)
    typed = {"scheme": "yn-union-legal-aid", "name": "李小明", "identity": number, "phone": "12"}
    back = await officer.post("/console/recordings", **typed)
    assert back.status_code == 422
    assert 'value="李小明"' in tag(back, "name")
    assert 'value="12"' in tag(back, "phone")
    assert 'aria-invalid="true"' in tag(back, "phone")
    assert '<option value="yn-union-legal-aid" selected>' in back.text
    assert number not in back.text
    assert "身份证号、银行卡号、密码和文件不会留在页面上" in text(back)
    wrong = await officer.post("/console/me/password", old="旧的密码旧的密码", new="短")
    assert wrong.status_code >= 400
    assert "旧的密码" not in wrong.text


async def test_a_number_inside_a_text_comes_back_masked(console: Console, tmp_path: Path) -> None:
    files = await filled(console.day, tmp_path)
    officer = await console.officer("base")
    number, card = identity_number(5), f"{ACCOUNT[:4]} {ACCOUNT[4:]}"
    typed = {"finding": f"证号{number}，卡号{card}，文号202611220001", "reason": ""}
    back = await officer.post(f"/console/objections/{files.objection_id}/decision", **typed)
    assert number not in back.text
    assert card not in back.text
    assert "文号202611220001" in area(back, "finding")
    assert f"{number[:3]}***********{number[-4:]}" in area(back, "finding")
    assert "请重新填写或选择" in text(back)


async def test_a_form_with_files_comes_back_without_them(console: Console) -> None:
    relief = await applies(console.day, "yn-model-worker-living-hardship-allowance")
    officer = await console.officer("base")
    address = f"/console/applications/{relief.id}"
    sent = {"csrf": officer.csrf, "version": hidden(await officer.get(address), "version")}
    wrong = [("files", ("geheim.jpg", b"no picture", "image/jpeg"))]
    back = await officer.http.post(f"{address}/attachments", data=sent, files=wrong)
    assert back.status_code == 409
    assert f'action="{address}/attachments"' in back.text
    assert "文件不会留在页面上" in text(back)
    assert "geheim" not in back.text
    good = [("files", ("a.jpg", picture(), "image/jpeg"))]
    sent["version"] = hidden(back, "version")
    done = await officer.http.post(f"{address}/attachments", data=sent, files=good)
    assert done.status_code == 303


async def test_where_the_form_is_gone_the_words_can_be_copied(console: Console) -> None:
    running = await console.day.opens_round()
    application = await console.day.applies(running)
    await console.day.goes_to(0, running, application)
    officer = await console.officer("base")
    address = f"/console/applications/{application.id}"
    version = hidden(await officer.get(address), "version")
    await console.day.passes("base2", application)
    typed = {
        "decision": "reject",
        "version": version,
        "note": "证书是别人的",
        "fact": "certificate",
    }
    late = await officer.post(f"{address}/decision", **typed)
    assert late.status_code in (403, 409)
    assert "您写的内容没有丢" in text(late)
    assert "证书是别人的" in text(late)
    assert f'href="{address}"' in late.text


async def test_words_survive_a_session_that_has_run_out(console: Console) -> None:
    stranger = await console.nobody()
    late = await stranger.post("/console/handovers/1/answer", answer="可以到县总工会办理。")
    assert late.status_code == 401
    assert "可以到县总工会办理。" in text(late)
    assert hidden(late, "then") == "/console/handovers/1"


async def test_a_form_of_a_page_with_a_query_comes_back_on_that_page(
    console: Console, tmp_path: Path
) -> None:
    files = await filled(console.day, tmp_path)
    finance = await console.officer("finance")
    async with console.office.reading() as unit:
        paid = (await unit.payments.lines(files.list_id))[0].application.number
    page = await finance.get("/console/claw-backs/new", number=paid)
    stands = hidden(page, "page")
    assert stands == f"/console/claw-backs/new?number={paid}"
    typed = {"number": paid, "page": stands, "ground": "0", "answer_by": "2000-01-01"}
    back = await finance.post("/console/claw-backs", **typed, finding="重复领取")
    assert back.status_code in (409, 422)
    assert area(back, "finding") == "重复领取"


def test_a_place_is_a_page_of_the_console_and_nothing_else() -> None:
    assert place("/console/claw-backs/new?number=1&done=x") == "/console/claw-backs/new?number=1"
    assert place("/console/queue?done=x") == "/console/queue"
    for given in ("", "//evil/console/queue", "/console/../bank/x", "https://e/", "/notices/1"):
        assert place(given) == ""


@pytest.mark.parametrize("given", ["", "<form", "<form method=post action=/x></details>", "<!--"])
def test_a_page_without_the_form_is_not_touched(given: str) -> None:
    assert refill(f"<details></details>{given}", "/y", {}, "") is None


def test_what_may_return_keeps_what_is_no_number_of_a_person() -> None:
    shown, withheld = may_return(
        {"note": ["第 2026 号", "13812345678"], "sum": ["3000"]}, date(2026, 3, 10)
    )
    assert shown == {"note": ["第 2026 号", "13812345678"], "sum": ["3000"]}
    assert not withheld
    assert may_return({"password": ["x"]}, date(2026, 3, 10)) == ({}, True)


async def test_every_form_of_the_console_stands_on_a_page_that_can_be_shown_again(
    console: Console, tmp_path: Path
) -> None:
    """Sent empty, a form comes back as a page with a form of that address, or is answered."""
    files = await filled(console.day, tmp_path)
    standards = await (await console.officer("manager")).get("/console/standards")
    fact, year = hidden(standards, "fact"), hidden(standards, "year")
    seats: dict[str, Browser] = {
        login: await console.officer(login) for login in ("base", "manager", "finance", "office")
    }
    for login, address in (
        ("base", f"/console/notices/{files.notice_id}/objections"),
        ("manager", "/console/people"),
        ("manager", "/console/rounds"),
        ("manager", "/console/standards"),
        ("office", "/console/budgets"),
        ("office", "/console/titles"),
        ("finance", f"/console/claw-backs/{files.claw_back_id}/repayments"),
        ("base", "/console/recordings"),
    ):
        which = {"fact": fact, "year": year} if address.endswith("standards") else {}
        back = await seats[login].post(address, **which)
        assert back.status_code == 422, address
        assert f'action="{address}"' in back.text, address
        assert 'id="refused"' in back.text, address
