"""A sum paid in parts: 80 % first, the rest after the evaluation. The parts are the whole."""

from core.scheme import Scheme
from core.stages import Manner


def part(scheme: Scheme, stage: int, amount_fen: int) -> int:
    """The fen this payment stage pays; whole fen, and nothing lost between the parts."""
    share = scheme.stages[stage].share
    if share is None:
        return amount_fen
    before = sum(each.share or 0 for each in scheme.stages[:stage] if each.manner is Manner.PAY)
    return amount_fen * (before + share) // 100 - amount_fen * before // 100
