"""An application and a list to be posted, as an officer reads them in a chat."""

from datetime import date

from core.allotment import Allotted
from core.capacities import Capacity
from core.questions import Kind
from core.truth import NO, YES
from core.verdict import Aside, Reason
from core.workflow import State
from handlers import subject
from handlers.decisions import CardView, FactLine
from handlers.scheme_text import gains
from locales import Speaker

SIGNS, IDLE = {YES: "✓", NO: "✗"}, "–"


def application_text(say: Speaker, view: CardView, today: date) -> str:
    """The whole of what is to be decided on: who, what was answered, what holds, which papers."""
    return "\n".join(
        [
            say(
                "procedure.card.head",
                scheme=say.scheme(view.scheme),
                number=view.number,
                name=view.name,
                unit=view.unit,
                rank=say("procedure.card.rank", rank=view.rank) if view.rank else "",
                amount=_amount(say, view),
            ),
            _standing(say, view, today),
            *standing_for(say, view),
            *on_the_list(say, view),
            *gains(say, view.sums, view.totals, view.asked),
            "",
            say("procedure.card.facts"),
            *(_fact(say, line) for line in view.facts),
            "",
            say("procedure.card.conditions"),
            *_conditions(say, view),
            *softly(say, view),
            *_open(say, view),
            *_earlier(say, view),
            *inspected(say, view),
            *carried(say, view),
            "",
            say("procedure.card.papers"),
            *(_papers(say, view) or [say("procedure.card.no_papers")]),
        ]
    )


def _amount(say: Speaker, view: CardView) -> str:
    """Nothing where it is not about money."""
    if view.amount_fen is None and not any(each.benefit.ours for each in view.sums):
        return ""
    return say("procedure.card.amount", amount=say.money(view.amount_fen))


def _conditions(say: Speaker, view: CardView) -> list[str]:
    """Other ways in than the one that is met are only counted: the console lists them."""
    met = [each for each in view.every_condition if each.aside is Aside.MET]
    lines = [_condition(say, each) for each in view.every_condition if each not in met]
    return [*lines, say("condition.others", count=len(met))] if met else lines


def beside(say: Speaker, reason: Reason) -> str:
    """Why it decides nothing; empty where it does."""
    if reason.aside is None:
        return ""
    met = say.join(say.scheme(each) for each in reason.met_by)
    return say(f"condition.aside.{reason.aside}", met=met)


def _condition(say: Speaker, reason: Reason) -> str:
    sign = IDLE if reason.aside else SIGNS.get(reason.good, "?")
    cite = say("cite.short", article=say.article(reason.cite))
    return f"{sign} {say.scheme(reason.say)}{cite}{beside(say, reason)}"


def softly(say: Speaker, view: CardView) -> list[str]:
    """What the document asks for in principle or prefers: it warns or ranks, and never refuses."""
    return [
        say(
            "soft.line",
            word=say(f"soft.{each.word.name.lower()}"),
            line=_condition(say, each.reason),
        )
        for each in view.soft
    ]


def inspected(say: Speaker, view: CardView) -> list[str]:
    """Who went to see, what they found, who has not confirmed it, and how many papers lie there."""
    lines = []
    for each in view.inspected:
        who = "、".join(each.report.went.values())
        lines.append(
            say("steps.inspected", stage=say.scheme(each.stage), day=each.report.went_on, who=who)
        )
        lines.append(each.report.findings)
        if each.report.unconfirmed:
            lines.append(say("steps.unconfirmed", names="、".join(each.report.unconfirmed)))
    if view.attached:
        lines.append(say("steps.attached", count=len(view.attached)))
    return ["", *lines] if lines else []


def carried(say: Speaker, view: CardView) -> list[str]:
    """Who carries it now, and how to reach them."""
    return [
        say("assign.line", name=each.name, contact=each.contact, at=say.moment(each.at))
        for each in view.assigned[-1:]
    ]


def _open(say: Speaker, view: CardView) -> list[str]:
    """What officers have to find out; what is needed now is marked."""
    if not view.open:
        return []
    lines = [("❗" if each.needed else "· ") + say.scheme(each.question.name) for each in view.open]
    return ["", say("officer.card.open"), *lines]


def _earlier(say: Speaker, view: CardView) -> list[str]:
    return ["", *earlier_lines(say, view)] if view.earlier else []


def earlier_lines(say: Speaker, view: CardView) -> list[str]:
    """The same person was with another union before."""
    return [
        say(
            "transfer.earlier",
            number=each.number,
            union=each.union,
            at=say.moment(each.at),
            cite=say.article(each.cite),
        )
        for each in view.earlier
    ]


def standing_for(say: Speaker, view: CardView) -> list[str]:
    """For whom it was sent, and whom it is about."""
    meant, lines = view.meant, list[str]()
    if view.instead_of:
        lines.append(say("standin.card", other=view.instead_of))
    if meant.capacity not in ("", Capacity.SELF):
        lines.append(say("behalf.as", capacity=say(f"capacity.{meant.capacity}")))
    if meant.other:
        relation = say(f"relation.{meant.relation}") if meant.relation else ""
        key = "behalf.paid_to" if meant.capacity == Capacity.UNION else "behalf.for"
        lines.append(say(key, name=meant.other, relation=relation))
    if meant.accused:
        lines.append(say("behalf.about", name=meant.accused))
    if meant.ground:
        lines.append(say("behalf.ground_is", place=say.scheme(meant.ground)))
    if view.subject:
        lines += subject.lines(say, view.subject)
    if view.guest:
        lines.append(say("registering.card"))
    if view.recorded:
        proof, officer = view.recorded
        lines.append(say(f"oral.by.{proof}", officer=officer))
    return lines


def on_the_list(say: Speaker, view: CardView) -> list[str]:
    """Its own rank among the reserves, and who waits where the list is made or moved up from."""
    lines = [say("reserves.own", rank=view.reserve)] if view.reserve else []
    if view.allotted:
        lines.append(own_places(say, view.allotted))
    rows = [say("reserves.row", rank=rank, number=number) for rank, number in view.reserves]
    return [*lines, *([say("reserves.list"), *rows] if rows else [])]


def own_places(say: Speaker, mine: Allotted) -> str:
    """How many this union may recommend, and how many it has."""
    if mine.places is None:
        return say("allotted.open", given=mine.given)
    key = "allotted.soft" if mine.soft else "allotted.of"
    line = say(key, places=mine.places, given=mine.given)
    return line + say("cite.short", article=say.article(mine.cite))


def shown(say: Speaker, line: FactLine) -> str:
    """The value of a fact in this language."""
    match line.value:
        case None:
            return say("answer.unknown")
        case bool():
            return say("answer.yes" if line.value else "answer.no")
        case date():
            return say.day(line.value)
        case int() if line.kind is Kind.MONEY:
            return say.money(line.value)
        case _:
            return say.scheme(str(line.value))


def _standing(say: Speaker, view: CardView, today: date) -> str:
    if view.state != State.IN_STAGE:
        return say("procedure.card.state", state=say(f"state.officer.{view.state}"))
    stage = say.scheme(view.stage)
    line = say("procedure.card.stage", stage=stage, number=view.stage_number, total=view.stages)
    if view.lain:
        return f"{line} · {say('lying.row', days=view.lain)}"
    return line + (say("procedure.card.due", due=say.day(view.due, today)) if view.due else "")


def _fact(say: Speaker, line: FactLine) -> str:
    return say(
        "procedure.card.fact",
        name=say.scheme(line.name),
        value=shown(say, line),
        origin=say(f"procedure.origin.{line.origin}"),
    )


def _papers(say: Speaker, view: CardView) -> list[str]:
    pages: dict[str, int] = {}
    for paper in view.papers:
        pages[paper.what] = pages.get(paper.what, 0) + paper.pages
    return [
        say("procedure.card.paper", what=say.scheme(what), count=count)
        for what, count in pages.items()
    ]
