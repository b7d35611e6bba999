"""Put one question of a scheme file, and read the answer the person gives."""

from collections.abc import Sequence
from datetime import date

from core import reading
from core.errors import Unreadable
from core.facts import read_back
from core.questions import Kind, Question
from core.rules import Value
from core.scheme import Scheme
from handlers.chat import Reply
from handlers.visit import Offer, Visit

UNKNOWN, WHY, BACK = "unknown", "why", "back"
EXPECTS = {Kind.DATE: "date", Kind.NUMBER: "number", Kind.MONEY: "money", Kind.TEXT: "text"}


def put(
    visit: Visit,
    question: Question,
    *,
    progress: tuple[int, int] | None = None,
    back: bool = True,
    unknown: bool = True,
    explained: bool = False,
    more: Sequence[Offer] = (),
) -> Reply:
    """The question with its buttons: the answers, then 不知道, 为什么问, 上一步, then `more`."""
    say = visit.say
    text = say.scheme(question.ask)
    if question.example:
        text += "\n" + say("asking.example", example=say.scheme(question.example))
    if explained:
        text = say("asking.why", why=say.scheme(question.why)) + "\n\n" + text
    offers = [Offer(f"={i}", label, "primary") for i, label in enumerate(labels(visit, question))]
    if unknown:
        offers.append(Offer(UNKNOWN, say("asking.unknown")))
    if not explained:
        offers.append(Offer(WHY, say("asking.why_button")))
    if back:
        offers.append(Offer(BACK, say("asking.back")))
    offers += more
    return visit.ask(text, offers, expects=EXPECTS.get(question.answer, ""), progress=progress)


def labels(visit: Visit, question: Question) -> Sequence[str]:
    """What stands on the buttons for `question.values`, in the person's language."""
    if question.answer is Kind.YES_NO:
        return visit.say("asking.yes"), visit.say("asking.no")
    return [visit.say.scheme(choice) for choice in question.choices]


def read(visit: Visit, question: Question) -> Value:
    """The value that was pressed or typed. Raises Unreadable with an example of what fits."""
    if visit.token.startswith("="):
        return question.values[int(visit.token[1:])]
    match question.answer:
        case Kind.DATE:
            return reading.read_date(visit.text, visit.today)
        case Kind.NUMBER:
            return reading.read_number(visit.text)
        case Kind.MONEY:
            return reading.read_money(visit.text)
        case Kind.TEXT:
            return reading.read_prose(visit.prose, question.most)
        case Kind.YES_NO:
            said = reading.read_yes_no(visit.text)
            if said is None:
                raise Unreadable("yes_no")
            return said
        case Kind.CHOICE:
            raise Unreadable("choice")


def shown(visit: Visit, scheme: Scheme, fact: str, kept: object) -> str:
    """A kept value as the person reads it."""
    question = scheme.asked[fact]
    value = read_back(question, kept)
    match value:
        case None:
            return visit.say("asking.unknown")
        case bool():
            return visit.say("asking.yes" if value else "asking.no")
        case date():
            return visit.say.day(value)
        case int() if question.answer is Kind.MONEY:
            return visit.say.money(value)
        case _:
            return visit.say.scheme(str(value))
