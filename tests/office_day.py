"""The officers' part of a journey: each acts with the same clerk the doors use."""

from datetime import datetime, time, timedelta

from bot.app import House
from core.workflow import State
from handlers import bank, notice, payment, review
from handlers.decisions import Pass
from storage.tables import SHANGHAI, Application, Officer
from tests.clock import Clock
from tests.handlers.province import meets

ACCOUNT = "6222021234567890128"  # passes Luhn, belongs to nobody


class OfficeDay:
    """Everybody at work in the demonstration union."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.office, self.clock = house, house.office, clock

    async def officer(self, login: str) -> Officer:
        async with self.office.reading() as unit:
            found = await unit.officers.by_login(login)
        assert found is not None
        return found

    async def application(self, number: str) -> Application:
        async with self.office.reading() as unit:
            return await unit.applications.numbered(number)

    async def morning_after(self, days: int = 1) -> None:
        """Some days later, at nine, with everything done that fell due by itself."""
        later = (self.clock.now() + timedelta(days=days)).date()
        self.clock.set(datetime.combine(later, time(9), SHANGHAI))
        await self.house.clock.tick()

    async def window_ends(self, number: str) -> None:
        """The day after the last day of the round."""
        async with self.office.reading() as unit:
            application = await unit.applications.numbered(number)
            running = await unit.rounds.by_id(application.round_id)
        await self.morning_after((running.closes - self.clock.now().date()).days + 1)

    async def passes(self, login: str, number: str) -> None:
        application = await self.application(number)
        officer = await self.officer(login)
        await review.decide(
            self.office, officer, application.id, application.version, Pass(undertaking=True)
        )

    async def posts(self, login: str, number: str) -> int:
        """Posts the notice and lets its days go by; returns its id."""
        application = await self.application(number)
        posted = await notice.post(
            self.office, await self.officer(login), application.round_id, application.stage
        )
        await self.morning_after((posted.last_day - self.clock.now().date()).days + 1)
        return posted.id

    async def meets(self, number: str) -> None:
        application = await self.application(number)
        chairs = await self.officer("chairs")
        await meets(self.office, chairs, application.round_id)

    async def bank_secret(self, number: str) -> str:
        """The end of a fresh one-time link."""
        async with self.office.unit() as unit:
            application = await unit.applications.numbered(number)
            url = await bank.link(self.office, unit, application)
        return url.rpartition("/")[2]

    async def gives_account(self, secret: str, holder: str) -> None:
        """What the worker does on the page behind the link."""
        await bank.agree(self.office, secret, "zh_CN")
        given = await bank.give(self.office, secret, holder, ACCOUNT, "中国工商银行")
        await bank.confirm(self.office, secret, given.token)

    async def pays(self, number: str) -> None:
        application = await self.application(number)
        finance = await self.officer("finance")
        made, _ = await payment.make_list(self.office, finance, application.round_id)
        async with self.office.reading() as unit:
            lines = await unit.payments.lines(made.id)
        results = {line.payment.id: payment.Paid() for line in lines}
        await payment.record(self.office, finance, made.id, results)
        assert (await self.application(number)).state == State.PAID
