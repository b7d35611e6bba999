"""`huigong judge`: one scheme, facts as JSON, the verdict as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.catalogue import Catalogue
from core.days import Calendar
from core.decision import Verdict, decide
from core.errors import Unreadable
from core.facts import given
from core.limits import first_time
from core.scheme import Scheme
from core.sums import Sum, Total
from core.verdict import Reason


def judge(
    catalogue: Catalogue, scheme_id: str, facts: Mapping[str, Any], on: date, calendar: Calendar
) -> str:
    """The verdict as one JSON object; amounts in yuan.

    Raises NotFound for an unknown scheme, Unreadable for a fact that nobody asks for or a value
    that does not answer its question.
    """
    scheme = catalogue.on(scheme_id, on)
    known = given(facts, scheme.asked)
    verdict = decide(scheme, known | first_time(scheme, known), on, calendar)
    return json.dumps(_told(scheme, verdict), ensure_ascii=False, indent=2)


def read_facts(text: str) -> dict[str, Any]:
    """The object on standard input. Raises Unreadable."""
    try:
        facts = json.loads(text)
    except ValueError:
        raise Unreadable("facts") from None
    if not isinstance(facts, dict):
        raise Unreadable("facts")
    return facts


def _told(scheme: Scheme, verdict: Verdict) -> dict[str, Any]:
    amount = verdict.amount_fen
    cites = [each.benefit.cite for each in verdict.sums if each.benefit.is_money]
    return {
        "scheme": scheme.id,
        "name": scheme.name,
        "verdict": verdict.truth.value,
        "amount": yuan(amount),
        "amount_cite": cites[0] if amount is not None else None,
        "sums": [sum_as_json(each) for each in verdict.sums],
        "together": [total_as_json(each) for each in verdict.totals],
        "document": scheme.source.document,
        "reasons": [_reason(scheme, reason) for reason in verdict.reasons],
        "warnings": [_reason(scheme, reason) for reason in verdict.warnings],
        "preferences": [_reason(scheme, reason) for reason in verdict.preferences],
        "left_to_officers": verdict.left_to_officers,
        "tracks": list(verdict.tracks),
        "open": [
            {"fact": fact, "ask": scheme.asked[fact].ask, "choices": _choices(scheme, fact)}
            for fact in verdict.open
        ],
    }


def sum_as_json(found: Sum) -> dict[str, Any]:
    """A benefit with its range in yuan; both ends null where the document draws no line."""
    benefit = found.benefit
    ends = {"low": yuan(found.low), "high": yuan(found.high)} if benefit.is_money else {}
    paid = {"paid_by": benefit.paid_by} if benefit.paid_by else {}
    return {"what": benefit.what, "article": benefit.cite, "per": benefit.per, **ends, **paid}


def total_as_json(found: Total) -> dict[str, Any]:
    """Several sums below one ceiling."""
    ceiling = found.ceiling
    about = {"most": ceiling.yuan, "article": ceiling.cite, "per": ceiling.per}
    return about | {"low": yuan(found.low), "high": yuan(found.high)}


def yuan(fen: int | None) -> int | str | None:
    """Whole yuan as a number, anything finer as text: never a float."""
    if fen is None:
        return None
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}" if rest else whole


def _reason(scheme: Scheme, reason: Reason) -> dict[str, Any]:
    return {
        "fact": reason.fact,
        "good": reason.good.value,
        "say": reason.say,
        "document": scheme.source.document,
        "article": reason.cite,
        "mend": reason.mend or None,
        "since": reason.since.isoformat() if reason.since else None,
    }


def _choices(scheme: Scheme, fact: str) -> list[Any]:
    question = scheme.asked[fact]
    return list(question.values) or [question.answer.value]
