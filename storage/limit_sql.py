"""What our own archive says about earlier awards, as SQL: `core.limits` for many at once.

Awards are found by worker, or by unit where the limit is the unit's. Trades are compared by
Python only (`core.restrictions.same_trade`): who has an award of another or the same trade to be
compared with may possibly qualify.
"""

from sqlalchemy import Select, case, false, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.questions import Kind
from core.restrictions import Limit
from core.scheme import Scheme
from storage.known import coded
from storage.rule_sql import UNKNOWN, RuleSql, Truth
from storage.tables import Application, Known


def reached(limit: Limit, scheme: Scheme, rules: RuleSql) -> Truth:
    """Whether earlier awards stand in the way of this member; NULL where that is open."""
    awards = select(_whose(limit)).where(
        Application.live, Application.scheme_id.in_(limit.schemes or (scheme.id,))
    )
    year = rules.today.year
    match limit.barred_by:
        case "this_round":  # of no round yet
            hit: Truth = false()
        case "ever":
            hit = _more(limit, awards, limit.most)
        case "this_year" if not limit.needs:
            hit = _more(limit, awards.where(Application.year == year), limit.most)
        case "within_years":
            years = Application.year.between(year - (limit.years or 0), year)
            hit = _more(limit, awards.where(years), limit.most)
        case "same_level" | "level_not_higher":
            hit = _by_level(limit, awards, rules)
        case _:
            hit = UNKNOWN
    if limit.needs and limit.barred_by not in ("same_level", "level_not_higher"):
        hit = case((rules.answered(limit.needs), hit))
    return case((not_(_more(limit, awards, 0)), false()), else_=hit)


def _by_level(limit: Limit, awards: Select[int], rules: RuleSql) -> Truth:
    """One list of awards for each answer there is."""
    question = rules.questions.get(limit.needs)
    if question is None or question.answer is not Kind.CHOICE:
        return UNKNOWN
    hits = {}
    for choice in question.choices:
        barring: tuple[str, ...] | None = (choice,)
        if limit.barred_by == "level_not_higher":
            known = choice in limit.levels
            barring = limit.levels[limit.levels.index(choice) :] if known else None
        them = awards if barring is None else awards.where(Application.level.in_(barring))
        hits[coded(choice)] = _more(limit, them, limit.most)
    return case(hits, value=rules.text(limit.needs))


def _more(limit: Limit, awards: Select[int], most: int) -> Truth:
    """Whether a member, or the member's whole unit, has more than so many of these."""
    if most:
        awards = awards.group_by(_whose(limit)).having(func.count() > most)
    return (Known.union_id if limit.of == "unit" else Known.worker_id).in_(awards)


def _whose(limit: Limit) -> InstrumentedAttribute[int]:
    return Application.base_union_id if limit.of == "unit" else Application.worker_id
