"""`huigong ask`: a question in plain words, the answers as one line of JSON."""

import json
from collections.abc import Iterable, Iterator

from core.errors import NotFound
from core.finding.finder import Hit
from handlers.answer_text import answered
from locales import Speaker
from storage.wording import LateFinder


def ask(
    finder: LateFinder, questions: Iterable[str], say: Speaker, about: str = ""
) -> Iterator[str]:
    """One line for each question, best answer first. Raises NotFound for an unknown `about`."""
    if about and not finder.knows(about):
        raise NotFound(scheme=about)
    for question in questions:
        heard = finder.hear(question, about)
        told = {
            "question": question,
            "understood": heard.understood,
            "results": [_result(hit, say) for hit in heard.hits] if heard.understood else [],
        }
        if heard.beyond:
            told["beyond"] = heard.beyond.value
        yield json.dumps(told, ensure_ascii=False)


def _result(hit: Hit, say: Speaker) -> dict[str, object]:
    return {
        "id": hit.scheme.id,
        "score": hit.score,
        "name": hit.scheme.name,
        "answer": answered(say, hit.chosen),
        "cite": hit.chosen.cite,
        "document": hit.scheme.source.document,
    }
