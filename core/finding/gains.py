"""How much one benefit is, as an answer tells it: in which way, and the numbers of that way."""

from typing import Any

from core.benefits import Benefit


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
        case Benefit(percent=percent) if percent is not None:
            return "percent"
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
    for key in ("yuan", "at_least", "up_to", "percent", "cap"):
        if (value := getattr(benefit, key)) is not None:
            found[key] = value
    if benefit.set_by:
        found["set_by"] = benefit.set_by
    if benefit.tiers:
        found["tiers"] = [(tier.name, tier.yuan, tier.up_to) for tier in benefit.tiers]
    return found
