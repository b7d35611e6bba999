"""移交: a matter goes to the union it belongs to, and who names that union where two disagree."""

from collections.abc import Collection

from core.errors import Unreadable
from core.jurisdiction import Level, Node, Tree
from core.scheme import Scheme
from core.stages import Body

UPPER = (Level.COUNTY, Level.PREFECTURE, Level.INDUSTRIAL, Level.PROVINCE)
CITY = (Level.PREFECTURE, Level.INDUSTRIAL)


def movable(scheme: Scheme, stage: int) -> bool:
    """Only what was taken in somewhere, while whoever took it in has it before them."""
    return scheme.stages[stage].by is Body.ACCEPTING_UNION


def targets(tree: Tree, here: int) -> list[Node]:
    """The unions it may be given to: those of places and lines, and the base units below."""
    below = tree.below(here)
    return [
        node
        for node in tree.all
        if node.id != here
        and (node.level in UPPER or (node.level is Level.BASE_UNIT and node.id in below))
    ]


def nameable(tree: Tree, here: int, upper: int) -> list[Node]:
    """Whom the common upper union can name: the one that has it, and all it might go to below."""
    below = tree.below(upper)
    return [node for node in [tree[here], *targets(tree, here)] if node.id in below]


def namer(tree: Tree, here: int, to: int, held: Collection[int]) -> Node | None:
    """The union that names the one responsible; None where it goes over at once.

    Whoever has had it and is to have it again disputes it: 由其共同的上一级…指定受理 (云工通
    〔2021〕13号 第十七条). From one prefecture or line to another it goes through their common
    upper union. Up or down one line, and inside of a prefecture, it goes at once.
    """
    if to not in {node.id for node in targets(tree, here)}:
        raise Unreadable("choice")
    if to in held:
        return common(tree, here, to)
    one_line = to in _up(tree, here) or here in _up(tree, to)
    if one_line or _city(tree, here) == _city(tree, to):
        return None
    return common(tree, here, to)


def common(tree: Tree, one: int, other: int) -> Node:
    """共同的上一级: the lowest union that stands above both."""
    above = set(_up(tree, other)) - {other}
    shared = (tree[up] for up in _up(tree, one) if up != one and up in above)
    return next((node for node in shared if node.level in UPPER), tree.of_level(Level.PROVINCE))


def _up(tree: Tree, body: int) -> list[int]:
    return [node.id for node in tree.upwards(body)]


def _city(tree: Tree, body: int) -> int | None:
    return next((node.id for node in tree.upwards(body) if node.level in CITY), None)
