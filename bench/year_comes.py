"""Who comes in the year of the demonstration union, and who is there to work."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from bench.year_after import After
from bot.app import House
from core.decision import decide
from core.errors import QuotaExhausted, WindowClosed
from core.facts import noted
from core.people import Role
from core.questions import Origin
from core.scheme import Scheme, Tier
from handlers import budget, standing
from handlers import round as rounds
from storage.tables import Officer, Round, Union, Worker
from tests.clock import Clock
from tests.journeys.playing import a_ticket, lately
from tests.people import a_talk, an_officer, identity_number

DAYS, LAST_ARRIVAL, LIST_DAY = 365, 320, 20
TRIES = 3  # rounds somebody comes to in vain before giving up
SUBSIDIES = ("yn-skill-upgrade-subsidy", "yn-degree-upgrade-subsidy")
HOMES = ("spring", "riders", "qilin", "erhai", "steel")
GRANTED = 30_000_00  # fen of every budget at first: too little, so that it has to be raised


@dataclass(frozen=True)
class Comer:
    """Who wants what; the `worker` is known from the first time on."""

    scheme: Scheme
    worker: Worker | None = None
    tries: int = 1


class Coming(After):
    """Most come for the two subsidies, at least one for every scheme the union handles."""

    def __init__(self, house: House, clock: Clock, count: int) -> None:
        super().__init__(house, clock)
        self.first = clock.now()
        self.done: Counter[str] = Counter()
        self._coming: dict[int, list[Comer]] = defaultdict(list)
        self._places = max(2, count // 33)
        self._plan(count)

    @property
    def day(self) -> int:
        return (self.clock.now().date() - self.first.date()).days

    async def arrivals(self) -> None:
        """Of today; on one day the offices open their lists."""
        here = self._coming.pop(self.day, [])
        for comer in sorted(here, key=lambda each: -each.tries):
            await self._comes(comer)
        if self.day == LIST_DAY:
            for scheme, count in self.lists:
                await self._list(scheme, count)

    def _plan(self, count: int) -> None:
        today, dice = self.office.today(), random.Random(2026)
        known = [each for each in self.office.schemes.in_force(today) if each.tier is Tier.HANDLE]
        self.lists = [(each, max(2, count // 150)) for each in known if each.drawn]
        sent = [each for each in known if not each.drawn]
        weights = [_weight(each) for each in sent]
        for scheme in sent + dice.choices(sent, weights, k=max(0, count - len(known))):
            self._coming[dice.randrange(LAST_ARRIVAL)].append(Comer(scheme))

    async def furnish(self) -> None:
        """Two officers in every union that has one, a chat for each, and the budgets."""
        async with self.office.unit() as unit:
            unions = {each.id: each for each in await unit.session.scalars(select(Union))}
            officers = (await unit.session.scalars(select(Officer))).all()
            for each in officers:
                if each.role in (Role.REVIEWER, Role.VERIFIER):
                    there, role = unions[each.union_id], Role(each.role)
                    await an_officer(unit, there, role, f"{each.login}-b", name="乙经办")
            dali = next(each for each in unions.values() if each.code == "dali")
            await an_officer(unit, dali, Role.FINANCE, "dali-finance", name="丙经办")
            for each in (await unit.session.scalars(select(Officer))).all():
                talk = await a_talk(unit, f"officer-{each.id}")
                talk.officer_id = each.id
                await unit.conversations.write(talk)
        for scheme in self.office.schemes.in_force(self.office.today()):
            if scheme.tier is Tier.HANDLE and scheme.pays:
                for year in (self.first.year, self.first.year + 1):
                    await self.grants(scheme.id, year, GRANTED)

    async def grants(self, scheme_id: str, year: int, fen: int) -> None:
        await budget.set_budget(self.office, await self.login("finance"), scheme_id, year, fen)

    async def _comes(self, comer: Comer) -> None:
        """Too late for the last place: again when the next round opens, until the year is over."""
        running, worker = await self._round(comer.scheme), comer.worker
        if worker is None:
            self.done["came"] += 1
            home = HOMES[int(self.chance("home", self.done["came"]) * len(HOMES))]
            worker = await self._worker("qilin" if comer.scheme.id.startswith("qj-") else home)
        try:
            await self._sends(comer.scheme, running, worker)
        except QuotaExhausted:
            self.done["full"] += 1
            again = (running.closes - self.first.date()).days + 1
            if comer.tries < TRIES and again < DAYS:
                self._coming[again].append(Comer(comer.scheme, worker, comer.tries + 1))
            else:
                self.done["gave up"] += 1
        else:
            self.done["had a place in a later round"] += comer.tries > 1

    async def _sends(self, scheme: Scheme, running: Round, worker: Worker) -> None:
        today = self.office.today()
        known = lately(scheme, today)
        verdict = decide(scheme, known, today, self.office.calendar)
        facts = {
            fact: noted(value, "worker", today)
            for fact, value in known.items()
            if Origin.OFFICER not in scheme.asked[fact].from_
        }
        async with self.office.unit() as unit:
            draft = await unit.drafts.begin(worker.id, scheme.id)
        ticket = replace(
            a_ticket(scheme, running.id, worker, draft.id, today, facts),
            amount_fen=verdict.due_fen if scheme.pays else None,
            level=str(known.get(scheme.amount.by, "")),
            trade=str(known.get(scheme.trade, "")),
        )
        await self.office.admission.admit(ticket)

    async def _list(self, scheme: Scheme, count: int) -> None:
        """So many holders stand in the register, and the office opens the list."""
        for number in range(count):
            await self._holds(scheme, HOMES[number % len(HOMES)])
        opened = await self._opens_list(scheme)
        async with self.office.reading() as unit:
            self.done["listed"] += len(await unit.drawn.lines(opened.round_id))

    async def _worker(self, unit_code: str) -> Worker:
        self._people += 1
        born = f"{1960 + self._people // 1000}0101"
        number = identity_number(self._people % 1000, born=born)
        async with self.office.unit() as unit:
            home = await unit.unions.coded(unit_code)
            worker = await unit.workers.add(home.id, "张春华", number)
            await a_talk(unit, f"worker-{worker.id}", worker=worker)
        return worker

    async def _round(self, scheme: Scheme) -> Round:
        """First come, first served, and fewer places than come; every level has fifteen days."""
        if not scheme.ranks:
            return await super()._round(scheme)
        async with self.office.unit() as unit:
            try:
                return await standing.running(unit, scheme)
            except WindowClosed:
                pass
        today = self.office.today()
        return await rounds.open_round(
            self.office,
            await self.login("manager"),
            scheme_id=scheme.id,
            places=self._places,
            opens=today,
            closes=today + timedelta(days=30),
            stage_days=15,
        )


def _weight(scheme: Scheme) -> float:
    """Seven of ten come for the subsidies; rather more for what has to be done in time."""
    if scheme.id in SUBSIDIES:
        return 50.0
    return 2.0 if any(stage.within for stage in scheme.stages) else 0.5
