"""The papers of an application: what, from whom, how many, and in which cases."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from core.comparison import Comparison
from core.days import Calendar
from core.stages import Body
from core.truth import NO, YES, Truth, every
from core.verdict import Facts, holds
from core.words import Article, Listed, Sentence, Strict


class Document(Strict):
    """One slot of the checklist; `from` the applicant, or a body that gives it at its stage.

    A paper with `when` is needed only in that case, and `required` is then false.
    """

    what: Sentence
    from_: Annotated[Body, Field(alias="from")]
    hint: str = ""
    required: bool = True
    copies: Annotated[int, Field(ge=1, le=20)] = 1
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    cite: Article

    @model_validator(mode="before")
    @classmethod
    def _depends(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and raw.get("when"):
            return {"required": False} | raw
        return raw


def _of_ours(what: str, hint: str = "", *, required: bool = False) -> Document:
    """A paper that no scheme file names: the applicant's, and no article asks for it."""
    return Document.model_construct(
        what=what,
        from_=Body.APPLICANT,
        hint=hint,
        required=required,
        copies=1,
        when=(),
        cite="",
    )


# Behind the slots of any scheme: what proves that somebody may apply for another person, and
# 由本人签字确认, the photo of an oral application as the person has signed it.
PROOF, SIGNED = 90, 91
PROOF_PAPER = _of_ours(
    "证明关系的材料",
    "户口簿、结婚证、出生证明，或者单位、社区开的证明都可以。",
    required=True,
)
SIGNED_PAPER = _of_ours("本人签字的口头申请记录", "把打印的记录读给本人听，签字后拍照。")
BESIDE = {PROOF: PROOF_PAPER, SIGNED: SIGNED_PAPER}

# What comes with a report on a duty after the award: one slot for each, behind all others.
REPORTS = 1000
REPORT_PAPER = _of_ours("获得以后报送的材料")


def paper_in(papers: Sequence[Document], slot: int) -> Document:
    """The paper of a slot."""
    if slot >= REPORTS:
        return REPORT_PAPER
    return BESIDE[slot] if slot in BESIDE else papers[slot]


def needed(
    papers: Iterable[Document], facts: Facts, today: date, calendar: Calendar
) -> Iterator[tuple[Document, Truth]]:
    """The papers with whether each has to be there; unknown while its case is."""
    for paper in papers:
        if paper.when:
            yield paper, every(holds(test, facts, today, calendar) for test in paper.when)
        else:
            yield paper, YES if paper.required else NO
