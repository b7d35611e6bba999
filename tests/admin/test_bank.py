"""The page behind a one-time link: consent first, checked before it is kept, and no trace of it."""

import logging
import re
from datetime import timedelta

import pytest

from admin.quiet import Quiet
from handlers import bank
from storage.tables import Application
from tests.admin.desk import Browser, Console, hidden, text
from tests.clock import Clock
from tests.handlers.province import ACCOUNT

GIVEN = {"number": f"{ACCOUNT[:4]} {ACCOUNT[4:]}", "bank": "中国工商银行", "consent": "yes"}


@pytest.fixture
async def approved(console: Console) -> Application:
    day = console.day
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    return application


@pytest.fixture
async def link(console: Console, approved: Application) -> str:
    """The address in the worker's chat."""
    return (await console.day.links(approved))[-1].removeprefix(console.office.public_url)


@pytest.fixture
async def worker(console: Console) -> Browser:
    return await console.nobody()


@pytest.fixture
async def holder(console: Console, approved: Application) -> str:
    return await console.day.name(approved)


async def kept(console: Console, application: Application) -> str:
    async with console.office.reading() as unit:
        account = await unit.accounts.newest(application.id)
        return unit.accounts.number(account) if account else ""


async def test_an_account_is_given_checked_and_kept(
    console: Console, approved: Application, link: str, worker: Browser, holder: str
) -> None:
    page = await worker.get(link)
    assert "1,000元" in text(page)
    assert 'name="consent" value="yes" required' in page.text
    assert "checked" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    check = await worker.post(link, holder=holder, **GIVEN)
    assert "****0128" in check.text
    assert holder not in check.text
    assert ACCOUNT not in check.text.replace(" ", "")
    assert await kept(console, approved) == ""
    done = await worker.post(f"{link}/confirm", token=hidden(check, "token"))
    assert "账户已经收到" in text(done)
    assert await kept(console, approved) == ACCOUNT
    for again in (await worker.get(link), await worker.post(link, holder=holder, **GIVEN)):
        assert again.status_code == 404
        assert "这个链接已经用过" in text(again)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"consent": ""}, "没有您的同意，我不会收您的银行卡号"),
        ({"holder": "李四"}, ""),
        ({"holder": '"><script>alert(1)</script>'}, ""),
        ({"number": ACCOUNT[:-1] + "7"}, "对不上校验位"),
        ({"number": "12"}, "位数不对"),
        ({"bank": ""}, ""),
        ({"bank": "=HYPERLINK(1)" * 20}, ""),
    ],
)
async def test_what_is_wrong_is_said_beside_the_form(
    console: Console,
    approved: Application,
    link: str,
    worker: Browser,
    holder: str,
    wrong: dict[str, str],
    why: str,
) -> None:
    answer = await worker.post(link, **{"holder": holder, **GIVEN, **wrong})
    assert answer.status_code == 422
    assert why in text(answer)
    assert 'role="alert"' in answer.text
    assert ACCOUNT not in answer.text.replace(" ", "")
    assert "<script" not in answer.text
    assert await kept(console, approved) == ""


async def test_consent_is_asked_once_and_holds_in_the_other_language(
    link: str, worker: Browser, holder: str
) -> None:
    await worker.post(link, holder="李四", **GIVEN)
    page = await worker.get(link, language="en")
    assert "Your bank account" in page.text
    assert 'name="consent"' not in page.text
    given = {key: value for key, value in GIVEN.items() if key != "consent"}
    assert (await worker.post(link, holder=holder, **given)).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "A" * 4000])
async def test_a_token_that_was_not_ours_keeps_nothing(
    console: Console, approved: Application, link: str, worker: Browser, token: str
) -> None:
    await worker.post(link, holder="李四", **GIVEN)
    assert (await worker.post(f"{link}/confirm", token=token)).status_code == 404
    assert await kept(console, approved) == ""


async def test_an_old_link_opens_nothing(link: str, worker: Browser, clock: Clock) -> None:
    clock.move(days=bank.LIFE / timedelta(days=1), minutes=1)
    assert (await worker.get(link)).status_code == 404
    assert (await worker.get("/bank/" + "x" * 5000)).status_code == 404
    assert (await worker.get("/bank/%00")).status_code == 404


@pytest.mark.parametrize(
    "line",
    ["/bank/SECRET", "/bank/SECRET/confirm", "/bank/SECRET?language=en", "GET /bank/SECRET HTTP"],
)
def test_the_access_log_never_holds_the_secret(line: str) -> None:
    args = ("127.0.0.1:1", "GET", line, "1.1", 200)
    record = logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s %s" %d', args, None)
    assert Quiet().filter(record)
    said = record.getMessage()
    assert "SECRET" not in said
    assert re.search("/bank/…", said)
    plain = logging.LogRecord("uvicorn.access", 20, "", 0, "%s", ("/notices/1",), None)
    Quiet().filter(plain)
    assert plain.getMessage() == "/notices/1"
