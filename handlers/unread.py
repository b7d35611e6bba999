"""What an officer types where only buttons are: a number opens its application, a question is
answered, and anything else is told to be neither."""

import re

from handlers import besides, inquiry, leafing
from handlers.visit import Outcome, Visit

NUMBER = re.compile(r"20\d{10,12}")
TOPICS = frozenset({"officer", "recording", "inspecting", "assigning", *besides.TOPICS.values()})


async def instead(visit: Visit) -> Outcome | None:
    """None where the page at hand shall answer, perhaps after a note. Raises NotFound."""
    typed = visit.text and not visit.token and not visit.state.get("expects")
    if not typed or visit.talk.topic not in TOPICS or visit.talk.officer_id is None:
        return None
    if NUMBER.fullmatch(visit.text):
        return await leafing.numbered(visit, visit.text)
    visit.note(inquiry.instead(visit) or visit.say("procedure.menu.choose"))
    return None
