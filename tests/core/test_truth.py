"""Three values everywhere, and nobody may ask a Truth for a yes or no by mistake."""

import pytest

from core.truth import NO, UNKNOWN, YES, every, some


def test_a_truth_cannot_be_used_as_a_condition() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


def test_one_no_decides_every_and_one_yes_decides_some() -> None:
    assert every([YES, UNKNOWN, NO]) is NO
    assert every([YES, UNKNOWN]) is UNKNOWN
    assert every([]) is YES
    assert some([NO, UNKNOWN, YES]) is YES
    assert some([NO, UNKNOWN]) is UNKNOWN
    assert some([]) is NO


def test_not_unknown_stays_unknown() -> None:
    assert [~truth for truth in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]
