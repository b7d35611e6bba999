"""SQL compiled in one test serves the next, as in a service that has run for a while.

Every test has engines of its own, and SQLAlchemy compiles each statement anew for each engine:
a third of the processor's time. Engines of one kind are all set alike here (storage/engines.py),
so their dialects count as equal, and what was compiled for one is right for the others.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

COMPILED: dict[Any, Any] = {}


def share() -> None:
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign,assignment]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
    event.listen(Engine, "engine_connect", _shares)


def _shares(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
