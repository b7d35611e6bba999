"""What a machine is told. Names and numbers of people are masked, as on the pages."""

from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict

from admin.api.subjects import SubjectAnswer
from core.facts import noted
from handlers.decisions import CardView, OpenFact, Waiting
from storage.tables import Application, Notice, Objection, Round


class Answer(BaseModel):
    """Money is in fen, days are ISO days, moments carry their zone."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Fault(Answer):
    """`code` is the refusal itself, `message` says it, `cite` names the article."""

    code: str
    message: str
    cite: str = ""


class Problem(Answer):
    """How every refusal is told."""

    error: Fault


class WaitingAnswer(Answer):
    """A row of the queue."""

    number: str
    version: int
    scheme_id: str
    name: str
    unit: str
    kind: str
    stage: str
    rank: int
    due: date | None
    late: bool
    lain: int | None
    submitted_at: datetime
    amount_fen: int | None

    @classmethod
    def of(cls, row: Waiting) -> "WaitingAnswer":
        return cls.model_validate(row)


class QueueAnswer(Answer):
    """`next` is where the next page begins (`after`), None at the end."""

    rows: list[WaitingAnswer]
    next: str | None


class FactAnswer(Answer):
    """A fact as it was given."""

    fact: str
    name: str
    value: Any
    origin: str
    on: date


class ConditionAnswer(Answer):
    """A condition with its truth (yes, no, unknown) and its article; `aside` where it decides
    nothing: another is met, or may be, or it bars only together with others (met, open, alone)."""

    fact: str
    say: str
    truth: str
    cite: str
    aside: str | None


class PaperAnswer(Answer):
    """A paper; its content is opened in the console."""

    id: int
    slot: int
    what: str
    media_type: str
    pages: int
    size: int


class StepAnswer(Answer):
    """A passage of the application."""

    at: datetime
    stage: str
    move: str
    officer: str
    union: str
    reason: dict[str, Any]


class OpenAnswer(Answer):
    """Something officers have to find out; `needed` before the application can go on."""

    fact: str
    ask: str
    kind: str
    choices: list[str]
    unit: str
    needed: bool

    @classmethod
    def of(cls, row: OpenFact) -> "OpenAnswer":
        asked = row.question
        return cls(
            fact=row.fact,
            ask=asked.ask,
            kind=asked.answer,
            choices=list(asked.choices),
            unit=asked.unit,
            needed=row.needed,
        )


class RoomAnswer(Answer):
    """The sum to be set, in fen: from `low` to `high`, None where there is no line.

    Where `soft`, the province may consent to more, up to `most`.
    """

    low: int
    high: int | None
    soft: bool
    most: int | None
    cite: str


class CardAnswer(Answer):
    """An application; `may` holds what this officer may decide now."""

    number: str
    version: int
    state: str
    scheme_id: str
    name: str
    identity: str
    unit: str
    union: str
    rank: int
    reserve: int | None  # its rank on the reserve list
    kind: str
    stage: str
    stage_number: int
    stages: int
    due: date | None
    submitted_at: datetime
    amount_fen: int | None
    undertaking: str
    capacity: str
    relation: str
    other: str
    accused: str
    facts: list[FactAnswer]
    conditions: list[ConditionAnswer]
    papers: list[PaperAnswer]
    steps: list[StepAnswer]
    open: list[OpenAnswer]
    room: RoomAnswer | None
    may: list[str]
    subject: SubjectAnswer | None  # whom it is about, where that is not who applies

    @classmethod
    def of(cls, view: CardView) -> "CardAnswer":
        plain = {name: getattr(view, name) for name in cls.model_fields if hasattr(view, name)}
        facts = [
            FactAnswer(
                fact=line.fact,
                name=line.name,
                value=None if line.value is None else noted(line.value, "", line.on)["value"],
                origin=line.origin,
                on=line.on,
            )
            for line in view.facts
        ]
        conditions = [
            ConditionAnswer(fact=r.fact, say=r.say, truth=r.good.value, cite=r.cite, aside=r.aside)
            for r in view.every_condition
        ]
        plain |= vars(view.meant)
        made = {"facts": facts, "conditions": conditions, "may": list(view.may)}
        return cls(
            **{
                **plain,
                **made,
                "papers": [PaperAnswer.model_validate(each) for each in view.papers],
                "open": [OpenAnswer.of(each) for each in view.open],
                "subject": view.subject and SubjectAnswer.model_validate(view.subject),
                "room": RoomAnswer.model_validate(view.room) if view.room else None,
                "steps": [StepAnswer.model_validate(each) for each in view.steps],
            }
        )


class MovedAnswer(Answer):
    """Where an application stands after a decision; `stage` counts from 0."""

    number: str
    version: int
    state: str
    stage: int

    @classmethod
    def of(cls, row: Application) -> "MovedAnswer":
        return cls.model_validate(row)


class RoundAnswer(Answer):
    """A round; `taken` of its `places`, which are not counted where there is no number."""

    id: int
    scheme_id: str
    scheme_version: str
    year: int
    opens: date
    closes: date
    closes_at: time | None
    places: int | None
    taken: int
    stage_days: int | None
    state: str

    @classmethod
    def of(cls, row: Round) -> "RoundAnswer":
        return cls.model_validate(row)


class NoticeAnswer(Answer):
    """A notice with what it shows, and the proof of it."""

    id: int
    round_id: int
    scheme_id: str
    stage: int
    posted_at: datetime
    last_day: date
    remark: str
    state: str
    digest: str
    entries: list[dict[str, Any]]
    shown: int
    first_shown: datetime | None
    last_shown: datetime | None

    @classmethod
    def of(cls, row: Notice) -> "NoticeAnswer":
        return cls.model_validate(row)


class ReadyAnswer(Answer):
    """A list that can be posted."""

    round_id: int
    stage: int
    union_id: int
    count: int
    days: int


class NoticesAnswer(Answer):
    """What can be posted, and what has been."""

    ready: list[ReadyAnswer]
    posted: list[NoticeAnswer]


class ObjectionAnswer(Answer):
    """An objection; who objects and why is read in the console only."""

    id: int
    number: str
    notice_id: int
    state: str
    finding: str
    made_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, row: Objection, number: str, finding: str) -> "ObjectionAnswer":
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "number"}
        return cls(**plain | {"number": number, "finding": finding})
