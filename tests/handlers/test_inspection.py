"""Two supervisors look into a complaint: written down in the chat, confirmed, with a report."""

import pytest

from core.errors import (
    AlreadyDecided,
    NotYours,
    OutsideJurisdiction,
    Unreadable,
)
from core.inspection import AttachmentMissing, InspectionMissing, InspectionUnconfirmed
from handlers import inspection, review
from handlers.decisions import Enter, Pass
from storage.tables import Application
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import applies, decides
from tests.hands import a_photo
from tests.on_the_spot import a_stored

COMPLAINT = "yn-labour-supervision-complaint"
FOUND = {"report_found_true": True, "complaint_in_remit": True}


async def to_look_into(day: Day) -> Application:
    """A complaint that stands at 调查, at the county."""
    complaint = await applies(day, COMPLAINT)
    for _ in range(2):
        await decides(day, "county", complaint, Pass(facts=FOUND))
    await decides(day, "county", complaint, Pass(facts={"complaint_is_major": False}))
    return await day.now(complaint)


async def enters(day: Day, there: Application) -> None:
    done = Enter("已调查，向单位发出意见书")
    await review.decide(day.office, day.province["county"], there.id, there.version, done)


async def test_two_go_both_confirm_and_the_report_lies_with_the_file(day: Day) -> None:
    complaint = await to_look_into(day)
    with pytest.raises(InspectionMissing):
        await enters(day, complaint)
    chat = Chat(day, "county")
    await chat.turn(command="officer")
    await chat.tap("下一份")
    await chat.tap("登记入户调查（考察）")
    await chat.tap("今天")
    assert "至少2人" in chat.heard
    await chat.tap("☐ 经办county2")
    await chat.tap("选好了")
    await chat.say("工资表和考勤表对不上，欠薪属实。")
    assert "等他们确认" in chat.heard
    await chat.photo(a_photo("调查报告"))
    assert "收到1份" in chat.heard
    await chat.tap("发完了")
    assert "欠薪属实" in chat.heard
    assert "还没有确认：经办county2" in chat.heard
    with pytest.raises(InspectionUnconfirmed):
        await enters(day, complaint)
    second = Chat(day, "county2")
    card = await second.card()
    assert "写了您也在场" in card.text
    await second.presses(card, "确认属实")
    assert "已确认" in second.heard
    await second.presses(card, "确认属实")
    assert "✗" in second.heard
    await enters(day, complaint)
    assert (await day.acts(complaint))[-4:] == ["inspect", "attach", "confirm_inspection", "enter"]
    async with day.office.reading() as unit:
        view = await review.card(day.office, unit, day.province["county2"], complaint.id)
    assert "欠薪属实" in view.inspected[0].report.findings
    assert [each.officer for each in view.attached] == ["经办county"]


async def test_who_may_go_and_what_else_is_refused(day: Day) -> None:
    complaint = await to_look_into(day)
    county, county2 = day.province["county"], day.province["county2"]
    about = (complaint.id, complaint.version)
    said = (day.office.today(), "属实")
    for others in ([day.province["dali"].id], [day.province["base"].id]):
        with pytest.raises(Unreadable):
            await inspection.report(day.office, county, *about, *said, others)
    with pytest.raises(InspectionMissing):
        await inspection.report(day.office, county, *about, *said)
    with pytest.raises(OutsideJurisdiction):
        await inspection.report(day.office, day.province["prefecture"], *about, *said)
    above = day.province["prefecture"]
    first = await inspection.report(day.office, county, *about, *said, [above.id])
    with pytest.raises(NotYours):
        await inspection.confirm(day.office, county2, first.id)
    again = await inspection.report(day.office, county, *about, *said, [county2.id])
    with pytest.raises(AlreadyDecided):  # it was written anew
        await inspection.confirm(day.office, above, first.id)
    await inspection.confirm(day.office, county2, again.id)
    with pytest.raises(AttachmentMissing):
        await enters(day, complaint)
    papers = [await a_stored(day.office)]
    with pytest.raises(AlreadyDecided):
        await inspection.attach(day.office, county, complaint.id, complaint.version - 1, papers)
