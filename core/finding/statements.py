"""Everything a scheme file says, sentence by sentence, each with the words it is known by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from core.answers import Answer
from core.finding.demands import Need, needs, within
from core.finding.matters import Matter
from core.finding.parts import TELLERS, Line, demanded
from core.rules import Condition, Wish
from core.scheme import Scheme

CITED = re.compile(r"^(.+?)（([^（）]*(?:（[^（）]*）[^（）]*)*)）。?$")
TOGETHER = 4
# What is said of a closed choice of the file stands in `locales`; these are its words.
CHOSEN = {
    "objection.real_name": "实名提出异议 匿名的不受理",
    "objection.with_papers": "实名提出异议 要有书面材料 匿名的不受理",
    "objection.anybody": "任何人都可以提出异议",
    "vacancy.left_empty": "被取消的名额不再递补",
    "vacancy.from_reserves": "被取消的名额从候补里递补",
    "places.first_come": "先报先得",
    "places.ranked": "按评审排名确定",
    "places.everybody": "不限名额，符合条件的都可以",
    "window.always": "随时可以申请",
    "gain.percent": "按比例",
    "gain.percent_between": "按比例",
    "gain.percent_up_to": "按比例 最高不超过",
    "gain.percent_at_least": "按比例 不低于",
    "gain.up_to": "最高不超过",
    "gain.at_least": "不低于",
    "gain.in_kind": "不发钱",
    "gain.fixed": "元",
    "misconduct.disqualify": "发放前发现弄虚作假的，取消资格",
    "misconduct.disqualify_unpaid": "确定前发现弄虚作假的，取消资格",
    "misconduct.claw_back": "发放后发现弄虚作假的，追回",
    "misconduct.revoke": "授予后发现弄虚作假的，撤销",
}
FOR_OFFICERS = re.compile("按[^，。]{0,4}理解|读作|没有文号|落款|起算|摘编|另设|照录|这里")


class Kind(StrEnum):
    """What a statement is: one sentence, a whole part, or that the document does not say it."""

    SENTENCE = "sentence"
    WHOLE = "whole"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Statement:
    """One sentence; `text` are its words, `known_by` those of the question behind it as well.

    The line of a whole part bears the name of its matter.
    """

    matter: Matter
    line: Line
    text: str
    known_by: str = ""
    answer: Answer | None = None
    aside: bool = False  # a remark on how the text is read, not its own sentence
    kind: Kind = Kind.SENTENCE

    @cached_property
    def words(self) -> str:
        return self.text + self.known_by


def statements(scheme: Scheme) -> Iterator[Statement]:
    """All a question can be answered with: each sentence, each part, and that it is not said."""
    yield from _sentences(scheme)
    for matter, tell in TELLERS.items():
        if lines := tuple(tell(scheme)):
            text = _joined(*(word for line in lines for word in _spoken(line)))
            yield Statement(matter, Line(matter.value, ""), text, kind=Kind.WHOLE)
    yield Statement(Matter.BASIS, Line(Kind.UNSAID.value, ""), "", kind=Kind.UNSAID)


def _sentences(scheme: Scheme) -> Iterator[Statement]:
    """In the order in which one would tell them: answers, then the parts, then what is left."""
    for answer in scheme.answers:
        line = Line("said", answer.cite, {"say": answer.answer})
        yield Statement(Matter.WHO, line, answer.answer.casefold(), _joined(*answer.ask), answer)
    for matter, tell in TELLERS.items():
        if matter not in (
            Matter.WHO,
            Matter.PAPERS,
            Matter.CONTACT,
            Matter.AGAIN,
            Matter.BASIS,
            Matter.HOW_LONG,
        ):
            for line in tell(scheme):
                yield Statement(matter, line, _joined(*_spoken(line), CHOSEN.get(line.key, "")))
    for paper in scheme.slots:
        line = Line(
            "paper.hint" if paper.hint else "paper.must",
            paper.cite,
            {"what": paper.what, "hint": paper.hint, "copies": paper.copies},
        )
        copies = f"一式{paper.copies}份" if paper.copies > 1 else ""
        yield Statement(Matter.PAPERS, line, _joined(paper.what, paper.hint, copies))
    for need in needs(scheme.eligibility):
        yield from _needed(scheme, need)
    for wish in scheme.soft:
        yield from _condition(scheme, wish, Matter.WHO)
    for limit in scheme.limits:
        yield from _condition(scheme, limit.condition, Matter.AGAIN)
    yield from _left(scheme)


def _condition(scheme: Scheme, condition: Condition, matter: Matter) -> Iterator[Statement]:
    """What has to hold; and why, which often says more of those who are meant."""
    question = scheme.asked.get(condition.fact)
    behind = _joined(question.ask, question.name) if question else ""
    yield Statement(matter, told(condition), _joined(condition.say, condition.mend), behind)
    if question:
        why = Line("condition_why", condition.cite, _demand(condition) | {"why": question.why})
        yield Statement(matter, why, _joined(question.why), _joined(question.name), aside=True)


def _needed(scheme: Scheme, need: Need) -> Iterator[Statement]:
    """A demand; of several ways none is told as if everybody had to go it."""
    if isinstance(need, Condition):
        yield from _condition(scheme, need, Matter.WHO)
        return
    each = list(within(need))
    if short := len(each) <= TOGETHER:
        says = (word for condition, _ in each for word in (condition.say, condition.mend))
        yield Statement(Matter.WHO, demanded(need), _joined(*says))
    for condition, track in each:
        alone = demanded(need) if short and not condition.mend else one_way(condition, track)
        for statement in _condition(scheme, condition, Matter.WHO):
            line = one_way(condition, track, statement.line) if statement.aside else alone
            yield replace(statement, line=line)


def one_way(condition: Condition, track: str, line: Line | None = None) -> Line:
    """What one of several ways wants, with what would mend it, or why it is asked."""
    more = {"why": line.values["why"]} if line else {"mend": condition.mend}
    return Line("condition_one", condition.cite, {"say": condition.say, "track": track} | more)


def told(condition: Condition) -> Line:
    """One condition by itself, with what would mend it."""
    key = "condition_mend" if condition.mend else "condition"
    return Line(key, condition.cite, _demand(condition) | {"mend": condition.mend})


def _demand(condition: Condition) -> dict[str, str]:
    """What has to hold, and the word by which the document softens it, if it does."""
    word = condition.word.name.lower() if isinstance(condition, Wish) else ""
    return {"say": condition.say, "word": word}


def _left(scheme: Scheme) -> Iterator[Statement]:
    for clause in (*scheme.remarks, *scheme.recusal):
        line = Line("said", clause.cite, {"say": clause.say})
        yield Statement(Matter.BASIS, line, clause.say.casefold())
    for stage in scheme.stages:
        if stage.correction:
            line = Line("correction", stage.cite, {"name": stage.name})
            yield Statement(Matter.REFUSED, line, f"{stage.name}补正退回改材料一次".casefold())
    for note in scheme.notes:
        found = CITED.match(note)
        if found and not FOR_OFFICERS.search(note):
            line = Line("said", found[2], {"say": found[1]})
            yield Statement(Matter.BASIS, line, found[1].casefold(), aside=True)


def _spoken(line: Line) -> Iterator[str]:
    for key, value in line.values.items():
        if isinstance(value, str) and key not in (
            "per",
            "by",
            "set_by",
            "paid_by",
            "bound",
            "word",
        ):
            yield value
        elif isinstance(value, int) and value:
            yield f"{value}%" if key in ("percent", "share") else f"{value}"
        elif isinstance(value, tuple | list | dict):
            yield " ".join(_flat(value))


def _flat(values: Iterable[object]) -> Iterator[str]:
    """What is said in them; a tier is a tuple of its name and its sums."""
    for each in values:
        if isinstance(each, tuple | list):
            yield from _flat(each)
        elif each is not None:
            yield str(each)


def _joined(*words: str) -> str:
    return " ".join(words).casefold()
