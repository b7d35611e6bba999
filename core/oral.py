"""口头申请: an officer writes it down and reads it back; only the person sends it.

工作人员应当现场记录申请人基本情况、申请事项、理由和时间，并由本人签字确认
(云工通〔2021〕13号 第十八条): there the photograph of the signed record is kept with it, and
nothing stands in its place. Where the document is silent (云工发〔2019〕34号 第十五条) a code does
as well that is given to the person at the counter and typed in the person's own chat: whoever
only writes it down, or only holds the telephone, cannot send it.
"""

from enum import StrEnum, auto

from core.errors import AlreadyDecided
from core.scheme import Scheme

TERM = 3  # working days in which the person confirms; a promise of this service, no document's


class Record(StrEnum):
    """Where what was written down stands."""

    OPEN = auto()  # being written
    ASKED = auto()  # read back; the person is asked
    CONFIRMED = auto()
    REFUSED = auto()
    LAPSED = auto()


class Word(StrEnum):
    """What is said about it, by the officer, the person or the calendar."""

    ASK = auto()
    CONFIRM = auto()
    CORRECT = auto()
    REFUSE = auto()
    LAPSE = auto()


ALLOWED: dict[tuple[Record, Word], Record] = {
    (Record.OPEN, Word.ASK): Record.ASKED,
    (Record.OPEN, Word.REFUSE): Record.REFUSED,
    (Record.OPEN, Word.LAPSE): Record.LAPSED,
    (Record.ASKED, Word.ASK): Record.ASKED,
    (Record.ASKED, Word.CONFIRM): Record.CONFIRMED,
    (Record.ASKED, Word.CORRECT): Record.OPEN,
    (Record.ASKED, Word.REFUSE): Record.REFUSED,
    (Record.ASKED, Word.LAPSE): Record.LAPSED,
    (Record.CONFIRMED, Word.CONFIRM): Record.CONFIRMED,  # sent twice, it is the same one
}


def after(record: Record, word: Word) -> Record:
    """Raises AlreadyDecided for what is over, or not read back yet."""
    try:
        return ALLOWED[record, word]
    except KeyError:
        raise AlreadyDecided from None


class Proof(StrEnum):
    """How it was confirmed."""

    SIGNED = auto()  # the photograph of the signed record lies with it
    CHAT = auto()  # by the code, in a chat that was the person's before it was written down
    NEW_CHAT = auto()  # by the code, in a chat that became the person's afterwards


def to_be_signed(scheme: Scheme) -> bool:
    """Whether the document wants the person's signature under the record."""
    return scheme.intake is not None and scheme.intake.oral == "signed"


def may_be_told(scheme: Scheme) -> bool:
    """Whether the document lets it be brought by word of mouth."""
    return scheme.runs and scheme.intake is not None and scheme.intake.oral is not None
