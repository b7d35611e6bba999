"""The verdict in the worker's words: the answer first, then why, then what next."""

from datetime import date

from core.decision import Verdict
from core.scheme import Scheme
from core.truth import NO, UNKNOWN, YES
from handlers.scheme_text import gains
from handlers.standing import Call
from locales import Speaker


def told(say: Speaker, scheme: Scheme, verdict: Verdict) -> str:
    """Yes with the sum; no with each failing condition; not yet known with what is missing."""
    name = say.scheme(scheme.name)
    open_ = [reason for reason in verdict.reasons if reason.good is UNKNOWN]
    match verdict.truth:
        case t if t is YES and verdict.amount_fen is not None and scheme.amount.cite:
            sum_ = say.money(verdict.amount_fen)
            cite = say.article(scheme.amount.cite)
            first = say("verdict.yes", name=name, amount=sum_, cite=cite)
            lines = say.reasons(verdict.reasons)
        case _ if verdict.enough and not verdict.left_to_officers:  # but for its sum, perhaps
            first = say("verdict.fits", name=name)
            lines = say.reasons(verdict.reasons) + _gains(say, scheme, verdict)
        case t if t is NO:
            first = say("verdict.no", name=name)
            lines = say.reasons(verdict.failed)
        case _ if verdict.left_to_officers:
            first = say("verdict.officers", name=name)
            lines = say.reasons(open_) + _gains(say, scheme, verdict)
        case _:
            first = say("verdict.unknown", name=name, count=len(verdict.open))
            lines = say.reasons(open_)
    source = say("verdict.source", document=say.scheme(scheme.source.document))
    return "\n".join([first, "", *lines, *_softly(say, verdict), "", source])


def standing_offer(say: Speaker, call: Call | None, today: date) -> str:
    """Whether one can apply now, until when, and how many places are left."""
    if call is None:
        return say("verdict.no_round")
    if call.left is None:
        all_year = (call.closes.month, call.closes.day) == (12, 31)
        return say("verdict.any_day" if all_year else "verdict.until", closes=call.closes)
    if not call.left:
        return say("verdict.full", places=call.places)
    return say("verdict.open", closes=say.until(call.closes, today), left=call.left)


def _gains(say: Speaker, scheme: Scheme, verdict: Verdict) -> list[str]:
    found = gains(say, verdict.sums, verdict.totals, scheme.asked)
    return ["", say("verdict.gains"), *found] if found else []


def _softly(say: Speaker, verdict: Verdict) -> list[str]:
    """What the document asks for in principle and is not so, and what it prefers and is."""
    if verdict.truth is NO:
        return []
    lines = []
    for key, reasons in (("warnings", verdict.warnings), ("preferences", verdict.preferences)):
        if reasons:
            lines += ["", say(f"verdict.{key}"), *say.reasons(reasons)]
    return lines
