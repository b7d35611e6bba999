"""Complaints, reports and objections: who looks into one reads it, and nobody else, at any exit."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import httpx
import pytest
from sqlalchemy import select

from admin.routes import ROUTES, Route
from bot.app import House
from core.people import Role
from handlers import notice, objection, oral, oral_form, standing_in
from handlers.demonstration import Person
from handlers.meant import PLACE
from handlers.oral import Person as Caller
from handlers.oral_form import Told
from storage.objections import Objector
from storage.tables import Application, Officer, Union
from tests.admin.desk import Console, text
from tests.clock import Clock
from tests.handlers.province import Day, Province
from tests.hands import DeskHand
from tests.house import a_house
from tests.journeys.applicant import Applicant, good_example, morning
from tests.journeys.steps import applies, bubbles, member
from tests.office_day import OfficeDay
from tests.people import Tree, an_officer, identity_number
from tests.schemes.pages import CATALOGUE

COMPLAINT, REVOCATION = "yn-labour-supervision-complaint", "yn-model-worker-title-revocation"
OBJECTOR = Objector("逄建军", identity_number(903), "座机八八六", "电梯暗号三一八")
FINDING = "查明暗号五五五"
# One of each role at each kind of union, in the branch and beside it; further outsiders of a kind
# see what the first one sees.
OFFICERS = (
    *("spring", "spring2", "panlong", "panlong2", "guandu", "kunming"),
    *("province", "tech", "chairs", "finance", "manager", "auditor"),
)


@dataclass
class Demonstration:
    """The demonstration union with private matters in its drawers.

    `secrets`: what was said, who said it and whom it is about, with those who may read it.
    """

    console: Console
    day: OfficeDay
    ids: dict[str, list[str]] = field(default_factory=dict)
    secrets: dict[str, set[str]] = field(default_factory=dict)

    def keeps(self, *words: str, seen_by: set[str]) -> None:
        self.secrets |= dict.fromkeys(words, seen_by)

    def leaks(self, login: str, path: str, told: str) -> list[str]:
        """Who asks the union's people something says who asks: a family name stands there."""
        named = "/handovers" in path
        return [
            word
            for word, who in self.secrets.items()
            if login not in who and word in told and not (named and len(word) == 1)
        ]


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Demonstration]:
    clock.set(morning(good_example(CATALOGUE.versions(COMPLAINT)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        console = Console(house.office, await everybody(house, clock))
        yield await furnished(Demonstration(console, OfficeDay(house, clock)))
        await console.close()


async def everybody(house: House, clock: Clock) -> Day:
    """With their chats, and a second officer beside the one who looks into the complaint."""
    async with house.office.unit() as unit:
        unions = {each.code: each for each in await unit.session.scalars(select(Union))}
        await an_officer(unit, unions["kunming-panlong"], Role.VERIFIER, "panlong2", name="殷新来")
        officers = {each.login: each for each in await unit.session.scalars(select(Officer))}
        for login, officer in officers.items():
            talk = await unit.conversations.of("web", f"officer-{login}", "zh_CN")
            talk.officer_id = officer.id
            await unit.conversations.write(talk)
    codes = ("yn", "yn-tech-office", "yn-chairs", "yn-finance", "kunming", "kunming-panlong")
    tree = Tree(*(unions[code] for code in (*codes, "spring")))
    return Day(house.office, clock, Province(tree, unions["qujing"], unions["erhai"], officers))


async def furnished(d: Demonstration) -> Demonstration:
    complaint = await complains(d, COMPLAINT, "禤明月", 901, "何秀兰和亓官某", "锅炉房暗号九一七")
    d.keeps("禤", "亓官某", "暗号九一七", seen_by={"panlong", "panlong2"})
    report = await complains(d, REVOCATION, "厍东风", 902, "亓官乙", "奖状暗号六二四")
    d.keeps("厍", "亓官乙", "暗号六二四", seen_by={"province"})
    recording = await is_written_down(d)
    d.keeps("郗", "亓官丙", "暗号七七二", seen_by={"panlong"})
    objected = await is_objected_to(d)
    said = (OBJECTOR.name, "逄", OBJECTOR.contact, OBJECTOR.text, FINDING)
    d.keeps(*said, seen_by={"spring", "spring2"})
    matters = (complaint, report, objected)
    d.ids |= {
        "application_id": [str(each.id) for each in matters],
        "number": [each.number for each in matters],
        "recording_id": [str(recording)],
        "scheme": [COMPLAINT, REVOCATION],
        "round_id": [str(complaint.round_id)],
    }
    return d


async def complains(
    d: Demonstration, scheme_id: str, name: str, count: int, accused: str, words: str
) -> Application:
    """In the web chat; then asks the union's people about something else."""
    number, office = identity_number(count), d.console.office
    async with office.unit() as unit:
        await unit.workers.add((await unit.unions.coded("spring")).id, name, number)
    person = Applicant(office, Person(name, number, "", "spring"), f"complains-{count}")
    await person.comes_in()
    await person.has_told(good_example(CATALOGUE.versions(scheme_id)[-1]))
    await person.hand.turn(command="start", argument=scheme_id)
    told = {"某一位具体的人": accused, "请说说": words, "请写明是谁": words}
    hand = person.hand
    while "提交成功" not in hand.heard:
        typed = next((told[each] for each in told if each in hand.heard), "")
        if typed and hand.reply.expects == "text":
            await hand.say(typed)
        elif "盘龙区总工会（演示）" in hand.labels:
            await hand.tap("盘龙区总工会（演示）")
        else:
            await person.does_the_next_thing()
    sent = hand.heard.partition("编号：")[2].split("\n")[0]
    await d.day.house.clock.tick()
    await hand.turn(command="status")
    await hand.turn(command="human")
    await hand.tap("请工会的人回复我")
    await hand.say("食堂几点开门？")
    return await d.day.application(sent)


async def is_written_down(d: Demonstration) -> int:
    """A complaint at the counter, which is read back and waits."""
    office, officer = d.console.office, await d.day.officer("panlong")
    scheme = CATALOGUE.versions(COMPLAINT)[-1]
    known = {**good_example(scheme).known, "complaint_told": "仓库暗号七七二", "workers_harmed": 3}
    facts = {fact: value for fact, value in known.items() if scheme.asked[fact].asked_of_worker}
    async with office.unit() as unit:
        who = Caller("郗大爷", identity_number(904), "13812345678")
        row = await oral.begin(office, unit, officer, COMPLAINT, who)
        assert row is not None
        await oral_form.write(office, unit, officer, row.id, Told(facts, accused="亓官丙"))
        await oral_form.read_back(office, unit, officer, row.id)
        return row.id


async def is_objected_to(d: Demonstration) -> Application:
    """Somebody writes to us about an entry of a notice; it is upheld, as cheating."""
    number = await applies(DeskHand(d.console.office, "applies"), member())
    await d.day.window_ends(number)
    await d.day.passes("spring", number)
    there, office = await d.day.application(number), d.console.office
    spring = await d.day.officer("spring")
    hung = await notice.post(office, spring, there.round_id, there.stage)
    made = await objection.make(office, hung.id, number, OBJECTOR)
    await objection.decide(
        office, spring, made.id, upheld=True, finding=FINDING, reason="不实", ground=0
    )
    d.ids |= {"notice_id": [str(hung.id)], "objection_id": [str(made.id)]}
    return await d.day.application(number)


def addresses(d: Demonstration, route: Route) -> Iterator[str]:
    """Every address of a route that could show one of them."""
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    for values in product(*(d.ids.get(name, ["1"]) for name in names)):
        path = route.path
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}}}", value)
        yield path
        if path.endswith(("/find", "/claw-backs/new")):
            yield from (f"{path}?number={number}" for number in d.ids["number"])
        if "/ledger" in path:
            yield from (f"{path}?scheme={each}&year=2026" for each in d.ids["scheme"])
        if path.endswith("/acts"):
            yield from (f"{path}?on=application:{each}" for each in d.ids["application_id"])


async def asks(d: Demonstration, login: str) -> AsyncIterator[tuple[str, httpx.Response]]:
    """What is open to his role; to nobody in particular, what is open to all."""
    browser = await (d.console.officer(login) if login else d.console.nobody())
    machine = await (d.console.machine(login) if login else d.console.nobody())
    role = Role(d.console.day.province[login].role) if login else None
    for route in ROUTES:
        there = role in route.roles if route.roles is not None else role is None
        if route.method != "GET" or not there or route.path.endswith("/thumbnail"):
            continue
        for path in addresses(d, route):
            answer = await (machine if route.tag else browser).get(path)
            if answer.status_code == 303:
                answer = await browser.follow(answer)
            assert answer.status_code < 500, path
            yield path, answer


async def hears(d: Demonstration, login: str) -> str:
    """What the officer's chat has been told, and what its buttons open."""
    hand = DeskHand(d.console.office, f"officer-{login}")
    await hand.turn(command="officer")
    for label in hand.labels:
        await hand.turn(command="officer")
        if label in hand.labels:
            await hand.tap(label)
    async with d.console.office.reading() as unit:
        talk = await unit.conversations.find("web", hand.address)
        assert talk is not None
        return "".join(str(body) for body in await bubbles(unit, talk.id))


def words(answer: httpx.Response) -> str:
    """What somebody would find in it, also in a spreadsheet."""
    if is_zipfile(BytesIO(answer.content)):
        with ZipFile(BytesIO(answer.content)) as sheet:
            return "".join(sheet.read(name).decode(errors="replace") for name in sheet.namelist())
    return answer.text


@pytest.mark.long
async def test_only_who_looks_into_it_reads_it(there: Demonstration) -> None:
    """Every address an officer may ask, and his chat."""
    seen, leaks = set[tuple[str, str]](), list[tuple[str, str, str]]()
    for login in ("", *OFFICERS):
        told = {path: words(answer) async for path, answer in asks(there, login)}
        told["chat"] = await hears(there, login) if login else ""
        for path, said in told.items():
            seen |= {(login, word) for word in there.secrets if word in said}
            leaks += [(login, path, word) for word in there.leaks(login, path, said)]
    assert leaks == []
    assert {(login, word) for word, who in there.secrets.items() for login in who} <= seen

    manager = await there.console.officer("manager")
    found = await manager.post("/console/people", identity=identity_number(901))
    assert "禤*月" in found.text
    assert there.ids["number"][0] not in found.text
    page = f"/console/applications/{there.ids['application_id'][1]}"
    assert (await manager.get(page)).status_code == 404
    await stands_in(there, "province", "manager")
    assert "奖状暗号六二四" in (await manager.get(page)).text
    await stands_in(there, "panlong", "panlong2")
    colleague = await there.console.officer("panlong2")
    assert "仓库暗号七七二" in (await colleague.get("/console/recordings/1")).text


async def test_whom_it_is_about_does_not_even_hear_of_it(there: Demonstration) -> None:
    """Neither does who stands in for him; a name with a blank in it is the same name."""
    complaint, office = there.ids["application_id"][0], there.console.office
    async with office.unit() as unit:
        row = await unit.applications.by_id(int(complaint))
        (folder,) = (await unit.drafts.some({row.draft_id})).values()
        folder.accused_sealed = office.vault.seal("科长 殷 新来", PLACE)
    accused = await there.console.officer("panlong2")
    assert there.ids["number"][0] not in (await accused.get("/console/queue")).text
    assert "待办0份" in await hears(there, "panlong2")
    page = f"/console/applications/{complaint}"
    assert (await accused.get(page)).status_code == 404
    sent = {
        "version": "2",
        "decision": "enter",
        "note": "没有这回事",
        "reason": "转走",
        "union": "1",
    }
    for form in ("decision", "transfer", "attachments", "inspection"):
        answer = await accused.post(f"{page}/{form}", **sent)
        assert answer.status_code == 403, form
        assert "反映" not in text(answer)
    machine = await there.console.machine("panlong2")
    number = there.ids["number"][0]
    order = {"decision": "reject", "version": 2, "facts": [], "note": "没有这回事"}
    decided = await machine.http.post(f"/api/v1/applications/{number}/decision", json=order)
    assert decided.status_code == 403
    await stands_in(there, "panlong", "panlong2")
    assert (await accused.get(page)).status_code == 404


async def stands_in(d: Demonstration, login: str, deputy: str) -> None:
    officer, other = await d.day.officer(login), await d.day.officer(deputy)
    today = d.console.office.today()
    await standing_in.name(d.console.office, officer, officer.id, other.id, today, today)
