"""One turn of one person at the desk, as a topic sees it.

A topic never sees numbers of buttons: it offers tokens, and gets the token back, whether the
button was pressed or its words were typed.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from core import reading
from core.days import Calendar
from handlers.chat import Choice, Reply, Turn
from handlers.office import Office
from locales import Speaker
from storage.admission import Ticket
from storage.conversations import Talk
from storage.files import Stored
from storage.tables import Draft
from storage.unit import Unit

Found = TypeVar("Found")

FREE = ("date", "number", "money", "text", "name")  # digits typed here are an answer, not a button


@dataclass(frozen=True)
class Offer:
    """A button: what it means to the topic, and what the person reads."""

    token: str
    label: str
    tone: str = "plain"
    url: str = ""


@dataclass(frozen=True)
class Go:
    """The outcome of a turn that belongs to another topic: the desk lets that one begin."""

    topic: str
    told: str = ""  # what the topic is to begin with, e.g. the id of a scheme
    fact: str = ""


@dataclass(frozen=True)
class Submission:
    """The outcome of a turn that takes a place, which happens outside of any unit."""

    ticket: Ticket
    recording: int = 0  # of an oral application that was confirmed


@dataclass(frozen=True)
class Errand:
    """The outcome of a turn that needs units of its own: `run` outside of any, then `told` what
    came of it. Done again after a crash, it must do nothing twice."""

    run: Callable[[], Awaitable[Any]]
    told: Callable[["Visit", Any], "Outcome"]


Outcome = Reply | Go | Submission | Errand


@dataclass
class Visit:
    """`files` are already cleaned and stored; `trouble` says why one could not be taken."""

    office: Office
    unit: Unit
    talk: Talk
    turn: Turn
    files: Sequence[Stored] = ()
    trouble: str = ""
    notes: list[str] = field(default_factory=list)  # said before the next question
    papers: list[int] = field(default_factory=list)  # rows of what has just been handed in
    discard: list[str] = field(default_factory=list)  # files to remove once this is committed
    looked_up: dict[str, Any] = field(default_factory=dict)
    draft: int = 0  # the folder of a person an officer answers for; otherwise the own one

    @property
    def say(self) -> Speaker:
        return self.office.speak(self.talk.language)

    @property
    def today(self) -> date:
        return self.unit.today

    @property
    def calendar(self) -> Calendar:
        return self.office.calendar

    @property
    def state(self) -> dict[str, Any]:
        return self.talk.state

    @cached_property
    def text(self) -> str:
        """What was typed, without what nobody can see."""
        return reading.clean(self.turn.text)

    @cached_property
    def prose(self) -> str:
        """The same as it was written, for others to read."""
        return reading.written(self.turn.text)

    @cached_property
    def token(self) -> str:
        """What the pressed or typed choice means; empty if none of those offered is meant."""
        offers: list[list[str]] = self.state.get("offers", [])
        choice = self._chosen([label for _, label in offers])
        return offers[choice][0] if choice is not None else ""

    @property
    def answers(self) -> bool:
        """Whether the person did anything but come back to the present question."""
        return bool(self.text or self.turn.tap or self.turn.files or self.turn.phone)

    def go(self, topic: str, **state: Any) -> None:
        """From the next turn on, this topic answers."""
        self.talk.topic = topic
        self.talk.state = state

    async def once(self, key: str, look: Callable[[], Awaitable[Found]]) -> Found:
        """What `look` finds in the archive, looked up once in a turn."""
        if key not in self.looked_up:
            self.looked_up[key] = await look()
        found: Found = self.looked_up[key]
        return found

    async def folder(self, scheme_id: str) -> Draft:
        """The folder answers and papers go into."""
        assert self.talk.worker_id is not None
        if self.draft:
            return await self.unit.drafts.own(self.talk.worker_id, self.draft)
        return await self.unit.drafts.begin(self.talk.worker_id, scheme_id)

    def note(self, text: str) -> None:
        """A sentence to stand before the next question."""
        self.notes.append(text)

    def ask(
        self,
        text: str,
        offers: Sequence[Offer] = (),
        *,
        expects: str = "",
        progress: tuple[int, int] | None = None,
        secret: bool = False,
    ) -> Reply:
        """The reply, remembered so that the next turn can be understood."""
        self.state["offers"] = [[offer.token, offer.label] for offer in offers]
        self.state["expects"] = expects
        said = "\n\n".join([*self.notes, text])
        self.notes.clear()
        choices = tuple(Choice(offer.label, offer.tone, offer.url) for offer in offers)
        return Reply(said, choices, expects=expects, progress=progress, secret=secret)

    def _chosen(self, labels: list[str]) -> int | None:
        tap = self.turn.tap
        if tap is not None:
            return tap.choice if 0 <= tap.choice < len(labels) else None
        if not self.text:
            return None
        if self.state.get("expects") in FREE:
            return labels.index(self.text) if self.text in labels else None
        return reading.read_choice(self.text, labels)
