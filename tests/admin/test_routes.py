"""Who may come where: every route has its roles, and nobody reads what is another union's."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from admin.app import STATUSES, status_of
from admin.roles import ANYONE
from admin.routes import OPEN_TO, ROUTES, Route
from core.errors import AppError
from core.people import Role
from tests.admin.desk import Browser, Console
from tests.admin.files import OBJECTOR, Files, filled

INSIDE = [route for route in ROUTES if route.roles is not None]
PAGES = [route for route in INSIDE if not route.tag]
API = [route for route in INSIDE if route.tag]
LEDGERS = ("/console/titles/sheet", "/console/ledger/sheet")
OUTSIDERS = ("erhai", "dali", "education", "dali-auditor")
LOGINS = {
    Role.REVIEWER: "base",
    Role.VERIFIER: "prefecture",
    Role.OFFICE: "office",
    Role.CHAIRS: "chairs",
    Role.FINANCE: "finance",
    Role.MANAGER: "manager",
    Role.AUDITOR: "auditor",
}
# What any form of ours may send: it fits the file of the first branch.
FORM = {
    "version": "5",
    "decision": "pass",
    "undertaking": "yes",
    "stage": "1",
    "upheld": "yes",
    "finding": "查实",
    "minutes": "第1次",
    "held_on": "2026-03-10",
    "reason": "asked",
    "ground": "0",
    "answer_by": "2026-07-01",
    "text": "没有的事",
    "answer": "算的",
    "sum": "1元",
    "came_on": "2026-04-20",
    "why": "弄错了",
    "union": "1",
    "state": "deceased",
    "places": "3",
    "opens": "2026-05-01",
    "closes": "2026-06-01",
    "scheme": "yn-skill-upgrade-subsidy",
    "channel": "telephone",
    "on": "2026-03-10",
    "name": "王小二",  # comes back to who has typed it: not what is looked for
    "identity": OBJECTOR.identity,
    "contact": "13900001111",
    "old": "x",
    "new": "y" * 12,
}
ORDERS: dict[str, dict[str, Any]] = {
    "/api/v1/applications/{number}/decision": {
        "decision": "pass",
        "version": 5,
        "undertaking": True,
    },
    "/api/v1/applications/{number}/subject": {"version": 5, "identity": OBJECTOR.identity},
    "/api/v1/applications/{number}/assignment": {"version": 5, "name": "李律师", "contact": "-"},
    "/api/v1/objections/{objection_id}/decision": {
        "upheld": True,
        "finding": "查实",
        "reason": "查实",
    },
    "/api/v1/notices/{notice_id}/objections": {
        "number": "",  # filled in when it is sent
        "channel": "telephone",
        "said_on": "2026-03-10",
        "text": "没有的事",
    },
    "/api/v1/applications/{number}/plea": {
        "version": 5,
        "charge": "证书是假的",
        "answer_by": "2026-05-01",
    },
    "/api/v1/applications/{number}/plea/answer": {
        "version": 5,
        "channel": "telephone",
        "on": "2026-03-10",
        "text": "没有的事",
    },
    "/api/v1/applications/{number}/inspections": {
        "version": 5,
        "went_on": "2026-03-10",
        "findings": "看过了",
    },
    "/api/v1/applications/{number}/inspections/{inspection_id}/confirm": {},
    "/api/v1/applications/{number}/attachments": {"version": 5, "papers": [{"content": "AAAA"}]},
    "/api/v1/handovers/{handover_id}/answer": {"answer": "算的"},
    "/api/v1/lists": {"scheme": "yn-model-worker-spring-festival-gift"},
    "/api/v1/lists/{round_id}/pass": {},
    "/api/v1/lists/{round_id}/add": {"identity": OBJECTOR.identity, "proof": "本人证书"},
    "/api/v1/claw-backs/{claw_back_id}/answer": {"text": "没有的事"},
    "/api/v1/duties/{duty_id}/look": {"look": "fulfilled", "version": 1},
    "/api/v1/rounds": {
        "scheme": "yn-skill-upgrade-subsidy",
        "places": 3,
        "opens": "2026-05-01",
        "closes": "2026-06-01",
    },
    "/api/v1/notices": {"round": 2, "stage": 1},
    "/api/v1/meetings": {
        "round": 2,
        "minutes": "第1次",
        "held_on": "2026-03-10",
        "others": "主席们",
        "applications": [{"number": "-", "version": 1}],
    },
    "/api/v1/budgets": {"scheme": "yn-skill-upgrade-subsidy", "year": 2026, "fen": 100},
    "/api/v1/payments": {"round": 2},
    "/api/v1/claw-backs": {
        "number": "",  # filled in when it is sent
        "ground": 0,
        "finding": "查实",
        "answer_by": "2026-07-01",
    },
    "/api/v1/claw-backs/{claw_back_id}/decision": {"decision": "uphold", "reason": "查实"},
    "/api/v1/claw-backs/{claw_back_id}/repayments": {"amount_fen": 1, "came_on": "2026-04-20"},
    "/api/v1/claw-backs/{claw_back_id}/strike": {"why": "弄错了"},
    "/api/v1/payments/{list_id}/answer": {},
    "/api/v1/payments/{list_id}/results": {"results": [{"line": 1, "result": "paid"}]},
}


@pytest.fixture
async def files(console: Console, tmp_path: Path) -> Files:
    return await filled(console.day, tmp_path)


async def ask(browser: Browser, route: Route, files: Files) -> httpx.Response:
    path = files.path(route.path)
    if route.method == "GET":
        return await browser.get(path, number=files.number)
    if route.tag:
        headers = {"idempotency-key": f"key-{route.name}"}
        order = ORDERS[route.path]
        order = order | {"number": files.number} if "number" in order else order
        return await browser.http.post(path, json=order, headers=headers)
    fields = {
        **FORM,
        "number": files.number,
        "entry": files.number,
        "round": str(files.round_id),
        "line:1": "paid",
    }
    return await browser.post(path, **fields)


def test_every_route_of_the_app_stands_in_the_table(console: Console) -> None:
    there = [
        f"{method} {route.path}"
        for route in console.app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]
    assert sorted(there) == sorted(OPEN_TO)
    assert len(there) == len(console.app.routes) == len(ROUTES)


def test_every_role_can_do_something_and_the_auditor_changes_nothing() -> None:
    assert all(any(role in (route.roles or ()) for route in PAGES) for role in Role)
    changing = [route for route in INSIDE if route.method != "GET"]
    own = {route.name for route in changing if route.roles == ANYONE}
    assert own == {
        "POST /console/sign-out",
        "POST /console/me/chat-code",
        "POST /console/me/token",
        "POST /console/me/password",
    }
    assert [r.name for r in changing if Role.AUDITOR in (r.roles or ())] == sorted(
        own, key=[route.name for route in changing].index
    )


def every(kind: type[AppError]) -> list[type[AppError]]:
    return [kind, *(each for under in kind.__subclasses__() for each in every(under))]


def test_every_refusal_has_a_status() -> None:
    for kind in every(AppError)[1:]:
        error = kind.__new__(kind)
        assert status_of(error) in {401, 403, 404, 409, 422, 429, 500}, kind
    assert set(STATUSES) <= set(every(AppError))


async def test_nobody_sees_anything_without_signing_in(console: Console, files: Files) -> None:
    nobody = await console.nobody()
    for route in INSIDE:
        answer = await ask(nobody, route, files)
        assert answer.status_code == 401, route.name
        assert files.number not in answer.text.replace(f"applications/{files.number}", "")
        if route.tag:
            assert answer.json()["error"]["code"] == "SignInNeeded"
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_cookie_opens_no_api_and_a_token_opens_no_page(
    console: Console, files: Files
) -> None:
    officer, machine = await console.officer("office"), await console.machine("office")
    assert (await officer.get("/api/v1/queue")).status_code == 401
    assert (await machine.get("/console/queue")).status_code == 401


async def test_a_role_comes_only_where_the_table_says(console: Console, files: Files) -> None:
    for role, login in LOGINS.items():
        officer, machine = await console.officer(login), await console.machine(login)
        for route in INSIDE:
            if role not in (route.roles or ()):
                answer = await ask(machine if route.tag else officer, route, files)
                assert answer.status_code == 403, (login, route.name)
        denied = await console.acts(f"officer:{console.day.province[login].id}")
        assert denied.count("denied") == sum(role not in (each.roles or ()) for each in INSIDE)


async def test_no_officer_reaches_into_another_union(console: Console, files: Files) -> None:
    before = await standing(console, files)
    for login in OUTSIDERS:
        await reaches_nowhere(console, files, login)
        assert await standing(console, files) == before, login


async def reaches_nowhere(console: Console, files: Files, login: str) -> None:
    """Neither by a page nor by a form, nor through the API."""
    officer, machine = await console.officer(login), await console.machine(login)
    role = Role(console.day.province[login].role)
    secrets = (files.number, OBJECTOR.name, OBJECTOR.text, OBJECTOR.contact, "春城机械厂")
    for route in INSIDE:
        if route.path in ("/console/sign-out", "/console/me/password", "/console/me/token"):
            continue
        answer = await ask(machine if route.tag else officer, route, files)
        body = answer.text.replace(f"applications/{files.number}", "")
        assert answer.status_code < 500, (login, route.name)
        assert [secret for secret in secrets if secret in body] == [], (login, route.name)
        if route.path not in LEDGERS:  # those of one's own branch: empty
            kind = answer.headers.get("content-type", "")
            assert not kind.startswith(("image/", "application/vnd"))
        open_to_role = route.path.replace("{round_id}", "").replace("{scheme}", "")
        if role in (route.roles or ()) and "{" in open_to_role:
            assert answer.status_code in (403, 404), (login, route.name)


async def standing(console: Console, files: Files) -> tuple[Any, ...]:
    """What an outsider must not have changed."""
    async with console.office.reading() as unit:
        application = await unit.applications.by_id(files.application_id)
        objection = await unit.objections.by_id(files.objection_id)
        worker = await unit.conversations.for_worker(files.worker_id)
        notices = await unit.notices.running()
        owed = (await unit.claw_backs.all())[0]
        rounds = await unit.rounds.all()
    return (
        application.version,
        application.state,
        objection.state,
        worker is not None,
        len(notices),
        (owed.repaid_at, owed.state, owed.answered_at),
        len(rounds),
    )


async def test_what_is_not_there_is_told_kindly(console: Console) -> None:
    officer = await console.officer("manager")
    for path in (
        "/console/nowhere",
        "/console/applications/0",
        "/console/applications/99999999999",
        "/console/applications/x",
        "/nowhere",
        "/api/v1/nowhere",
        "/console/rounds/2147483648",
    ):
        answer = await officer.get(path)
        assert answer.status_code == 404, path
        if path.startswith("/api"):
            assert answer.json()["error"]["code"] == "NotFound"
        else:
            assert "没有找到" in answer.text, path
