"""Whether a question leaves the scheme at hand: six signs, weighed against each other.

The weights were fitted (logistic regression, `python -m bench.finding.leave`) to questions that
make sense only of the scheme at hand, and to others put while some scheme was at hand;
`bench/finding` measures them on questions of other hands. To stay counts more: the answer names
its scheme, and another that is called stands beside it as a button.
"""

from dataclasses import dataclass

# How much each sign speaks for another scheme.
WEIGHTS = (
    4.37,  # score
    0.50,  # called
    10.26,  # says_more
    -6.19,  # covered
    -2.62,  # explained
    -4.96,  # known
)
BASE = -14.0


@dataclass(frozen=True)
class Leaving:
    """What speaks for another scheme, and what for the one at hand."""

    score: float  # nearness of the nearest other scheme
    called: int  # pairs of characters in that scheme's names, and not in those of this one
    says_more: bool  # a subject is named beside what is asked of it
    covered: float  # most of the question that stands in one sentence at hand
    explained: float  # how well a sentence at hand explains the question
    known: float  # likeness of the nearest question known of the scheme at hand

    @property
    def signs(self) -> tuple[float, ...]:
        against = self.covered, self.explained, self.known
        return self.score, self.called, self.says_more, *against

    @property
    def plain(self) -> bool:
        """Whether the question is plainly of the other scheme: it calls it, to begin with."""
        weighed = zip(WEIGHTS, self.signs, strict=True)
        return self.called > 0 and BASE + sum(weight * sign for weight, sign in weighed) > 0
