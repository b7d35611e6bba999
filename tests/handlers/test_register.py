"""The register of titles: entered by offices and by our own awards, ended by revocations."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.errors import (
    MoveNotAllowed,
    NotFound,
    NotYours,
    OutsideJurisdiction,
    TitleThere,
    Unreadable,
)
from core.stages import Manner
from core.titles import TitleState
from core.workflow import State
from handlers import enrolment, register, register_sheet
from handlers.bench import stage_of
from handlers.register import Entry
from storage.tables import Application, Round, Title
from tests.handlers.province import Day
from tests.handlers.steps import applies, furnish, goes_on
from tests.people import identity_number

CRAFTSMAN, MEDAL, MODEL = "云岭工匠", "云南省五一劳动奖章", "省劳模或先进工作者"


def entry(title: str = MODEL, count: int = 50, union: str = "base_unit") -> Entry:
    return Entry("王秀兰", identity_number(count), title, union, "云发〔2020〕5号")


async def comes_to_its_end(day: Day, application: Application) -> Application:
    for _ in range(40):
        there = await day.now(application)
        if there.state != State.IN_STAGE:
            return there
        if stage_of(day.office, there).manner is Manner.PAY:
            await day.gives_account(there)
            await day.pays(await running(day, there), there)
        else:
            await goes_on(day, there)
    raise AssertionError("never ends")


async def running(day: Day, application: Application) -> Round:
    async with day.office.reading() as unit:
        return await unit.rounds.by_id(application.round_id)


async def everything(day: Day) -> list[Title]:
    async with day.office.reading() as unit:
        unions = await register.reach(unit, day.province["manager"].union_id)
        return list(await unit.titles.below(unions))


async def test_an_office_enters_a_holder_once_and_only_in_its_own_branch(day: Day) -> None:
    await furnish(day)
    labour, county = day.province["labour"], day.province["county"]
    made = await register.enter(day.office, labour, entry())
    assert (made.title, made.state, made.proof) == (MODEL, "held", "云发〔2020〕5号")
    with pytest.raises(TitleThere):
        await register.enter(day.office, county, entry())
    second = await register.enter(day.office, county, entry(CRAFTSMAN))
    assert second.holder_index == made.holder_index
    with pytest.raises(OutsideJurisdiction):
        await register.enter(day.office, county, entry(union="erhai"))
    with pytest.raises(Unreadable):
        await register.enter(day.office, labour, entry("世界工匠"))
    with pytest.raises(Unreadable):
        await register.enter(day.office, labour, replace(entry(MEDAL), name="李秀兰"))


async def test_a_city_revokes_what_it_entered_itself_and_any_union_reports_a_death(
    day: Day,
) -> None:
    await furnish(day)
    office, posts = day.office, day.province
    entered = await register.enter(office, posts["labour"], entry())
    own = await register.enter(office, posts["county"], entry(CRAFTSMAN, 51))
    with pytest.raises(NotYours):
        await register.end(office, posts["county"], entered.id, TitleState.REVOKED, "文件")
    with pytest.raises(OutsideJurisdiction):
        await register.end(office, posts["erhai"], own.id, TitleState.DECEASED, "去世")
    await register.end(office, posts["county"], own.id, TitleState.REVOKED, "第三十三条")
    died = await register.end(office, posts["base"], entered.id, TitleState.DECEASED, "讣告")
    assert (died.state, died.ended_on) == ("deceased", office.today())
    with pytest.raises(MoveNotAllowed):
        await register.end(office, posts["labour"], died.id, TitleState.REVOKED, "文件")
    again = await register.enter(office, posts["county"], entry(CRAFTSMAN, 51))
    assert again.id != own.id  # what was revoked may be given again


async def test_an_office_keeps_the_titles_its_documents_name_it_for(day: Day) -> None:
    await furnish(day)
    office, posts = day.office, day.province
    with pytest.raises(OutsideJurisdiction) as no:
        await register.enter(office, posts["education"], entry(CRAFTSMAN))
    assert no.value.union == posts.tree.office.name
    about = replace(entry(CRAFTSMAN), since=date(2024, 5, 1))
    craftsman = await register.enter(office, posts["office"], about)
    with_it = await register.enter(office, posts["office"], replace(about, title=MEDAL))
    alone = await register.enter(office, posts["labour"], entry(MEDAL, 52))
    for login, kept in (("education", set()), ("labour", {MEDAL}), ("office", {MEDAL, CRAFTSMAN})):
        content = await register_sheet.sheet(office, posts[login])
        page = load_workbook(BytesIO(content)).active
        assert page is not None
        assert {row[1].value for row in page.iter_rows(min_row=2)} == kept
    for login, made, refused in (
        ("education", craftsman, OutsideJurisdiction),
        ("labour", craftsman, OutsideJurisdiction),
        ("province", craftsman, NotYours),  # reads its branch, and leaves it to the office
        ("office", alone, NotYours),  # ends the medal only where it came with the title
    ):
        with pytest.raises(refused):
            await register.end(office, posts[login], made.id, TitleState.REVOKED, "文件")
    for login, made in (("office", with_it), ("labour", alone), ("office", craftsman)):
        await register.end(office, posts[login], made.id, TitleState.REVOKED, "文件")


async def test_a_citys_own_title_is_ended_by_the_city(day: Day) -> None:
    await furnish(day)
    office, posts = day.office, day.province
    made = await register.enter(office, posts["county"], entry("昆明市金牌工人"))
    with pytest.raises(OutsideJurisdiction):
        await register.end(office, posts["office"], made.id, TitleState.REVOKED, "文件")
    await register.end(office, posts["prefecture"], made.id, TitleState.REVOKED, "文件")


async def test_our_own_award_enters_the_holder_and_a_revocation_ends_the_entry(day: Day) -> None:
    award = await comes_to_its_end(day, await applies(day, "yn-yunling-craftsman-selection"))
    assert award.state == State.PAID
    (made,) = await everything(day)
    assert (made.title, made.application_id, made.proof) == (CRAFTSMAN, award.id, award.number)
    async with day.office.unit() as unit:
        name = unit.titles.name(made)
        worker = await unit.workers.by_id(award.worker_id)
        assert worker is not None
        holder = register.Holder(name, made.union_id, worker)
        await unit.titles.enter(holder, MEDAL, made.since)  # given together with it
    report = await applies(day, "yn-yunling-craftsman-title-revocation")
    async with day.office.unit() as unit:
        (folder,) = (await unit.drafts.some({report.draft_id})).values()
        folder.accused_sealed = day.office.vault.seal(name, "drafts.other")
        await unit.flush()
    done = await comes_to_its_end(day, report)
    assert done.state == State.COMPLETED
    assert {(e.title, e.state, e.ended_by) for e in await everything(day)} == {
        (CRAFTSMAN, "revoked", done.id),
        (MEDAL, "revoked", done.id),
    }


async def test_a_revocation_without_a_plain_name_waits_for_the_office(day: Day) -> None:
    await furnish(day)
    keeper = day.province["office"]
    made = await register.enter(day.office, keeper, entry(CRAFTSMAN))
    done = await comes_to_its_end(day, await applies(day, "yn-yunling-craftsman-title-revocation"))
    async with day.office.reading() as unit:
        tech = await unit.unions.coded("yn-tech-office")
        assert [a.id for a in await register.unmatched(day.office, unit, tech)] == [done.id]
    award = await applies(day, "yn-may-day-labour-medal")
    about = (day.office, keeper, made.id, TitleState.REVOKED, "核实")
    with pytest.raises(NotFound):
        await register.end(*about, award.number)
    await register.end(*about, done.number)
    async with day.office.reading() as unit:
        assert await register.unmatched(day.office, unit, tech) == []


async def test_the_ledger_masks_the_number_and_enrolment_reads_titles_and_facts(day: Day) -> None:
    await furnish(day)
    plan = {
        "members": [
            {
                "name": "王秀兰",
                "identity": identity_number(60),
                "union": "base_unit",
                "facts": {"model_worker_standing": MODEL},
                "titles": [
                    {"title": CRAFTSMAN, "since": "2024-05-01", "proof": "云工通〔2024〕9号"}
                ],
            }
        ]
    }
    for _ in range(2):
        await enrolment.enrol(day.office, enrolment.read(plan, "members.yaml"))
    assert [each.title for each in await everything(day)] == [CRAFTSMAN, MODEL]
    content = await register_sheet.sheet(day.office, day.province["county"])
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[1:4] for row in rows] == [
        [CRAFTSMAN, "王秀兰", identity_number(60)[:3] + "*" * 11 + identity_number(60)[-4:]],
        [MODEL, "王秀兰", rows[0][3]],
    ]
    empty = load_workbook(BytesIO(await register_sheet.sheet(day.office, day.province["erhai"])))
    assert empty.active is not None
    assert empty.active.max_row == 1
