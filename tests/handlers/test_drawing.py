"""Lists nobody applies for: drawn from the register, checked, approved, paid in batches."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import (
    AppError,
    ListThere,
    NoApplicationNeeded,
    NotEligible,
    NotFound,
    OutsideJurisdiction,
    Unreadable,
)
from core.facts import noted
from core.titles import TitleState
from handlers import checking, drawing, payment, register, review
from handlers import round as rounds
from handlers.decisions import Reject
from handlers.register import Entry
from storage.tables import Application, DrawnList, Worker
from tests.handlers.province import Day, meets
from tests.handlers.steps import furnish
from tests.hands import DeskHand

GIFT = "yn-model-worker-spring-festival-gift"
ALLOWANCE = "yn-model-worker-honour-allowance"
VISIT = "yn-model-worker-festival-visit-money"
MODEL, TREATED = "省劳模或先进工作者", "经省总认定享受省劳模待遇"
NATIONAL = "全国劳模或先进工作者"
FINE = {"lost_contact": False, "discipline_violation": False}


async def holder(day: Day, *titles: str, at_home: bool = True, **roster: object) -> Worker:
    """Somebody of the base unit who is in the register; the roster knows whether at home."""
    worker = await day.worker()
    today = day.office.today()
    async with day.office.unit() as unit:
        kept = await unit.workers.by_id(worker.id)
        assert kept is not None
        facts = {"moved_abroad": False, **roster} if at_home else roster
        kept.facts = {fact: noted(value, "roster", today) for fact, value in facts.items()}  # type: ignore[arg-type]
        await unit.workers.write(kept)
        for title in titles:
            entry = register.Holder(unit.workers.name(kept), kept.union_id, kept)
            await unit.titles.enter(entry, title, today, proof="云发〔2020〕5号")
        return kept


async def lines(day: Day, drawn: DrawnList) -> list[Application]:
    async with day.office.reading() as unit:
        return list(await unit.drawn.lines(drawn.round_id))


async def line_of(day: Day, drawn: DrawnList, worker: Worker) -> Application:
    (found,) = [each for each in await lines(day, drawn) if each.worker_id == worker.id]
    return found


async def status(hand: DeskHand) -> str:
    await hand.turn(command="status")
    return hand.heard


async def test_a_yearly_list_goes_from_the_register_to_the_bank(day: Day) -> None:
    await furnish(day)
    labour, finance = day.province["labour"], day.province["finance"]
    plain, twice = await holder(day, MODEL), await holder(day, TREATED, MODEL)
    doubtful, national = await holder(day, MODEL, at_home=False), await holder(day, NATIONAL)
    dead, missing = await holder(day, MODEL), await day.worker()
    hand = DeskHand(day.office, f"worker-{plain.id}", "telegram")
    async with day.office.reading() as unit:
        (died,) = await unit.titles.of_worker(dead.id)
        number = unit.workers.identity(missing) or ""
        name = unit.workers.name(missing)
    await register.end(day.office, day.province["base"], died.id, TitleState.DECEASED, "讣告")
    assert "不用申请" in await status(hand)
    assert "还没有开列" in await status(hand)

    expected = day.office.today() + timedelta(days=9)
    drawn = await drawing.open_list(day.office, labour, GIFT, expected_on=expected)
    on_it = {line.worker_id for line in await lines(day, drawn)}
    assert on_it == {plain.id, twice.id, doubtful.id}
    assert sorted((row["kind"], row["cite"]) for row in drawn.set_aside) == [
        ("left_out", "第二条"),
        ("left_out", "第二条、第八条"),
        ("twice", ""),
    ]
    assert national.id not in on_it
    with pytest.raises(ListThere):
        await drawing.open_list(day.office, labour, GIFT)
    about = (day.office, labour, drawn.round_id)
    with pytest.raises(NotFound):
        await drawing.add(*about, number, "本人证书")
    await register.enter(
        day.office, labour, Entry(name, number, MODEL, "base_unit", "云发〔2020〕5号")
    )
    await drawing.add(*about, number, "本人证书")
    with pytest.raises(ListThere):
        await drawing.add(*about, number, "本人证书")

    await day.time_passes()
    async with day.office.reading() as unit:
        before = await checking.checklist(day.office, unit, labour, drawn.round_id)
    assert {fact.fact for fact in before.common} == FINE.keys()
    unsure = {line.application.worker_id for line in before.lines if line.unsure}
    assert unsure == {doubtful.id, missing.id}  # whether they live abroad is not known
    assert await checking.pass_on(*about, FINE) == 2
    struck = await line_of(day, drawn, doubtful)
    await review.decide(
        day.office, labour, struck.id, struck.version, Reject(("moved_abroad",), "已定居国外")
    )
    last = await line_of(day, drawn, missing)
    decision = review.Pass(True, {**FINE, "moved_abroad": False})
    await review.decide(day.office, labour, last.id, last.version, decision)
    assert "预计发放" in await status(hand)
    await meets(day.office, day.province["chairs"], drawn.round_id)

    for each in (plain, twice):
        await day.gives_account(await line_of(day, drawn, each))
    made, standing = await payment.make_list(day.office, finance, drawn.round_id)
    assert (standing.total_fen, len(standing.no_account)) == (200_000, 1)
    async with day.office.reading() as unit:
        rows = {
            row.application.worker_id: row.payment.id for row in await unit.payments.lines(made.id)
        }
    results: dict[int, payment.Result] = {
        rows[plain.id]: payment.Paid(),
        rows[twice.id]: payment.Failed(payment.Trouble.ACCOUNT_CLOSED),
    }
    await payment.record(day.office, finance, made.id, results)
    other = await line_of(day, drawn, twice)
    await day.gives_account(other, "6217000010012345677")
    async with day.office.reading() as unit:
        running = await unit.rounds.by_id(drawn.round_id)
    await day.pays(running, other)
    told = await day.told(plain)
    assert sum("发放到尾号" in text for text in told) == 1
    assert not any("通过了" in text for text in told)  # the steps before are shown when asked for
    assert "已发放" in await status(hand)
    assert "移居" in "".join(await day.told(doubtful))


async def test_nobody_applies_and_no_round_is_called(day: Day) -> None:
    await furnish(day)
    worker, today = await holder(day, MODEL), day.office.today()
    hand = DeskHand(day.office, f"worker-{worker.id}", "telegram")
    await hand.turn(command="start", argument=GIFT)
    for _ in range(3):
        if "没有变化" in hand.labels:
            break
        if "不用申请" not in hand.heard and hand.labels:
            await hand.tap(hand.labels[0])
    assert "不用申请" in hand.heard
    assert "现在申请" not in hand.labels
    about = {"scheme_id": GIFT, "places": None, "opens": today, "closes": today}
    with pytest.raises(NoApplicationNeeded):
        await rounds.open_round(day.office, day.province["manager"], **about)  # type: ignore[arg-type]


async def test_only_its_office_opens_a_list_and_two_at_once_open_one(day: Day) -> None:
    await furnish(day)
    labour = day.province["labour"]
    with pytest.raises(NotFound):
        await drawing.open_list(day.office, labour, GIFT)
    worker = await holder(day, MODEL)
    with pytest.raises(OutsideJurisdiction):
        await drawing.open_list(day.office, day.province["education"], GIFT)
    with pytest.raises(Unreadable):
        await drawing.open_list(day.office, labour, VISIT)
    with pytest.raises(Unreadable):
        await drawing.open_list(day.office, labour, "yn-skill-upgrade-subsidy")
    both = [drawing.open_list(day.office, labour, GIFT) for _ in range(2)]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["DrawnList", "ListThere"]
    async with day.office.unit() as unit:
        (entry,) = await unit.titles.of_worker(worker.id)
        number = unit.workers.identity(worker) or ""
        entry.state = "revoked"
        await unit.flush()
    (opened,) = [each for each in done if isinstance(each, DrawnList)]
    with pytest.raises(AppError) as no:
        await drawing.add(day.office, labour, opened.round_id, number, "证书")
    assert isinstance(no.value, NotEligible | ListThere)


async def test_an_allowance_by_the_month_is_set_for_all_by_the_months(day: Day) -> None:
    await furnish(day)
    labour = day.province["labour"]
    retired = {"retirement_formalities": True, "model_worker_unit": "农民"}
    people = [await holder(day, MODEL, **retired), await holder(day, NATIONAL, **retired)]
    drawn = await drawing.open_list(day.office, labour, ALLOWANCE)
    await day.time_passes()
    assert await checking.pass_on(day.office, labour, drawn.round_id, FINE, months=12) == 2
    sums = [(await line_of(day, drawn, each)).amount_fen for each in people]
    assert sums == [200 * 12 * 100, 300 * 12 * 100]
