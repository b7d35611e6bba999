"""Asking for many rows at once, in a statement whose text does not grow with their number."""

from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import any_


def among(dialect: str, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """`column` is one of the bound list `wanted`, whatever its length."""
    if dialect == "postgresql":
        return column == any_(bindparam("wanted", type_=ARRAY(column.type)))
    wanted = func.json_each(bindparam("wanted", type_=JSON)).table_valued("value")
    return column.in_(select(wanted.c.value))
