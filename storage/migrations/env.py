"""Run by alembic for every command: on the connection that `run.py` has opened."""

from typing import Any, Literal

from alembic import context

from storage.tables import Moment, Table


def plainly(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Steps are history: they name no class of ours that could change later."""
    return "sa.DateTime()" if kind == "type" and isinstance(thing, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=plainly,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
)
with context.begin_transaction():
    context.run_migrations()
