"""补正: everything at once; what was overlooked the first time, later only with a written reason.

Source: 云工办通〔2021〕27号 第六条(三), 云工通〔2021〕13号 第二十一条 应当一次性告知.
"""

from collections.abc import Collection

from core.errors import CorrectionUsed, Refused
from core.stages import Stage

Item = tuple[int | None, str]  # a paper by its slot, or an answer by its fact


class Overlooked(Refused):
    """It could have been told with the first request: why it was not has to be written down."""


def overlooked(items: Collection[Item], asked: Collection[Collection[Item]]) -> list[Item]:
    """What was there when the first request was made, and stood in none.

    What stood in one has come anew, and may be wanting in another way.
    """
    told = {item for request in asked for item in request}
    return [item for item in items if item not in told] if asked else []


def check(
    stage: Stage, items: Collection[Item], asked: Collection[Collection[Item]], why: str
) -> None:
    """Raises CorrectionUsed in a step without corrections, Overlooked without the reason."""
    if stage.correction is None:
        raise CorrectionUsed(cite=stage.cite)
    if overlooked(items, asked) and not why:
        raise Overlooked(cite=stage.cite)
