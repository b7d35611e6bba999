"""One transaction and all books of the archive, opened when first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

from storage.accounts import Accounts
from storage.acts import Acts
from storage.allotments import Allotments
from storage.applications import Applications
from storage.assignments import Assignments
from storage.audience import Audience
from storage.book import Book, Work
from storage.broadcasts import Broadcasts
from storage.budgets import Budgets
from storage.cards import Cards
from storage.claw_backs import ClawBacks
from storage.codes import Codes
from storage.consents import Consents
from storage.conversations import Conversations
from storage.drafts import Drafts
from storage.drawn import Drawn
from storage.duties import Duties
from storage.handovers import Handovers
from storage.inspections import Inspections
from storage.known import KnownFacts
from storage.meetings import Meetings
from storage.notices import Notices
from storage.objections import Objections
from storage.officers import Officers
from storage.outbox import OutboxBook
from storage.passages import Passages
from storage.payments import Payments
from storage.pleas import Pleas
from storage.privacy import Privacy
from storage.queue import Queue
from storage.recordings import Recordings
from storage.reserves import Reserves
from storage.rounds import Rounds
from storage.stains import Stains
from storage.standards import Standards
from storage.standins import StandIns
from storage.subjects import Subjects
from storage.timers import Timers
from storage.titles import Titles
from storage.transfers import Transfers
from storage.tries import WrongTries
from storage.unanswered import UnansweredBook
from storage.unions import Unions
from storage.workers import Workers

Kind = TypeVar("Kind", bound=Book)


class Shelf(Generic[Kind]):
    """A place for one book; opened on first use and kept for the rest of the unit."""

    def __init__(self, book: Callable[[Work], Kind]) -> None:
        self.book = book

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, unit: Work, owner: type) -> Kind:
        book = self.book(unit)
        unit.__dict__[self.name] = book  # found there next time, before this shelf
        return book


class Unit(Work):
    """A new book is one line here."""

    accounts = Shelf(Accounts)
    acts = Shelf(Acts)
    allotments = Shelf(Allotments)
    applications = Shelf(Applications)
    assignments = Shelf(Assignments)
    audience = Shelf(Audience)
    broadcasts = Shelf(Broadcasts)
    budgets = Shelf(Budgets)
    cards = Shelf(Cards)
    claw_backs = Shelf(ClawBacks)
    codes = Shelf(Codes)
    consents = Shelf(Consents)
    conversations = Shelf(Conversations)
    drafts = Shelf(Drafts)
    drawn = Shelf(Drawn)
    duties = Shelf(Duties)
    handovers = Shelf(Handovers)
    inspections = Shelf(Inspections)
    known = Shelf(KnownFacts)
    meetings = Shelf(Meetings)
    notices = Shelf(Notices)
    objections = Shelf(Objections)
    officers = Shelf(Officers)
    outbox = Shelf(OutboxBook)
    passages = Shelf(Passages)
    payments = Shelf(Payments)
    pleas = Shelf(Pleas)
    privacy = Shelf(Privacy)
    queue = Shelf(Queue)
    recordings = Shelf(Recordings)
    reserves = Shelf(Reserves)
    rounds = Shelf(Rounds)
    stains = Shelf(Stains)
    standards = Shelf(Standards)
    standins = Shelf(StandIns)
    subjects = Shelf(Subjects)
    timers = Shelf(Timers)
    titles = Shelf(Titles)
    transfers = Shelf(Transfers)
    tries = Shelf(WrongTries)
    unanswered = Shelf(UnansweredBook)
    unions = Shelf(Unions)
    workers = Shelf(Workers)
