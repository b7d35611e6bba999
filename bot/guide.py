"""`huigong guide`: facts as JSON against every scheme, and what to ask next, as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.judge import sum_as_json
from core.catalogue import Catalogue
from core.days import Calendar
from core.decision import decide
from core.facts import given
from core.guide import Asker, Guide
from core.scheme import Scheme
from core.verdict import Facts


def guide(
    catalogue: Catalogue,
    asker: Asker,
    facts: Mapping[str, Any],
    on: date,
    calendar: Calendar,
    theme: str = "",
) -> str:
    """One JSON object: what fits, what is one fact short, what is open, what is not, what to ask.

    Raises Unreadable for a fact that no scheme asks for, or a value that does not answer it.
    """
    checked = Guide(catalogue.known(on), asker, on, calendar, theme)
    known = given(facts, checked.questions)
    found = checked.find(known)
    asked = checked.next_question(found, known)
    return json.dumps(
        {
            "fits": [_fit(scheme, known, on, calendar) for scheme in found.fits],
            "one_fact_short": {scheme.id: fact for scheme, fact in found.near},
            "open": {each.scheme.id: facts for each, facts in found.open},
            "not_for_you": {s.id: _because(s, known, on, calendar) for s in found.not_for_you},
            "next": {"fact": asked, "ask": checked.questions[asked].ask} if asked else None,
        },
        ensure_ascii=False,
        indent=2,
    )


def _fit(scheme: Scheme, facts: Facts, on: date, calendar: Calendar) -> dict[str, Any]:
    verdict = decide(scheme, facts, on, calendar)
    return {
        "scheme": scheme.id,
        "name": scheme.name,
        "tier": scheme.tier,
        "left_to_officers": verdict.left_to_officers,
        "sums": [sum_as_json(each) for each in verdict.sums],
    }


def _because(scheme: Scheme, facts: Facts, on: date, calendar: Calendar) -> list[dict[str, str]]:
    failed = decide(scheme, facts, on, calendar).failed
    return [{"say": reason.say, "article": reason.cite} for reason in failed]
