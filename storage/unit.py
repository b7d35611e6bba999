"""One transaction and all books of the archive, opened when first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

from storage.acts import Acts
from storage.book import Book, Work
from storage.conversations import Conversations

Kind = TypeVar("Kind", bound=Book)


class Shelf(Generic[Kind]):
    """A place for one book; opened on first use and kept for the rest of the unit."""

    def __init__(self, book: Callable[[Work], Kind]) -> None:
        self.book = book

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, unit: Work, owner: type) -> Kind:
        book = self.book(unit)
        unit.__dict__[self.name] = book  # found there next time, before this shelf
        return book


class Unit(Work):
    """A new book is one line here."""

    acts = Shelf(Acts)
    conversations = Shelf(Conversations)
