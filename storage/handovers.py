"""Questions handed to the union's people; what was asked and answered is sealed."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from core.errors import NotFound
from storage.book import Book
from storage.conversations import Talk
from storage.tables import Handover, Line

SPOKEN = 20  # bubbles of the chat that are handed over


@dataclass(frozen=True)
class Asked:
    """What the officer reads, in clear."""

    question: str
    transcript: tuple[str, ...]
    answer: str


class Handovers(Book):
    """Open until somebody answers."""

    async def add(
        self,
        talk: Talk,
        union_id: int,
        about: str,
        question: str,
        due: datetime,
        *,
        alone: bool = False,
    ) -> Handover:
        """With the last bubbles of a web chat; other channels keep none, and `alone` nothing."""
        spoken = [] if alone else await self._spoken(talk.id)
        said = json.dumps(spoken, ensure_ascii=False)
        vault = self.work.vault
        handed = Handover(
            conversation_id=talk.id,
            worker_id=talk.worker_id,
            union_id=union_id,
            about=about,
            question_sealed=vault.seal(question, "handovers.question"),
            transcript_sealed=vault.seal(said, "handovers.transcript"),
            state="open",
            raised=0,
            due=due,
            at=self.now,
        )
        self.session.add(handed)
        await self.session.flush()
        return handed

    def asked(self, handed: Handover) -> Asked:
        vault = self.work.vault
        said = json.loads(vault.open(handed.transcript_sealed, "handovers.transcript"))
        answer = handed.answer_sealed
        return Asked(
            vault.open(handed.question_sealed, "handovers.question"),
            tuple(said),
            vault.open(answer, "handovers.answer") if answer else "",
        )

    def answer(self, handed: Handover, text: str, officer_id: int) -> None:
        handed.answer_sealed = self.work.vault.seal(text, "handovers.answer")
        handed.state, handed.officer_id, handed.answered_at = "answered", officer_id, self.now

    async def held(self, handover_id: int) -> Handover:
        """Nobody else answers it until the end of the unit. Raises NotFound."""
        rows = select(Handover).where(Handover.id == handover_id).with_for_update(key_share=True)
        handed = await self.session.scalar(rows.execution_options(populate_existing=True))
        if handed is None:
            raise NotFound(handover=handover_id)
        return handed

    async def of_unions(
        self, union_ids: Collection[int], limit: int, below: int = 0
    ) -> Sequence[Handover]:
        """Open ones first, those that are due soonest; then the answered ones, newest first."""
        found = select(Handover).where(Handover.union_id.in_(set(union_ids)))
        if below:
            found = found.where(Handover.id < below)
        order = (Handover.state.desc(), Handover.id.desc())
        return (await self.session.scalars(found.order_by(*order).limit(limit))).all()

    async def waiting(self, union_ids: Collection[int]) -> int:
        """How many questions wait for somebody of these unions."""
        rows = select(func.count()).where(self._open(union_ids))
        return await self.session.scalar(rows) or 0

    async def soonest(
        self, union_ids: Collection[int], limit: int, first: int
    ) -> Sequence[Handover]:
        """Those that wait for somebody of these unions, from the `first` on (counted from 0)."""
        rows = select(Handover).where(self._open(union_ids)).order_by(Handover.due, Handover.id)
        return (await self.session.scalars(rows.limit(limit).offset(first))).all()

    async def open_of(self, conversation_id: int) -> int:
        """How many questions of this chat wait for an answer."""
        waiting = select(func.count()).where(
            Handover.conversation_id == conversation_id, Handover.state == "open"
        )
        return await self.session.scalar(waiting) or 0

    def _open(self, union_ids: Collection[int]) -> ColumnElement[bool]:
        return and_(Handover.union_id.in_(set(union_ids)), Handover.state == "open")

    async def _spoken(self, conversation_id: int) -> list[str]:
        bubbles = (
            select(Line.mine, Line.body)
            .where(Line.conversation_id == conversation_id)
            .order_by(Line.id.desc())
            .limit(SPOKEN)
        )
        rows = (await self.session.execute(bubbles)).all()
        return [("> " if mine else "") + str(body.get("text", "")) for mine, body in reversed(rows)]
