"""The rows of `python -m bench finding`."""

import csv
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from core.catalogue import Catalogue
from core.finding.finder import Finder, library
from core.finding.wording import Wording
from core.scheme import Scheme
from handlers import answer_text
from locales import Speaker, speaker
from storage import indexing, wording

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "tests" / "schemes"
ALIKE = 0.6  # Dice coefficient of the pairs of characters
UNSAID = "没有写|没写|未写|没有列"  # the answer is that the document does not say it
SEED = 11
NEARLY = slice(6, 25)  # ranks of schemes that are near a question and do not answer it
EMPTY = str.maketrans("", "", "？?，,。的了吗呢")

Row = Callable[[str, str, str], None]


@dataclass(frozen=True)
class Asked:
    """A question, and the schemes that truly answer it."""

    question: str
    ids: frozenset[str]
    part: str = ""


def measure(row: Row, folder: Path, catalogue: Catalogue) -> None:
    naming, spoken, follow_ups = rows("naming"), rows("spoken"), rows("follow_up", "about")
    schemes = [catalogue.versions(scheme_id)[-1] for scheme_id in catalogue.every_id]
    said = wording.every(folder, catalogue)
    known = found_in(schemes, said)
    asked = [each.question for each in (*naming, *spoken, *follow_ups)]
    unseen = found_in(*without(schemes, said, asked))
    said_so = table("answered")
    aside = found_in(*without(schemes, said, [line["question"] for line in said_so]))
    for name, finder, questions in (
        ("tuned on", unseen, [each for each in naming if each.part == "tuned"]),
        ("kept aside", unseen, [each for each in naming if each.part == "aside"]),
        ("all, as the product knows them", known, naming),
        ("spoken, kept aside", unseen, spoken),
    ):
        first, among, away = found(finder, questions)
        told = f"{first:.1%} first, {among:.1%} of three, {away:.1%} turned away"
        row(f"(h) {len(questions)} questions, {name}", told, "≥ 85 %, ≥ 95 %, ≤ 3 %")
    for name, questions in (
        ("kept aside", [each for each in naming if each.part == "aside"]),
        ("spoken", spoken),
    ):
        afar, near = left(unseen, questions)
        told = f"{afar:.1%} of any other, {near:.1%} of one nearly as near"
        row(f"(h) {len(questions)} questions put in a talk, {name}, led to their own", told, "")
    row("(h) follow-ups that stay with their scheme", f"{stay(unseen, follow_ups):.1%}", "")
    for name, part in (
        ("tuned on", "tuned"),
        ("kept aside", "aside"),
        ("spoken", "fresh"),
        ("last", "last"),
        ("by another hand", "second"),
        ("by another hand, put later", "sealed"),
        ("by a third hand", "third"),
        ("by a fourth, never looked at", "fourth"),
    ):
        told, count = from_the_right_part([line for line in said_so if line["part"] == part], aside)
        label = f"(h) {count} follow-ups answered from the right part, {name}"
        row(label, f"{told:.1%}", "≥ 90 %")
    right, count = answered(known)
    row(f"(h) {count} follow-ups, answer with the right article", f"{right:.1%}", "≥ 90 %")
    strangers = [line["message"] for line in table("beyond")]
    caught = sum(not known.hear(each).understood for each in strangers) / len(strangers)
    row(f"(h) {len(strangers)} messages no scheme answers, recognised", f"{caught:.1%}", "≥ 90 %")
    took = sorted(timed(known, [each.question for each in (*naming, *spoken)]))
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    row("(h) one answer", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms", "p99 < 10 ms")


def found_in(schemes: list[Scheme], said: Wording) -> Finder:
    return Finder(schemes, library(schemes, said, indexing.syllables()))


def found(finder: Finder, questions: list[Asked]) -> tuple[float, float, float]:
    """The right scheme at the first place, among the first three; questions turned away."""
    first = among = away = 0
    for each in questions:
        heard = finder.hear(each.question)
        ids = [hit.scheme.id for hit in heard.hits[:3]] if heard.understood else []
        first += bool(ids) and ids[0] in each.ids
        among += not each.ids.isdisjoint(ids)
        away += not heard.understood
    count = len(questions)
    return first / count, among / count, away / count


def elsewhere(finder: Finder, questions: list[Asked]) -> Iterator[tuple[str, str]]:
    """Each question with two schemes it is not about: any, and one that is nearly as near."""
    lot = random.Random(SEED)
    for each in questions:
        order = finder.nearest(each.question)
        for drawn in (order, order[NEARLY]):
            yield each.question, lot.choice([one for one in drawn if one not in each.ids])


def left(finder: Finder, questions: list[Asked]) -> tuple[float, float]:
    """How many of them are led to their scheme, while any other, or a near one, is at hand."""
    own = {each.question: each.ids for each in questions}
    right = []
    for question, about in elsewhere(finder, questions):
        hits = finder.hear(question, about).hits
        right.append(bool(hits) and hits[0].scheme.id in own[question])
    return sum(right[::2]) / len(questions), sum(right[1::2]) / len(questions)


def stay(finder: Finder, questions: list[Asked]) -> float:
    """How many follow-ups are answered by the scheme at hand."""
    here = [(each, about) for each in questions for about in each.ids if finder.knows(about)]
    kept = 0
    for each, about in here:
        hits = finder.hear(each.question, about).hits
        kept += bool(hits) and hits[0].scheme.id == about
    return kept / len(here)


def answered(finder: Finder) -> tuple[float, int]:
    """The officers' questions in other words: is the answer the one with that article?"""
    right = count = 0
    for path in sorted(PAGES.glob("*.examples.yaml")):
        about = path.name.removesuffix(".examples.yaml")
        page = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for line in page.get("asks") or ():
            hits = finder.hear(line["ask"], about).hits
            right += bool(hits) and line["cite"] in hits[0].chosen.cite
            count += 1
    return right / count, count


def from_the_right_part(lines: list[dict[str, str]], finder: Finder) -> tuple[float, int]:
    """How many follow-ups get an answer that says what the scheme file says of it."""
    here = [line for line in lines if finder.knows(line["about"])]
    say = speaker("zh_CN")
    return sum(_says_it(say, finder, line) for line in here) / max(len(here), 1), len(here)


def _says_it(say: Speaker, finder: Finder, line: dict[str, str]) -> bool:
    hits = finder.hear(line["question"], line["about"]).hits
    if not hits or hits[0].scheme.id != line["about"]:
        return False
    told = answer_text.answered(say, hits[0].chosen)
    return bool(re.search(line["says"].replace("—", UNSAID), told))


def timed(finder: Finder, questions: Iterable[str]) -> Iterator[float]:
    for question in questions:
        began = time.perf_counter()
        hits = finder.hear(question).hits
        _ = hits and hits[0].chosen
        yield (time.perf_counter() - began) * 1000


def without(
    schemes: list[Scheme], said: Wording, questions: Iterable[str]
) -> tuple[list[Scheme], Wording]:
    """The same library without the wordings that read like one of these questions."""
    pairs = [_pairs(question) for question in questions]

    def new(text: str) -> bool:
        own = _pairs(text)
        return all(2 * len(own & other) < ALIKE * (len(own) + len(other)) for other in pairs)

    bare = [
        scheme.model_copy(
            update={
                "answers": tuple(
                    answer.model_copy(update={"ask": tuple(filter(new, answer.ask)) or ("——",)})
                    for answer in scheme.answers
                )
            }
        )
        for scheme in schemes
    ]
    asked = {scheme: tuple(filter(new, ways)) for scheme, ways in said.asked.items()}
    followups = {
        scheme: {key: tuple(filter(new, ways)) for key, ways in each.items()}
        for scheme, each in said.followups.items()
    }
    return bare, replace(said, asked=asked, followups=followups)


def rows(name: str, column: str = "ids") -> list[Asked]:
    return [
        Asked(line["question"], frozenset(line[column].split("|")), line.get("part", ""))
        for line in table(name)
    ]


def table(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _pairs(text: str) -> frozenset[str]:
    bare = text.translate(EMPTY)
    return frozenset(bare[n : n + 2] for n in range(len(bare) - 1)) or frozenset({bare})
