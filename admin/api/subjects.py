"""Whom an award is about, as a machine is told."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class TitleLine(BaseModel):
    """What the register of titles says of somebody."""

    model_config = ConfigDict(from_attributes=True, frozen=True)
    title: str
    since: date | None
    state: str


class SubjectAnswer(BaseModel):
    """Masked; `identity` is empty while nobody knows it."""

    model_config = ConfigDict(from_attributes=True, frozen=True)
    name: str
    identity: str
    unit: str
    held: list[TitleLine]
