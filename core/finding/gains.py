"""How much one benefit is, as an answer tells it: in which way, and the numbers of that way."""

from decimal import Decimal
from typing import Any

from core.benefits import Benefit

SIZES = (
    *("yuan", "at_least", "up_to", "percent", "percent_at_least", "percent_up_to"),
    *("cap", "set_by", "paid_by"),
)


def way(benefit: Benefit) -> str:
    """The one way in which the benefit says how much."""
    match benefit:
        case Benefit(yuan=int()):
            return "fixed"
        case Benefit(yuan=dict()):
            return "table"
        case Benefit(tiers=(_, *_)):
            return "tiers"
        case Benefit(at_least=int(), up_to=int()):
            return "between"
        case Benefit(up_to=int()):
            return "up_to"
        case Benefit(at_least=int()):
            return "at_least"
        case Benefit(percent=Decimal()):
            return "percent"
        case Benefit(percent_at_least=Decimal(), percent_up_to=Decimal()):
            return "percent_between"
        case Benefit(percent_up_to=Decimal()):
            return "percent_up_to"
        case Benefit(percent_at_least=Decimal()):
            return "percent_at_least"
        case Benefit(top_up_to=line) if line:
            return "top_up"
        case Benefit(in_kind=True):
            return "in_kind"
        case _:
            return "set_by"


def sizes(benefit: Benefit) -> dict[str, Any]:
    """Whole yuan, as the document prints them."""
    found: dict[str, Any] = {
        "what": benefit.what,
        "per": benefit.per,
        "in_principle": benefit.in_principle,
    }
    for key in SIZES:
        if (value := getattr(benefit, key)) not in (None, ""):
            found[key] = value
    if benefit.tiers:
        found["tiers"] = [(tier.name, tier.yuan, tier.up_to) for tier in benefit.tiers]
    return found
