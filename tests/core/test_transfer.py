"""移交: to whom, and who names the one responsible."""

import pytest

from core import transfer
from core.errors import Unreadable
from core.jurisdiction import Level, Node, Tree
from tests.core.test_intake import newest

TREE = Tree(
    [
        Node(1, "yn", "省总", Level.PROVINCE, None),
        Node(2, "km", "昆明", Level.PREFECTURE, 1),
        Node(3, "pl", "盘龙", Level.COUNTY, 2),
        Node(4, "gd", "官渡", Level.COUNTY, 2),
        Node(5, "qj", "曲靖", Level.PREFECTURE, 1),
        Node(6, "ql", "麒麟", Level.COUNTY, 5),
        Node(7, "yj", "冶金", Level.INDUSTRIAL, 1),
        Node(8, "cj", "春城厂", Level.BASE_UNIT, 3),
        Node(9, "off", "法律部", Level.OFFICE, 1),
    ]
)
AID = newest("yn-union-legal-aid")


def namer(here: int, to: int, *held: int) -> str:
    node = transfer.namer(TREE, here, to, held)
    return node.code if node else ""


def test_inside_of_a_prefecture_and_along_a_line_it_goes_at_once() -> None:
    ways = ((3, 4), (3, 2), (2, 4), (3, 8), (1, 6), (6, 1))
    assert {namer(here, to) for here, to in ways} == {""}


def test_across_a_prefecture_or_a_line_the_common_upper_union_names_one() -> None:
    assert [namer(3, 6), namer(2, 5), namer(3, 7), namer(7, 5)] == ["yn"] * 4


def test_who_has_had_it_and_is_to_have_it_again_disputes_it() -> None:
    assert namer(4, 3, 3) == "km"
    assert namer(3, 2, 2) == "yn"  # a county and its own prefecture: above both
    assert namer(6, 3, 3) == "yn"


def test_offices_and_units_of_others_take_nothing_over() -> None:
    for here, to in ((3, 9), (4, 8), (3, 3), (3, 99)):
        with pytest.raises(Unreadable):
            namer(here, to)


def test_only_what_was_taken_in_somewhere_can_be_handed_over() -> None:
    assert all(transfer.movable(AID, stage) for stage in range(len(AID.stages)))
    complaint = newest("yn-labour-supervision-complaint")
    assert not transfer.movable(complaint, 3)  # the level above decides there
    assert not transfer.movable(newest("yn-skill-upgrade-subsidy"), 0)
