"""指派承办人: who carries a matter is named before the step is left, another with a reason.

Source: 云工通〔2021〕13号 第二十一条 及时指派…并通知申请人; 第二十五条(二) 要求更换承办人员.
"""

from core.errors import Refused
from core.reading import read_prose
from core.stages import Stage

LONGEST_NAME, LONGEST_CONTACT, LONGEST_WHY = 60, 100, 500  # characters


class AssignmentMissing(Refused):
    """Nobody is named yet; `what` is the one this step has to name (援助人员)."""

    def __init__(self, what: str, cite: str = "") -> None:
        self.what = what
        super().__init__(cite=cite, what=what)


def wanted(stages: tuple[Stage, ...], here: int) -> str:
    """Whom the step at hand, or one before it, has to name; empty where none has to."""
    return next((each.assigns for each in stages[: here + 1] if each.assigns), "")


def read(name: str, contact: str) -> tuple[str, str]:
    """Raises Unreadable(text, too_long)."""
    return read_prose(name, LONGEST_NAME), read_prose(contact, LONGEST_CONTACT)


def check(stage: Stage, named: bool) -> None:
    """Before the step is left. Raises AssignmentMissing."""
    if stage.assigns and not named:
        raise AssignmentMissing(stage.assigns, cite=stage.cite)
