"""Nobody decides on oneself, on a relative, or twice."""

import pytest

from core.errors import Recused
from core.recusal import Decided, Judge, check


def refused(judge: Judge, applicant: str, stage: int, *decided: Decided) -> str:
    with pytest.raises(Recused) as refusal:
        check(judge, applicant, stage, decided)
    return refusal.value.relation


def test_not_ones_own_file_nor_a_relatives() -> None:
    judge = Judge(1, "me", frozenset({"wife"}))
    assert refused(judge, "me", 0) == "own"
    assert refused(judge, "wife", 0) == "relative"
    check(judge, "stranger", 0, [])


def test_one_person_decides_at_one_stage_whatever_the_login() -> None:
    earlier = Decided(0, 7, "me")
    assert refused(Judge(7, ""), "stranger", 2, earlier) == "twice"
    assert refused(Judge(8, "me"), "stranger", 2, earlier) == "twice"
    check(Judge(7, "me"), "stranger", 0, [earlier])


def test_two_officers_of_unknown_identity_are_two_persons() -> None:
    check(Judge(8, ""), "stranger", 2, [Decided(0, 7, "")])
