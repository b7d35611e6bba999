"""What an officer can decide on an application, and what lies before the officer meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from core.allotment import Allotted
from core.correction import Item
from core.decision import Softened
from core.errors import AppError
from core.granting import Room
from core.inspection import Report
from core.questions import Kind, Question
from core.rules import Value
from core.scheme import StageKind
from core.sums import Sum, Total
from core.verdict import Reason
from core.way import NOTHING_AHEAD, Ahead
from handlers.meant import Meant
from handlers.subject import SubjectView
from storage.assignments import Assigned
from storage.tables import Stain


@dataclass(frozen=True)
class Defect:
    """One thing to be corrected: a paper (`slot` of the scheme's list) or an answer (`fact`)."""

    slot: int | None = None
    fact: str = ""
    note: str = ""

    @property
    def item(self) -> Item:
        return self.slot, self.fact

    def as_json(self) -> dict[str, Any]:
        where: dict[str, Any] = {"fact": self.fact} if self.slot is None else {"slot": self.slot}
        return where | {"note": self.note}


NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True)
class Pass:
    """On to the next stage; `undertaking` where the stage asks for one (`CardView.undertaking`).

    `facts` are what the officer has found (`CardView.open`), `note` a word for the file,
    `amount_fen` the sum where the officer sets it (`CardView.room`).
    """

    undertaking: bool = False
    facts: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    amount_fen: int | None = None


@dataclass(frozen=True)
class Enter:
    """It was done, outside or by ourselves: how it ended, and what was found."""

    note: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    amount_fen: int | None = None


@dataclass(frozen=True)
class Return:
    """Back to the applicant with everything that is wrong, to be answered up to `due`.

    `why` says why something was not told with the first request (`core.correction`).
    """

    items: tuple[Defect, ...]
    due: date
    why: str = ""


@dataclass(frozen=True)
class Terminate:
    """Under way and ended: which of the document's grounds (from 0), and a word of why."""

    ground: int
    note: str


@dataclass(frozen=True)
class Disqualify:
    """Cheating, found out before anything was paid: which of the file's grounds (from 0, of
    `handlers.disqualifying.grounds`), and what was found."""

    ground: int
    note: str


@dataclass(frozen=True)
class Reject:
    """The conditions and limits that fail, by their facts, and a word of why; at least one."""

    facts: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Yield:
    """Another union received it before, and goes on with it."""


@dataclass(frozen=True)
class Reserve:
    """Good enough, but without a place: on the list, with the rank the jury gave (备选第几名)."""

    rank: int
    note: str = ""


Decision = Pass | Enter | Return | Reject | Yield | Terminate | Reserve | Disqualify


@dataclass(frozen=True)
class Earlier:
    """The same person's application that another union received before; the first goes on."""

    number: str
    union: str
    at: datetime
    cite: str


@dataclass(frozen=True)
class OpenFact:
    """Something officers have to find out; `needed` before the application can go on."""

    fact: str
    question: Question
    needed: bool


@dataclass(frozen=True)
class Waiting:
    """A row of an officer's queue. `name` is masked; `due` is None where no date is set."""

    id: int
    number: str
    version: int
    scheme_id: str
    scheme: str  # its Chinese name
    name: str
    unit: str
    kind: StageKind
    stage: str  # its Chinese name
    rank: int
    due: date | None
    late: bool  # the file's time is over: the next level has been told
    submitted_at: datetime
    amount_fen: int | None
    instead_of: str = ""  # whose queue it is in
    lain: int | None = None  # working days, where no time is set and somebody was reminded


@dataclass(frozen=True)
class FactLine:
    """A fact as it was given: `origin` is worker, roster, archive or officer."""

    fact: str
    name: str
    value: Value | None
    kind: Kind
    origin: str
    on: date


@dataclass(frozen=True)
class PaperLine:
    """A page or file the applicant handed in; its content is opened by `id`."""

    id: int
    slot: int
    what: str
    media_type: str
    pages: int
    size: int


@dataclass(frozen=True)
class AttachedLine:
    """A paper an officer has put to a step; its content is opened by `id`."""

    id: int
    stage: str
    officer: str
    media_type: str
    pages: int
    at: datetime


@dataclass(frozen=True)
class InspectedLine:
    """Who went, when, and what they found; `unconfirmed` are names still to confirm it."""

    id: int
    stage: str
    report: Report
    at: datetime


@dataclass(frozen=True)
class Step:
    """Something that was done to the application; `officer` is empty for calendar and worker.

    `instead_of` is the officer for whom it was done.
    """

    at: datetime
    stage: str
    move: str
    officer: str
    union: str
    reason: dict[str, Any]
    instead_of: str = ""


@dataclass(frozen=True)
class CardView:
    """Everything an officer may see of an application before deciding.

    `may` holds what is open to this officer now (pass, reserve, enter, return, reject, transfer,
    yield), `reserve` its rank on the reserve list, `reserves` those who wait there now, `open`
    what officers have not found out yet, `room` the sum they may set. Where `may` is empty,
    `bar` says why, if the officer would otherwise act here. `every_condition` is judged on the
    day of submission, from the facts as they are now. `sums` say what there is to get, in the
    names of the questions `asked`. `also` is what may be put to the step (inspect, attach, assign,
    identify, hear), or ends it for cheating (disqualify), and `confirm` the inspection this officer
    has to confirm, 0 for none.
    """

    id: int
    number: str
    version: int
    state: str
    scheme_id: str
    scheme: str
    name: str  # masked
    identity: str  # masked
    unit: str
    union: str  # who acts now, empty if nobody
    rank: int  # 0 where it does not matter who came first
    stage: str
    stage_number: int  # from 1
    stages: int
    kind: StageKind
    stage_began: date | None
    due: date | None
    submitted_at: datetime
    amount_fen: int | None
    undertaking: str
    facts: tuple[FactLine, ...]
    every_condition: tuple[Reason, ...]
    by_fact: tuple[Reason, ...]  # one for each fact, to be found not met
    papers: tuple[PaperLine, ...]
    steps: tuple[Step, ...]
    open: tuple[OpenFact, ...]
    room: Room | None
    may: tuple[str, ...]
    bar: AppError | None
    meant: Meant = field(default_factory=Meant)
    sums: tuple[Sum, ...] = ()
    totals: tuple[Total, ...] = ()
    asked: Mapping[str, Question] = field(default_factory=dict)
    guest: bool = False  # on no roster
    earlier: tuple[Earlier, ...] = ()
    record: tuple[Stain, ...] = ()  # what stands in the record of integrity
    also: tuple[str, ...] = ()
    inspectors: int = 0  # how many the document wants to go and see
    attach: str = ""  # the paper this step has to leave with the file
    inspected: tuple[InspectedLine, ...] = ()
    attached: tuple[AttachedLine, ...] = ()
    confirm: int = 0
    assigned: tuple[Assigned, ...] = ()  # who carries it, the newest last
    reserve: int | None = None
    reserves: tuple[tuple[int, str], ...] = ()  # rank and number
    allotted: Allotted | None = None  # the places of the union that acts here
    instead_of: str = ""  # the officer in whose place this one would act
    coming: Ahead = NOTHING_AHEAD  # the steps after this one
    lain: int | None = None  # working days, where no time is set and somebody was reminded
    recorded: tuple[str, str] | None = None  # how it was confirmed, and who has written it down
    soft: tuple[Softened, ...] = ()  # what the document wishes, and whether it is so
    subject: SubjectView | None = None  # whom it is about, where that is not who applies
