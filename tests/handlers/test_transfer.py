"""移交: a matter goes to the union it belongs to; the common upper union names one of two."""

import pytest

from core.errors import AlreadyDecided, NotYours, OutsideJurisdiction, TransferOpen, Unreadable
from core.workflow import State
from handlers import review, transfer
from handlers.decisions import Pass, Reject, Yield
from storage.tables import Application, Transfer
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import AID, POOR, applies, asks_for_aid, decides, furnish

COMPLAINT = "yn-labour-supervision-complaint"


async def gives(day: Day, login: str, matter: Application, to: int, why: str) -> Transfer:
    there = await day.now(matter)
    officer = day.province[login]
    return await transfer.propose(day.office, officer, there.id, there.version, to, why)


async def test_across_a_prefecture_the_province_names_one_and_hears_both(day: Day) -> None:
    aid = await asks_for_aid(day)
    county, dali = day.province.tree.county.id, day.province.other_prefecture.id
    due = aid.due_at
    first = await gives(day, "county", aid, dali, "用人单位在大理")
    assert (await day.now(aid)).union_id == county
    with pytest.raises(TransferOpen):
        await gives(day, "county", aid, dali, "再说一遍")
    with pytest.raises(OutsideJurisdiction):
        await transfer.name(day.office, day.province["dali"], first.id, dali)
    province = Chat(day, "province")
    card = await province.card()
    assert "用人单位在大理" in card.text
    await province.presses(card, "由大理州总工会办理")
    handed = await day.now(aid)
    assert (handed.union_id, handed.accepting_union_id, handed.stage) == (dali, dali, 0)
    assert handed.due_at == due
    assert "大理州总工会" in (await day.told(aid))[-1]
    assert "移交" in " ".join(await day.told("county"))
    assert AID_NAME in (await Chat(day, "dali").card()).text

    second = await gives(day, "dali", aid, county, "合同在五华履行")
    assert second.namer_union_id == day.province.tree.province.id
    async with day.office.reading() as unit:
        dispute = await transfer.read(day.office, unit, day.province["province"], second.id)
    assert [why for _, why in dispute.reasons] == ["用人单位在大理", "合同在五华履行"]
    await transfer.name(day.office, day.province["province"], second.id, dali)
    assert (await day.now(aid)).union_id == dali
    assert "仍由你们办理" in (await day.told("dali"))[-1]
    with pytest.raises(AlreadyDecided):
        await transfer.name(day.office, day.province["province"], second.id, county)
    acts = await day.acts(aid)
    assert acts.count("propose_transfer") == 2
    assert acts.count("hand_over") == 1
    assert acts[-1] == "name_union"
    await decides(day, "dali", aid, Pass(facts={"temporary_hardship": True}))


AID_NAME = "工会法律援助"


async def test_what_was_decided_meanwhile_is_not_handed_over_any_more(day: Day) -> None:
    aid = await asks_for_aid(day)
    asked = await gives(day, "county", aid, day.province.other_prefecture.id, "用人单位在大理")
    await decides(day, "county", aid, Pass(facts={"temporary_hardship": True}))
    with pytest.raises(AlreadyDecided):
        await transfer.name(day.office, day.province["province"], asked.id, asked.to_union_id)
    with pytest.raises(Unreadable):
        await gives(day, "county", aid, day.province.tree.office.id, "不该给办公室")


async def test_of_a_complaint_only_the_new_investigator_reads(day: Day) -> None:
    complaint = await applies(day, COMPLAINT)
    await decides(day, "county", complaint, Pass(facts={"report_found_true": True}))
    chat = Chat(day, "county")
    await chat.presses(await chat.card(), "移交别的工会")
    await chat.tap("昆明市总工会")
    await chat.tap("昆明市总工会")
    await chat.say("单位在市直管的园区")
    await chat.tap("移交")
    assert "已移交昆明市总工会" in chat.heard
    handed = await day.now(complaint)
    assert handed.union_id == day.province.tree.prefecture.id
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["prefecture"], complaint.id)
        assert "pass" in view.may
        for login in ("county", "base", "dali", "province"):
            with pytest.raises(NotYours):
                await review.card(day.office, unit, day.province[login], complaint.id)


async def test_two_unions_asked_the_first_to_receive_goes_on(day: Day) -> None:
    await furnish(day)
    first = await asks_for_aid(day)
    dali = day.province.other_prefecture.id
    second = await applies(day, AID, **POOR)
    async with day.office.unit() as unit:  # the same person, at another union
        row = await unit.applications.held(second.id)
        row.identity_index = first.identity_index
        row.accepting_union_id = row.union_id = dali
        earlier = await unit.applications.held(first.id)
        earlier.accepting_union_id = earlier.union_id
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["dali"], second.id)
    assert [(each.number, each.cite) for each in view.earlier] == [(first.number, "第十七条")]
    assert view.may[-2:] == ("transfer", "yield")
    await decides(day, "dali", second, Yield())
    assert (await day.now(second)).state == State.WITHDRAWN
    assert first.number in (await day.told(second))[-1]
    assert (await day.now(first)).state == State.IN_STAGE


async def test_a_third_union_is_named_and_the_first_hears_of_it_to_the_end(day: Day) -> None:
    """County → Dali → back: disputed; the province names the prefecture of Kunming."""
    aid = await asks_for_aid(day)
    tree, dali = day.province.tree, day.province.other_prefecture.id
    first = await gives(day, "county", aid, dali, "用人单位在大理")
    province = day.province["province"]
    await transfer.name(day.office, province, first.id, dali)
    assert "已转到大理州总工会办理" in (await day.told("county"))[-1]
    second = await gives(day, "dali", aid, tree.county.id, "合同在五华履行")
    with pytest.raises(Unreadable):  # neither of the two: the reason has to be said
        await transfer.name(day.office, province, second.id, tree.prefecture.id)
    for wrong in (tree.office.id, tree.base.id, 99):
        with pytest.raises(Unreadable):
            await transfer.name(day.office, province, second.id, wrong, "不该由它办")
    chat = Chat(day, "province")
    await chat.presses(await chat.card(), "指定别的工会")
    await chat.tap("昆明市总工会")
    await chat.tap("昆明市总工会")
    await chat.say("单位注册在市直管的园区")
    await chat.tap("指定")
    assert "已指定由昆明市总工会办理" in chat.heard
    handed = await day.now(aid)
    assert (handed.union_id, handed.accepting_union_id) == (tree.prefecture.id,) * 2
    told = (await day.told(aid))[-1]
    assert "移交给了昆明市总工会" in told
    assert "单位注册在市直管的园区" in told
    for login in ("county", "dali"):
        assert "已转到昆明市总工会办理" in (await day.told(login))[-1]
    await decides(day, "prefecture", aid, Reject((), "不属于援助范围"))
    for login in ("county", "dali"):
        assert "昆明市总工会已办结，结果：" in (await day.told(login))[-1]
    assert "已办结" not in " ".join(await day.told("prefecture"))


async def test_the_first_union_hears_when_it_stays_and_when_it_goes_on(day: Day) -> None:
    aid = await asks_for_aid(day)
    tree = day.province.tree
    await gives(day, "county", aid, tree.prefecture.id, "市级企业")
    assert "转到" not in " ".join(await day.told("county"))  # it knows: it has done it
    back = await gives(day, "prefecture", aid, tree.county.id, "在五华")
    assert back.namer_union_id == tree.province.id
    await transfer.name(day.office, day.province["province"], back.id, tree.prefecture.id)
    assert "仍由昆明市总工会办理" in (await day.told("county"))[-1]
    onward = await gives(day, "prefecture", aid, tree.base.id, "本单位有工会")
    assert onward.namer_union_id is None
    assert "已转到春城机械厂工会办理" in (await day.told("county"))[-1]


async def test_of_a_complaint_the_first_union_hears_only_that_it_has_ended(day: Day) -> None:
    complaint = await applies(day, COMPLAINT)
    await gives(day, "county", complaint, day.province.tree.prefecture.id, "市级企业")
    await decides(day, "prefecture", complaint, Reject((), "情况不属实"))
    (ended,) = [each for each in await day.told("county") if "已办结" in each]
    assert ended.endswith("昆明市总工会已办结。")
