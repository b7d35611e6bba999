"""How many places of a round a union has to give."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Allotment(Table):
    """The places of one union in one round; without a row nobody has said how many."""

    __tablename__ = "allotments"
    __table_args__ = (UniqueConstraint("round_id", "union_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    places: Mapped[int]
