"""The officers' examples: for each scheme at least one yes, one no, one unknown, and the limits."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from core.catalogue import StrictLoader
from core.decision import Verdict, decide
from core.facts import given
from core.limits import Award, archive_facts
from core.scheme import Scheme
from storage.schemes import read

HERE = Path(__file__).parent
CATALOGUE = read(HERE.parent.parent / "schemes")


def examples() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.examples.yaml")):
        page = yaml.load(path.read_text("utf-8"), StrictLoader)
        scheme = CATALOGUE.on(path.name.removesuffix(".examples.yaml"), page["today"])
        for row in page["examples"]:
            facts = page["usual"] | row["but"]
            found.append(pytest.param(scheme, facts, [], page["today"], row, id=row["example"]))
        for row in page.get("archive", []):
            usual = {f: v for f, v in page["usual"].items() if not scheme.asked[f].record}
            facts = usual | row["facts"]
            param = pytest.param(
                scheme, facts, row["awards"], page["today"], row, id=row["example"]
            )
            found.append(param)
    return found


@pytest.mark.parametrize(("scheme", "facts", "awards", "today", "row"), examples())
def test_the_verdict_is_the_one_the_officers_wrote_down(
    scheme: Scheme, facts: Any, awards: Any, today: Any, row: Any
) -> None:
    plain = {f: str(v) if scheme.asked[f].answer == "date" and v else v for f, v in facts.items()}
    values = given(plain, scheme.asked)
    if awards:
        earlier = [Award(**({"scheme": scheme.id} | award)) for award in awards]
        values |= archive_facts(scheme, earlier, values, today.year)
    _agrees(decide(scheme, values, today), row)


def _agrees(verdict: Verdict, row: Any) -> None:
    assert verdict.truth.value == row["expect"]
    if row["expect"] == "yes":
        assert verdict.amount_fen == row["yuan"] * 100
    if row["expect"] == "no":
        assert row["cite"] in {reason.cite for reason in verdict.failed}
        assert verdict.amount_fen is None
    if row["expect"] == "unknown":
        assert row["ask"] in verdict.open


@pytest.mark.parametrize("scheme_id", CATALOGUE.ids)
def test_every_scheme_has_examples_of_all_three_verdicts(scheme_id: str) -> None:
    page = yaml.load((HERE / f"{scheme_id}.examples.yaml").read_text("utf-8"), StrictLoader)
    assert {row["expect"] for row in page["examples"]} == {"yes", "no", "unknown"}
