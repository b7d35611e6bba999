"""What a yearly budget refuses."""

from core.errors import Refused


class BudgetExceeded(Refused):
    """This year's budget has `left` fen, and `wanted` are needed."""

    def __init__(self, left: int, wanted: int, year: int) -> None:
        self.left, self.wanted = left, wanted
        super().__init__(left=left, wanted=wanted, year=year)


class BudgetTooLow(Refused):
    """So many fen are promised or paid already: no budget can be set below that."""

    def __init__(self, used: int) -> None:
        self.used = used
        super().__init__(used=used)
