"""A scheme file, validated. The Chinese text is for people, the keys are ours."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from core.answers import Answer
from core.benefits import NO_AMOUNT, Amount, Benefit, Ceiling, PaidTo
from core.conduct import NO_MISCONDUCT, Misconduct
from core.duties import Duty
from core.intake import Intake
from core.papers import Document
from core.places import NO_QUOTA, Quota
from core.questions import Question
from core.restrictions import Limit
from core.routes import Apply
from core.rules import EVERYBODY, Rules, Sentence, Strict, Wish
from core.scoring import Scoring
from core.source import Source
from core.stages import Body, Stage, StageKind
from core.subjects import About
from core.sums import by_table
from core.suspending import Suspends
from core.titles import Conferred, Drawn, Ended
from core.window import Window
from core.words import Clause, FactName, Listed, SchemeId

__all__ = [
    "Amount",
    "Applicant",
    "Benefit",
    "Body",
    "Document",
    "Limit",
    "Misconduct",
    "Quota",
    "Scheme",
    "SchemeKind",
    "Source",
    "Stage",
    "StageKind",
    "Tier",
]


class Tier(StrEnum):
    """How far the product goes with it."""

    HANDLE = "handle"  # from the first question to payment or naming
    CHECK = "check"  # judged and explained here, applied for elsewhere
    ANSWER = "answer"  # questions about it are answered
    SUPERSEDED = "superseded"  # an older version, kept with its dates


class SchemeKind(StrEnum):
    """What it is."""

    SUBSIDY = "subsidy"
    RELIEF = "relief"
    AWARD = "award"
    HONOUR = "honour"
    STUDIO = "studio"
    TALENT = "talent"
    TRAINING = "training"
    COMPETITION = "competition"
    PROJECT_FUND = "project-fund"
    ENTERPRISE_PROGRAMME = "enterprise-programme"
    LEGAL_AID = "legal-aid"
    SERVICE = "service"
    REPORT = "report"
    SURVEY = "survey"
    INFORMATION = "information"


class Applicant(StrEnum):
    """Who applies, or is spoken to."""

    WORKER = "worker"
    TEAM = "team"
    WORKER_PAIR = "worker-pair"  # 师徒
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    UNION = "union-organisation"
    PUBLIC = "public"


class Scheme(Strict):
    """One scheme under one document. `called` are the words people use for it.

    Only `id`, `name`, `kind`, `applicant` and `source` stand in every file; which of the others
    a tier needs is said by `core.completeness`.
    """

    id: SchemeId
    tier: Tier = Tier.HANDLE
    name: str
    called: tuple[str, ...] = ()
    kind: SchemeKind
    applicants: Annotated[tuple[Applicant, ...], Listed, Field(min_length=1, alias="applicant")]
    office: str = ""  # code of the provincial office that runs it
    source: Source
    successor: SchemeId | None = None
    see: Annotated[tuple[SchemeId, ...], Listed] = ()
    objects_to: Annotated[tuple[SchemeId, ...], Listed] = ()  # whose notices it objects to
    eligibility: Rules = EVERYBODY
    soft: tuple[Wish, ...] = ()
    questions: dict[FactName, Question] = Field(default_factory=dict)
    why: dict[FactName, Sentence] = Field(default_factory=dict)  # for a shared question
    ledger: tuple[FactName, ...] = ()  # facts that stand in the ledger of its cases (台账): 案由
    form: tuple[str, ...] = ()  # facts to be filled in before sending, beside the conditions
    amount: Amount = NO_AMOUNT
    benefits: tuple[Benefit, ...] = ()
    paid_to: PaidTo | None = None
    about: About | None = None
    ceilings: Annotated[tuple[Ceiling, ...], Listed] = ()
    trade: str = ""  # the fact limits compare: the trade, or which studio it is
    certificate: str = ""  # the fact that holds the number of the certificate
    limits: tuple[Limit, ...] = ()
    earlier: str = ""  # the fact that, when false, answers every limit at once
    quota: Quota = NO_QUOTA
    window: Window | None = None
    apply: Apply | None = None
    intake: Intake | None = None
    documents: tuple[Document, ...] = ()
    undertaking: str = ""
    undertaking_cite: str = ""
    stages: tuple[Stage, ...] = ()
    confers: Annotated[tuple[Conferred, ...], Listed] = ()
    ends: Annotated[tuple[Ended, ...], Listed] = ()
    suspends: Suspends | None = None  # what is not paid while an application of this is open
    drawn: Drawn | None = Field(None, alias="list")  # nobody applies: an office opens a list
    scoring: Scoring | None = None
    recusal: tuple[Clause, ...] = ()
    misconduct: Misconduct = NO_MISCONDUCT
    duties: tuple[Duty, ...] = ()
    termination: tuple[Clause, ...] = ()  # grounds on which a matter under way is ended
    remarks: tuple[Clause, ...] = ()
    answers: tuple[Answer, ...] = ()
    contacts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def applicant(self) -> Applicant:
        """The first of those who apply."""
        return self.applicants[0]

    @property
    def version(self) -> str:
        """The day the document came into force names the version."""
        return self.source.in_force.isoformat()

    @cached_property
    def rules(self) -> Rules:
        """Everything that decides: the conditions and the limits."""
        limits = tuple(limit.condition for limit in self.limits)
        return (
            Rules.model_construct(all=(self.eligibility,), none=limits)
            if limits
            else self.eligibility
        )

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Every question of this scheme, by fact."""
        own = {
            fact: self.questions[fact].model_copy(update={"why": why})
            for fact, why in self.why.items()
            if fact in self.questions
        }
        return self.questions | own | {limit.fact: limit.question for limit in self.limits}

    @property
    def slots(self) -> tuple[Document, ...]:
        """The papers the applicant brings."""
        return tuple(paper for paper in self.documents if paper.from_ is Body.APPLICANT)

    @property
    def anybody(self) -> bool:
        """Whether people on no roster may send it, once they have said who they are."""
        told = self.intake is not None and self.intake.anybody
        return told or Applicant.PUBLIC in self.applicants

    @cached_property
    def gains(self) -> tuple[Benefit, ...]:
        """Everything one gets, the one table of a simple scheme included."""
        table = (by_table(self.amount, self.name),) if self.amount.by else ()
        return table + self.benefits

    @property
    def runs(self) -> bool:
        """Whether one applies for it here, and it is carried to its end here."""
        return self.tier is Tier.HANDLE and bool(self.stages)

    @property
    def applied_for(self) -> bool:
        """Whether people apply here by themselves."""
        return self.runs and self.drawn is None

    @cached_property
    def pays(self) -> bool:
        """Whether money is at the end of it."""
        return any(stage.stage is StageKind.PAYMENT for stage in self.stages)

    @property
    def ranks(self) -> bool:
        """Whether it matters who came first."""
        return self.quota.order == "first_come" and bool(self.quota.cite)
