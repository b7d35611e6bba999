"""A finding with all that belongs to it, as an officer reads it in a chat."""

from datetime import date

from handlers.dossier import Dossier
from locales import Speaker


def dossier_text(say: Speaker, view: Dossier, today: date) -> str:
    """What was found, said and decided; what comes back, and what has come."""
    found = view.found
    head = say(
        "claw.head",
        number=view.application.number,
        name=view.name,
        scheme=say.scheme(view.scheme),
        state=say(f"console.clawbacks.state.{found.state}"),
    )
    ground = say("claw.ground", ground=say.scheme(found.say), cite=say.article(found.cite))
    told = [
        ("console.clawbacks.ground", ground),
        ("console.objection.finding", found.finding),
        ("console.clawbacks.paid_label", say.money(found.paid_fen)),
        ("console.clawbacks.decider", view.decider),
    ]
    if found.answer_by:
        told.append(("console.clawbacks.answer_by", say.day(found.answer_by, today)))
    if found.answered_at:
        answer = view.answer or say.moment(found.answered_at, today)
        told.append(("console.clawbacks.answered", answer))
    if found.decided_at and found.reason:
        told.append(("console.clawbacks.reason", found.reason))
    lines = [head, *(say("claw.line", label=say(label), value=value) for label, value in told)]
    return "\n".join([*lines, *_money(say, view, today), *_record(say, view)])


def _money(say: Speaker, view: Dossier, today: date) -> list[str]:
    debt = view.debt
    if not debt.fen:
        return []
    sums = {"amount": debt.fen, "back": debt.back, "left": debt.left}
    lines = [say("console.clawbacks.money", **{name: say.money(fen) for name, fen in sums.items()})]
    for part, came in view.parts:
        told = {"day": say.day(part.due, today), "amount": say.money(part.fen)}
        lines.append(say("claw.part", **told, back=say.money(came)))
    for each in view.came:
        about = {"day": say.day(each.came_on, today), "amount": say.money(each.amount_fen)}
        lines.append(f"· {say('clawback.status.receipt', receipt=each.number, **about)}")
    return lines


def _record(say: Speaker, view: Dossier) -> list[str]:
    stain = view.stain
    if stain is None:
        return []
    if stain.struck_at:
        day = say.day(stain.struck_at.date(), today=None)
        value = say("console.integrity.struck", day=day, why=stain.struck_why)
    elif not stain.blocks:
        value = say("integrity.entered.warns")
    elif stain.until:
        value = say("integrity.entered.until", day=say.day(stain.until))
    else:
        value = say("integrity.entered.forever")
    return [say("claw.line", label=say("console.integrity.title"), value=value)]
