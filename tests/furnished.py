"""Archives that many tests begin with, filled once in a process and copied from then on.

A demonstration union takes half a second to fill, a copy of it a twentieth of that.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from tests import run
from tests.databases import a_server

Key = tuple[str, str, datetime]
_files: dict[Key, Path] = {}
_schemas: dict[Key, str] = {}

# Whatever holds rows goes into a schema of its own, with the place its sequence has reached.
KEEP = """
DO $$
DECLARE held record; used boolean;
BEGIN
    CREATE SCHEMA {schema};
    FOR held IN SELECT tablename AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', held.name) INTO used;
        IF used THEN
            EXECUTE format('CREATE TABLE {schema}.%I AS TABLE public.%I', held.name, held.name);
        END IF;
    END LOOP;
    CREATE TABLE {schema}.reached AS SELECT sequencename AS name, last_value AS value
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
BRING = """
DO $$
DECLARE held record;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR held IN SELECT tablename AS name FROM pg_tables
        WHERE schemaname = '{schema}' AND tablename <> 'reached'
    LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM {schema}.%I', held.name, held.name);
    END LOOP;
    PERFORM setval(format('public.%I', name)::regclass, value) FROM {schema}.reached;
END $$
"""


def bring(what: str, database_url: str, now: datetime) -> bool:
    """Into an empty archive, if `what` has been filled at this instant before."""
    key = _key(what, database_url, now)
    if key in _files and _empty(database_url):
        shutil.copy(_files[key], _path(database_url))
        return True
    if key in _schemas and not a_server(database_url).column("SELECT 1 FROM unions LIMIT 1"):
        a_server(database_url).run(BRING.format(schema=_schemas[key]))
        return True
    return False


def keep(what: str, database_url: str, now: datetime) -> None:
    """As it stands now: just filled, and nothing done in it."""
    key = _key(what, database_url, now)
    if key in _files or key in _schemas:
        return
    if key[1] == "sqlite":
        file = run.folder() / f"{os.getpid()}-{len(_files)}.db"
        with closing(sqlite3.connect(_path(database_url))) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
        _files[key] = file
    else:
        schema = f"filled_{len(_schemas)}"
        a_server(database_url).run(KEEP.format(schema=schema))
        _schemas[key] = schema


def _key(what: str, database_url: str, now: datetime) -> Key:
    return what, make_url(database_url).get_backend_name(), now


def _path(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


def _empty(database_url: str) -> bool:
    with closing(sqlite3.connect(_path(database_url))) as connection:
        return connection.execute("SELECT 1 FROM unions").fetchone() is None
