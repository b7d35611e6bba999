"""What a validator found, in words to act on: what is wrong, and what would be right."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from core.answers import Answer
from core.benefits import Amount, Benefit, Ceiling, Tier
from core.comparison import Comparison
from core.completeness import Flaw
from core.conduct import Ground, Misconduct
from core.duties import Duty
from core.papers import Document
from core.places import Band, Quota
from core.questions import Question
from core.restrictions import Limit
from core.routes import Apply, Route
from core.rules import Condition, Eased, Rules, Strict, Wish
from core.scheme import Scheme
from core.scoring import Criterion, Scoring
from core.source import Basis, Source
from core.stages import Stage
from core.window import Window
from core.words import ARTICLE, Clause

ARTICLES = "第六条(三), 二（四）7, 附件二; of another document: 云办发〔2022〕9号 三(十四)"
GROUP = (Condition, Rules)

# Under which key of a file stands what.
FORMAT: Mapping[str, tuple[type[Strict], ...]] = {
    "source": (Source,),
    "also": (Basis,),
    **dict.fromkeys(("eligibility", "all", "any", "none"), GROUP),
    "soft": (Wish,),
    "eased": (Eased,),
    "when": (Comparison,),
    "questions": (Question,),
    "amount": (Amount,),
    "benefits": (Benefit,),
    "tiers": (Tier,),
    "ceilings": (Ceiling,),
    "limits": (Limit,),
    "quota": (Quota,),
    "bands": (Band,),
    "window": (Window,),
    "apply": (Apply,),
    "routes": (Route,),
    "documents": (Document,),
    "stages": (Stage,),
    "scoring": (Scoring,),
    "criteria": (Criterion,),
    "misconduct": (Misconduct,),
    "duties": (Duty,),
    "answers": (Answer,),
    "rules": (Ground,),
    **dict.fromkeys(("recusal", "remarks", "termination"), (Clause,)),
}


def flaws(error: ValidationError) -> Iterator[Flaw]:
    """Path and sentence of every problem."""
    for problem in error.errors():
        yield problem["loc"], _said(problem)


def _said(problem: Mapping[str, Any]) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    match problem["type"]:
        case "extra_forbidden":
            return _unknown_key(problem["loc"])
        case "missing":
            return f"needs the key {problem['loc'][-1]}"
        case "string_pattern_mismatch" if problem["ctx"]["pattern"] == ARTICLE:
            return f"{message}; right would be: {ARTICLES}"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"{message}, not {problem['input']}"
        case _:
            return message


def _unknown_key(path: tuple[int | str, ...]) -> str:
    """With the key of this place that looks most like it."""
    *above, key = map(str, path)
    places = [step for step in above if step in FORMAT]
    models = FORMAT[places[-1]] if places else (Scheme,)
    known = [f.alias or name for model in models for name, f in model.model_fields.items()]
    near = get_close_matches(key, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else f" ({', '.join(known)})"
    return f"{key} is not a key of the format here{hint}"
