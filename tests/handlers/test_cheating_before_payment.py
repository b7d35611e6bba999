"""Cheating found out before anything was paid: disqualified, and entered in the record."""

from typing import Any

import pytest

from core.errors import (
    AlreadyDecided,
    Barred,
    LimitReached,
    OutsideJurisdiction,
    Unreadable,
)
from handlers import integrity, limits, objection, review
from handlers.decisions import Disqualify
from storage.objections import Objector
from storage.tables import Application, Stain
from tests.handlers.officer_chat import Chat, in_stage
from tests.handlers.province import SKILL, Day
from tests.handlers.steps import applies
from tests.people import identity_number

SAID = Objector("王大明", identity_number(50), "13812345678", "证书是假的。")


async def stains(day: Day, application: Application) -> list[Stain]:
    async with day.office.reading() as unit:
        return list(await integrity.known(unit, application))


async def objected(day: Day) -> tuple[Application, int]:
    _, application = await in_stage(day, 1)
    hung = await day.posts("base", application)
    made = await objection.make(day.office, hung.id, application.number, SAID)
    return application, made.id


async def upholds(day: Day, made: int, ground: int | None) -> None:
    about: dict[str, Any] = {"finding": "查了原件。", "reason": "证书不是真的。"}
    officer = day.province["base"]
    await objection.decide(day.office, officer, made, upheld=True, ground=ground, **about)


async def disqualifies(day: Day, login: str, application: Application, ground: int = 0) -> None:
    there = await day.now(application)
    decision = Disqualify(ground, "证书系伪造，原件比对不符。")
    await review.decide(day.office, day.province[login], there.id, there.version, decision)


async def test_an_objection_upheld_for_cheating_enters_the_record(day: Day) -> None:
    application, made = await objected(day)
    await upholds(day, made, 0)
    assert (await day.now(application)).state == "disqualified"
    (stain,) = await stains(day, application)
    assert stain.whose == application.identity_index
    assert (stain.cite, stain.blocks) == ("第八条", [])
    assert "诚信记录" in stain.say
    told = (await day.told(application))[-1]
    assert "被取消申报资格" in told
    assert "记入了诚信记录" in told
    assert "enter_record" in await day.acts(application)


async def test_an_objection_upheld_for_something_else_leaves_no_record(day: Day) -> None:
    application, made = await objected(day)
    await upholds(day, made, None)
    assert (await day.now(application)).state == "disqualified"
    assert await stains(day, application) == []
    assert "诚信记录" not in (await day.told(application))[-1]


async def test_an_officer_who_finds_it_in_review_enters_the_record(day: Day) -> None:
    _, application = await in_stage(day, 0)
    await disqualifies(day, "base", application)
    there = await day.now(application)
    assert (there.state, there.live) == ("disqualified", False)
    assert [each.cite for each in await stains(day, application)] == ["第八条"]
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["office"], application.id)
    assert view.steps[-1].reason["note"] == "证书系伪造，原件比对不符。"
    assert "原件比对不符" in (await day.told(application))[-1]


@pytest.mark.parametrize(("ground", "note"), [(1, "查实"), (-1, "查实"), (0, " ")])
async def test_another_ground_or_nothing_found_is_refused(day: Day, ground: int, note: str) -> None:
    _, application = await in_stage(day, 0)
    with pytest.raises(Unreadable):
        await review.decide(
            day.office,
            day.province["base"],
            application.id,
            (await day.now(application)).version,
            Disqualify(ground, note),
        )
    assert await stains(day, application) == []


async def test_the_bar_of_the_document_begins_on_the_same_day(day: Day) -> None:
    scheme = day.office.schemes.on(SKILL, day.office.today())
    barred = scheme.misconduct.model_validate(
        {
            "before_payment": "disqualify",
            "bar": "5年",
            "rules": [{"say": "弄虚作假的，5年内不得申报", "cite": "第八条"}],
            "cite": "第八条",
        }
    )
    day.office.schemes._versions[SKILL] = [scheme.model_copy(update={"misconduct": barred})]
    try:
        _, application = await in_stage(day, 0)
        await disqualifies(day, "base", application)
        (stain,) = await stains(day, application)
        today = day.office.today()
        assert (stain.blocks, stain.until) == ([SKILL], today.replace(year=today.year + 5))
        assert "不能再申报" in (await day.told(application))[-1]
        about = (application.identity_index, application.base_union_id)
        async with day.office.reading() as unit:
            with pytest.raises(Barred):
                await limits.check_record(unit, SKILL, *about)
    finally:
        day.office.schemes._versions[SKILL] = [scheme]


async def test_where_the_file_names_no_record_nobody_is_offered_it(day: Day) -> None:
    relief = await applies(day, "yn-model-worker-living-hardship-allowance")
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["base"], relief.id)
    assert "disqualify" not in view.also
    with pytest.raises(Unreadable):
        await disqualifies(day, "base", relief)


async def test_the_office_that_keeps_the_file_strikes_it_out_and_nobody_else(day: Day) -> None:
    _, application = await in_stage(day, 0)
    await disqualifies(day, "base", application)
    (stain,) = await stains(day, application)
    for login in ("base", "dali", "prefecture", "finance"):
        with pytest.raises(OutsideJurisdiction):
            await integrity.strike(day.office, day.province[login], stain.id, "弄错了")
    await integrity.strike(day.office, day.province["office"], stain.id, "弄错了")
    assert await stains(day, application) == []
    assert "划去" in (await day.told(application))[-1]
    with pytest.raises(AlreadyDecided):
        await integrity.strike(day.office, day.province["office2"], stain.id, "弄错了")


async def test_in_the_chat_the_ground_is_asked_for_in_both_ways(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "弄虚作假，取消资格")
    (ground,) = [label for label in chat.labels if "查实弄虚作假" in label]
    await chat.tap(ground)
    await chat.say("证书系伪造")
    assert "确定吗" in chat.heard
    await chat.tap("确认取消资格")
    assert "已取消申报资格" in chat.heard
    assert len(await stains(day, application)) == 1


@pytest.mark.parametrize(("press", "count"), [("查实弄虚作假", 1), ("不是弄虚作假", 0)])
async def test_in_the_chat_an_objection_is_asked_whether_it_was_cheating(
    day: Day, press: str, count: int
) -> None:
    application, _ = await objected(day)
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "属实")
    await chat.say("查了原件。")
    await chat.say("证书不是真的。")
    (label,) = [each for each in chat.labels if press in each]
    await chat.tap(label)
    await chat.tap("确定")
    assert (await day.now(application)).state == "disqualified"
    assert len(await stains(day, application)) == count


async def test_the_record_is_shown_to_who_decides_on_the_next_application(day: Day) -> None:
    _, application = await in_stage(day, 0)
    await disqualifies(day, "base", application)
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(application.worker_id)
        found = await limits.reached(day.office, unit, [application])
    assert worker is not None
    assert found == {} or not isinstance(found[application.id], LimitReached)
    running = await day.opens_round(days=30)
    again = await day.applies(running, worker, number="S-another-1")
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["base"], again.id)
    assert [each.cite for each in view.record] == ["第八条"]
