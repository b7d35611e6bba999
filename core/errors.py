"""Everything the law can refuse, and everything a person can get wrong.

AppError
├── Refused                the law says no: shown to the person with the article
│   ├── NotEligible(reasons)       ├── WindowClosed(until)        ├── QuotaExhausted(round)
│   ├── LimitReached(limit)        ├── NoticeStillRunning(until)  ├── ObjectionOpen
│   ├── CorrectionUsed             ├── CorrectionOverdue          ├── AlreadyApplied(number)
│   ├── MoveNotAllowed(state)      ├── AlreadyDecided(by, at)     ├── PapersMissing(slots)
│   ├── ConsentMissing(purpose)    ├── NoticeOver(until)          ├── FindingsMissing(asked)
│   ├── SumMissing                 ├── NotOnRoster                ├── TitleThere(title)
│   ├── TransferOpen               ├── Barred(until), and those of `core.conduct`, `core.owing`,
│   │                              │   `core.inspection`, `core.limits`, `core.reserves`
│   ├── NoApplicationNeeded        ├── ListThere(year)            ├── `core.budget`, `core.standin`
│   └── Locked(until)
├── NotYours               signed in, but not allowed
│   └── Recused(relation)          └── OutsideJurisdiction(union)
├── NotFound               no such application, notice, round
├── Unreadable(hint)       the answer cannot be read: say it again, with an example
└── SchemeFileError        file:line, what is wrong, what would be right

A class name is the refusal itself; what it needs to be understood stands in its attributes;
the sentence stands in `locales` under `refusal.<ClassName>`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any


class AppError(Exception):
    """Base of everything a person may be told; `values` fill the sentence in `locales`."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __str__(self) -> str:
        return ", ".join(f"{name}={value}" for name, value in self.values.items())


class Refused(AppError):
    """The law says no. `cite` names the article, or is empty where a duty of care decides."""

    def __init__(self, *, cite: str = "", **values: Any) -> None:
        self.cite = cite
        super().__init__(cite=cite, **values)


class NotEligible(Refused):
    """A condition fails or is not yet known; `reasons` are `core.verdict.Reason`s."""

    def __init__(self, reasons: Sequence[Any]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(cite=self.reasons[0].cite if self.reasons else "")


class WindowClosed(Refused):
    """Outside the application window: `opens` and `closes` are days, None where not announced."""

    def __init__(self, opens: date | None, closes: date | None, cite: str = "") -> None:
        self.opens, self.closes = opens, closes
        super().__init__(cite=cite, opens=opens, closes=closes)


class QuotaExhausted(Refused):
    """All places of the round are taken."""

    def __init__(self, places: int, cite: str = "") -> None:
        self.places = places
        super().__init__(cite=cite, places=places)


class LimitReached(Refused):
    """The archive already holds what this limit allows; `say` is the limit in plain words."""

    def __init__(self, say: str, cite: str, until: date | None = None) -> None:
        self.say, self.until = say, until
        super().__init__(cite=cite, say=say, until=until)


class Barred(LimitReached):
    """The record of integrity shuts this person or unit out up to `until`, None for ever."""


class SumOutOfRange(Refused):
    """The document allows from `low` to `high` fen, None where it draws no upper line."""

    def __init__(self, low: int, high: int | None, cite: str = "") -> None:
        self.low, self.high = low, high
        super().__init__(cite=cite, low=low, high=high)


class ConsentNeeded(Refused):
    """Above what is given in principle: only the provincial union may, and says why."""

    def __init__(self, high: int, cite: str = "") -> None:
        self.high = high
        super().__init__(cite=cite, high=high)


class AlreadyApplied(Refused):
    """This person has a live application in this round."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(number=number)


class CertificateUsed(Refused):
    """The certificate number stands in somebody's live or paid application."""


class MoveNotAllowed(Refused):
    """The application is not in a state in which this can be done."""

    def __init__(self, state: str, move: str) -> None:
        self.state, self.move = state, move
        super().__init__(state=state, move=move)


class AlreadyDecided(Refused):
    """Somebody was faster: the card is about an older version of the application."""

    def __init__(self, by: str = "") -> None:
        self.by = by
        super().__init__(by=by)


class NoticeStillRunning(Refused):
    """The public notice has to hang until the end of `until`."""

    def __init__(self, until: date, cite: str) -> None:
        self.until = until
        super().__init__(cite=cite, until=until)


class NoticeOver(Refused):
    """The public notice hung until the end of `until`: there is nothing to object to any more."""

    def __init__(self, until: date, cite: str) -> None:
        self.until = until
        super().__init__(cite=cite, until=until)


class ObjectionOpen(Refused):
    """An objection to this application has not been decided."""


class CorrectionUsed(Refused):
    """The document knows no corrections at this step."""


class CorrectionOverdue(Refused):
    """The date set for corrections has passed."""

    def __init__(self, due: date, cite: str = "") -> None:
        self.due = due
        super().__init__(cite=cite, due=due)


class UndertakingMissing(Refused):
    """The undertaking of truthfulness has not been given."""


class FindingsMissing(Refused):
    """Officers have not said yet what decides; `asked` are the names of the facts."""

    def __init__(self, asked: Sequence[str], cite: str = "") -> None:
        self.asked = tuple(asked)
        super().__init__(cite=cite, asked="、".join(self.asked))


class NotOnRoster(Refused):
    """It is for members, and this person is on no roster."""


class TransferOpen(Refused):
    """The common upper union has been asked already to name one."""


class AnswersMissing(Refused):
    """What has to be told before it can be read back; `asked` are the names."""

    def __init__(self, asked: Sequence[str]) -> None:
        self.asked = tuple(asked)
        super().__init__(asked="、".join(self.asked))


class WrongPerson(Refused):
    """This name and this identity number do not belong together."""


class SumMissing(Refused):
    """Nobody has set the sum yet."""


class NoApplicationNeeded(Refused):
    """The union draws a list by itself: nobody applies."""


class ListThere(Refused):
    """This year's list, or that of this occasion, has been opened, or has this person already."""

    def __init__(self, year: int, occasion: str = "") -> None:
        self.year, self.occasion = year, occasion
        super().__init__(year=year, occasion=occasion)


class TitleThere(Refused):
    """The register says already that this holder has the title."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(title=title)


class PapersMissing(Refused):
    """Required papers are not there; `slots` are their names."""

    def __init__(self, slots: Sequence[str]) -> None:
        self.slots = tuple(slots)
        super().__init__(slots="、".join(self.slots))


class ConsentMissing(Refused):
    """No consent for this purpose (`general`, `identity`, `bank`)."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        super().__init__(purpose=purpose)


class Locked(Refused):
    """Too many wrong tries; free again at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until=until)


class BoundToAnother(Refused):
    """The identity number is bound to another chat already."""


class FileRefused(Refused):
    """A file cannot be taken; `why` is empty, too_big, type, pixels, damaged, active, many …"""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why=why)


class NotYours(AppError):
    """Signed in, but not allowed to do this."""


class Recused(NotYours):
    """One's own file, a relative's, or one decided by this person at another stage.

    `relation` is one of own, relative, twice, accused where a report is about this officer, or
    recorder where the officer has written it down for somebody.
    """

    def __init__(self, relation: str) -> None:
        self.relation = relation
        super().__init__(relation=relation)


class OutsideJurisdiction(NotYours):
    """Another union, or another level of the tree, acts now; `union` is its name."""

    def __init__(self, union: str) -> None:
        self.union = union
        super().__init__(union=union)


class SignInNeeded(NotYours):
    """Nobody is signed in, or the session has run out."""


class NotFound(AppError):
    """No such application, notice, round, paper or link."""


class Unreadable(AppError):
    """The answer cannot be read; `hint` names the example to show: date, number, choice, …"""

    def __init__(self, hint: str, **values: Any) -> None:
        self.hint, self.field = hint, ""  # the field of the form it stood in, where it was a form
        super().__init__(hint=hint, **values)


class SchemeFileError(AppError):
    """A scheme file is wrong: rows of file, line, path and sentence."""

    def __init__(self, problems: Sequence[tuple[str, int, str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems=len(self.problems))

    def __str__(self) -> str:
        return "\n".join(f"{name}:{line}: {path}: {why}" for name, line, path, why in self.problems)
