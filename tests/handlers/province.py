"""A province at work: its officers, its workers, and a day that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from core.facts import noted
from core.jurisdiction import Level
from core.meeting import Minutes, Point, Ruling
from core.payees import Payee
from core.people import Role, normal_certificate
from handlers import approval, bank, deadline, notice, payment, review
from handlers import round as rounds
from handlers.decisions import Pass
from handlers.office import Office
from storage.admission import Ticket
from storage.tables import SHANGHAI, Application, Notice, Officer, Outbox, Round, Union, Worker
from storage.unit import Unit
from tests.clock import Clock
from tests.people import Tree, a_talk, a_tree, a_union, an_officer, bank_card, identity_number

SKILL, DEGREE = "yn-skill-upgrade-subsidy", "yn-degree-upgrade-subsidy"
NAMES = "春夏秋冬东南西北甲乙丙丁戊己庚辛"
ACCOUNT = "6222021234567890128"  # passes Luhn, belongs to nobody
MINUTES = "云工办纪〔2026〕12号"


@dataclass
class Province:
    """`tree` and a second branch beside it; one officer for each role of the first."""

    tree: Tree
    other_prefecture: Union
    other_base: Union
    officers: dict[str, Officer]

    def __getitem__(self, login: str) -> Officer:
        return self.officers[login]


async def a_province(unit: Unit) -> Province:
    tree = await a_tree(unit)
    tree.office.code = "yn-tech-office"
    education = await a_union(unit, Level.OFFICE, tree.province, code="yn-edu-office")
    prefecture = await a_union(
        unit, Level.PREFECTURE, tree.province, code="dali", name="大理州总工会"
    )
    base = await a_union(unit, Level.BASE_UNIT, prefecture, code="erhai", name="洱海纸厂工会")
    posts = {
        "base": (tree.base, Role.REVIEWER),
        "base2": (tree.base, Role.REVIEWER),
        "prefecture": (tree.prefecture, Role.VERIFIER),
        "office": (tree.office, Role.OFFICE),
        "office2": (tree.office, Role.OFFICE),
        "education": (education, Role.OFFICE),
        "chairs": (tree.chairs, Role.CHAIRS),
        "finance": (tree.finance, Role.FINANCE),
        "manager": (tree.province, Role.MANAGER),
        "dali": (prefecture, Role.VERIFIER),
        "erhai": (base, Role.REVIEWER),
    }
    officers = {}
    for login, (union, role) in posts.items():
        officers[login] = await an_officer(unit, union, role, login, name=f"经办{login}")
        talk = await a_talk(unit, f"officer-{login}")
        talk.officer_id = officers[login].id
        await unit.conversations.write(talk)
    return Province(tree, prefecture, base, officers)


async def the_province(unit: Unit) -> Province:
    """The same, where it stands already."""
    unions = {each.code: each for each in await unit.session.scalars(select(Union))}
    officers = {each.login: each for each in await unit.session.scalars(select(Officer))}
    tree = Tree(
        province=unions[Level.PROVINCE],
        office=unions["yn-tech-office"],
        chairs=unions[Level.CHAIRS],
        finance=unions[Level.FINANCE],
        prefecture=unions[Level.PREFECTURE],
        county=unions[Level.COUNTY],
        base=unions[Level.BASE_UNIT],
    )
    return Province(tree, unions["dali"], unions["erhai"], officers)


async def meets(
    office: Office, officer: Officer, round_id: int, refused: dict[int, str] | None = None
) -> approval.Outcome:
    """A meeting of this officer's on all that lies before it; only the refused are not approved."""
    async with office.reading() as unit:
        shown = await approval.standing(office, unit, officer, round_id)
    agenda = {each.id: Point(each.version) for each, _ in shown}
    for each, ground in (refused or {}).items():
        version = agenda[each].version if each in agenda else 1
        agenda[each] = Point(version, Ruling.REFUSE, ground)
    minutes = Minutes(MINUTES, office.today(), (officer.id,), "其他主席")
    return await approval.meeting(office, officer, round_id, minutes, agenda)


class Day:
    """What people do, in their words; every step through the clerks the doors use."""

    def __init__(self, office: Office, clock: Clock, province: Province) -> None:
        self.office, self.clock, self.province = office, clock, province
        self._people = 0

    async def opens_round(
        self, places: int = 50, scheme: str = SKILL, stage_days: int | None = None, days: int = 20
    ) -> Round:
        today = self.office.today()
        return await rounds.open_round(
            self.office,
            self.province["manager"],
            scheme_id=scheme,
            places=places,
            opens=today,
            closes=today + timedelta(days=days),
            stage_days=stage_days,
        )

    async def worker(self, union: Union | None = None) -> Worker:
        """Somebody of the roster with a chat, whose address is `worker-<id>`."""
        self._people += 1
        name = "张" + NAMES[self._people] + "华"
        number = identity_number(self._people)
        async with self.office.unit() as unit:
            home = union or self.province.tree.base
            worker = await unit.workers.add(home.id, name, number)
            await a_talk(unit, f"worker-{worker.id}", worker=worker)
        return worker

    async def applies(
        self,
        running: Round,
        worker: Worker | None = None,
        level: str = "技师",
        trade: str = "焊工",
        number: str = "",
    ) -> Application:
        worker = worker or await self.worker()
        async with self.office.unit() as unit:
            draft = await unit.drafts.begin(worker.id, running.scheme_id)
        number = number or f"S{worker.id:06}-{running.id}"
        scheme = self.office.schemes.version(running.scheme_id, running.scheme_version)
        ticket = Ticket(
            round_id=running.id,
            scheme_id=running.scheme_id,
            scheme_version=running.scheme_version,
            worker_id=worker.id,
            identity_index=worker.identity_index or "",
            once_index=worker.identity_index or "",
            certificate_index=self.office.vault.index(normal_certificate(number), "certificate"),
            draft_id=draft.id,
            base_union_id=worker.union_id,
            accepting_union_id=None,
            year=self.office.today().year,
            level=level,
            trade=trade,
            amount_fen=scheme.amount.yuan[level] * 100,
            facts=self._facts(running, level, trade, number),
            trace=[],
        )
        admitted = await self.office.admission.admit(ticket)
        return await self.now(admitted.application_id)

    def _facts(self, running: Round, level: str, trade: str, number: str) -> dict[str, Any]:
        today = self.office.today()
        told: dict[str, Any] = {"employment": "企业", "employer_in_yunnan": True}
        told |= {"employer_has_union": True, "union_member": True}
        if running.scheme_id == SKILL:
            told |= {"certificate": level, "certificate_date": today, "trained_by": "工会"}
            told |= {"certificate_online": True, "trade": trade, "certificate_number": number}
        else:
            told |= {"degree": level, "degree_date": today, "degree_recognised": True}
            told |= {"degree_online": True, "school": "云南开放大学", "degree_number": number}
        scheme = self.office.schemes.version(running.scheme_id, running.scheme_version)
        facts = {fact: noted(value, "worker", today) for fact, value in told.items()}
        return facts | {limit.fact: noted(False, "archive", today) for limit in scheme.limits}

    async def now(self, application: Application | int) -> Application:
        """The application as it stands."""
        wanted = application if isinstance(application, int) else application.id
        async with self.office.reading() as unit:
            return await unit.applications.by_id(wanted)

    async def passes(self, login: str, application: Application) -> Application:
        there = await self.now(application)
        officer = self.province[login]
        return await review.decide(
            self.office, officer, there.id, there.version, Pass(undertaking=True)
        )

    async def posts(self, login: str, application: Application) -> Notice:
        there = await self.now(application)
        return await notice.post(self.office, self.province[login], there.round_id, there.stage)

    async def meets(
        self, running: Round, refused: dict[int, str] | None = None
    ) -> approval.Outcome:
        """On everything that stands there, as it stands there."""
        return await meets(self.office, self.province["chairs"], running.id, refused)

    async def goes_to(self, stage: int, running: Round, *applications: Application) -> None:
        """The round is started if need be, and everybody passes until `stage` (from 0)."""
        if (await self.now(applications[0])).state == "waiting":
            await self.window_ends(running)
        for here in range((await self.now(applications[0])).stage, stage):
            if here in (1, 4):
                login = "base" if here == 1 else "office"
                await self.notice_ends(await self.posts(login, applications[0]))
                continue
            if here == 5:
                await self.meets(running)
                continue
            for application in applications:
                await self.passes({0: "base", 2: "prefecture", 3: "office2"}[here], application)

    async def window_ends(self, running: Round) -> None:
        await self.morning_of(running.closes + timedelta(days=1))

    async def notice_ends(self, hung: Notice) -> None:
        await self.morning_of(hung.last_day + timedelta(days=1))

    async def morning_of(self, day: Any, at: time = time(9)) -> None:
        """The clock is put forward, and what falls due by itself is done."""
        self.clock.set(datetime.combine(day, at, SHANGHAI))
        await self.time_passes()

    async def days_pass(self, days: int) -> None:
        await self.morning_of(self.office.today() + timedelta(days))

    async def time_passes(self) -> None:
        while await deadline.tick(self.office):
            pass

    async def gives_account(self, application: Application, number: str = "") -> None:
        """By the newest link in the worker's chat; everybody has a card of their own."""
        secret = (await self.links(application))[-1].rsplit("/", 1)[1]
        await bank.agree(self.office, secret, "zh_CN")
        form = await bank.open_link(self.office, secret)
        name = form.holder if form.payee is Payee.UNIT else await self.name(application)
        about = name, number or bank_card(application.worker_id), "工行"
        given = await bank.give(self.office, secret, *about)
        await bank.confirm(self.office, secret, given.token)

    async def name(self, application: Application) -> str:
        async with self.office.reading() as unit:
            worker = await unit.workers.by_id(application.worker_id)
            assert worker is not None
            return unit.workers.name(worker)

    async def links(self, application: Application) -> list[str]:
        """The links in the worker's chat, oldest first."""
        bodies = await self.bodies(f"worker-{application.worker_id}")
        urls = [choice["url"] for body in bodies for choice in body.get("choices", ())]
        return [url for url in urls if "/bank/" in url]

    async def lists(self, running: Round) -> dict[int, int]:
        """Makes a payment list; application id -> payment id."""
        made, _ = await payment.make_list(self.office, self.province["finance"], running.id)
        async with self.office.reading() as unit:
            lines = await unit.payments.lines(made.id)
        return {line.application.id: line.payment.id for line in lines}

    async def pays(self, running: Round, application: Application) -> None:
        finance = self.province["finance"]
        made, _ = await payment.make_list(self.office, finance, running.id)
        async with self.office.reading() as unit:
            lines = {
                each.application.id: each.payment.id for each in await unit.payments.lines(made.id)
            }
        await payment.record(self.office, finance, made.id, {lines[application.id]: payment.Paid()})

    async def told(self, who: Worker | Application | str) -> list[str]:
        """What was said to a worker, or to an officer by login, oldest first."""
        match who:
            case str():
                address = f"officer-{who}"
            case Application():
                address = f"worker-{who.worker_id}"
            case Worker():
                address = f"worker-{who.id}"
        return [body["text"] for body in await self.bodies(address)]

    async def acts(self, application: Application) -> list[str]:
        async with self.office.reading() as unit:
            return [act.what for act in await unit.acts.of(f"application:{application.id}")]

    async def bodies(self, address: str) -> Sequence[dict[str, Any]]:
        async with self.office.reading() as unit:
            rows = select(Outbox.body).where(Outbox.address == address).order_by(Outbox.id)
            return (await unit.session.scalars(rows)).all()
