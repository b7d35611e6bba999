"""Speaks first: to a worker or an officer, in their language, by a row in the same unit."""

from collections.abc import Callable
from typing import Any

from handlers.chat import Choice, Reply
from handlers.office import Office
from locales import Speaker
from storage.conversations import Talk
from storage.tables import Officer
from storage.unit import Unit

Said = str | Reply
Sentence = str | Callable[[Speaker], Said]


async def tell(
    office: Office,
    unit: Unit,
    conversation_id: int,
    sentence: Sentence,
    *,
    key: str,
    **values: Any,
) -> None:
    """`sentence` is a key of `locales` with its `values`, or whatever makes one.

    What has been said under the same `key` is not said again.
    """
    talk = await unit.conversations.by_id(conversation_id)
    if talk is not None:
        await _say(office, unit, talk, sentence, key, values)


async def tell_worker(
    office: Office, unit: Unit, worker_id: int, sentence: Sentence, *, key: str, **values: Any
) -> int | None:
    """To the worker, if there is a chat; the conversation that was told."""
    talk = await unit.conversations.for_worker(worker_id)
    if talk is None:
        return None
    await _say(office, unit, talk, sentence, key, values)
    return talk.id


async def tell_officer(
    office: Office, unit: Unit, officer: Officer, sentence: Sentence, *, key: str, **values: Any
) -> None:
    """In every chat in which this officer has used a code."""
    for talk in await unit.conversations.for_officer(officer.id):
        await _say(office, unit, talk, sentence, f"{key}:{talk.id}", values)


def with_link(text: str, label: str, url: str) -> Reply:
    """A message with one button that opens a page."""
    return Reply(text, (Choice(label, "primary", url),))


async def _say(
    office: Office, unit: Unit, talk: Talk, sentence: Sentence, key: str, values: dict[str, Any]
) -> None:
    speak = office.speak(talk.language)
    said = speak(sentence, **values) if isinstance(sentence, str) else sentence(speak)
    reply = said if isinstance(said, Reply) else Reply(said)
    await unit.outbox.say(talk.id, reply.as_json(), key=key)
