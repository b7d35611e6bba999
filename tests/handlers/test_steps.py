"""Steps of every kind: facts officers find, what is entered, days, deadlines, shares, meetings."""

from datetime import timedelta

import pytest

from core.errors import (
    ConsentNeeded,
    FindingsMissing,
    NotEligible,
    NotYours,
    OutsideJurisdiction,
    Recused,
    Unreadable,
)
from core.stages import Manner
from core.workflow import State
from handlers import notice, payment, review, standards
from handlers.bench import scheme_of, stage_of
from handlers.decisions import Enter, Pass, Reject
from storage.tables import Application
from tests.handlers.province import Day, meets
from tests.handlers.steps import applies, asks_for_aid, decides, furnish, goes_on, hangs

AID, RELIEF = "yn-union-legal-aid", "yn-model-worker-living-hardship-allowance"
SPECIAL = "yn-model-worker-special-hardship-aid"
PROJECT, ACCIDENT = "yn-innovation-project-subsidy", "yn-work-safety-accident-report"


async def test_legal_aid_is_granted_by_who_took_it_in_and_ends_with_its_report(day: Day) -> None:
    aid = await asks_for_aid(day)
    assert aid.union_id == day.province.tree.county.id
    with pytest.raises(FindingsMissing):
        await decides(day, "county", aid, Pass())
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["county"], aid.id)
    assert [each.fact for each in view.open if each.needed] == ["temporary_hardship"]
    await decides(day, "county", aid, Pass(facts={"temporary_hardship": True}))
    with pytest.raises(Unreadable):
        await decides(day, "county", aid, Enter(" "))
    while (await day.now(aid)).state == State.IN_STAGE:
        there = await day.now(aid)
        entered = stage_of(day.office, there).manner is Manner.ENTER
        await decides(day, "county", aid, Enter("已办妥") if entered else Pass())
    ended = await day.now(aid)
    assert (ended.state, ended.union_id, ended.paid_at) == (State.COMPLETED, None, None)
    assert "办结" in (await day.told(aid))[-1]


async def test_legal_aid_that_is_not_needed_is_refused_with_the_article(day: Day) -> None:
    aid = await asks_for_aid(day)
    with pytest.raises(NotEligible) as refused:
        await decides(day, "county", aid, Pass(facts={"temporary_hardship": False}))
    assert refused.value.cite
    await decides(day, "county", aid, Reject(("temporary_hardship",), "收入高于困难标准"))
    assert (await day.now(aid)).state == State.REJECTED
    assert "收入高于困难标准" in (await day.told(aid))[-1]


async def test_a_decision_keeps_the_text_the_facts_and_the_articles(day: Day) -> None:
    aid = await asks_for_aid(day)
    await decides(day, "county", aid, Pass(facts={"temporary_hardship": True}, note="已核实"))
    async with day.office.reading() as unit:
        trace = await unit.passages.trace(aid.id, version=2)
    assert (trace["scheme"], trace["version"]) == (AID, aid.scheme_version)
    assert trace["facts"]["temporary_hardship"]["origin"] == "officer"
    assert trace["facts"]["legal_aid_hardship_line"]["value"] == 1050_00
    assert all(reason["cite"] for reason in trace["reasons"])


async def test_a_step_has_its_time_and_the_next_level_hears_when_it_is_over(day: Day) -> None:
    aid = await applies(day, AID)
    assert aid.due == day.office.today() + timedelta(days=7)
    await day.morning_of(aid.due - timedelta(days=1))
    assert any("快到时限" in said for said in await day.told("county"))
    assert not any("超时" in said for said in await day.told("prefecture"))
    await day.morning_of(aid.due + timedelta(days=1))
    assert any("超时" in said for said in await day.told("prefecture"))
    assert (await day.acts(aid))[-1] == "escalate"
    async with day.office.reading() as unit:
        (waiting,) = (await review.queue(day.office, unit, day.province["county"])).rows
    assert waiting.late


async def test_what_is_done_in_time_calls_nobody(day: Day) -> None:
    aid = await applies(day, AID)
    await decides(day, "county", aid, Reject((), "不属于工会受理的范围"))
    await day.days_pass(20)
    assert not any("超时" in said for said in await day.told("prefecture"))


async def test_an_accident_is_reported_by_the_hour(day: Day) -> None:
    accident = await applies(day, ACCIDENT)
    assert accident.due_at == accident.submitted_at + timedelta(hours=1)
    day.clock.move(minutes=61)
    await day.time_passes()
    assert any("超时" in said for said in await day.told("county"))
    await decides(day, "base", accident, Enter("已报区总工会"))
    there = await day.now(accident)
    assert there.due_at == day.clock.now() + timedelta(hours=2)
    assert there.union_id == day.province.tree.county.id


async def test_a_notice_without_days_in_the_document_gets_them_from_who_posts_it(
    day: Day,
) -> None:
    relief = await applies(day, RELIEF)
    await decides(day, "base", relief, Pass())
    there = await day.now(relief)
    about = (day.office, day.province["base"], there.round_id, there.stage)
    with pytest.raises(Unreadable):
        await notice.post(*about)
    hung = await notice.post(*about, days=7)
    assert hung.last_day == day.office.today() + timedelta(days=7)


async def test_relief_goes_up_level_by_level_and_the_yearly_line_says_how_much(day: Day) -> None:
    """入户、公示、上报、逐级、汇总、省总、主席办公会, then the money: line less income."""
    relief = await applies(day, RELIEF)
    line = "in_service_model_worker_line"
    with pytest.raises(NotYours):
        await standards.set_line(day.office, day.province["county"], line, 2026, "4000元")
    await standards.set_line(day.office, day.province["manager"], line, 2026, "4000元")
    await decides(day, "base", relief, Pass())
    await hangs(day, "base", relief, 5)
    for login in ("base", "county", "prefecture"):
        await decides(day, login, relief, Pass(note="情况属实"))
    with pytest.raises(FindingsMissing):
        await decides(day, "labour", relief, Pass())
    await goes_on(day, await day.now(relief), 799_00, 9_601_00)
    assert (await day.now(relief)).amount_fen is None  # one month is 800, and a year has twelve
    await goes_on(day, await day.now(relief), 9_600_00)
    there = await day.now(relief)
    assert there.amount_fen == 9_600_00
    await meets(day.office, day.province["chairs"], there.round_id)
    await day.gives_account(relief)
    async with day.office.reading() as unit:
        running = await unit.rounds.by_id(there.round_id)
    await day.pays(running, relief)
    assert (await day.now(relief)).state == State.PAID


async def test_what_was_given_this_year_counts_against_the_line_of_the_year(day: Day) -> None:
    """特殊困难帮扶金年度最高补助金额原则上不超过30000元, in one round or in several."""
    first = await applies(day, SPECIAL)
    await _comes_to(day, first, "labour", 20_000_00)
    second = await applies(day, SPECIAL, again=first)
    await _comes_to(day, second, "labour")
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["labour"], second.id)
    assert view.room is not None
    assert (view.room.high, view.room.given, view.room.soft) == (10_000_00, 20_000_00, True)
    found = {each.fact: False for each in view.open}
    with pytest.raises(ConsentNeeded):
        await decides(day, "labour", second, Pass(True, found, "", 10_001_00))
    await decides(day, "labour", second, Pass(True, found, "情况特殊", 10_001_00))
    assert (await day.now(second)).amount_fen == 10_001_00


async def _comes_to(day: Day, application: Application, login: str, *sums: int) -> None:
    """Before this officer's union; or, with a sum, past it."""
    there = day.province[login].union_id
    while (now := await day.now(application)).union_id != there:
        await goes_on(day, now)
    if sums:
        await goes_on(day, now, *sums)


async def test_a_project_is_paid_in_two_parts_and_the_second_after_its_evaluation(
    day: Day,
) -> None:
    project = await applies(day, PROJECT)
    scheme = scheme_of(day.office, project)
    first = next(n for n, each in enumerate(scheme.stages) if each.share == 80)
    while (there := await day.now(project)).stage < first:
        await goes_on(day, there)
    whole = there.amount_fen or 0
    assert whole > 0
    async with day.office.reading() as unit:
        running = await unit.rounds.by_id(there.round_id)
    await day.gives_account(project)
    await day.pays(running, project)
    assert (await day.now(project)).state == State.IN_STAGE
    while (await day.now(project)).state == State.IN_STAGE:
        there = await day.now(project)
        if scheme.stages[there.stage].manner is Manner.PAY:
            await day.pays(running, project)
        else:
            await goes_on(day, there)
    async with day.office.reading() as unit:
        lists = await unit.payments.lists(running.id)
        lines = [line for made in lists for line in await unit.payments.lines(made.id)]
    paid = sorted(line.payment.amount_fen for line in lines)
    assert paid == sorted((whole * 80 // 100, whole - whole * 80 // 100))
    assert (await day.now(project)).state == State.PAID


async def test_the_same_union_may_go_on_but_nobody_decides_for_two_unions(day: Day) -> None:
    relief = await applies(day, RELIEF)
    await decides(day, "base", relief, Pass())
    there = await day.now(relief)
    hung = await notice.post(day.office, day.province["base"], there.round_id, there.stage, days=3)
    await day.notice_ends(hung)
    await decides(day, "base", relief, Pass())  # its own second step
    assert (await day.now(relief)).union_id == day.province.tree.county.id
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base"].id)
        assert officer is not None
        officer.union_id, officer.role = day.province.tree.county.id, "verifier"
    with pytest.raises(Recused):
        await decides(day, "base", relief, Pass())


async def test_only_the_treasurer_of_the_union_that_pays_records_its_list(day: Day) -> None:
    await furnish(day)
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(6, running, application)
    await day.gives_account(application)
    lines = await day.lists(running)
    results: dict[int, payment.Result] = {lines[application.id]: payment.Paid()}
    with pytest.raises(OutsideJurisdiction):
        await payment.record(day.office, day.province["treasurer"], 1, results)
