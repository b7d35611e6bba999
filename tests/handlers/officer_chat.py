"""An officer's chat as the tests hold it in their hands."""

from sqlalchemy import select

from handlers.chat import Reply, Tap
from storage.tables import Application, Outbox, Round
from tests.handlers.province import Day
from tests.hands import DeskHand


class Chat(DeskHand):
    """An officer's telegram chat, with the cards in it."""

    def __init__(self, day: Day, login: str) -> None:
        super().__init__(day.office, f"officer-{login}", "telegram")

    async def card(self, number: int = -1) -> Reply:
        """One of the messages that came unasked, the newest unless said otherwise."""
        async with self.office.reading() as unit:
            rows = select(Outbox.body).where(
                Outbox.address == self.address, Outbox.key.like("card:%")
            )
            bodies = (await unit.session.scalars(rows.order_by(Outbox.id))).all()
        return Reply.from_json(bodies[number])

    async def presses(self, card: Reply, label: str) -> None:
        labels = [choice.label for choice in card.choices]
        await self.turn(tap=Tap(card.step, labels.index(label), card.card))


async def in_stage(day: Day, stage: int) -> tuple[Round, Application]:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(stage, running, application)
    return running, application
