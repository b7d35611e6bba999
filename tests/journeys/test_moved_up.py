"""A craftsman falls over an objection; the one in reserve moves up, hangs anew, and is paid."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from core.scheme import Scheme
from core.stages import Manner
from core.workflow import GOING, State
from handlers import objection, review
from handlers.bench import stage_of
from handlers.decisions import Reserve
from storage.objections import Objector
from storage.tables import Application, Outbox, Worker
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.playing import Play
from tests.on_the_spot import a_stored
from tests.people import identity_number
from tests.schemes.pages import CATALOGUE

SELECTION, STUDIO = "qj-zhuyuan-craftsman-selection-2022", "qj-zhuyuan-craftsman-studio"
SAID = Objector("王举报", identity_number(7, "530103"), "0874-0000000", "业绩是别人的")
DAYS = 90


class Chosen(Play):
    """The jury has two places for three; `again` applies once more as who they are."""

    again: Worker | None = None

    async def _worker(self, unit_code: str) -> Worker:
        return self.again or await super()._worker(unit_code)

    async def go_on(self, sent: list[Application], until: Manner | None = None) -> None:
        """Day by day, until all stand there, or have come to their end."""
        for _ in range(DAYS):
            for each in sent:
                while not await self._stands(each, until) and await self.works_on(each):
                    pass
            if all([await self._stands(each, until) for each in sent]):
                return
            await self.next_morning()
        raise AssertionError([(each.id, (await self.now(each.id)).stage) for each in sent])

    async def _stands(self, sent: Application, until: Manner | None) -> bool:
        here = await self.now(sent.id)
        if here.state not in GOING:
            return True
        stage = stage_of(self.office, here)
        return until is stage.manner and (until is not Manner.DECIDE or stage.reserves)

    async def told(self, sent: Application) -> list[str]:
        mine = select(Outbox.body).where(Outbox.address == f"play-{sent.worker_id}")
        async with self.office.reading() as unit:
            bodies = await unit.session.scalars(mine.order_by(Outbox.id))
            return [body["text"] for body in bodies]


def newest(id_: str) -> Scheme:
    return CATALOGUE.versions(id_)[-1]


async def test_whoever_moves_up_after_an_objection_hangs_anew_is_named_and_paid(
    postgres_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(postgres_url, tmp_path, clock) as house:
        play = Chosen(house, clock)
        sent = [await play.applies(newest(SELECTION), "qilin") for _ in range(3)]
        first, second, third = sent
        await play.go_on(sent, Manner.DECIDE)
        here = await play.now(third.id)
        jury = await play.officer_for(here)
        await review.decide(play.office, jury, here.id, here.version, Reserve(1))
        assert "备选" in (await play.told(third))[-1]

        await play.go_on([first, second], Manner.POST)
        while (await play.now(first.id)).stage_began is None:
            await play.works_on(first)
        first = await play.now(first.id)
        async with play.office.reading() as unit:
            hung = await unit.notices.newest_about(first)
        assert hung is not None
        said = replace(SAID, papers=(await a_stored(play.office),))
        made = await objection.make(play.office, hung.id, first.number, said)
        poster = await play.officer_for(first)
        found = {"finding": "查了原件", "reason": "业绩不是本人的"}
        await objection.decide(play.office, poster, made.id, upheld=True, **found)
        assert (await play.now(first.id)).state == State.DISQUALIFIED
        await play.next_morning()
        moved = await play.now(third.id)
        assert (moved.state, moved.live) == (State.IN_STAGE, True)
        assert any("递补" in text for text in await play.told(third))

        await play.go_on([second, third])
        third = await play.now(third.id)
        async with play.office.unit() as unit:  # titles are held as they are read
            anew = await unit.notices.newest_about(third)
            titles = {each.title for each in await unit.titles.conferred_by(third.id)}
        assert anew is not None
        assert anew.id != hung.id
        assert [entry["number"] for entry in anew.entries] == [third.number]
        assert [entry["number"] for entry in hung.entries] == [first.number, second.number]
        assert anew.last_day > hung.last_day
        ends = [(each.state, each.live) for each in [await play.now(a.id) for a in sent]]
        assert ends == [
            (State.DISQUALIFIED, False),
            (State.COMPLETED, True),
            (State.COMPLETED, True),
        ]
        assert titles == {"珠源工匠"}

        async with play.office.reading() as unit:
            play.again = await unit.workers.by_id(third.worker_id)
        studio = await play.applies(newest(STUDIO), "qilin")
        await play.go_on([studio])
        assert (await play.now(studio.id)).state == State.PAID
        assert "已经发放" in (await play.told(third))[-1]
