"""The whole library for one person: how long judging takes, and how many questions a check."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.people import MADE_ON, answers, people
from core.catalogue import Catalogue
from core.guide import THEMES, Asker, Guide
from core.periods import ANNOUNCED
from core.rules import EVERYBODY, Value
from core.sieve import ready
from core.verdict import Facts
from storage import schemes

FOLDER = Path(__file__).resolve().parents[1] / "schemes"
Row = Callable[[str, str, str], None]


def measure(row: Row) -> None:
    catalogue = schemes.read(FOLDER)
    row("(f) judging one person against all schemes", *_judging(catalogue))
    for theme in ("", *THEMES):
        guide = Guide(catalogue.known(MADE_ON), Asker.MYSELF, MADE_ON, ANNOUNCED, theme)
        if len(guide.candidates) > 1:
            name = theme or "everything"
            row(f"(g) questions, {name}, {len(guide.candidates)} schemes", _asking(guide), "")


def _judging(catalogue: Catalogue) -> tuple[str, str]:
    known = catalogue.known(MADE_ON)
    judged = [scheme for scheme in known if scheme.eligibility != EVERYBODY]
    sieves = [ready(scheme.rules, MADE_ON, ANNOUNCED) for scheme in judged]
    questions = {fact: q for scheme in judged for fact, q in scheme.asked.items()}
    everybody = [answers(person, questions) for person in people()]
    took = []
    for facts in everybody:
        began = time.perf_counter()
        for sieve in sieves:
            sieve.of(facts)
        took.append((time.perf_counter() - began) * 1000)
    found = statistics.quantiles(took, n=100)
    return f"{found[49]:.2f} ms, p99 {found[98]:.2f} ms ({len(sieves)} schemes)", "< 5 ms"


def _asking(guide: Guide) -> str:
    first, last = [], []
    for person in people():
        fits = list(_fits(guide, answers(person, guide.questions)))
        yes = [asked for asked, many in enumerate(fits) if many]
        first += yes[:1]
        last.append(len(fits) - 1)
    return f"first yes {_middle(first)} ({len(first)} of {len(last)}), all settled {_middle(last)}"


def _fits(guide: Guide, said: Facts) -> Iterator[int]:
    """How many schemes fit before the first question, after it, and so on."""
    facts: dict[str, Value] = {}
    skipped: list[str] = []
    while True:
        found = guide.find(facts)
        yield len(found.fits)
        asked = guide.next_question(found, facts, skipped)
        if not asked:
            return
        if asked in said:
            facts[asked] = said[asked]
        else:
            skipped.append(asked)


def _middle(counts: list[int]) -> str:
    if not counts:
        return "-"
    ordered = sorted(counts)
    return f"p50 {ordered[len(ordered) // 2]}, p90 {ordered[len(ordered) * 9 // 10]}"
