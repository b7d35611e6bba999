"""The whole office at work on whatever lies before it, day after day, until nothing is left."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.app import House
from core.decision import decide
from core.errors import SumMissing, SumOutOfRange, WindowClosed
from core.facts import noted, plain
from core.people import Role
from core.periods import ANNOUNCED
from core.questions import Kind, Origin, Question
from core.rules import Value
from core.scheme import Scheme
from core.stages import Manner
from core.titles import titles_of
from core.truth import NO
from core.workflow import State
from handlers import bank, drawing, notice, payees, payment, review, standing, weighing
from handlers import round as rounds
from handlers.bench import scheme_of, stage_of
from handlers.cards import responsible
from handlers.decisions import Enter, Pass
from storage.admission import Ticket
from storage.tables import SHANGHAI, Application, DrawnList, Officer, Round, Worker
from storage.titles import Holder
from tests.clock import Clock
from tests.handlers.province import meets
from tests.on_the_spot import goes_and_sees
from tests.people import a_talk, bank_card, identity_number
from tests.schemes.pages import PAGES

SUMS = [yuan * 100 for yuan in (1, 1000, 5_000, 10_000, 100_000, 1_000_000)]
GUESSES: dict[Kind, Value] = {Kind.YES_NO: False, Kind.NUMBER: 1, Kind.MONEY: 100_00}


class Play:
    """Everybody does what their queue holds; facts come from the officers' own examples."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.office, self.clock = house, house.office, clock
        self._people = self._accounts = 0

    async def applies(self, scheme: Scheme, unit_code: str = "spring") -> Application:
        """Somebody qualifies, and has sent the application, or is on the list the office opens."""
        if scheme.drawn:
            return await self._is_drawn(scheme, unit_code)
        running = await self._round(scheme)
        today = self.office.today()
        known = lately(scheme, today)
        facts = {
            fact: noted(value, "worker", today)
            for fact, value in known.items()
            if Origin.OFFICER not in scheme.asked[fact].from_
        }
        worker = await self._worker(unit_code)
        async with self.office.unit() as unit:
            draft = await unit.drafts.begin(worker.id, scheme.id)
        ticket = a_ticket(scheme, running.id, worker, draft.id, today, facts)
        admitted = await self.office.admission.admit(ticket)
        return await self.now(admitted.application_id)

    async def _is_drawn(self, scheme: Scheme, unit_code: str) -> Application:
        worker = await self._holds(scheme, unit_code)
        return await self._line(await self._opens_list(scheme), worker)

    async def _holds(self, scheme: Scheme, unit_code: str) -> Worker:
        """In the register with the title of the example, and with its facts in the roster."""
        known, today = lately(scheme, self.office.today()), self.office.today()
        (title,) = [each for each in titles_of(scheme.asked) if each in known.values()]
        worker = await self._worker(unit_code)
        async with self.office.unit() as unit:
            kept = await unit.workers.by_id(worker.id)
            assert kept is not None
            kept.facts = {fact: noted(value, "roster", today) for fact, value in known.items()}
            await unit.workers.write(kept)
            await unit.titles.enter(Holder("张春华", kept.union_id, kept), title, today)
        return worker

    async def _opens_list(self, scheme: Scheme) -> DrawnList:
        assert scheme.drawn is not None
        async with self.office.reading() as unit:
            body = await unit.unions.coded(scheme.office)
            (officer, *_) = await unit.officers.of_union(body.id, Role.OFFICE)
        occasion = "" if scheme.drawn.per == "year" else "国庆"
        return await drawing.open_list(self.office, officer, scheme.id, occasion)

    async def _line(self, opened: DrawnList, worker: Worker) -> Application:
        async with self.office.reading() as unit:
            line = await unit.drawn.line(opened.round_id, worker.id)
        assert line is not None
        return line

    async def now(self, application_id: int) -> Application:
        async with self.office.reading() as unit:
            return await unit.applications.by_id(application_id)

    async def next_morning(self) -> None:
        tomorrow = (self.clock.now() + timedelta(days=1)).date()
        self.clock.set(datetime.combine(tomorrow, time(9), SHANGHAI))
        await self.house.clock.tick()

    async def works_on(self, application: Application) -> bool:
        """One step by whoever is responsible; False where nobody can do anything today."""
        return await self._steps(await self.now(application.id))

    async def _steps(self, here: Application) -> bool:
        if here.state != State.IN_STAGE:
            return False
        stage = stage_of(self.office, here)
        officer = await self.officer_for(here)
        match stage.manner:
            case Manner.DECIDE | Manner.ENTER:
                await self._decides(here, officer)
            case Manner.POST:
                if here.stage_began is not None:
                    return False
                days = None if stage.days else 5
                await notice.post(self.office, officer, here.round_id, here.stage, days=days)
                if stage.also_by:
                    await self._units_hang(here)
            case Manner.MEET:
                await meets(self.office, officer, here.round_id)
            case Manner.PAY:
                await self._pays(here, officer)
        return True

    async def _units_hang(self, here: Application) -> None:
        """所在单位同步公示, on the same day."""
        async with self.office.reading() as unit:
            rows = await unit.applications.at(here.round_id, here.stage)
            homes = {each.base_union_id for each in rows if each.stage_began}
            stage = stage_of(self.office, here)
            there = [(await responsible(unit, stage, home))[0] for home in sorted(homes)]
            todo = [each for each in there if await notice.ready(self.office, unit, each)]
        for officer in todo:
            await notice.post(self.office, officer, here.round_id, here.stage)

    async def officer_for(self, application: Application) -> Officer:
        async with self.office.reading() as unit:
            stage = stage_of(self.office, application)
            there = await responsible(unit, stage, application.union_id)
        assert there, f"nobody at {application.scheme_id}: {stage.name}"
        return there[0]

    async def _decides(self, application: Application, officer: Officer) -> None:
        """Says what the examples say, and passes or enters."""
        scheme = scheme_of(self.office, application)
        found: dict[str, Value] = {}
        async with self.office.reading() as unit:
            for _ in range(30):
                more = await weighing.open_facts(self.office, unit, application, found)
                if not more:
                    break
                facts = {**plain(application.facts, scheme.asked), **found}
                day = application.submitted_at.date()
                found |= {each.fact: answer(scheme, each.fact, facts, day) for each in more[:1]}
        about = (application.id, application.version)
        await goes_and_sees(self.office, officer, application)
        entered = stage_of(self.office, application).manner is Manner.ENTER
        for fen in (None, 100_00, *SUMS):
            done = Enter("办好了", found, fen) if entered else Pass(True, found, "同意", fen)
            try:
                await review.decide(self.office, officer, *about, done)
            except (SumMissing, SumOutOfRange):
                continue
            return
        raise AssertionError(f"{scheme.id}: no sum will do")

    async def _pays(self, application: Application, officer: Officer) -> None:
        async with self.office.reading() as unit:
            account = await unit.accounts.usable(application.id)
        if account is None:
            await self._gives_account(application)
        made, _ = await payment.make_list(self.office, officer, application.round_id)
        async with self.office.reading() as unit:
            lines = await unit.payments.lines(made.id)
        results = {line.payment.id: payment.Paid() for line in lines}
        await payment.record(self.office, officer, made.id, results)

    async def _gives_account(self, application: Application) -> None:
        async with self.office.unit() as unit:
            name = (await payees.holder(self.office, unit, application)).name
            url = await bank.link(self.office, unit, application)
        secret = url.rpartition("/")[2]
        await bank.agree(self.office, secret, "zh_CN")
        self._accounts += 1
        given = await bank.give(self.office, secret, name, bank_card(self._accounts), "工商银行")
        await bank.confirm(self.office, secret, given.token)

    async def _worker(self, unit_code: str) -> Worker:
        self._people += 1
        async with self.office.unit() as unit:
            home = await unit.unions.coded(unit_code)
            number = identity_number(self._people)
            worker = await unit.workers.add(home.id, "张春华", number)
            await a_talk(unit, f"play-{worker.id}", worker=worker)
        return worker

    async def _round(self, scheme: Scheme) -> Round:
        """The one that is open or stands; otherwise the manager opens one."""
        async with self.office.unit() as unit:
            manager = await unit.officers.by_login("manager")
            try:
                return await standing.running(unit, scheme)
            except WindowClosed:
                pass
        assert manager is not None
        today = self.office.today()
        return await rounds.open_round(
            self.office,
            manager,
            scheme_id=scheme.id,
            places=None,
            opens=today,
            closes=today + timedelta(days=20),
        )


def a_ticket(
    scheme: Scheme,
    round_id: int,
    worker: Worker,
    draft_id: int,
    today: date,
    facts: dict[str, dict[str, Any]],
) -> Ticket:
    """What somebody sends who applies for himself, with no sum and no certificate."""
    return Ticket(
        round_id=round_id,
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        worker_id=worker.id,
        identity_index=worker.identity_index or "",
        once_index=worker.identity_index or "",
        certificate_index=None,
        draft_id=draft_id,
        base_union_id=worker.union_id,
        accepting_union_id=None,
        year=today.year,
        level="",
        trade="",
        amount_fen=None,
        facts=facts,
        trace=[],
    )


def example(scheme: Scheme) -> Mapping[str, Value]:
    """The answers of the first example that qualifies, or that only officers can judge."""
    for expected in ("yes", "officers"):
        for each in PAGES[scheme.id].examples:
            same = each.scheme.version == scheme.version
            if each.row["expect"] == expected and not each.awards and same:
                return each.known
    return {}


def lately(scheme: Scheme, today: date) -> Mapping[str, Value]:
    """The example, moved to these days where its own are too long ago; or all of it today, where
    the days between have seen a new year."""
    known = example(scheme)
    later = today - PAGES[scheme.id].today
    moved = {f: v + later if isinstance(v, date) else v for f, v in known.items()}
    fresh = {f: today if isinstance(v, date) else v for f, v in known.items()}
    tried = (known, moved, fresh)
    return next((each for each in tried if _may(scheme, each, today)), moved)


def answer(scheme: Scheme, fact: str, facts: Mapping[str, Value], today: date) -> Value:
    """What an officer finds: as in the example, or whatever does not speak against it."""
    known = example(scheme).get(fact)
    question: Question = scheme.asked[fact]
    ahead = today + timedelta(120) if question.answer is Kind.DATE else None
    guesses = [ahead, *question.values, GUESSES.get(question.answer)]
    for value in [known, *reversed(guesses)]:
        if value is not None and _may(scheme, {**facts, fact: value}, today):
            return value
    raise AssertionError(f"{scheme.id}: whatever {fact} is, it speaks against it")


def _may(scheme: Scheme, facts: Mapping[str, Value], today: date) -> bool:
    return decide(scheme, facts, today, ANNOUNCED).truth is not NO
