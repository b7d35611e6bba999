"""The verdict in the worker's words: the answer first, then why, then what next."""

from datetime import date

from core.decision import Verdict
from core.scheme import Scheme
from core.truth import NO, UNKNOWN, YES
from locales import Speaker
from storage.tables import Round


def told(say: Speaker, scheme: Scheme, verdict: Verdict) -> str:
    """Yes with the sum; no with each failing condition; not yet known with what is missing."""
    name = say.scheme(scheme.name)
    source = say("verdict.source", document=scheme.source.document)
    match verdict.truth:
        case t if t is YES and verdict.amount_fen is not None:
            sum_ = say.money(verdict.amount_fen)
            cite = say.article(scheme.amount.cite)
            first = say("verdict.yes", name=name, amount=sum_, cite=cite)
            lines = [say.reason(reason) for reason in verdict.reasons]
        case t if t is NO:
            first = say("verdict.no", name=name)
            lines = [say.reason(reason) for reason in verdict.failed]
        case _:
            first = say("verdict.unknown", name=name, count=len(verdict.open))
            open_ = [reason for reason in verdict.reasons if reason.good is UNKNOWN]
            lines = [say.reason(reason) for reason in open_]
    return "\n".join([first, "", *lines, "", source])


def standing_offer(say: Speaker, running: Round | None, today: date) -> str:
    """Whether one can apply now, until when, and how many places are left."""
    if running is None:
        return say("verdict.no_round")
    left = running.places - running.taken
    if left <= 0:
        return say("verdict.full", places=running.places)
    return say("verdict.open", closes=say.day(running.closes, today), left=left)
