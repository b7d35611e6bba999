"""One invented scheme that uses what the written files do not use yet."""

from datetime import date
from pathlib import Path

from core.catalogue import read_scheme
from core.decision import decide
from core.periods import ANNOUNCED
from core.rules import Value
from core.truth import YES
from tests.core.trees import TODAY

TEXT = Path(__file__).with_name("every_key.yaml").read_text("utf-8")
SCHEME = read_scheme(TEXT, {}, "every_key.yaml")


def test_everything_the_format_knows_can_be_written() -> None:
    unset = {name for name in type(SCHEME).model_fields if not getattr(SCHEME, name)}
    assert unset == {"successor", "trade", "certificate", "earlier"}
    assert SCHEME.runs


def test_a_venue_is_judged_and_reckoned() -> None:
    facts: dict[str, Value] = {
        "area": 3000,
        "unit_cost": 600_000,
        "surplus_share": 50,
        "barred_on": date(2021, 3, 9),
        "three_this_year": False,
        "fiscal_money": 300_000_00,
        "trainees": 4,
        "founded_on": date(2021, 3, 10),
    }
    verdict = decide(SCHEME, facts, TODAY, ANNOUNCED)
    assert verdict.truth is YES
    assert verdict.tracks[:1] == ("阵地",)
    found = {each.benefit.what: (each.low, each.high) for each in verdict.sums}
    assert found["阵地补助"] == (None, 600_000_000)
    assert found["以奖代补"] == (600_000, 600_000)
    assert found["培训补贴"] == (200_000, 200_000)
    assert [reason.cite for reason in verdict.preferences] == ["第三条"]
    assert SCHEME.window is not None
    assert SCHEME.window.open_on(TODAY, facts, ANNOUNCED) is YES


def test_an_article_of_the_other_document_is_known_by_its_number() -> None:
    facts: dict[str, Value] = {
        "final_rank": 11,
        "area": 3001,
        "barred_on": date(2000, 1, 1),
        "three_this_year": False,
    }
    cites = [reason.cite for reason in decide(SCHEME, facts, TODAY, ANNOUNCED).failed]
    assert cites == ["二（三）2", "乙〔2024〕2号 第十八条(一)"]
