"""入户调查, 考察, 调查: who went, when, and what they found; all who are named have to confirm.

Source: 云工通〔2020〕18号 第十八条(二) 进行入户调查; 云工发〔2019〕34号 第二十条 2名以上监督员参加.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Refused, Unreadable
from core.reading import read_prose
from core.stages import Stage

LONGEST_FINDINGS = 2000  # characters
MOST = 9  # persons
MOST_ATTACHED = 30  # papers of one step


class InspectionMissing(Refused):
    """So many persons have to go and see, and write down what they found."""

    def __init__(self, persons: int, cite: str = "") -> None:
        self.persons = persons
        super().__init__(cite=cite, persons=persons)


class InspectionUnconfirmed(Refused):
    """Who went there has not confirmed yet what was written down."""

    def __init__(self, names: Sequence[str], cite: str = "") -> None:
        self.names = tuple(names)
        super().__init__(cite=cite, names="、".join(self.names))


class AttachmentMissing(Refused):
    """The paper this step has to leave with the file is not there; `what` is its name."""

    def __init__(self, what: str, cite: str = "") -> None:
        self.what = what
        super().__init__(cite=cite, what=what)


@dataclass(frozen=True)
class Report:
    """`went` are officers with their names; `confirmed` those who stand by it."""

    went_on: date
    findings: str
    went: Mapping[int, str]
    confirmed: frozenset[int] = field(default_factory=frozenset)

    @property
    def unconfirmed(self) -> list[str]:
        return [name for who, name in self.went.items() if who not in self.confirmed]


def read_report(stage: Stage, report: Report, today: date) -> Report:
    """Raises Unreadable(date_future, text, too_long), InspectionMissing with too few persons."""
    if report.went_on > today:
        raise Unreadable("date_future")
    findings = read_prose(report.findings, LONGEST_FINDINGS)
    if len(report.went) < (stage.inspectors or 1) or len(report.went) > MOST:
        raise InspectionMissing(stage.inspectors or 1, cite=stage.cite)
    return Report(report.went_on, findings, report.went, report.confirmed)


def check(stage: Stage, report: Report | None, attached: int) -> None:
    """Before the step is left: everybody was there and says so, and its paper lies with it.

    Raises InspectionMissing, InspectionUnconfirmed, AttachmentMissing.
    """
    if stage.inspectors is not None:
        if report is None or len(report.went) < stage.inspectors:
            raise InspectionMissing(stage.inspectors, cite=stage.cite)
        if report.unconfirmed:
            raise InspectionUnconfirmed(report.unconfirmed, cite=stage.cite)
    if stage.attach and not attached:
        raise AttachmentMissing(stage.attach, cite=stage.cite)
