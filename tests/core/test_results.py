"""The bank's answer held against our lines: whole or not at all, and never twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.results import FAILED, PAID, Flaw, Ours, Row, SheetRefused, Told, Trouble, match

OURS = {"A1": Ours(1, 100_000, "listed"), "A2": Ours(2, 150_000, "listed")}


def test_new_results_are_told_and_empty_ones_stay_open() -> None:
    rows = [Row(2, "A1", 100_000, "成功"), Row(3, "A2", 150_000, "")]
    assert match(OURS, rows) == {1: Told(None)}


@pytest.mark.parametrize(
    ("why", "trouble"),
    [
        ("户名不符", Trouble.ACCOUNT_NAME),
        ("账户已注销", Trouble.ACCOUNT_CLOSED),
        ("开户行有误", Trouble.BANK_NAME),
        ("卡号错误", Trouble.ACCOUNT_NUMBER),
        ("", Trouble.OTHER),
    ],
)
def test_a_failure_is_understood_by_its_words(why: str, trouble: Trouble) -> None:
    rows = [Row(2, "A1", 100_000, "失败", why)]
    assert match(OURS, rows) == {1: Told(trouble, why)}


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        (Row(3, "A9", 1, "成功"), Flaw.UNKNOWN),
        (Row(3, "A2", 150_001, "成功"), Flaw.SUM),
        (Row(3, "A2", None, "成功"), Flaw.SUM),
        (Row(3, "A2", 150_000, "=1+1"), Flaw.RESULT),
        (Row(3, "A1", 100_000, "失败"), Flaw.TWICE),
    ],
)
def test_one_row_that_does_not_fit_and_nothing_is_taken(row: Row, flaw: Flaw) -> None:
    with pytest.raises(SheetRefused) as no:
        match(OURS, [Row(2, "A1", 100_000, "成功"), row])
    assert (3, row.number, flaw) in no.value.rows


def test_the_same_sheet_again_is_nothing_new_and_another_result_is_refused() -> None:
    done = {"A1": Ours(1, 100_000, "paid"), "A2": Ours(2, 150_000, "failed")}
    rows = [Row(2, "A1", 100_000, "成功"), Row(3, "A2", 150_000, "失败")]
    assert match(done, rows) == {}
    with pytest.raises(SheetRefused) as no:
        match(done, [Row(2, "A1", 100_000, "失败"), Row(3, "A2", 150_000, "成功")])
    assert {flaw for _, _, flaw in no.value.rows} == {Flaw.CHANGED}


WORDS = st.sampled_from([*sorted(PAID | FAILED), "", "?"])
ROWS = st.builds(
    Row, st.integers(2, 9), st.sampled_from(["A1", "A2", "A3"]), st.just(100_000), WORDS
)


@given(st.lists(ROWS, max_size=4))
def test_nothing_but_an_open_line_with_its_own_sum_is_ever_taken(rows: list[Row]) -> None:
    try:
        found = match(OURS, rows)
    except SheetRefused:
        return
    assert set(found) <= {1}
