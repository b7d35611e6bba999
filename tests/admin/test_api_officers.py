"""The API for what officers do beside single decisions: the pages' own rules, and nothing twice."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

from storage.tables import Objection
from tests.admin.desk import Console
from tests.admin.files import OBJECTOR, picture
from tests.admin.test_api import V1, code, send, standing
from tests.handlers.findings import finds
from tests.handlers.steps import applies, furnish
from tests.handlers.test_clawback import paid
from tests.handlers.test_drawing import FINE, GIFT, MODEL, holder
from tests.handlers.test_questions_in_the_chat import asks

PAPER = {"content": b64encode(picture()).decode()}


async def test_a_visit_is_written_down_with_its_photographs_and_confirmed(
    console: Console,
) -> None:
    relief = await applies(console.day, "yn-model-worker-living-hardship-allowance")
    machine, second = await console.machine("base"), await console.machine("base2")
    path = f"/applications/{relief.number}/inspections"
    before = (await machine.get(f"{V1}{path}")).json()
    assert before["inspections"] == before["attachments"] == []
    order: dict[str, Any] = {
        "version": before["version"],
        "findings": "住房一间",
        "went": ["base2"],
    }
    order |= {"went_on": str(console.office.today()), "papers": [PAPER]}
    for wrong, error in (
        ({"papers": [{"content": "nothing!"}]}, "FileRefused"),
        ({"papers": [{"content": b64encode(b"no picture").decode()}]}, "FileRefused"),
        ({"papers": [{}]}, "Unreadable"),
        ({"went": ["nobody"]}, "Unreadable"),
        ({"went_on": str(console.office.today() + timedelta(1))}, "Unreadable"),
        ({"version": before["version"] + 1}, "AlreadyDecided"),
    ):
        assert code(await send(machine, path, order | wrong)) == error
    stranger = await console.machine("erhai")
    assert (await send(stranger, path, order)).status_code == 403
    assert (await stranger.get(f"{V1}{path}")).status_code == 404
    first, again = [await send(machine, path, order, key="visit-0001") for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    (visit,) = first.json()["inspections"]
    assert (visit["findings"], visit["unconfirmed"]) == ("住房一间", ["经办base2"])
    assert [each["media_type"] for each in first.json()["attachments"]] == ["image/jpeg"]
    confirm = f"{path}/{visit['id']}/confirm"
    assert (await send(stranger, confirm, {})).status_code == 403
    (visit,) = (await send(second, confirm, {})).json()["inspections"]
    assert visit["unconfirmed"] == []
    assert code(await send(second, confirm, {})) == "AlreadyDecided"
    more = {"version": before["version"], "papers": [PAPER]}
    put = await send(machine, f"/applications/{relief.number}/attachments", more)
    assert len(put.json()["attachments"]) == 2
    told = (await console.nobody()).http
    schema = (await told.get(f"{V1}/openapi.json")).json()["components"]["schemas"]
    assert schema["PaperOrder"]["properties"]["content"]["contentEncoding"] == "base64"
    assert "photographs" in schema["InspectionOrder"]["description"]


async def test_papers_come_with_an_objection_and_are_never_told_again(console: Console) -> None:
    application = await standing(console, 1)
    notice = await console.day.posts("base", application)
    machine = await console.machine("base")
    order: dict[str, Any] = {"number": application.number, "channel": "mail", "text": "证书不对"}
    order |= {"said_on": str(console.office.today()), "name": "李小明", "contact": "13812345678"}
    order |= {"identity": OBJECTOR.identity, "papers": [PAPER]}
    path = f"/notices/{notice.id}/objections"
    damaged = await send(machine, path, order | {"papers": [{"content": "?"}]})
    assert (damaged.status_code, code(damaged)) == (409, "FileRefused")
    made = await send(machine, path, order, key="letter-0001")
    assert made.status_code == 201
    async with console.office.reading() as unit:
        row = await unit.session.get_one(Objection, made.json()["id"])
        assert len(await unit.objections.papers(row.id)) == 1
    assert "papers" not in made.json()


async def test_a_question_is_read_and_answered_once(console: Console) -> None:
    await asks(console.day)
    machine, colleague = await console.machine("base"), await console.machine("base2")
    (waiting,) = (await machine.get(f"{V1}/handovers")).json()
    assert "question" not in waiting
    path = f"/handovers/{waiting['id']}"
    read = (await machine.get(f"{V1}{path}")).json()
    assert "省外考的证书算不算" in read["question"]
    assert (read["name"], read["answer"]) == ("张*华", "")
    stranger = await console.machine("dali")
    assert (await stranger.get(f"{V1}{path}")).status_code == 404
    assert (await send(stranger, f"{path}/answer", {"answer": "算"})).status_code == 403
    done = await send(machine, f"{path}/answer", {"answer": "算，要能在网上查到。"})
    assert done.json()["state"] == "answered"
    late = await send(colleague, f"{path}/answer", {"answer": "不算"})
    assert (late.status_code, code(late)) == (409, "AlreadyDecided")
    assert (await machine.get(f"{V1}/handovers")).json() == []


async def test_what_the_holder_says_is_written_down_by_who_found_it(console: Console) -> None:
    _, (award,) = await paid(console.day)
    found = await finds(console.day, award)
    path = f"/claw-backs/{found.id}/answer"
    chairs, finance = await console.machine("chairs"), await console.machine("finance")
    assert (await send(chairs, path, {"text": "是真的"})).status_code == 403
    told = (await send(finance, path, {"text": "是真的"})).json()
    assert told["answered_at"]
    assert code(await send(finance, path, {"text": "再说一句"})) == "HearingOver"


async def test_a_yearly_list_is_opened_checked_and_added_to(console: Console) -> None:
    await furnish(console.day)
    worker = await holder(console.day, MODEL)
    await holder(console.day, MODEL, at_home=False)
    labour, finance = await console.machine("labour"), await console.machine("finance")
    assert (await send(finance, "/lists", {"scheme": GIFT})).status_code == 403
    opened = await send(labour, "/lists", {"scheme": GIFT})
    assert opened.status_code == 201
    again = await send(labour, "/lists", {"scheme": GIFT})
    assert (again.status_code, code(again)) == (409, "ListThere")
    await console.day.time_passes()
    path = f"/lists/{opened.json()['round_id']}"
    assert [each["round_id"] for each in (await finance.get(f"{V1}/lists")).json()]
    view = (await labour.get(f"{V1}{path}")).json()
    assert (view["clear"], view["may"]) == (1, ["pass", "add"])
    assert {each["fact"] for each in view["open"]} == set(FINE)
    assert sorted(len(each["unsure"]) for each in view["lines"]) == [0, 1]
    assert (await send(finance, f"{path}/pass", {"facts": FINE})).status_code == 403
    passed = await send(labour, f"{path}/pass", {"facts": FINE})
    assert passed.json() == {"passed": 1}
    assert (await send(labour, f"{path}/pass", {"facts": FINE})).status_code == 404
    async with console.office.reading() as unit:
        kept = await unit.workers.by_id(worker.id)
        assert kept is not None
        number = unit.workers.identity(kept)
    there = await send(labour, f"{path}/add", {"identity": number, "proof": "本人证书"})
    assert (there.status_code, code(there)) == (409, "ListThere")
