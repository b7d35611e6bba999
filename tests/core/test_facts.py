"""A kept value is read back as its question's type, or not at all."""

import pytest

from core.facts import read_back
from core.questions import Kind, Question

NUMBER = Question(ask="几年？", name="年数", why="要算。", answer=Kind.NUMBER)


@pytest.mark.parametrize(
    "kept", ["NaN", "sNaN", "Infinity", "-Infinity", "1,5", "", True, None, []]
)
def test_what_is_no_number_is_not_known(kept: object) -> None:
    assert read_back(NUMBER, kept) is None
