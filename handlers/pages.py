"""A page of a topic: what it shows, and how it hears the answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.visit import Outcome, Visit

Clerk = Callable[[Visit], Awaitable[Outcome]]


@dataclass(frozen=True)
class Page:
    """`show` asks the page's question, `hear` takes the answer."""

    show: Clerk
    hear: Clerk
