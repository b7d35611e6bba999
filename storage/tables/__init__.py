"""All tables of the archive; import them from here."""

from storage.tables.allotments import Allotment
from storage.tables.applications import (
    Account,
    Application,
    Correction,
    Draft,
    Paper,
    Passage,
    Payment,
    PaymentList,
    Round,
    Standard,
)
from storage.tables.assignments import Assignment
from storage.tables.base import SHANGHAI, Json, Moment, Table
from storage.tables.budgets import Budget, Commitment
from storage.tables.clawbacks import ClawBack, Instalment, Repayment, Stain
from storage.tables.duties import Duty, DutyReport
from storage.tables.handovers import Handover
from storage.tables.inspections import Attachment, Inspection, Inspector
from storage.tables.meetings import AgendaPoint, Meeting
from storage.tables.messages import (
    Act,
    Broadcast,
    Card,
    CardCopy,
    Delivery,
    Inbox,
    Line,
    Outbox,
    Seal,
    Timer,
    Unanswered,
)
from storage.tables.notices import Notice, NoticeEntry, Objection, ObjectionPaper
from storage.tables.people import (
    Address,
    Code,
    Consent,
    Conversation,
    Known,
    Officer,
    Relative,
    SignIn,
    Tries,
    Union,
    Worker,
)
from storage.tables.pleas import Plea, PleaPaper
from storage.tables.recordings import Recording
from storage.tables.standins import StandIn
from storage.tables.subjects import Subject
from storage.tables.titles import DrawnList, Title
from storage.tables.transfers import Transfer

__all__ = [
    "SHANGHAI",
    "Account",
    "Act",
    "Address",
    "AgendaPoint",
    "Allotment",
    "Application",
    "Assignment",
    "Attachment",
    "Broadcast",
    "Budget",
    "Card",
    "CardCopy",
    "ClawBack",
    "Code",
    "Commitment",
    "Consent",
    "Conversation",
    "Correction",
    "Delivery",
    "Draft",
    "DrawnList",
    "Duty",
    "DutyReport",
    "Handover",
    "Inbox",
    "Inspection",
    "Inspector",
    "Instalment",
    "Json",
    "Known",
    "Line",
    "Meeting",
    "Moment",
    "Notice",
    "NoticeEntry",
    "Objection",
    "ObjectionPaper",
    "Officer",
    "Outbox",
    "Paper",
    "Passage",
    "Payment",
    "PaymentList",
    "Plea",
    "PleaPaper",
    "Recording",
    "Relative",
    "Repayment",
    "Round",
    "Seal",
    "SignIn",
    "Stain",
    "StandIn",
    "Standard",
    "Subject",
    "Table",
    "Timer",
    "Title",
    "Transfer",
    "Tries",
    "Unanswered",
    "Union",
    "Worker",
]
