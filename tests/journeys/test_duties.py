"""After the award: the yearly report of a studio, reminded, sent, looked at, and called late."""

from datetime import date, datetime, time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from admin.app import console
from core.duties import DutyState
from core.errors import AlreadyDecided, OutsideJurisdiction
from core.titles import TitleState
from core.workflow import State
from handlers import fulfilling, register
from handlers.fulfilling import Fulfilled, LetGo
from storage.tables import SHANGHAI, Application, Duty, Outbox
from tests.admin.desk import HERE, Browser, hidden, text
from tests.clock import Clock
from tests.hands import DeskHand, a_photo
from tests.house import a_house
from tests.journeys.playing import Play
from tests.office_day import OfficeDay
from tests.schemes.pages import CATALOGUE

STUDIO = "yn-worker-innovation-studio"
DAYS = 90


class After(OfficeDay):
    """The years after the naming."""

    async def named(self, play: Play) -> Application:
        sent = await play.applies(CATALOGUE.versions(STUDIO)[-1])
        for _ in range(DAYS):
            while await play.works_on(sent):
                pass
            sent = await play.now(sent.id)
            if sent.state == State.PAID:
                return sent
            await play.next_morning()
        raise AssertionError(f"never paid: {sent.state} {sent.stage}")

    async def comes(self, day: date) -> None:
        self.clock.set(datetime.combine(day, time(9), SHANGHAI))
        await self.house.clock.tick()

    async def rows(self, of: Application) -> list[Duty]:
        async with self.office.reading() as unit:
            return list(await unit.duties.of(of.id))

    async def states(self, of: Application) -> list[tuple[date, str]]:
        return [(row.due, row.state) for row in await self.rows(of)]

    async def sits_down(self, http: httpx.AsyncClient, login: str) -> Browser:
        officer, browser = await self.officer(login), Browser(http)
        async with self.office.unit() as unit:
            secret, session = await unit.officers.sign_in(officer)
            browser.csrf = session.csrf
        http.cookies.set("console", secret)
        return browser

    async def said(self, of: Application) -> list[str]:
        """What the holder has heard, oldest first."""
        address = f"play-{of.worker_id}"
        rows = select(Outbox.body).where(Outbox.address == address).order_by(Outbox.id)
        async with self.office.reading() as unit:
            return [body["text"] for body in await unit.session.scalars(rows)]


async def reports(hand: DeskHand, words: str) -> None:
    await hand.say(words)
    await hand.photo(a_photo(words))
    assert "已收到" in hand.heard
    await hand.tap("报送")
    assert "✓ 已经报送" in hand.heard


async def test_the_yearly_report_of_a_studio(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(database_url, tmp_path, clock) as house:
        day, play = After(house, clock), Play(house, clock)
        studio = await day.named(play)
        assert await day.states(studio) == [(date(2026, 12, 31), "open")]
        hand = DeskHand(day.office, f"play-{studio.worker_id}", "telegram")
        await hand.turn(command="status")
        assert (
            "要做的事：每年年底前把工作情况报省总备案（依据 第二十八条），12月31日以前"
            in hand.heard
        )

        await day.comes(date(2026, 12, 23))
        assert "提醒" not in (await day.said(studio))[-1]
        await day.comes(date(2026, 12, 24))
        assert "12月31日以前" in (await day.said(studio))[-1]
        await hand.turn(command="status")
        await hand.tap("报送（12月31日）")
        await reports(hand, "今年完成两项攻关")
        assert "已经报送，等工会看" in hand.heard
        other = await day.officer("kunming")
        (row,) = await day.rows(studio)
        with pytest.raises(OutsideJurisdiction):
            await fulfilling.look(day.office, other, row.id, row.version, Fulfilled())

        transport = httpx.ASGITransport(console(day.office))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as http:
            browser = await day.sits_down(http, "tech")
            listed = await browser.get("/console/duties")
            assert f"{studio.number}" in listed.text
            assert "已报送，等审看" in text(listed)
            address = f"/console/applications/{studio.id}"
            page = await browser.get(address)
            assert "今年完成两项攻关" in text(page)
            assert "获得以后报送的材料" in text(page)
            look, version = f"{address}/duties/{row.id}", str(row.version)
            asked = {"look": "again", "version": version, "note": "请补上经费使用情况"}
            assert (await browser.post(look, **asked)).status_code == 422
            again = await browser.post(look, **asked, due="2027-01-15")
            page = await browser.follow(again)
            assert "请补上经费使用情况" in text(page)
            assert "请补上经费使用情况" in (await day.said(studio))[-1]
            assert (await browser.post(look, look="fulfilled", version=version)).status_code == 409

            await day.comes(date(2027, 1, 1))
            assert await day.states(studio) == [
                (date(2026, 12, 31), "open"),
                (date(2027, 12, 31), "open"),
            ]
            await hand.turn(command="status")
            await hand.tap("报送（2026年12月31日）")
            assert "请补上经费使用情况" in hand.heard
            await reports(hand, "经费六万元全部用于研发")
            row = (await day.rows(studio))[0]
            browser = await day.sits_down(http, "tech")
            done = await browser.post(look, look="fulfilled", version=str(row.version))
            assert "经费六万元全部用于研发" in text(await browser.follow(done))
            assert "已经完成" in (await day.said(studio))[-1]
            assert "报送（2026年12月31日）" not in (await _status(hand)).labels

            await day.comes(date(2027, 12, 24))
            await day.comes(date(2028, 1, 1))
            assert (await day.states(studio))[1:] == [
                (date(2027, 12, 31), "overdue"),
                (date(2028, 12, 31), "open"),
            ]
            assert "过了日期还没有报" in (await day.said(studio))[-1]
            browser = await day.sits_down(http, "tech")
            page = await browser.get(address)
            assert "过期没有报，可以开始核查" in text(page)
            assert hidden(page, "version")

        async with day.office.unit() as unit:
            (title,) = await unit.titles.conferred_by(studio.id)
        officer = await day.officer("tech")
        await register.end(day.office, officer, title.id, TitleState.REVOKED, "摘牌")
        assert {row.state for row in (await day.rows(studio))[1:]} == {DutyState.ENDED.value}
        assert "报送（" not in str((await _status(hand)).labels)
        await day.comes(date(2029, 1, 1))
        assert len(await day.rows(studio)) == 3
        row = (await day.rows(studio))[-1]
        with pytest.raises(AlreadyDecided):
            await fulfilling.look(day.office, officer, row.id, row.version, LetGo("不再要求"))
        async with day.office.reading() as unit:
            acts = [act.what for act in await unit.acts.of(f"application:{studio.id}")]
        assert [each for each in acts if each.startswith("duty_")] == [
            "duty_open",
            "duty_reported",
            "duty_again",
            "duty_open",
            "duty_reported",
            "duty_fulfilled",
            "duty_open",
            "duty_overdue",
            "duty_ended",
            "duty_ended",
        ]


async def _status(hand: DeskHand) -> DeskHand:
    await hand.turn(command="status")
    return hand
