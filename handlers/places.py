"""Which union, by buttons: a prefecture first, then the prefecture's own or one of its counties."""

from collections.abc import Sequence

from core.jurisdiction import Level, Node, Tree
from handlers.chat import Reply
from handlers.visit import Offer, Visit


def prefectures(visit: Visit, tree: Tree, text: str, *more: Offer) -> Reply:
    """Tokens `in:<id>`."""
    offers = [Offer(f"in:{node.id}", node.name) for node in of(tree, Level.PREFECTURE)]
    return visit.ask(text, [*offers, *more])


def counties(visit: Visit, tree: Tree, prefecture: int, text: str, *more: Offer) -> Reply:
    """Tokens `at:<id>`; the last one leads back to `elsewhere`."""
    there = [node for node in of(tree, Level.COUNTY) if node.parent == prefecture]
    offers = [Offer(f"at:{node.id}", node.name) for node in [tree[prefecture], *there]]
    return visit.ask(text, [*offers, Offer("elsewhere", visit.say("asking.back")), *more])


def of(tree: Tree, *levels: Level) -> Sequence[Node]:
    return [node for node in tree.all if node.level in levels]
