"""What can I apply for? One set of facts against every scheme at once, with few questions.

The next question is the one whose answer settles the most: for each undecided scheme and each
fact it still needs, how many of the possible answers would decide it. A file puts first what
everything below it depends on (参加培训吗), so its first open question counts more than the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from core.days import Calendar
from core.questions import Question
from core.rules import EVERYBODY
from core.scheme import Applicant, Scheme, SchemeKind, Tier
from core.sieve import FALSE, OPEN, Sieve, ready
from core.verdict import Facts

# Nobody profits from these by qualifying: they are read, or used when something has happened.
NOT_GAINED = {SchemeKind.REPORT, SchemeKind.SURVEY, SchemeKind.INFORMATION}
TYPED = 0.3  # how likely a typed answer (a date, a number) settles a scheme
NEARER = 3.0  # what coming near the end of one scheme counts beside settling many
LATER = 0.5  # what a question counts before those that stand above it in its file are answered


class Asker(StrEnum):
    """For whom somebody asks."""

    MYSELF = "myself"
    TEAM = "team"
    UNIT = "unit"
    UNION = "union"


APPLICANTS: Mapping[Asker, frozenset[Applicant]] = {
    Asker.MYSELF: frozenset({Applicant.WORKER, Applicant.PUBLIC}),
    Asker.TEAM: frozenset({Applicant.TEAM, Applicant.WORKER_PAIR}),
    Asker.UNIT: frozenset({Applicant.ENTERPRISE, Applicant.SCHOOL}),
    Asker.UNION: frozenset({Applicant.UNION}),
}


THEMES: Mapping[str, frozenset[SchemeKind]] = {
    "money": frozenset({SchemeKind.SUBSIDY, SchemeKind.TRAINING}),
    "help": frozenset({SchemeKind.RELIEF, SchemeKind.LEGAL_AID, SchemeKind.SERVICE}),
    "honour": frozenset({SchemeKind.AWARD, SchemeKind.HONOUR, SchemeKind.COMPETITION}),
    "innovation": frozenset({SchemeKind.STUDIO, SchemeKind.PROJECT_FUND}),
    "talent": frozenset({SchemeKind.TALENT}),
    "enterprise": frozenset({SchemeKind.ENTERPRISE_PROGRAMME}),
}


@dataclass(frozen=True)
class Candidate:
    """A scheme that somebody may fit, made ready for one day."""

    scheme: Scheme
    sieve: Sieve
    askable: Mapping[str, Question]

    def open(self, facts: Facts) -> list[str]:
        """What a chat can still ask, in file order."""
        found: dict[str, None] = {}
        self.sieve.open(facts, found)
        return [fact for fact in found if fact in self.askable]


@dataclass
class Found:
    """Where everything stands. `open` are the undecided, each with what it still needs.

    In `fits` a scheme may still wait for what only officers or our archive can tell.
    """

    fits: list[Scheme] = field(default_factory=list)
    open: list[tuple[Candidate, list[str]]] = field(default_factory=list)
    not_for_you: list[Scheme] = field(default_factory=list)

    @property
    def near(self) -> list[tuple[Scheme, str]]:
        """One fact short, and which."""
        return [(each.scheme, facts[0]) for each, facts in self.open if len(facts) == 1]


class Guide:
    """All schemes in force on one day that an asker may qualify for; holds no person's facts."""

    def __init__(
        self,
        schemes: Iterable[Scheme],
        asker: Asker,
        today: date,
        calendar: Calendar,
        theme: str = "",
    ) -> None:
        self.today = today
        self.candidates = [
            Candidate(scheme, ready(scheme.rules, today, calendar), _askable(scheme))
            for scheme in schemes
            if _belongs(scheme, asker, theme) and _open_some_day(scheme, today)
        ]

    def themes(self) -> dict[str, int]:
        """How many schemes there are of each theme; those without any are left out."""
        kinds = [each.scheme.kind for each in self.candidates]
        counted = {theme: sum(kind in of for kind in kinds) for theme, of in THEMES.items()}
        return {theme: count for theme, count in counted.items() if count}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Everything that may be asked, by fact."""
        return {fact: q for each in self.candidates for fact, q in each.askable.items()}

    def find(self, facts: Facts) -> Found:
        """Every scheme, judged by what is known."""
        found = Found()
        for each in self.candidates:
            truth = each.sieve.of(facts)
            waiting = each.open(facts) if truth == OPEN else []
            if truth == FALSE:
                found.not_for_you.append(each.scheme)
            elif waiting:
                found.open.append((each, waiting))
            else:
                found.fits.append(each.scheme)
        return found

    def next_question(self, found: Found, facts: Facts, skipped: Iterable[str] = ()) -> str:
        """The fact to ask for; empty when nothing is left to ask."""
        passed = set(skipped)
        worth: dict[str, float] = {}
        for each, waiting in found.open:
            if passed.issuperset(waiting):
                continue
            left = [fact for fact in waiting if fact not in passed]
            for fact in left:
                gain = _settles(each, fact, facts) + NEARER / len(waiting)
                worth[fact] = worth.get(fact, 0.0) + gain * (1 if fact == left[0] else LATER)
        return max(worth, key=worth.__getitem__, default="")


def _settles(each: Candidate, fact: str, facts: Facts) -> float:
    """The part of the possible answers after which nothing is left to ask for this scheme."""
    values = each.askable[fact].values
    if not values:
        return TYPED
    settled = 0
    for value in values:
        after = {**facts, fact: value}
        settled += each.sieve.of(after) != OPEN or not each.open(after)
    return settled / len(values)


def _belongs(scheme: Scheme, asker: Asker, theme: str) -> bool:
    judged = scheme.tier in (Tier.HANDLE, Tier.CHECK) and scheme.eligibility != EVERYBODY
    wanted = scheme.kind in THEMES[theme] if theme else scheme.kind not in NOT_GAINED
    return judged and wanted and not APPLICANTS[asker].isdisjoint(scheme.applicants)


def _open_some_day(scheme: Scheme, today: date) -> bool:
    """Not over for good."""
    return scheme.window is None or not scheme.window.over(today)


def _askable(scheme: Scheme) -> dict[str, Question]:
    """What a chat may ask; earlier awards are looked up when somebody applies."""
    return {f: q for f, q in scheme.asked.items() if q.asked_of_worker and not q.record}
