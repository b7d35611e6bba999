"""The steps of a procedure, who takes each, and how long it may or must last."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.comparison import Comparison
from core.named_days import ByDay
from core.periods import Period, length
from core.pleading import Hears
from core.words import Article, FactName, Listed, Sentence, Strict


class StageKind(StrEnum):
    """The kinds of steps; `RUNS` says which of them the core runs by itself."""

    CALL = "call"  # 发布通知、制定方案
    RECOMMENDATION = "recommendation"  # 推荐、逐级上报
    FIRST_REVIEW = "first_review"  # 初审
    NOTICE = "notice"  # 公示
    VERIFICATION = "verification"  # 复核、入户调查、考察
    REVIEW = "review"  # 审核
    SCORING = "scoring"  # 评审打分
    BALLOT = "ballot"  # 票决、公众投票、职代会表决
    APPROVAL = "approval"  # 审定、终审
    CONFERRAL = "conferral"  # 命名、授予、颁发
    PAYMENT = "payment"  # 发放
    SERVICE = "service"  # 办理：援助、入会、培训
    REPORT = "report"  # 上报、备案、结案
    EVALUATION = "evaluation"  # 验收、考核、评估


class Manner(StrEnum):
    """How a union of ours acts in a step. Everything else about a kind follows from it."""

    DECIDE = "decide"  # passed, returned where the step allows it, or rejected
    POST = "post"  # a notice hangs its days, and the calendar takes it down
    MEET = "meet"  # a meeting decides on the whole batch
    PAY = "pay"  # a list goes to the bank, and comes back
    ENTER = "enter"  # done, with a note of how


MANNERS: dict[StageKind, Manner] = {
    StageKind.CALL: Manner.ENTER,
    StageKind.RECOMMENDATION: Manner.DECIDE,
    StageKind.FIRST_REVIEW: Manner.DECIDE,
    StageKind.NOTICE: Manner.POST,
    StageKind.VERIFICATION: Manner.DECIDE,
    StageKind.REVIEW: Manner.DECIDE,
    StageKind.SCORING: Manner.DECIDE,
    StageKind.BALLOT: Manner.DECIDE,
    StageKind.APPROVAL: Manner.DECIDE,  # MEET where a meeting approves
    StageKind.CONFERRAL: Manner.ENTER,
    StageKind.PAYMENT: Manner.PAY,  # ENTER where somebody else pays
    StageKind.SERVICE: Manner.ENTER,
    StageKind.REPORT: Manner.ENTER,
    StageKind.EVALUATION: Manner.DECIDE,
}


class Body(StrEnum):
    """Who acts; `core.bodies` turns a body into one union for each application."""

    APPLICANT = "applicant"
    BASE_UNIT = "base_unit"  # or the union of the township or street
    COUNTY_UNION = "county_union"
    PREFECTURE_UNION = "prefecture_union"  # or the provincial industrial union of that line
    EVERY_LEVEL = "every_level"  # 逐级: each union on the way up
    ACCEPTING_UNION = "accepting_union"  # the union that took the matter in
    LEVEL_ABOVE = "level_above"  # 上一级: the union above the one that took it in
    PROVINCIAL_OFFICE = "provincial_office"
    EXPERT_PANEL = "expert_panel"
    LEADING_GROUP = "leading_group"
    PROVINCIAL_CHAIRS = "provincial_chairs"
    PROVINCIAL_UNION = "provincial_union"
    CITY_OFFICE = "city_office"  # of a prefecture's or city's own scheme
    CITY_CHAIRS = "city_chairs"
    EMPLOYER = "employer"
    AUTHORITY = "authority"  # a body outside the unions; `who` names it
    PUBLIC = "public"


MEETINGS = frozenset({Body.PROVINCIAL_CHAIRS, Body.LEADING_GROUP, Body.CITY_CHAIRS})
# They are no unions of the tree: the union that keeps the file enters what they have done.
OUTSIDE = frozenset(
    {
        Body.APPLICANT,
        Body.EXPERT_PANEL,
        Body.LEADING_GROUP,
        Body.EMPLOYER,
        Body.AUTHORITY,
        Body.PUBLIC,
    }
)

# They may have places of their own to give: 在分配的名额内推荐.
GIVERS = frozenset({Body.COUNTY_UNION, Body.PREFECTURE_UNION})

# Who takes a step that the core runs by itself; everybody else takes it by hand.
RUNS: dict[StageKind, frozenset[Body]] = {
    StageKind.FIRST_REVIEW: frozenset({Body.BASE_UNIT}),
    StageKind.NOTICE: frozenset({Body.BASE_UNIT, Body.PROVINCIAL_OFFICE}),
    StageKind.VERIFICATION: frozenset({Body.PREFECTURE_UNION}),
    StageKind.REVIEW: frozenset({Body.PROVINCIAL_OFFICE}),
    StageKind.APPROVAL: frozenset({Body.PROVINCIAL_CHAIRS}),
    StageKind.PAYMENT: frozenset({Body.PROVINCIAL_UNION}),
}


DAY = length("1日")


class Stage(Strict):
    """One step. `name` is the officers' word, `tell` what the worker reads while it lasts.

    `days` is how long a notice hangs; `days_open` says that the document names no number, so the
    round has to. `within` is a deadline for the body that acts, counted from the beginning of the
    step, not a length. With `before` it has to be done before the day of that event (a fact), and
    `within` says how long before it the time for it begins. `by_day` is a day of the year by which
    it has to be done (12月10日前, 次年2月底前). `who` names the body where `by` is too
    general. `share` is the part of the sum a payment pays, in percent. `by_hand` marks a step the
    core does not run: officers take it outside and enter how it ended. `enrols` marks the step that
    takes people in. `reserves` says that who is good enough but gets no place here is put on the
    reserve list (备选); with `reserves_of: prefecture` a lost place goes to the next of the same
    prefecture, or provincial system. `own_places` says that the union which takes this step passes
    on no more than it was given of the round (在分配的名额内). `vacancy` is what becomes of a place
    lost in this step; whoever moves up goes on at this step, or at the earlier one `moves_up_to`
    names.
    """

    stage: StageKind
    name: str
    tell: Sentence
    by: Body
    cite: Article
    who: str = ""
    starts: Literal["at_once", "when_full", "when_closed"] = "at_once"
    days: Annotated[int, Field(ge=1)] | None = None
    days_open: bool = False
    day_kind: Literal["calendar", "working"] = "calendar"
    within: Period | None = None
    before: str = ""
    by_day: ByDay | None = None
    where: str = ""  # where a notice hangs, beside our own page
    also_by: Literal["base_unit"] | None = None  # 所在单位同步公示
    objection: Literal["real_name", "with_papers", "anybody"] | None = None
    vacancy: Literal["left_empty", "from_reserves"] | None = None
    reserves: bool = False
    reserves_of: Literal["round", "prefecture"] = "round"
    moves_up_to: str = ""  # the name of a step
    own_places: bool = False
    correction: Literal["once"] | None = None
    overdue: Literal["given_up", "withdrawn"] = "given_up"  # 逾期未补正: 视为放弃, 视为撤回
    inspectors: Annotated[int, Field(ge=1, le=9)] | None = None  # 入户调查、考察: how many go
    assigns: str = ""  # whom it names to carry the matter on: 援助人员
    asks: Annotated[tuple[FactName, ...], Listed] = ()  # what its officers say beside what decides
    attach: str = ""  # the paper the officer in charge puts to the file before the step is left
    hears: Hears | None = None  # 申辩: who is heard before it goes on
    undertaking: str = ""  # 承诺 the deciding body gives when it passes the application on
    share: Annotated[int, Field(ge=1, le=100)] | None = None
    when: Annotated[tuple[Comparison, ...], Listed] = ()  # only for those that meet all of it
    office: str = ""  # code of the provincial office of this step, where it is not the scheme's
    by_hand: bool = False
    enrols: bool = False  # 入会: who is on no roster is on this union's from here on

    @model_validator(mode="after")
    def _notice_has_days(self) -> Self:
        notice = self.stage is StageKind.NOTICE
        if notice == (self.days is None and not self.days_open):
            raise ValueError(
                "days belong to a notice stage, and every notice stage needs them"
                " (days_open: true where the document names no number)"
            )
        if self.days and self.days_open:
            raise ValueError("days are either in the document or open, not both")
        return self

    @model_validator(mode="after")
    def _belongs_to_its_kind(self) -> Self:
        if self.by not in RUNS.get(self.stage, ()) and not self.by_hand:
            raise ValueError(f"{self.stage} by {self.by} does not run here: write by_hand: true")
        if self.before and (self.manner is Manner.POST or (self.within or DAY).unit == "hours"):
            raise ValueError("before counts days up to an event, and no notice ends with one")
        if self.by_day and (self.within or self.before or self.manner is Manner.POST):
            raise ValueError("by_day is the whole time of a step: no within, no before, no notice")
        if self.objection and self.stage is not StageKind.NOTICE:
            raise ValueError("objection belongs to a notice stage")
        if self.also_by and (self.stage is not StageKind.NOTICE or self.by == self.also_by):
            raise ValueError("also_by names who hangs the notice of another body as well")
        alone = self.manner in (Manner.DECIDE, Manner.ENTER)
        if self.enrols and not alone:
            raise ValueError("enrols belongs to a step that officers decide or enter one by one")
        if (self.inspectors or self.attach or self.assigns or self.hears) and not alone:
            raise ValueError(
                "inspectors, attach, assigns and hears belong to a step officers take one by one"
            )
        if self.asks and not alone:
            raise ValueError("asks belongs to a step officers take one by one")
        if self.overdue != "given_up" and self.correction is None:
            raise ValueError("overdue belongs to a step with a correction")
        if self.share and self.stage is not StageKind.PAYMENT:
            raise ValueError("share belongs to a payment stage")
        if self.reserves and self.manner is not Manner.DECIDE:
            raise ValueError("reserves belongs to a stage in which somebody decides one by one")
        if self.own_places and (self.manner is not Manner.DECIDE or self.by not in GIVERS):
            raise ValueError("own_places belongs to a step county or prefecture unions decide")
        if self.reserves_of != "round" and not self.reserves:
            raise ValueError("reserves_of belongs to the step with reserves: true")
        if self.moves_up_to and self.vacancy != "from_reserves":
            raise ValueError("moves_up_to belongs to vacancy: from_reserves")
        if self.office and self.by not in (Body.PROVINCIAL_OFFICE, Body.LEADING_GROUP):
            raise ValueError("office names a provincial office, or the one of a leading group")
        return self

    @property
    def manner(self) -> Manner:
        """How the union that is responsible for this step acts in it."""
        match self.stage:
            case StageKind.APPROVAL if self.by in MEETINGS:
                return Manner.MEET
            case StageKind.PAYMENT if self.by in OUTSIDE:
                return Manner.ENTER
        return MANNERS[self.stage]

    @property
    def timed(self) -> bool:
        """Whether the document itself gives it a time."""
        return self.within is not None or bool(self.before) or self.by_day is not None

    @property
    def named(self) -> bool:
        """Whether whoever objects has to say who they are; where the document is silent as well."""
        return self.objection != "anybody"

    @property
    def papers(self) -> bool:
        """实名提供书面材料: whether an objection has to bring papers."""
        return self.objection == "with_papers"

    @property
    def judged(self) -> bool:
        """Whether the officer's own judgement decides here; nobody judges the same file twice."""
        mine = self.manner in (Manner.DECIDE, Manner.MEET, Manner.PAY)
        return mine and self.by not in OUTSIDE

    @property
    def runs(self) -> bool:
        """Whether the core takes this step by itself."""
        return not self.by_hand and not self.days_open and not self.when
