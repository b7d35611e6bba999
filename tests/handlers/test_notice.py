"""Public notices: posted together, hung for their days, closed by the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from core.catalogue import Catalogue
from core.errors import (
    AlreadyDecided,
    NotFound,
    NoticeStillRunning,
    OutsideJurisdiction,
)
from core.notice import Entry, digest
from core.workflow import Move
from handlers import notice, passage, review
from handlers.bench import CALENDAR
from handlers.decisions import Reject
from storage.tables import SHANGHAI, Application, Round
from tests.handlers.province import Day
from tests.people import identity_number


async def reviewed(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    """Applications that have passed the first review and stand unposted."""
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(count)]
    await day.goes_to(1, running, *applications)
    return running, applications


async def test_the_officers_hear_when_the_last_of_their_unit_is_done(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(0, running, first)
    await day.passes("base", first)
    assert not any("可以公示" in text for text in await day.told("base2"))
    await day.passes("base", second)
    assert "本批2人都审完了，可以公示（5天）" in (await day.told("base2"))[-1]


async def test_a_rejected_last_one_lets_the_others_be_posted(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(0, running, first)
    await day.passes("base", first)
    there = await day.now(second)
    await review.decide(
        day.office, day.province["base"], there.id, there.version, Reject(("union_member",))
    )
    assert "本批1人都审完了" in (await day.told("base2"))[-1]


async def test_a_unit_does_not_wait_for_another_unit(day: Day) -> None:
    running = await day.opens_round()
    here = await day.applies(running)
    await day.applies(running, await day.worker(day.province.other_base))
    await day.goes_to(1, running, here)
    assert "可以公示" in (await day.told("base2"))[-1]
    assert not any("可以公示" in text for text in await day.told("erhai"))


async def test_posting_covers_all_that_stand_there(day: Day) -> None:
    _, (first, second) = await reviewed(day, 2)
    async with day.office.reading() as unit:
        (ready,) = await notice.ready(day.office, unit, day.province["base"])
    assert (ready.name, ready.count, ready.days) == ("基层公示", 2, 5)
    hung = await day.posts("base", first)
    assert [entry["number"] for entry in hung.entries] == [first.number, second.number]
    for application in (first, second):
        there = await day.now(application)
        assert (there.stage_began, there.due) == (day.office.today(), hung.last_day)


async def test_a_notice_shows_masked_names_and_proves_what_it_showed(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    entry = Entry(first.number, "张*华", "春城机械厂工会", "技师", 100000)
    assert hung.entries == [vars(entry)]
    today = day.office.today()
    shown = digest("技能等级晋升补助", "春城机械厂工会", today, hung.last_day, [entry])
    assert hung.digest == shown
    assert identity_number(1) not in str(hung.entries)


async def test_a_card_of_the_list_says_who_posted_it(day: Day) -> None:
    _, (first,) = await reviewed(day)
    await day.posts("base", first)
    assert "张贴公示（经办base" in (await day.told("base2"))[-1]


async def test_the_members_of_the_unit_hear_of_the_notice(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    async with day.office.reading() as unit:
        (word,) = await unit.notices.announcements(day.province.tree.base.id)
        progress = await unit.broadcasts.progress(await unit.notices.broadcast(hung.id) or 0)
    assert (word.notice.id, word.going) == (hung.id, True)
    assert progress is not None
    assert "已经上了公示名单" in (await day.told(first))[-1]


async def test_of_a_great_many_the_clock_tells_the_rest(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "AT_ONCE", 1)
    _, applications = await reviewed(day, 3)
    await day.posts("base", applications[0])

    async def posted() -> list[int]:
        told = [await day.told(each) for each in applications]
        return [sum("已经上了公示名单" in text for text in texts) for texts in told]

    assert await posted() == [1, 0, 0]
    await day.time_passes()
    await day.time_passes()
    assert await posted() == [1, 1, 1]


async def test_posting_twice_is_refused_with_the_name_of_who_did_it(day: Day) -> None:
    _, (first,) = await reviewed(day)
    await day.posts("base", first)
    with pytest.raises(AlreadyDecided) as refused:
        await day.posts("base2", first)
    assert refused.value.by == "经办base"


async def test_there_is_nothing_to_post_for_another_union(day: Day) -> None:
    _, (first,) = await reviewed(day)
    with pytest.raises(NotFound):
        await day.posts("erhai", first)


async def test_another_role_of_the_union_does_not_post(day: Day) -> None:
    _, (first,) = await reviewed(day)
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base2"].id)
        assert officer is not None
        officer.role = "auditor"
    with pytest.raises(OutsideJurisdiction):
        await day.posts("base2", first)


async def test_the_day_of_posting_does_not_count(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    assert hung.last_day == day.office.today() + timedelta(days=5)


async def test_nothing_passes_while_the_notice_hangs(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    await day.morning_of(hung.last_day)
    async with day.office.unit() as unit:
        application = await unit.applications.held(first.id)
        with pytest.raises(NoticeStillRunning) as refused:
            await passage.move(day.office, unit, application, Move.PASS, CALENDAR)
    assert refused.value.until == hung.last_day
    assert refused.value.cite == "第六条(二)"


async def test_the_last_day_ends_at_midnight_in_shanghai(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    day.clock.set(datetime.combine(hung.last_day, time(23, 59, 59), SHANGHAI))
    await day.time_passes()
    assert (await day.now(first)).stage == 1
    day.clock.move(seconds=1)
    await day.time_passes()
    there = await day.now(first)
    assert (there.stage, there.union_id) == (2, day.province.tree.prefecture.id)
    async with day.office.reading() as unit:
        assert (await unit.notices.by_id(hung.id)).state == "closed"
    assert "州市总工会（或省级产业工会）在复核" in (await day.told(first))[-1]
    assert "张*华" in (await day.told("prefecture"))[-1]


async def test_many_entries_are_closed_part_by_part(day: Day, many: int) -> None:
    _, applications = await reviewed(day, many)
    hung = await day.posts("base", applications[0])
    await day.notice_ends(hung)
    stages = {(await day.now(application)).stage for application in applications}
    assert stages == {2}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> int:
    """More than are moved in one unit."""
    monkeypatch.setattr(notice, "CHUNK", 2)
    return 5


async def test_a_straggler_gets_a_notice_of_its_own(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    await day.goes_to(0, running, first)
    await day.passes("base", first)
    one = await day.posts("base", first)
    await day.passes("base", second)
    two = await day.posts("base", second)
    assert one.id != two.id
    assert [entry["number"] for entry in two.entries] == [second.number]


async def test_the_province_posts_its_own_list(day: Day) -> None:
    running = await day.opens_round()
    here = await day.applies(running)
    await day.goes_to(4, running, here)
    assert "可以公示" in (await day.told("office"))[-1]
    hung = await day.posts("office", here)
    assert hung.union_id == day.province.tree.office.id
    await day.notice_ends(hung)
    assert (await day.now(here)).stage == 5


async def test_the_province_waits_for_everybody_still_on_the_way(day: Day) -> None:
    running = await day.opens_round()
    here = await day.applies(running)
    late = await day.applies(running, await day.worker(day.province.other_base))
    await day.goes_to(4, running, here)
    assert not any("可以公示" in text for text in await day.told("office"))
    there = await day.now(late)
    await review.decide(
        day.office, day.province["erhai"], there.id, there.version, Reject(("union_member",))
    )
    assert "本批1人都审完了" in (await day.told("office"))[-1]


async def test_working_days_that_are_not_announced_yet_are_remarked(
    day: Day, working_days: None
) -> None:
    day.clock.set(datetime(2031, 12, 22, 10, tzinfo=SHANGHAI))
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    assert "放假安排还没有公布" in hung.remark


async def test_announced_working_days_need_no_remark(day: Day, working_days: None) -> None:
    day.clock.set(datetime(2026, 4, 1, 10, tzinfo=SHANGHAI))
    running = await day.opens_round(days=27)
    first = await day.applies(running)
    await day.goes_to(1, running, first)
    assert day.office.today() == date(2026, 4, 29)
    hung = await day.posts("base", first)
    assert hung.last_day == date(2026, 5, 9)  # 1 to 5 May are free, Saturday the 9th is worked
    assert hung.remark == ""


@pytest.fixture
def working_days(catalogue: Catalogue) -> Iterator[None]:
    """The notices of every scheme hang for working days."""
    before = dict(catalogue._versions)
    for scheme_id, (scheme,) in before.items():
        stages = tuple(
            stage.model_copy(update={"day_kind": "working"}) if stage.days else stage
            for stage in scheme.stages
        )
        catalogue._versions[scheme_id] = [scheme.model_copy(update={"stages": stages})]
    yield
    catalogue._versions.update(before)


async def test_every_display_is_counted(day: Day) -> None:
    _, (first,) = await reviewed(day)
    hung = await day.posts("base", first)
    async with day.office.unit() as unit:
        await notice.shown(unit, hung.id)
    day.clock.move(hours=3)
    async with day.office.unit() as unit:
        await notice.shown(unit, hung.id)
    async with day.office.reading() as unit:
        there = await unit.notices.by_id(hung.id)
    assert there.shown == 2
    assert there.first_shown == day.clock.now() - timedelta(hours=3)
    assert there.last_shown == day.clock.now()
