"""What follows after the award: duties, and what becomes of those who cheat."""

from typing import Literal

from core.periods import Period
from core.words import Article, Clause, Sentence, Strict


class Misconduct(Strict):
    """What a finding of fraud leads to, before and after payment.

    `bar` is how long one may not apply again, `forever` included; `rules` what else the document
    says, about those who decide as well.
    """

    before_payment: Literal["disqualify", "unsaid"] = "unsaid"
    after_payment: Literal["claw_back", "revoke", "unsaid"] = "unsaid"
    bar: Period | Literal["forever"] | None = None
    rules: tuple[Clause, ...] = ()
    cite: Article


NO_MISCONDUCT = Misconduct.model_construct(cite="")


class Duty(Strict):
    """Something to be done after the award; `within` counts from the award, `every` repeats."""

    say: Sentence
    within: Period | None = None
    every: Period | None = None
    cite: Article
