"""A scheme file, validated. The Chinese text is for people, the keys are ours."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.questions import Question
from core.rules import Article, Condition, Rules, Sentence, Strict


class StageKind(StrEnum):
    """The kinds of steps the core knows how to run."""

    FIRST_REVIEW = "first_review"  # 初审
    NOTICE = "notice"  # 公示
    VERIFICATION = "verification"  # 复核
    REVIEW = "review"  # 审核
    APPROVAL = "approval"  # 审定、终审
    PAYMENT = "payment"  # 发放


class Body(StrEnum):
    """Who acts; `core.jurisdiction` turns a body into one union for each applicant."""

    APPLICANT = "applicant"
    BASE_UNIT = "base_unit"
    PREFECTURE_UNION = "prefecture_union"  # or the provincial industrial union of that line
    PROVINCIAL_OFFICE = "provincial_office"
    PROVINCIAL_CHAIRS = "provincial_chairs"
    PROVINCIAL_UNION = "provincial_union"


class Source(Strict):
    """The document in force. `until` is its last day, None while it is in force."""

    document: str
    title: str
    issued: date
    in_force: date
    until: date | None = None


class Amount(Strict):
    """A sum by the answer to one fact, in yuan as the document prints it."""

    by: str
    yuan: dict[str, Annotated[int, Field(gt=0)]]
    cite: Article


class Limit(Strict):
    """What our own archive forbids: counted from earlier awards, never from memory alone.

    `barred_by` names the earlier awards of this scheme that stand in the way:
    `this_year` any in the same year, `other_trade` one for another trade, `level_not_higher`
    one for the same or a higher level in `levels` (lowest first), `same_level` one for the
    same level. `fact` is true when there is one; `ask` is asked of people we do not know yet.
    """

    fact: str
    say: Sentence
    ask: Sentence
    why: Sentence
    name: str
    barred_by: Literal["this_year", "other_trade", "level_not_higher", "same_level"]
    needs: str = ""  # the fact of the present application it is compared with
    levels: tuple[str, ...] = ()
    mend: str = ""
    cite: Article

    @property
    def condition(self) -> Condition:
        return Condition(say=self.say, fact=self.fact, cite=self.cite, mend=self.mend, is_=True)

    @property
    def question(self) -> Question:
        after = (self.needs,) if self.needs else ()
        return Question(ask=self.ask, name=self.name, why=self.why, record=True, after=after)


class Quota(Strict):
    """How places are given. Their number is set each year by `set_by`, in the console."""

    per: Literal["year", "round"]
    set_by: Body
    order: Literal["first_come"]
    when_full: Literal["close"]
    cite: Article


class Document(Strict):
    """One slot of the checklist; `from` the applicant, or a body that gives it at its stage."""

    what: Sentence
    from_: Annotated[Body, Field(alias="from")]
    hint: str = ""
    required: bool = True
    cite: Article


class Stage(Strict):
    """One step. `name` is the officers' word, `tell` what the worker reads while it lasts."""

    stage: StageKind
    name: str
    tell: Sentence
    by: Body
    cite: Article
    starts: Literal["at_once", "when_full"] = "at_once"
    days: Annotated[int, Field(ge=1)] | None = None
    day_kind: Literal["calendar", "working"] = "calendar"
    objection: Literal["real_name"] | None = None
    correction: Literal["once"] | None = None
    undertaking: str = ""  # 承诺 the deciding body gives when it passes the application on

    @model_validator(mode="after")
    def _notice_has_days(self) -> Self:
        if (self.stage is StageKind.NOTICE) != (self.days is not None):
            raise ValueError("days belong to a notice stage, and every notice stage needs them")
        return self


class Misconduct(Strict):
    """What a finding of fraud leads to, before and after payment."""

    before_payment: Literal["disqualify"]
    after_payment: Literal["claw_back"]
    cite: Article


class Scheme(Strict):
    """One scheme under one document. `called` are the words people use for it."""

    id: Annotated[str, Field(pattern=r"^(cn|yn|km|qj)-[a-z0-9-]+$")]
    name: str
    called: tuple[str, ...] = ()
    kind: Literal["subsidy"]
    applicant: Literal["worker"]
    office: str  # code of the provincial office that runs it
    source: Source
    eligibility: Rules
    questions: dict[str, Question]
    form: tuple[str, ...] = ()  # facts to be filled in before sending, beside the conditions
    amount: Amount
    trade: str = ""  # the fact that holds the trade, where limits compare trades
    certificate: str = ""  # the fact that holds the number of the certificate
    limits: tuple[Limit, ...] = ()
    earlier: str = ""  # the fact that, when false, answers every limit at once
    quota: Quota
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]
    undertaking: Sentence
    undertaking_cite: Article
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    misconduct: Misconduct
    notes: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The day the document came into force names the version."""
        return self.source.in_force.isoformat()

    @cached_property
    def rules(self) -> Rules:
        """Everything that decides: the conditions and the limits."""
        limits = tuple(limit.condition for limit in self.limits)
        return Rules(all=(self.eligibility,), none=limits)

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Every question of this scheme, by fact."""
        return self.questions | {limit.fact: limit.question for limit in self.limits}

    @property
    def slots(self) -> tuple[Document, ...]:
        """The papers the applicant brings."""
        return tuple(paper for paper in self.documents if paper.from_ is Body.APPLICANT)
