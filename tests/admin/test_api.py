"""The API: the same clerks, strict orders, errors with their article, and nothing done twice."""

import asyncio
from typing import Any

import httpx
import pytest

from storage.tables import Application
from tests.admin.desk import Browser, Console
from tests.admin.files import OBJECTOR
from tests.handlers.province import ACCOUNT, SKILL

V1 = "/api/v1"
ROUND = {"scheme": SKILL, "places": 5, "opens": "2026-03-10", "closes": "2026-04-10"}


async def standing(console: Console, stage: int) -> Application:
    day = console.day
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(stage, running, application)
    return await day.now(application)


async def send(
    machine: Browser, path: str, order: dict[str, Any], key: str | None = None
) -> httpx.Response:
    headers = {"idempotency-key": key} if key else {}
    return await machine.http.post(f"{V1}{path}", json=order, headers=headers)


def code(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


async def test_an_application_is_read_and_decided(console: Console) -> None:
    application = await standing(console, 0)
    machine = await console.machine("base")
    queue = (await machine.get(f"{V1}/queue")).json()
    [row] = queue["rows"]
    assert queue["next"] is None
    assert (row["number"], row["name"], row["kind"]) == (
        application.number,
        "张*华",
        "first_review",
    )
    card = (await machine.get(f"{V1}/applications/{application.number}")).json()
    assert card["may"] == ["pass", "reject"]
    assert {"fact": "certificate", "truth": "yes"}.items() <= card["conditions"][0].items()
    assert card["facts"][0]["origin"] == "worker"
    order = {"decision": "pass", "version": card["version"], "undertaking": True}
    path = f"/applications/{application.number}/decision"
    moved = await send(machine, path, order)
    assert moved.json() == {
        "number": application.number,
        "version": card["version"] + 1,
        "state": "in_stage",
        "stage": 1,
    }
    again = await send(machine, path, order)
    assert (again.status_code, code(again)) == (409, "AlreadyDecided")


async def test_a_refusal_tells_its_class_its_sentence_and_its_article(console: Console) -> None:
    application = await standing(console, 0)
    machine = await console.machine("base")
    path = f"/applications/{application.number}/decision"
    answer = await send(machine, path, {"decision": "pass", "version": application.version})
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert error["code"] == "UndertakingMissing"
    assert error["cite"] == "第六条"
    assert "承诺" in error["message"]
    english = await machine.http.post(
        f"{V1}{path}",
        json={"decision": "pass", "version": application.version},
        headers={"accept-language": "en-GB"},
    )
    assert "undertaking" in english.json()["error"]["message"]


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"decision": "pass"},
        {"decision": "pass", "version": "3"},
        {"decision": "pass", "version": 3.0},
        {"decision": "pass", "version": True},
        {"decision": "pass", "version": 10**20},
        {"decision": "pass", "version": 3, "undertaking": "yes"},
        {"decision": "pass", "version": 3, "more": 1},
        {"decision": "approve", "version": 3},
        {"decision": "return", "version": 3, "items": [], "due": "2026-04-01"},
        {"decision": "return", "version": 3, "items": [{"slot": 0}], "due": 1774000000},
        {"decision": "return", "version": 3, "items": [{"slot": 0}], "due": "01.04.2026"},
        {"decision": "return", "version": 3, "items": [{"slot": -1}], "due": "2026-04-01"},
        {"decision": "reject", "version": 3, "facts": []},
        {"decision": "reject", "version": 3, "facts": ["certificate"], "note": "长" * 501},
    ],
)
async def test_an_order_that_does_not_fit_is_refused_by_its_field(
    console: Console, order: dict[str, Any]
) -> None:
    application = await standing(console, 0)
    machine = await console.machine("base")
    answer = await send(machine, f"/applications/{application.number}/decision", order)
    assert (answer.status_code, code(answer)) == (422, "Unreadable")
    assert (await console.day.now(application)).version == application.version


async def test_broken_bodies_are_answered_calmly(console: Console) -> None:
    machine = await console.machine("manager")
    for content, kind, status in (
        (b"{", "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 422),
        (b'{"a":"' + b"x" * 600_000 + b'"}', "application/json", 413),
    ):
        answer = await machine.http.post(
            f"{V1}/rounds", content=content, headers={"content-type": kind}
        )
        assert answer.status_code == status, content[:9]
        if status != 413:  # the server's own answer, before ours is asked
            assert answer.json()["error"]["message"]


async def test_a_round_is_opened_once_for_each_key(console: Console) -> None:
    machine = await console.machine("manager")
    without = await send(machine, "/rounds", ROUND)
    assert (without.status_code, code(without)) == (422, "Unreadable")
    first = await send(machine, "/rounds", ROUND, "key-number-one")
    again = await send(machine, "/rounds", ROUND, "key-number-one")
    other = await send(machine, "/rounds", ROUND | {"places": 6}, "key-number-one")
    second = await send(machine, "/rounds", ROUND, "key-number-two")
    assert first.status_code == 201
    assert again.json() == first.json()
    assert (other.status_code, code(other)) == (422, "Unreadable")
    assert second.json()["id"] != first.json()["id"]
    assert len((await machine.get(f"{V1}/rounds")).json()) == 2


async def test_the_same_key_at_once_opens_one_round(console: Console) -> None:
    machine = await console.machine("manager")
    answers = await asyncio.gather(
        *(send(machine, "/rounds", ROUND, "one key for all") for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await machine.get(f"{V1}/rounds")).json()) == 1


async def test_the_whole_way_from_notice_to_payment(console: Console) -> None:
    day = console.day
    application = await standing(console, 1)
    base, chairs, finance = [await console.machine(who) for who in ("base", "chairs", "finance")]
    [ready] = (await base.get(f"{V1}/notices")).json()["ready"]
    order = {"round": ready["round_id"], "stage": ready["stage"]}
    posted = await send(base, "/notices", order, "notice-key")
    assert posted.status_code == 201
    assert (await send(base, "/notices", order, "notice-key")).json() == posted.json()
    assert code(await send(base, "/notices", order)) == "AlreadyDecided"
    await day.days_pass(6)
    async with console.office.reading() as unit:
        running = await unit.rounds.by_id(application.round_id)
    await day.goes_to(5, running, application)
    version = (await day.now(application)).version
    meeting = {
        "round": running.id,
        "minutes": "第12次",
        "held_on": str(console.office.today()),
        "present": ["chairs"],
        "applications": [{"number": application.number, "version": version}],
    }
    held = await send(chairs, "/meetings", meeting)
    assert held.status_code == 201
    assert held.json()["approved"] == [application.number]
    assert code(await send(chairs, "/meetings", meeting)) == "AlreadyDecided"
    await day.gives_account(application, ACCOUNT)
    made = await send(finance, "/payments", {"round": running.id}, "list-key-1")
    assert made.status_code == 201
    assert (await send(finance, "/payments", {"round": running.id}, "list-key-1")).json() == (
        made.json()
    )
    [line] = made.json()["lines"]
    assert line["account"] == "****0128"
    list_id = made.json()["id"]
    sheet = await finance.get(f"{V1}/payments/{list_id}/sheet")
    assert sheet.content[:2] == b"PK"
    results = {"results": [{"line": line["line"], "result": "paid"}]}
    paid = await send(finance, f"/payments/{list_id}/results", results)
    assert paid.json()["lines"][0]["state"] == "paid"
    assert code(await send(finance, f"/payments/{list_id}/results", results)) == "AlreadyDecided"
    assert (await day.now(application)).state == "paid"


async def test_an_objection_is_decided_without_learning_who_objects(console: Console) -> None:
    from handlers import objection

    application = await standing(console, 1)
    notice = await console.day.posts("base", application)
    made = await objection.make(console.office, notice.id, application.number, OBJECTOR)
    machine = await console.machine("base")
    listed = await machine.get(f"{V1}/objections")
    assert [row["number"] for row in listed.json()] == [application.number]
    for secret in (OBJECTOR.name, OBJECTOR.text, OBJECTOR.contact, OBJECTOR.identity):
        assert secret not in listed.text
    order = {"upheld": True, "finding": "查实", "reason": "查实"}
    path = f"/objections/{made.id}/decision"
    found = await send(machine, path, order, "finding-key")
    assert found.json()["state"] == "upheld"
    assert (await send(machine, path, order, "finding-key")).json() == found.json()
    assert code(await send(machine, path, order)) == "AlreadyDecided"


async def test_the_description_names_every_order_and_wants_a_token(console: Console) -> None:
    described = (await (await console.nobody()).get(f"{V1}/openapi.json")).json()
    assert described["security"] == [{"token": []}]
    assert set(described["paths"]) == {
        f"{V1}/{path}"
        for path in (
            "queue",
            "applications/{number}",
            "applications/{number}/decision",
            "applications/{number}/assignment",
            "applications/{number}/subject",
            "applications/{number}/attachments",
            "applications/{number}/plea",
            "applications/{number}/plea/answer",
            "applications/{number}/inspections",
            "applications/{number}/inspections/{inspection_id}/confirm",
            "audience/{scheme}",
            "budgets",
            "claw-backs",
            "claw-backs/{claw_back_id}",
            "claw-backs/{claw_back_id}/answer",
            "claw-backs/{claw_back_id}/decision",
            "claw-backs/{claw_back_id}/repayments",
            "claw-backs/{claw_back_id}/strike",
            "applications/{number}/duties",
            "duties",
            "duties/{duty_id}/look",
            "handovers",
            "handovers/{handover_id}",
            "handovers/{handover_id}/answer",
            "lists",
            "lists/{round_id}",
            "lists/{round_id}/add",
            "lists/{round_id}/pass",
            "notices/{notice_id}/objections",
            "objections",
            "objections/{objection_id}/decision",
            "rounds",
            "notices",
            "meetings",
            "payments",
            "payments/{list_id}",
            "payments/{list_id}/sheet",
            "payments/{list_id}/answer",
            "payments/{list_id}/results",
        )
    }
    assert described["components"]["schemas"]["PassOrder"]["additionalProperties"] is False
    for path in described["paths"].values():
        for operation in path.values():
            assert "default" in operation["responses"]
