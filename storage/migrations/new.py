"""Writes the next step from what has changed in storage/tables.

    python -m storage.migrations.new "papers know their page count"

Read what it wrote: alembic does not see renamed columns, nor the rows that need new values.
"""

import asyncio
import sys
import tempfile

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.migrations.run import engine_for, settings


def write_step(connection: Connection, words: str) -> None:
    config = settings(connection)
    command.upgrade(config, "head")
    head = ScriptDirectory.from_config(config).get_current_head()
    number = f"{int(head or 0) + 1:04}"
    command.revision(config, words, autogenerate=True, rev_id=number)


async def main(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(f"sqlite:///{folder}/archive.db")
        async with engine.begin() as connection:
            await connection.run_sync(write_step, words)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
