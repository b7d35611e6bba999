"""People on no roster: they say who they are, send what is open to anybody, and may join."""

from pathlib import Path

from bot.app import House
from core.workflow import State
from handlers import review
from handlers.decisions import Enter, Pass
from storage.tables import Application, Worker
from tests.clock import Clock
from tests.hands import DeskHand
from tests.house import a_house
from tests.journeys.applicant import Applicant, good_example, morning
from tests.journeys.steps import member
from tests.office_day import OfficeDay
from tests.people import identity_number
from tests.schemes.pages import CATALOGUE

JOIN, SKILL = "yn-join-union-flexible-workers", "yn-skill-upgrade-subsidy"
RIDER, NUMBER, PHONE = "张骑手", identity_number(77), "13888880077"


async def tells(house: House, hand: DeskHand, name: str, number: str) -> Applicant:
    """On the way to join, up to the name and the number."""
    rider = Applicant(house.office, member(), hand.address)
    rider.hand = hand
    await rider.has_told(good_example(CATALOGUE.versions(JOIN)[-1]))
    await hand.turn(command="start", argument=JOIN)
    for label in ("都对，继续", "现在申请", "同意", "同意"):
        await hand.tap(label)
    await hand.say(name)
    await hand.say(number)
    return rider


async def registers(hand: DeskHand, *places: str) -> None:
    await hand.tap("我不在名册里，继续")
    await hand.say(PHONE)
    for place in places:
        await hand.tap(place)


async def of_number(house: House, number: str) -> Worker | None:
    async with house.office.reading() as unit:
        return await unit.workers.by_identity(number)


async def takes_in(day: OfficeDay, application: Application) -> None:
    """The union of the place checks, and takes the person in."""
    officer = await day.officer("guandu")
    for decision in (Pass(), Enter("已登记入会")):
        there = await day.application(application.number)
        await review.decide(day.office, officer, there.id, there.version, decision)


async def test_a_rider_on_no_roster_joins_and_is_a_member_from_then_on(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(JOIN)[-1]).today))
    async with a_house(database_url, tmp_path, clock) as house:
        day, hand = OfficeDay(house, clock), DeskHand(house.office)
        rider = await tells(house, hand, RIDER, NUMBER)
        assert "不是会员也能办" in hand.heard
        await registers(hand, "昆明市总工会", "官渡区总工会（演示）")
        assert "已经登记" in hand.heard
        number = await rider.goes_on()
        await house.clock.tick()
        application = await day.application(number)
        guandu = (await day.officer("guandu")).union_id
        assert (application.state, application.union_id) == (State.IN_STAGE, guandu)
        guest = await of_number(house, NUMBER)
        assert guest is not None
        assert (guest.guest, guest.active, guest.union_id) == (True, False, guandu)
        officer = await day.officer("guandu")
        async with house.office.reading() as unit:
            view = await review.card(house.office, unit, officer, application.id)
        assert (view.guest, view.name) == (True, "张*手")

        await hand.turn(command="start", argument=SKILL)
        await rider.has_told(good_example(CATALOGUE.versions(SKILL)[-1]))
        await hand.turn(command="start", argument=SKILL)
        for label in ("都对，继续", "现在申请"):
            await hand.tap(label)
        assert "还不在会员名册里" in hand.heard

        await takes_in(day, application)
        joined = await of_number(house, NUMBER)
        assert joined is not None
        assert (joined.guest, joined.active, joined.union_id) == (False, True, guandu)
        assert joined.facts["union_member"]["value"] is True
        async with house.office.reading() as unit:
            acts = [act.what for act in await unit.acts.of(f"worker:{joined.id}")]
        assert acts == ["register", "bind", "enrol_member"]
        await hand.turn(command="start", argument=SKILL)
        for label in ("都对，继续", "现在申请"):
            await hand.tap(label)
        assert "名册" not in hand.heard


async def test_one_identity_is_one_person_and_wrong_tries_lock(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(JOIN)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        there, hand = member(3), DeskHand(house.office)
        await tells(house, hand, "王冒名", there.identity)
        for _ in range(4):
            await registers(hand, "昆明市总工会", "官渡区总工会（演示）")
            assert "对不上" in hand.heard
            await hand.say("王冒名")
            await hand.say(there.identity)
        await registers(hand, "昆明市总工会", "官渡区总工会（演示）")
        assert "锁" in hand.heard or "再试" in hand.heard
        known = await of_number(house, there.identity)
        assert known is not None
        assert not known.guest


async def test_who_is_forgotten_leaves_nothing_behind(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(JOIN)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        hand = DeskHand(house.office)
        rider = await tells(house, hand, RIDER, NUMBER)
        await registers(hand, "昆明市总工会", "官渡区总工会（演示）")
        await hand.turn(command="forget")
        await hand.tap(hand.labels[0])
        assert await of_number(house, NUMBER) is None

        rider = await tells(house, hand, RIDER, NUMBER)
        await registers(hand, "昆明市总工会", "昆明市总工会")
        await rider.goes_on()
        await hand.turn(command="forget")
        await hand.tap(hand.labels[0])
        kept = await of_number(house, NUMBER)
        assert kept is not None
        assert (kept.guest, kept.phone_sealed) == (True, None)
