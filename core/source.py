"""The documents a scheme file rests on, and the days in which they are in force."""

from datetime import date
from typing import Self

from pydantic import model_validator

from core.words import Strict


class Basis(Strict):
    """A further document that an article may be cited of: 云办发〔2022〕9号 三(十四)."""

    document: str
    title: str
    issued: date
    in_force: date | None = None


class Source(Strict):
    """The document in force. `until` is its last day, None while it is in force.

    A document without a number goes by its title in `document` too, without blanks.
    """

    document: str
    title: str
    issued: date
    in_force: date
    until: date | None = None
    issuer: str = ""
    also: tuple[Basis, ...] = ()
    repeals: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until and self.until < self.in_force:
            raise ValueError("until lies before in_force")
        return self

    @property
    def documents(self) -> frozenset[str]:
        """Everything an article may be cited of."""
        return frozenset({self.document, *(basis.document for basis in self.also)})
